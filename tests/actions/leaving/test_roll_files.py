"""The guard at the roll: neither a file nor a person ends the time on roll of a pupil with an open case."""

from datetime import date

import pytest

from onroll.actions.leaving.deciding import decide_leaving
from onroll.actions.roll.leaving import say_left, say_still_here
from onroll.domain.permissions import Role
from onroll.domain.vocabulary import Refusal
from onroll.records.cases.models import LeavingProposal
from onroll.records.duties.models import Finding
from onroll.records.pupils.models import Enrolment, MissingFromRoll, PupilChange
from tests.support.cast import NOW, a_person, a_pupil, actor
from tests.support.circles import AT, TODAY, a_circle
from tests.support.policy import with_policy
from tests.support.rolls import a_line, applied, line_of

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _uploads(settings, tmp_path):
    settings.UPLOAD_DIR = tmp_path / "uploads"


@pytest.fixture
def circle():
    return a_circle()


@pytest.fixture
def officer(circle):
    return actor(a_person(circle.school, Role.ATTENDANCE_OFFICER))


def last_day(pupil):
    return Enrolment.objects.get(pupil=pupil).last_on


def test_a_leaving_date_in_a_file_is_held_back_and_told_on_the_case(circle, officer):
    free = a_pupil(circle.school, "Free", "Elm")
    row = applied(
        officer, circle.school,
        line_of(circle.pupil, Leaving_date="2026-11-20", Known_as="Quill"), line_of(free, Leaving_date="2026-11-20"),
    )  # fmt: skip
    assert (last_day(circle.pupil), last_day(free)) == (None, date(2026, 11, 20))
    circle.pupil.refresh_from_db()
    assert circle.pupil.known_as == "Quill", "everything else of the line is written"
    assert row.outcome["held"] == 1
    held = LeavingProposal.objects.get()
    assert (held.case_id, held.came_from, held.ground, held.leaving_on) == (
        circle.case.pk, "roll-file", "", date(2026, 11, 20)
    )  # fmt: skip
    assert held.recorded_by_id is None
    assert not PupilChange.objects.filter(pupil=circle.pupil, field="left-on").exists()


def test_the_same_file_again_asks_once(circle, officer):
    for _ in range(2):
        applied(officer, circle.school, line_of(circle.pupil, Leaving_date="2026-11-20"))
    assert LeavingProposal.objects.count() == 1


def test_what_the_file_said_gives_way_to_a_persons_proposal(circle, officer):
    applied(officer, circle.school, line_of(circle.pupil, Leaving_date="2026-12-18"))
    said = LeavingProposal.objects.get()
    row = circle.propose()
    said.refresh_from_db()
    assert (row.replaces_id, said.withdrawn_at) == (said.pk, NOW)


def test_an_agreed_day_is_let_through_and_another_is_not(circle, officer):
    row = circle.propose()
    decide_leaving(circle.head, *circle.ids, row.pk, agree=True, because="Confirmed", **AT)
    applied(officer, circle.school, line_of(circle.pupil, Leaving_date="2026-12-17"))
    assert last_day(circle.pupil) is None
    outcome = applied(officer, circle.school, line_of(circle.pupil, Leaving_date="2026-12-18")).outcome
    assert (last_day(circle.pupil), outcome["held"]) == (date(2026, 12, 18), 0)


def test_a_file_that_drops_the_pupil_removes_nothing(circle, officer):
    applied(officer, circle.school, a_line())
    missing = MissingFromRoll.objects.get(pupil=circle.pupil)
    for left_on in (date(2026, 11, 20), TODAY):
        with pytest.raises(Refusal, match="only on a day that the headteacher has agreed to"):
            say_left(
                officer, circle.school.pk, missing.pk, left_on=left_on, reason="Medical", today=TODAY, at=NOW
            )
    assert last_day(circle.pupil) is None
    row = circle.propose(leaving_on=TODAY)
    decide_leaving(circle.head, *circle.ids, row.pk, agree=True, because="Confirmed", **AT)
    say_left(officer, circle.school.pk, missing.pk, left_on=TODAY, reason="Agreed", today=TODAY, at=NOW)
    assert last_day(circle.pupil) == TODAY


def test_a_proposal_that_was_turned_down_or_taken_back_lets_nobody_leave(circle, officer):
    applied(officer, circle.school, a_line())
    missing = MissingFromRoll.objects.get(pupil=circle.pupil)
    row = circle.propose(leaving_on=TODAY)
    decide_leaving(circle.head, *circle.ids, row.pk, agree=False, because="No", **AT)
    with pytest.raises(Refusal, match="headteacher has agreed"):
        say_left(officer, circle.school.pk, missing.pk, left_on=TODAY, reason="Gone", today=TODAY, at=NOW)


def test_a_pupil_without_an_open_case_leaves_as_before(circle, officer):
    free = a_pupil(circle.school, "Free", "Elm")
    applied(officer, circle.school, line_of(circle.pupil))
    missing = MissingFromRoll.objects.get(pupil=free)
    say_left(officer, circle.school.pk, missing.pk, left_on=TODAY, reason="Moved", today=TODAY, at=NOW)
    assert last_day(free) == TODAY


def test_the_duty_hears_of_it(circle, officer):
    with_policy(circle.school)

    def status() -> str:
        found = Finding.objects.filter(case=circle.case, duty="kept-on-roll", until_at=None)
        return found.values_list("status", flat=True).first()

    applied(officer, circle.school, a_line())
    assert status() == "needs-judgement"
    say_still_here(officer, circle.school.pk, MissingFromRoll.objects.get(pupil=circle.pupil).pk, at=NOW)
    assert status() == "met"
