"""Where an invitation's link leads: a password for a new person, a confirmation for one who has an account."""

from allauth.account.utils import perform_login
from django.contrib import messages
from django.contrib.auth import authenticate
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from onroll.actions.people.accept import accept_as_known, accept_as_new
from onroll.domain.people import InvitationState
from onroll.pages.people.forms import JoinForm
from onroll.queries import invitations
from onroll.queries.invitations import Link

GONE = 410


@login_not_required
@never_cache
@sensitive_post_parameters("password", "again")
def show(request: HttpRequest, token: str) -> HttpResponse:
    """Let the holder of the link in, by the way that fits them."""
    link = invitations.link(token, at=timezone.now())
    if link.state is not InvitationState.OPEN:
        return render(request, "join/gone.html", {"link": link}, status=GONE)
    if request.user.is_authenticated:
        return _signed_in(request, token, link, user_id=request.user.pk, email=request.user.email)
    if link.has_account:
        return render(request, "join/sign_in.html", {"link": link, "here": request.path})
    return _new(request, token, link)


def _new(request: HttpRequest, token: str, link: Link) -> HttpResponse:
    form = JoinForm(request.POST or None, name=link.name, email=link.email)
    if not form.is_valid():
        return render(request, "join/new.html", {"link": link, "form": form})
    password = form.cleaned_data["password"]
    joined = accept_as_new(token, password=password, at=timezone.now())
    user = authenticate(request, email=joined.email, password=password)
    home = reverse("home:school", args=[joined.urn])
    # Through the library's stages: a second step that a returning person has is asked for.
    answer: HttpResponse = (
        perform_login(request, user, redirect_url=home) if user else redirect("account_login")
    )
    return answer


def _signed_in(request: HttpRequest, token: str, link: Link, *, user_id: int, email: str) -> HttpResponse:
    if email != link.email:
        return render(request, "join/other.html", {"link": link, "here": request.path})
    if request.method == "POST":
        joined = accept_as_known(token, user_id=user_id, at=timezone.now())
        messages.success(request, f"You have joined {link.school_name}.")
        return redirect("home:school", joined.urn)
    return render(request, "join/known.html", {"link": link})
