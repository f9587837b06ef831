"""The facts of cases."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from onroll.domain.casework.states import State
from onroll.domain.duties.facts import CaseFacts
from onroll.domain.schoolcalendar import SchoolCalendar
from onroll.queries.calendars import calendars_of_schools
from onroll.queries.facts import of_pupils, parts
from onroll.queries.facts.staff import away_of, staff_of
from onroll.queries.facts.when import When
from onroll.records.cases.models import Case, CaseMove

_NO_CALENDAR = SchoolCalendar(())


def case_facts(
    case_ids: Collection[int], *, on: date, known_at: datetime | None = None
) -> dict[int, CaseFacts]:
    """The facts of these cases. A case that had not been opened by then is left out."""
    when = When(on, known_at)
    heads = _heads(case_ids, when)
    ids, pupil_ids = list(heads), {head.pupil_id for head in heads.values()}
    school_of = {case_id: head.school_id for case_id, head in heads.items()}
    school_ids = set(school_of.values())
    calendars = calendars_of_schools(school_ids, known_at=known_at)
    away = away_of(school_ids, when)
    staff = staff_of(school_ids, away, when)
    times, died = of_pupils.on_roll(pupil_ids, when), of_pupils.deaths(pupil_ids, when)
    missing = of_pupils.missing_since(pupil_ids, when)
    arrangements, statements = parts.arrangements(ids, when), parts.statements(ids, when)
    contacts, team = parts.contacts(ids, when), parts.team(ids, school_of, away, when)
    leavings, understandings = parts.leavings(ids, when), parts.understandings(ids, when)
    found = {}
    for case_id, head in heads.items():
        of_school = calendars[head.school_id]
        found[case_id] = CaseFacts(
            id=case_id,
            pupil_id=head.pupil_id,
            school_id=head.school_id,
            state=head.state,
            opened_on=head.opened_on,
            calendar=of_school.get(head.year_group_id) or of_school.get(None) or _NO_CALENDAR,
            on_roll=times.get(head.pupil_id, ()),
            arrangements=tuple(arrangements.get(case_id, ())),
            statements=tuple(statements.get(case_id, ())),
            contacts=tuple(contacts.get(case_id, ())),
            team=tuple(team.get(case_id, ())),
            roles=staff[head.school_id].reaching(head.year_group_id),
            staff=staff[head.school_id].ids,
            leavings=tuple(leavings.get(case_id, ())),
            missing_from_roll_since=missing.get(head.pupil_id),
            pupil_understands=understandings.get(case_id),
            died_on=died.get(head.pupil_id),
            opened_before_absence=head.opened_before_absence,
        )
    return found


@dataclass(frozen=True, slots=True)
class _Head:
    school_id: int
    pupil_id: int
    year_group_id: int | None
    opened_on: date
    state: State
    opened_before_absence: bool


def _heads(case_ids: Collection[int], when: When) -> dict[int, _Head]:
    """The cases that had been opened by then, with the state that they were in. Two queries."""
    moves = CaseMove.objects.filter(case_id__in=case_ids, happened_on__lte=when.on)
    cases = Case.objects.filter(pk__in=case_ids, opened_on__lte=when.on)
    if when.known_at is not None:
        moves = moves.filter(recorded_at__lte=when.known_at)
        cases = cases.filter(recorded_at__lte=when.known_at)
    states = dict(moves.order_by("id").values_list("case_id", "to_state"))
    found = {}
    for pk, school_id, pupil_id, group_id, opened_on, expected_from in cases.order_by("pk").values_list(
        "pk", "school_id", "pupil_id", "pupil__year_group_id", "opened_on", "expected_from"
    ):
        if pk in states:
            before = expected_from is not None and expected_from > opened_on
            found[pk] = _Head(school_id, pupil_id, group_id, opened_on, State(states[pk]), before)
    return found
