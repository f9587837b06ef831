"""The facts of a case: of what had happened by a day, what was known at a moment."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from onroll.domain.casework.states import State
from onroll.domain.duties.facts import Away, Held
from onroll.domain.permissions import Role
from onroll.queries.facts import case_facts
from onroll.records.base import pen
from onroll.records.cases import models as cases
from onroll.records.pupils.models import Death, Enrolment, MissingFromRoll, PupilChange
from onroll.records.schools.models import YearGroup
from tests.support import cast

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)
LATER = cast.NOW + timedelta(days=2)


def moment(text):
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def facts_of(case, on=TODAY, known_at=None):
    return case_facts([case.pk], on=on, known_at=known_at)[case.pk]


@pytest.fixture
def school():
    return cast.a_school()


@pytest.fixture
def leader(school):
    return cast.a_person(school, Role.PROGRESS_LEADER)


@pytest.fixture
def case(school):
    return cast.a_case(cast.a_pupil(school))


def a_contact(case, by, on, *, at=cast.NOW, **fields):
    with pen():
        return cases.ContactMade.objects.create(
            case=case, made_by=by, happened_on=on, recorded_at=at, method="phone", with_parent=True, **fields
        )


def test_what_happened_after_the_day_is_left_out(case, leader):
    a_contact(case, leader, date(2026, 11, 12))
    assert len(facts_of(case, date(2026, 11, 12)).contacts) == 1
    assert facts_of(case, date(2026, 11, 11)).contacts == ()


def test_what_was_recorded_later_was_not_known_then(case, leader):
    a_contact(case, leader, date(2026, 11, 12), at=LATER)
    assert facts_of(case, known_at=LATER - timedelta(seconds=1)).contacts == ()
    assert len(facts_of(case, known_at=LATER).contacts) == 1
    assert len(facts_of(case).contacts) == 1


def test_what_was_withdrawn_was_known_until_then(case, leader):
    row = a_contact(case, leader, date(2026, 11, 12))
    with pen():
        cases.ContactMade.objects.filter(pk=row.pk).update(withdrawn_at=LATER)
    assert facts_of(case).contacts == ()
    assert len(facts_of(case, known_at=LATER - timedelta(seconds=1)).contacts) == 1
    assert facts_of(case, known_at=LATER).contacts == ()


def test_a_case_that_was_not_opened_by_then_has_no_facts(case):
    assert case_facts([case.pk], on=date(2026, 11, 8)) == {}
    assert case_facts([case.pk], on=TODAY, known_at=cast.NOW - timedelta(seconds=1)) == {}


def test_the_state_is_that_of_the_last_move_by_then(case):
    with pen():
        cases.CaseMove.objects.create(
            case=case, move="refer", to_state="referred", happened_on=date(2026, 11, 18), recorded_at=LATER
        )
    assert facts_of(case).state is State.REFERRED
    assert facts_of(case, date(2026, 11, 17)).state is State.SCHOOL
    assert facts_of(case, known_at=cast.NOW).state is State.SCHOOL


def test_absences_are_with_the_member_and_with_the_role(case, leader, school):
    deputy = cast.a_person(school, Role.TEACHER)
    cast.a_member(case, leader, deputy=deputy)
    with pen():
        cases.Away.objects.create(
            school=school, user=leader, happened_on=TODAY, last_on=TODAY, deputy=deputy, recorded_at=cast.NOW
        )
    absence = (Away(TODAY, TODAY, deputy.pk),)
    facts = facts_of(case)
    assert [(one.user_id, one.deputy_id, one.away) for one in facts.team] == [(leader.pk, deputy.pk, absence)]
    assert facts.roles == (
        Held(leader.pk, Role.PROGRESS_LEADER, None, absence), Held(deputy.pk, Role.TEACHER),
    )  # fmt: skip
    assert facts.staff == {leader.pk, deputy.pk}


def test_a_role_that_does_not_reach_the_pupils_year_is_left_out(case, school):
    year_7 = YearGroup.objects.get(school=school, code="7")
    other = cast.a_person(school, Role.PROGRESS_LEADER, year_groups=[year_7])
    facts = facts_of(case)
    assert (facts.roles, facts.staff) == ((), {other.pk})


def test_a_role_that_ended_is_held_until_then(case, leader):
    with pen():
        leader.appointments.update(ended_at=cast.NOW)
    facts = facts_of(case)
    assert (facts.roles, facts.staff) == ((Held(leader.pk, Role.PROGRESS_LEADER, TODAY),), frozenset())
    before = facts_of(case, known_at=cast.NOW)
    assert before.roles[0].ended_on == TODAY


def test_the_calendar_is_the_year_groups_and_as_it_was_known(case, school):
    closed = date(2026, 11, 24)
    year_9 = YearGroup.objects.get(school=school, code="9")
    entry = cast.a_calendar_entry(school, "closure", closed, closed, year_group=year_9)
    with pen():
        type(entry).objects.filter(pk=entry.pk).update(recorded_at=LATER)
    assert facts_of(case).calendar.kind_on(closed) == "closure"
    assert facts_of(case, known_at=cast.NOW).calendar.kind_on(closed) == "term"


def test_death_and_a_roll_that_misses_the_pupil(case, school):
    with pen():
        Death.objects.create(pupil=case.pupil, school=school, happened_on=TODAY, recorded_at=cast.NOW)
        MissingFromRoll.objects.create(
            pupil=case.pupil, school=school, import_id=1, noticed_at=moment("2026-11-12T10:00"),
            decision="still-here", decided_at=moment("2026-11-16T10:00"),
        )  # fmt: skip
    assert facts_of(case).died_on == TODAY
    since = [facts_of(case, date(2026, 11, on)).missing_from_roll_since for on in (11, 12, 15, 16)]
    assert since == [None, date(2026, 11, 12), date(2026, 11, 12), None]


def test_the_end_of_a_time_on_roll_as_it_was_known(case, school):
    with pen():
        Enrolment.objects.filter(pupil=case.pupil).update(last_on=date(2026, 11, 20))
        PupilChange.objects.create(
            pupil=case.pupil, school=school, field="left-on", old="", new="2026-11-20", at=LATER, by_id=None
        )
    assert facts_of(case).on_roll == ((date(2024, 9, 2), date(2026, 11, 20)),)
    assert facts_of(case, known_at=cast.NOW).on_roll == ((date(2024, 9, 2), None),)


def test_statements_with_what_became_of_them(case, leader, school):
    arrangement = case.arrangements.get()
    with pen():
        issued = cases.Statement.objects.create(
            case=case,
            arrangement=arrangement,
            words="{}",
            happened_on=date(2026, 11, 10),
            recorded_at=cast.NOW,
        )
        for kind, on in (("acknowledged", 16), ("read", 12), ("explained", 17), ("acknowledged", 12)):
            cases.Receipt.objects.create(
                statement=issued, kind=kind, how="page", user=leader, happened_on=date(2026, 11, on),
                recorded_at=cast.NOW,
            )  # fmt: skip
        cases.Understanding.objects.create(
            case=case, understands=True, happened_on=date(2026, 11, 16), recorded_at=cast.NOW
        )
    (statement,) = facts_of(case).statements
    assert statement.parent_acknowledged_on == date(2026, 11, 12)
    assert (statement.pupil_explained_on, statement.read_by) == (date(2026, 11, 17), {leader.pk})
    early = facts_of(case, date(2026, 11, 11))
    assert (early.statements[0].read_by, early.pupil_understands) == (frozenset(), None)
    assert facts_of(case).pupil_understands is True


def test_a_proposal_to_leave_and_its_decision(case, leader):
    with pen():
        cases.LeavingProposal.objects.create(
            case=case, ground="g", leaving_on=date(2026, 12, 1), evidence="A new address.", agreed=True,
            decided_at=LATER, decided_by_id=7, happened_on=TODAY, recorded_at=cast.NOW, recorded_by_id=leader.pk,
        )  # fmt: skip
    (leaving,) = facts_of(case, LATER.date()).leavings
    assert (leaving.evidence, leaving.agreed, leaving.decided_by_id) == (True, True, 7)
    assert leaving.decided_on == LATER.date()
    (waiting,) = facts_of(case).leavings
    assert (waiting.evidence, waiting.agreed, waiting.decided_on) == (True, None, None)


@pytest.mark.parametrize("known_at", [None, LATER], ids=["as known now", "as known then"])
def test_twenty_cases_cost_as_many_queries_as_one(school, leader, known_at):
    several = [cast.a_case(cast.a_pupil(school)) for _ in range(20)]
    for one in several:
        cast.a_member(one, leader)
        a_contact(one, leader, date(2026, 11, 12))
    counts = []
    for some in (several[:1], several):
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert len(case_facts([one.pk for one in some], on=TODAY, known_at=known_at)) == len(some)
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 18
