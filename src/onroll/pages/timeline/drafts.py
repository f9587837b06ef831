"""What somebody typed and could not send: kept in their encrypted session, for the next time they open the form."""

from django.http import QueryDict

from onroll.domain.casework.entries import Entry
from onroll.pages.requests import OnrollRequest

_KEY = "timeline-drafts"
_MOST = 3  # forms; a session is read on every request
_NOT_KEPT = "csrfmiddlewaretoken"


def keep(request: OnrollRequest, kind: Entry, case_id: int) -> None:
    """Keep what is being sent, until `forget`: a refusal on the way does not lose it."""
    data = request.POST.copy()
    data.pop(_NOT_KEPT, None)
    kept = {**_kept(request), _name(kind, case_id): data.urlencode()}
    request.session[_KEY] = dict(list(kept.items())[-_MOST:])


def kept(request: OnrollRequest, kind: Entry, case_id: int) -> QueryDict | None:
    """What was kept for this form; None when nothing was."""
    text = _kept(request).get(_name(kind, case_id))
    return QueryDict(text) if text else None


def forget(request: OnrollRequest, kind: Entry, case_id: int) -> None:
    """It was sent, or is no longer wanted."""
    left = {name: text for name, text in _kept(request).items() if name != _name(kind, case_id)}
    if left != _kept(request):
        request.session[_KEY] = left


def _kept(request: OnrollRequest) -> dict[str, str]:
    found: dict[str, str] = request.session.get(_KEY, {})
    return found


def _name(kind: Entry, case_id: int) -> str:
    return f"{kind.value}-{case_id}"
