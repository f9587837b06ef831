"""Nobody whose role needs a second step gets further without one."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from onroll.domain.people import needs_second_factor
from onroll.domain.vocabulary import Actor
from onroll.pages.second_factor.session import has_taken_second_factor, remember_where
from onroll.queries.staff import has_second_factor

Answer = Callable[[HttpRequest], HttpResponse]
# What a person may reach before the second step is set up: setting it up, and leaving.
SET_UP = frozenset(
    {"second_factor:choose", "mfa_activate_totp", "mfa_add_webauthn", "account_reauthenticate"}
)
LEAVE = "account_logout"


class SecondFactorMiddleware:
    """Sends a person without a second step to set one up, and brings them back afterwards."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        if not settings.ONROLL_SECOND_FACTOR or not request.user.is_authenticated:
            return None
        if has_taken_second_factor(request, request.user.pk) or _is_open(request, view):
            return None
        actor: Actor = request.actor  # type: ignore[attr-defined]
        if not needs_second_factor(post.role for post in actor.posts):
            return None
        # Before setting up is let through: with a stolen password alone nobody adds a second step of their own.
        if has_second_factor(actor.id):
            return _sign_in_again(request)
        if _name_of(request) in SET_UP:
            return None
        remember_where(request)
        return redirect("second_factor:choose")


def _is_open(request: HttpRequest, view: Callable[..., HttpResponse]) -> bool:
    open_to_anybody = not getattr(view, "login_required", True)
    return open_to_anybody or _name_of(request) == LEAVE


def _name_of(request: HttpRequest) -> str:
    match = request.resolver_match
    return match.view_name if match else ""


def _sign_in_again(request: HttpRequest) -> HttpResponse:
    """The second step was set up elsewhere: this session has only the password to show for itself."""
    going_to = request.get_full_path() if request.method == "GET" else "/"
    logout(request)
    messages.info(request, "Your account has a second step now. Sign in again to use it.")
    return redirect(f"{reverse('account_login')}?{urlencode({'next': going_to})}")
