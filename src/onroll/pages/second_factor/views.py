"""Choose a second step, and go on to where one was going."""

import ipaddress

from allauth.account.decorators import reauthentication_required
from allauth.mfa.adapter import get_adapter
from allauth.mfa.webauthn.views import RemoveWebAuthnView
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.http.request import split_domain_port
from django.shortcuts import redirect, render
from django.utils.decorators import method_decorator

from onroll.domain.vocabulary import Refusal, Refused
from onroll.pages.requests import OnrollRequest
from onroll.pages.second_factor.session import where_to


def choose(request: OnrollRequest) -> HttpResponse:
    """Explain the second step and offer the two kinds."""
    return render(request, "second_factor/choose.html", {"passkeys": _is_named(request)})


def go_on(request: OnrollRequest) -> HttpResponse:
    """Take the person to the page they had asked for when the second step came in between."""
    return redirect(where_to(request))


@login_not_required
def closed(request: HttpRequest, **_: str) -> HttpResponse:
    """A page of the sign-in library that this house does not offer."""
    raise Http404


@method_decorator(reauthentication_required(app="allauth.mfa"), name="dispatch")
class RemovePasskeyView(RemoveWebAuthnView):  # type: ignore[misc]
    """The library asks its adapter before it removes an authenticator app, but not before a passkey."""

    def dispatch(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        adapter = get_adapter()
        if not adapter.can_delete_authenticator(self.get_object()):
            raise Refusal(Refused.CONFLICT, str(adapter.error_messages["cannot_delete_authenticator"]))
        answer: HttpResponse = super().dispatch(request, *args, **kwargs)
        return answer


def _is_named(request: HttpRequest) -> bool:
    """Browsers make passkeys for a name only, never for a number address such as 127.0.0.1."""
    host, _ = split_domain_port(request.get_host())
    try:
        ipaddress.ip_address(host.strip("[]"))
    except ValueError:
        return True
    return False
