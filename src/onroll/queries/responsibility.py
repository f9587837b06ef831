"""Who is responsible for a child's education: the sentence, and how it has changed.

These look nothing up about who asks: call them behind a door. `known_at` asks for what was known at a moment.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from onroll.domain.casework.responsibility import Responsibility, responsibility_sentence
from onroll.domain.duties.facts import Provider
from onroll.domain.packs.stack import Stack
from onroll.domain.permissions import Role
from onroll.queries.place import words_of
from onroll.records.cases.models import Arrangement
from onroll.records.people.models import User


@dataclass(frozen=True, slots=True)
class Arranged:
    """One arrangement with who recorded it. `until`: when the next began; None while it stands."""

    id: int
    said: Responsibility
    from_on: date
    recorded_at: datetime
    recorded_by: str
    until: date | None = None


def sentence_of(case_id: int, stack: Stack, on: date, known_at: datetime | None = None) -> str:
    """Who provides education on a day, who checks on the child, who decides next and when. One query."""
    now = responsibility_of(case_id, on, known_at)
    return responsibility_sentence(now, words_of(stack), on)


def sentences_of(
    case_ids: Iterable[int], stack: Stack, on: date, known_at: datetime | None = None
) -> Mapping[int, str]:
    """The sentences of several cases of one school, one query for all. They leave out how it is provided."""
    ids = list(case_ids)
    rows = Arrangement.objects.as_known(known_at).filter(case_id__in=ids, happened_on__lte=on)
    latest = {row.case_id: row for row in rows.defer("provided_by").order_by("happened_on", "id")}
    place = words_of(stack)
    return {
        case_id: responsibility_sentence(responsibility(latest.get(case_id), exactly=False), place, on)
        for case_id in ids
    }


def responsibility_of(case_id: int, on: date, known_at: datetime | None = None) -> Responsibility:
    """What has been said, as it stands on a day. One query."""
    return responsibility(arrangement_on(case_id, on, known_at))


def arrangement_on(case_id: int, on: date, known_at: datetime | None = None) -> Arrangement | None:
    """The arrangement that stands on a day: of those that had begun by then, the last to begin. One query."""
    rows = Arrangement.objects.as_known(known_at).filter(case_id=case_id, happened_on__lte=on)
    return rows.order_by("happened_on", "id").last()


def arrangements_of(case_id: int, known_at: datetime | None = None) -> tuple[Arranged, ...]:
    """Every arrangement of a case, those to come included, the last to begin first. Two queries."""
    rows = list(Arrangement.objects.as_known(known_at).filter(case_id=case_id).order_by("happened_on", "id"))
    names = dict(User.objects.filter(pk__in={row.recorded_by_id for row in rows}).values_list("pk", "name"))
    ends: list[date | None] = [row.happened_on for row in rows[1:]]
    found = [
        Arranged(
            id=row.pk,
            said=responsibility(row),
            from_on=row.happened_on,
            recorded_at=row.recorded_at,
            recorded_by=names.get(row.recorded_by_id or 0, ""),
            until=until,
        )
        for row, until in zip(rows, [*ends, None], strict=True)
    ] if rows else []  # fmt: skip
    return tuple(reversed(found))


def responsibility(row: Arrangement | None, *, exactly: bool = True) -> Responsibility:
    """What an arrangement says, as plain values; nothing when there is none."""
    if row is None:
        return Responsibility()
    return Responsibility(
        provider=Provider(row.provider),
        provided_by=row.provided_by if exactly else "",
        since=row.happened_on,
        checks=Role(row.checks_role) if row.checks_role else None,
        decides=row.decides,
        decides_on=row.decides_on,
    )
