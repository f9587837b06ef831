"""The request as our views know it."""

from django.http import HttpRequest

from onroll.domain.vocabulary import Actor


class OnrollRequest(HttpRequest):
    """A request from a signed-in person: `actor` is set by the middleware."""

    actor: Actor
