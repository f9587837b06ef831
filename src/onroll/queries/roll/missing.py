"""Pupils on roll whom a roll file did not name: who waits for a decision, and what was decided lately."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Max, OuterRef, QuerySet, Subquery

from onroll.domain.permissions import Permission
from onroll.domain.vocabulary import Actor, not_found
from onroll.queries import doors
from onroll.queries.doors import SchoolSeen
from onroll.queries.roll.preview import PAGE, PupilSeen, pupil_seen
from onroll.records.attendance.models import Import
from onroll.records.cases.models import Case, LeavingProposal
from onroll.records.people.models import User
from onroll.records.pupils.models import Enrolment, MissingFromRoll

LATELY = timedelta(days=30)
_DECIDED = ("still-here", "left")


@dataclass(frozen=True, slots=True)
class MissingSeen:
    """One pupil whom a file did not name."""

    id: int
    pupil: PupilSeen
    on_roll_since: date | None
    import_id: int
    file_name: str
    noticed_at: datetime
    decision: str = ""
    left_on: date | None = None
    reason: str = ""
    decided_at: datetime | None = None
    decided_by: str = ""
    case_id: int | None = None  # an open case: the pupil leaves only as the headteacher agreed
    agreed_on: date | None = None  # the day that was agreed


@dataclass(frozen=True, slots=True)
class MissingList:
    """One page of pupils who wait, how many do, and what was decided in the last 30 days."""

    rows: list[MissingSeen]
    total: int
    decided: list[MissingSeen]


def missing_list(actor: Actor, seen: SchoolSeen, *, first: int, at: datetime) -> MissingList:
    """Pupils who wait for a decision, by name. Logs the look at all that are shown."""
    rows = _rows(seen)
    waiting = rows.filter(decision="")
    page = _seen(list(waiting.order_by("pupil__surname", "pupil__forename", "pk")[first : first + PAGE]))
    lately = rows.filter(decision__in=_DECIDED, decided_at__gte=at - LATELY).order_by("-decided_at", "-pk")
    decided = _seen(list(lately[:PAGE]))
    ids = sorted({one.pupil.id for one in (*page, *decided)})
    doors.looked(actor, seen, page="roll-missing", pupil_ids=ids, at=at)
    return MissingList(page, waiting.count(), decided)


def missing_one(actor: Actor, seen: SchoolSeen, missing_id: int, *, at: datetime) -> MissingSeen:
    """One pupil who waits for a decision. Logs the look."""
    row = _rows(seen).filter(pk=missing_id).first()
    if row is None or not actor.may(Permission.ROLL_IMPORT, seen.id):
        raise not_found()
    (found,) = _seen([row])
    doors.looked(actor, seen, page="roll-missing", pupil_ids=[found.pupil.id], at=at)
    return found


def waiting(seen: SchoolSeen) -> int:
    """How many pupils wait for a decision."""
    return _rows(seen).filter(decision="").count()


def _rows(seen: SchoolSeen) -> "QuerySet[MissingFromRoll]":
    return MissingFromRoll.objects.filter(school_id=seen.id).select_related(
        "pupil__year_group", "pupil__tutor_group"
    )


def _seen(rows: list[MissingFromRoll]) -> list[MissingSeen]:
    since = dict(
        Enrolment.objects.filter(pupil_id__in=[row.pupil_id for row in rows])
        .values("pupil_id")
        .annotate(since=Max("first_on"))
        .values_list("pupil_id", "since")
    )
    files = dict(Import.objects.filter(pk__in={row.import_id for row in rows}).values_list("pk", "file_name"))
    people = {row.decided_by_id for row in rows if row.decided_by_id}
    names = dict(User.objects.filter(pk__in=people).values_list("pk", "name"))
    cases = _open_cases([row.pupil_id for row in rows])
    return [
        MissingSeen(
            row.pk,
            pupil_seen(row.pupil),
            since.get(row.pupil_id),
            row.import_id,
            files.get(row.import_id, ""),
            row.noticed_at,
            row.decision,
            row.left_on,
            row.reason,
            row.decided_at,
            names.get(row.decided_by_id or 0, ""),
            *cases.get(row.pupil_id, (None, None)),
        )
        for row in rows
    ]


def _open_cases(pupil_ids: list[int]) -> dict[int, tuple[int, date | None]]:
    """The open case of each pupil, and the leaving date that was agreed. One query."""
    agreed = LeavingProposal.objects.standing().filter(case_id=OuterRef("pk"), agreed=True).order_by("-pk")
    rows = Case.objects.filter(pupil_id__in=pupil_ids, closed_on=None)
    found = rows.values_list("pupil_id", "pk", Subquery(agreed.values("leaving_on")[:1]))
    return {pupil_id: (case_id, on) for pupil_id, case_id, on in found}
