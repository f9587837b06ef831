"""What happens around every view: who is asking, how a refusal looks, and that answers stay private."""

import logging
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from onroll.domain.vocabulary import Refusal, Refused
from onroll.queries.people import actor_of
from onroll.queries.reach import reaching

logger = logging.getLogger("onroll.pages")
Answer = Callable[[HttpRequest], HttpResponse]
STATUS = {
    Refused.NOT_FOUND: 404,
    Refused.NOT_ALLOWED: 403,
    Refused.INVALID: 400,
    Refused.STALE: 409,
    Refused.CONFLICT: 409,
}


class ActorMiddleware:
    """Gives signed-in requests their `actor`, read once and only when asked for.

    At an address of one child the actor keeps only the roles that reach this child, so that no page, form or action
    behind it can lend somebody what they may do for others. `whole_actor` is for the frame.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            user = request.user
            request.actor = SimpleLazyObject(lambda: actor_of(user.pk, user.get_full_name()))  # type: ignore[attr-defined]
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, args: Sequence[Any], kwargs: Mapping[str, Any]
    ) -> None:
        """Leave out the roles that do not reach the child of this address."""
        about = {name: kwargs[name] for name in ("case_id", "pupil_id") if name in kwargs}
        if about and "urn" in kwargs and request.user.is_authenticated:
            whole = request.actor  # type: ignore[attr-defined]
            request.whole_actor = whole  # type: ignore[attr-defined]
            request.actor = SimpleLazyObject(  # type: ignore[attr-defined]
                lambda: reaching(whole, kwargs["urn"], timezone.localdate(), **about)
            )


class RefusalMiddleware:
    """Turns the one exception that the lower floors raise on purpose into its page."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, Refusal):
            return None
        status = STATUS[exception.kind]
        if exception.kind is Refused.NOT_FOUND:
            return render(request, "404.html", status=status)
        return render(request, "refusal.html", {"refusal": exception, "status": status}, status=status)


class PrivateMiddleware:
    """No answer to a signed-in person is kept by a browser or a proxy: the next user of the machine sees nothing."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.user.is_authenticated and not response.has_header("Cache-Control"):
            response["Cache-Control"] = "no-store, private"
        return response
