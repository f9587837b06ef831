"""What anybody may read: help, how data is used, and how accessible the pages are."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from onroll.domain.permissions import ROLES


@login_not_required
@require_safe
def help_page(request: HttpRequest) -> HttpResponse:
    """How to sign in, what the pages say, and whom to ask."""
    return render(request, "about/help.html")


@login_not_required
@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """What is held, who sees it and how it is kept."""
    return render(request, "about/privacy.html", {"roles": ROLES.values()})


@login_not_required
@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """What was aimed at, what was tested, and what was not."""
    return render(request, "about/accessibility.html")
