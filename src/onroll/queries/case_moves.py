"""What the conditions of a case's moves ask: two queries, one more for a return and one for the titles of duties."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from django.db.models import Exists, OuterRef, Q, Subquery

from onroll.domain.casework.moves import MoveFacts
from onroll.domain.casework.states import State
from onroll.domain.duties.facts import Provider
from onroll.domain.duties.finding import Status
from onroll.queries.calendars import calendar_of
from onroll.queries.packs import Stack, stack_of
from onroll.records.cases.models import Arrangement, Case, CaseMove, ContactMade, LeavingProposal
from onroll.records.duties.models import Finding
from onroll.records.pupils.models import Death

_ARRANGED = Subquery(
    Arrangement.objects.standing()
    .filter(case=OuterRef("pk"))
    .order_by("-happened_on", "-id")
    .values("provider")[:1]
)
_SPOKEN = Exists(ContactMade.objects.standing().filter(case=OuterRef("pk"), with_parent=True, two_way=True))
_LEAVING = Exists(LeavingProposal.objects.standing().filter(case=OuterRef("pk"), agreed=None))
_ANOTHER = Exists(Case.objects.filter(pupil=OuterRef("pupil"), closed_on=None).exclude(pk=OuterRef("pk")))
_DIED = Exists(Death.objects.standing().filter(pupil=OuterRef("pupil")))
_LAST_MOVED = Subquery(CaseMove.objects.filter(case=OuterRef("pk")).order_by("-id").values("happened_on")[:1])


def move_facts(case_id: int, on: date, overdue: Sequence[str] | None = None) -> MoveFacts:
    """The facts of one case on a day. `overdue`: titles of its overdue duties, where the caller has them already."""
    row = (
        Case.objects.filter(pk=case_id)
        .annotate(
            provider=_ARRANGED,
            spoken=_SPOKEN,
            leaving=_LEAVING,
            another=_ANOTHER,
            died=_DIED,
            moved_on=_LAST_MOVED,
        )
        .values(
            "state", "school_id", "pupil__year_group_id", "provider", "spoken", "leaving", "another", "died",
            "moved_on",
        )
        .get()
    )  # fmt: skip
    returning = row["state"] == State.RETURNING.value
    return MoveFacts(
        state=State(row["state"]),
        provider=Provider(row["provider"]) if row["provider"] else None,
        spoken_with_parent=row["spoken"],
        overdue=tuple(_overdue(case_id, row["school_id"], on)) if overdue is None else tuple(overdue),
        leaving_open=row["leaving"],
        days_returning=_days_since(row["moved_on"], row["school_id"], row["pupil__year_group_id"], on)
        if returning
        else 0,
        another_open=row["another"],
        died=row["died"],
    )


def _overdue(case_id: int, school_id: int, on: date) -> Iterator[str]:
    """Titles of the duties that are overdue on the day, sweep or no sweep."""
    late = Q(status=Status.OVERDUE.value) | Q(status=Status.DUE.value, due_on__lt=on)
    rows = Finding.objects.filter(late, case_id=case_id, until_at=None).order_by("due_on", "id")
    found = list(rows.values_list("pack", "duty"))
    stack = stack_of(school_id, on) if found else Stack()
    for pack, duty in found:
        known = stack.duty(pack, duty)
        yield known.title if known else duty


def _days_since(moved_on: date, school_id: int, year_group_id: int | None, on: date) -> int:
    """Whole school days after the day of the last move, up to and with `on`."""
    return int(calendar_of(school_id, year_group_id).school_days(moved_on + timedelta(days=1), on))
