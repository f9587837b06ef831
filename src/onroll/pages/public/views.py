"""The public policy: published versions, as pages and as PDFs. Nobody has to sign in, and no status is shown."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from onroll.pages.public.paper import printed
from onroll.pages.slowing import too_often
from onroll.queries.policy.public import PublicPolicy, published

KEPT_FOR = "public, max-age=300"  # a published version does not change; who it is for makes no difference
AT_MOST = 120  # PDFs for one network address in ten minutes; a school's own may hold many readers


@login_not_required
@require_safe
def show(request: HttpRequest, urn: int) -> HttpResponse:
    """The version in force."""
    return _page(request, published(urn))


@login_not_required
@require_safe
def version(request: HttpRequest, urn: int, version: str) -> HttpResponse:
    """A published version by its name."""
    return _page(request, published(urn, version))


@login_not_required
@require_safe
def pdf(request: HttpRequest, urn: int, version: str) -> HttpResponse:
    """The same as a tagged PDF."""
    if too_often(request, "policy", at_most=AT_MOST):
        return render(request, "429.html", status=429)
    policy = published(urn, version)
    response = HttpResponse(printed(policy), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="policy-{urn}-{policy.version}.pdf"'
    response["Cache-Control"] = KEPT_FOR
    return response


def _page(request: HttpRequest, policy: PublicPolicy) -> HttpResponse:
    context = {"policy": policy, "pack": policy.pack}
    response = render(request, "public/policy.html", context)
    response["Cache-Control"] = KEPT_FOR
    return response
