"""The lists behind the numbers of Oversight: duties and cases, narrowed as the number was."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Q, Window

from onroll.domain.casework.states import State
from onroll.domain.duties.finding import Status
from onroll.domain.names import shown_name
from onroll.domain.vocabulary import Actor
from onroll.queries import findings, owed
from onroll.queries.doors import SchoolSeen, looked
from onroll.queries.duties_today import ROW, ToDo, to_do_of
from onroll.queries.oversight import BANDS, band, open_cases, standing_findings
from onroll.queries.packs import stack_of
from onroll.records.duties.models import Finding

NOBODY = 0  # asked for as the holder: what nobody holds


@dataclass(frozen=True, slots=True)
class AskedDuties:
    """What a list of duties is narrowed to."""

    status: Status | None = None  # None: everything that is to do
    holder: int | None = None
    paragraph: tuple[str, str] | None = None  # pack and paragraph
    state: State | None = None  # of the case


@dataclass(frozen=True, slots=True)
class Choices:
    """What the list can be narrowed to."""

    holders: tuple[tuple[int, str], ...]
    paragraphs: tuple[tuple[str, str], ...]  # pack and paragraph


@dataclass(frozen=True, slots=True)
class DutyList:
    """A page of the list."""

    rows: tuple[ToDo, ...]
    total: int
    choices: Choices


def duty_list(
    actor: Actor, seen: SchoolSeen, asked: AskedDuties, *, first: int, size: int, on: date, at: datetime
) -> DutyList:
    """Duties as asked for, the longest overdue first. Three queries and the look."""
    everything = standing_findings(actor, seen.id, on)
    rows = _narrowed(everything, asked).order_by(owed.children_first(), "due_on", "pk")
    rows = rows.annotate(in_all=Window(Count("pk")))
    found = list(rows.values(*ROW, "in_all")[first : first + size])
    stack = stack_of(seen.id, on)
    shown = tuple(to_do_of(row, stack, on) for row in found)
    looked(
        actor,
        seen,
        page="oversight-list",
        pupil_ids=sorted({one.pupil_id for one in shown if one.pupil_id}),
        at=at,
    )
    return DutyList(shown, found[0]["in_all"] if found else 0, _choices(everything))


def _narrowed(rows: Any, asked: AskedDuties) -> Any:
    if asked.status is None:
        rows = rows.filter(status__in=[one.value for one in owed.TO_DO])
    else:
        rows = rows.filter(stands=asked.status.value)
    if asked.holder is not None:
        rows = rows.filter(held_by_id=asked.holder or None)
    if asked.paragraph is not None:
        rows = rows.filter(pack=asked.paragraph[0], paragraph=asked.paragraph[1])
    return rows.filter(case__state=asked.state.value) if asked.state else rows


def _choices(rows: Any) -> Choices:
    """Every holder and every paragraph that there is. One query."""
    found: Any = rows.order_by().values_list("held_by_id", "held_by__name", "pack", "paragraph").distinct()
    known = list(found)
    holders = {pk or NOBODY: name or "" for pk, name, _, _ in known}
    return Choices(
        holders=tuple(sorted(holders.items(), key=lambda one: one[1])),
        paragraphs=tuple(sorted({(pack, paragraph) for _, _, pack, paragraph in known})),
    )


# ---------------------------------------------------------------- cases
@dataclass(frozen=True, slots=True)
class CaseLine:
    """One open case, and what is overdue on it."""

    case_id: int
    pupil_id: int
    child: str
    year_group: str
    state: State
    opened_on: date
    missed_days: float | None  # for health reasons, this school year
    overdue: tuple[str, ...]  # titles of duties


@dataclass(frozen=True, slots=True)
class CaseList:
    """A page of open cases."""

    rows: tuple[CaseLine, ...]
    total: int


def case_list(
    actor: Actor,
    seen: SchoolSeen,
    *,
    state: State | None = None,
    days: int | None = None,
    first: int,
    size: int,
    on: date,
    at: datetime,
    page: str,
) -> CaseList:
    """Open cases by child, each with what is overdue on it. Three queries and the look. `days` is one of BANDS."""
    rows = open_cases(actor, seen)
    if state is not None:
        rows = rows.filter(state=state.value)
    if days in BANDS:
        rows = rows.filter(band(BANDS.index(days)))
    ordered = rows.order_by("pupil__surname", "pupil__forename", "pk").annotate(in_all=Window(Count("pk")))
    found = list(ordered.values(*_CASE, "in_all")[first : first + size])
    overdue = _overdue([row["pk"] for row in found], seen, on)
    looked(actor, seen, page=page, pupil_ids=sorted(row["pupil_id"] for row in found), at=at)
    lines = tuple(_line(row, overdue.get(row["pk"], ())) for row in found)
    return CaseList(lines, found[0]["in_all"] if found else 0)


_CASE = (
    "pk", "pupil_id", "pupil__forename", "pupil__surname", "pupil__known_as", "pupil__year_group__name", "state",
    "opened_on", "missed",
)  # fmt: skip


def _line(row: dict[str, Any], overdue: tuple[str, ...]) -> CaseLine:
    return CaseLine(
        case_id=row["pk"],
        pupil_id=row["pupil_id"],
        child=shown_name(row["pupil__forename"], row["pupil__surname"], row["pupil__known_as"]),
        year_group=row["pupil__year_group__name"] or "",
        state=State(row["state"]),
        opened_on=row["opened_on"],
        missed_days=None if row["missed"] is None else row["missed"] / 2,
        overdue=overdue,
    )


def _overdue(case_ids: list[int], seen: SchoolSeen, on: date) -> dict[int, tuple[str, ...]]:
    rows = Finding.objects.filter(Q(case_id__in=case_ids), owed.is_overdue(on), until_at=None)
    stack, found = stack_of(seen.id, on), dict[int, tuple[str, ...]]()
    for row in rows.order_by("due_on", "pk").values(*findings.COLUMNS):
        one = findings.seen_of(row, stack, on, None)
        found[row["case_id"]] = (*found.get(row["case_id"], ()), one.title)
    return found
