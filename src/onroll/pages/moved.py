"""What a change did to the counts: asked beforehand when it would move any, told afterwards.

The calendar and the settings rooms share it. A change is handed in as a call that can be rehearsed.
"""

from collections.abc import Callable
from typing import Protocol

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from onroll.actions.recounted import Outcome
from onroll.pages.paging import Paging
from onroll.pages.requests import OnrollRequest
from onroll.pages.wording import count_of
from onroll.queries import recounts
from onroll.queries.doors import SchoolSeen
from onroll.queries.recounts import RecountSeen

PREVIEWED = 10
CONFIRMED, BACK = "confirmed", "back"
_BECAUSE = {
    "calendar-entry-added": "An entry was added to the calendar",
    "calendar-entry-changed": "An entry of the calendar was changed",
    "calendar-entry-withdrawn": "An entry was taken out of the calendar",
    "calendar-entry-restored": "An entry was put back into the calendar",
    "calendar-brought-in": "A calendar was brought in",
    "roll_applied": "A roll was brought in",
    "school-counting-changed": "The school’s way of counting was changed",
}


class Change(Protocol):
    """A change that can be looked at before it is made."""

    def __call__(self, *, rehearse: bool = False) -> Outcome: ...


def wants_the_form(request: OnrollRequest) -> bool:
    """Whether the person came back from the question to correct something."""
    return BACK in request.POST


def ask_first(
    request: OnrollRequest,
    school: SchoolSeen,
    change: Change,
    *,
    doing: str,
    what: str = "",
    warning: str = "",
    threshold: float | None = None,
) -> HttpResponse | None:
    """The page that says what would move and asks again; None when nothing would, or it was asked already.

    `doing` names the button and the heading: "Add this entry"; `what` says what it is about. A warning is
    always shown. `threshold` is the one to be, where it is not the one that stands.
    """
    if CONFIRMED in request.POST:
        return None
    outcome = change(rehearse=True)
    if not outcome.moved.moves and not warning:
        return None
    at = timezone.now()
    context = {
        "school": school,
        "doing": doing,
        "what": what,
        "moves": recounts.would_move(request.actor, school, outcome.moved.moves, size=PREVIEWED, at=at),
        "others": outcome.other_schools,
        "posted": posted(request),
        "warning": warning,
        "threshold": threshold or school.threshold,
        "counts_words": counts_words(outcome),
    }
    return render(request, "moved/ask.html", context)


def posted(request: OnrollRequest) -> list[tuple[str, str]]:
    """What the form said, to be sent again with the answer."""
    ours = {"csrfmiddlewaretoken", CONFIRMED, BACK}
    return [
        (name, str(value)) for name, values in request.POST.lists() for value in values if name not in ours
    ]


def told(
    request: OnrollRequest, school: SchoolSeen, outcome: Outcome, *, done: str, room: str, otherwise: str
) -> HttpResponse:
    """Say what was done and what moved: on a page of its own when a count moved, else back at `otherwise`."""
    if outcome.nothing_changed:
        done = "Nothing to change: this is what stands already."
    messages.success(request, " ".join(filter(None, (done, counts_words(outcome)))))
    if outcome.recount_id is not None:
        return redirect(f"{room}:moved", school.urn, outcome.recount_id)
    return redirect(otherwise)


def latest(school: SchoolSeen, room: str) -> list[tuple[RecountSeen, str, str]]:
    """The latest changes that moved counts: why, and where the pages of this room tell what moved."""
    return [
        (one, recount_words(one), reverse(f"{room}:moved", args=[school.urn, one.id]))
        for one in recounts.recounts(school)
    ]


def recount_words(recount: RecountSeen) -> str:
    """Why a recount was made, in words."""
    return _BECAUSE.get(recount.because, "The school was counted again")


def counts_words(outcome: Outcome) -> str:
    """What a change did to the counts: "600 pupils counted again: nobody's count moved."."""
    moved = outcome.moved
    said = []
    if moved.moves:
        said.append(f"{count_of(len(moved.moves), 'pupil is,pupils are')} counted differently now.")
    elif moved.counted:
        said.append(f"{count_of(moved.counted, 'pupil')} counted again: nobody’s count moved.")
    if moved.forecasts:
        said.append(f"Only the forecast date moved for {count_of(moved.forecasts, 'pupil')}.")
    if outcome.other_schools:
        said.append(f"{count_of(outcome.other_schools, 'other school')} of the trust counted again too.")
    return " ".join(said)


def moved_page(
    request: OnrollRequest,
    school: SchoolSeen,
    recount_id: int,
    *,
    about: Callable[[RecountSeen], str],
    back: str,
) -> HttpResponse:
    """The page that keeps what a recount moved. `about` says what was changed, in words."""
    seen = recounts.recount(school, recount_id)
    asked = Paging.of(request.GET.get("page"), 10**6)
    moves = recounts.moves_of(
        request.actor, school, seen.id, first=asked.offset, size=asked.size, at=timezone.now()
    )
    context = {
        "school": school,
        "recount": seen,
        "words": recount_words(seen),
        "about": about(seen),
        "moves": moves,
        "paging": Paging.of(request.GET.get("page"), moves.in_reach),
        "back": back,
        "threshold": school.threshold,
    }
    return render(request, "moved/show.html", context)
