"""What a session remembers of the second step: that it was taken here, and where the person was going."""

from django.http import HttpRequest

_TAKEN = "second_factor"  # whose second step was taken in this session
_GOING_TO = "going_to"


def mark_second_factor(request: HttpRequest, user_id: int) -> None:
    """Remember that this person took, or set up, a second step in this session."""
    request.session[_TAKEN] = user_id


def has_taken_second_factor(request: HttpRequest, user_id: int) -> bool:
    """Whether this person took a second step in this session.

    That the account has one is not enough: a session that began with a stolen password, before its owner set the
    second step up on another machine, must not be let in by it.
    """
    return bool(request.session.get(_TAKEN) == user_id)


def remember_where(request: HttpRequest) -> None:
    """Keep the page that was asked for. What was being sent is not kept."""
    if request.method == "GET":
        request.session[_GOING_TO] = request.get_full_path()


def where_to(request: HttpRequest) -> str:
    """The page that was asked for before the second step came in between, once; else the start page."""
    return str(request.session.pop(_GOING_TO, "/"))
