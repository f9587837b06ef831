"""No way off the roll leads round the headteacher while a case is open."""

from datetime import date

import pytest

from onroll.actions.leaving.deciding import carry_out, decide_leaving
from onroll.domain.permissions import Role
from onroll.domain.roll.times import Time, on_roll
from onroll.domain.vocabulary import Refusal, Refused
from onroll.records.base import pen
from onroll.records.cases.models import LeavingProposal
from onroll.records.people.models import Appointment
from onroll.records.pupils.models import Enrolment
from tests.support.cast import NOW, a_person, a_pupil, actor
from tests.support.circles import AT, TODAY, a_circle
from tests.support.rolls import applied, line_of

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


def is_on_roll(pupil, on=TODAY) -> bool:
    rows = Enrolment.objects.filter(pupil=pupil).values_list("first_on", "last_on")
    return on_roll([Time(*row) for row in rows], on)


def test_a_file_that_moves_the_admission_date_ahead_takes_nobody_off_the_roll(circle, officer):
    """A pupil whose time on roll begins next year is not on roll today."""
    free = a_pupil(circle.school, "Free", "Elm")
    row = applied(
        officer, circle.school,
        line_of(circle.pupil, Admission_date="2027-01-04"), line_of(free, Admission_date="2027-01-04"),
    )  # fmt: skip
    assert (is_on_roll(circle.pupil), is_on_roll(free)) == (True, False)
    assert row.outcome["held"] == 1
    assert LeavingProposal.objects.get().came_from == "roll-file", "somebody has to look"


def test_a_file_that_corrects_an_admission_date_of_old_is_written(circle, officer):
    applied(officer, circle.school, line_of(circle.pupil, Admission_date="2024-09-04"))
    assert Enrolment.objects.get(pupil=circle.pupil).first_on == date(2024, 9, 4)


def test_who_is_head_and_leads_the_year_too_does_not_decide_on_their_own_proposal(circle):
    """Two roles in one person are one person."""
    with pen():
        Appointment.objects.create(
            user=circle.hedy, school=circle.school, role=Role.PROGRESS_LEADER, began_at=NOW
        )
    both = actor(circle.hedy)
    own = circle.propose(by=both, leaving_on=TODAY)
    with pytest.raises(Refusal) as refused:
        decide_leaving(both, *circle.ids, own.pk, agree=True, because="Mine", weighed=True, **AT)
    assert refused.value.kind is Refused.CONFLICT
    with pytest.raises(Refusal):
        carry_out(both, *circle.ids, own.pk, **AT)
    assert is_on_roll(circle.pupil, date(2026, 12, 31))
    with pen():
        own.delete()
    theirs = circle.propose(leaving_on=TODAY)
    decide_leaving(both, *circle.ids, theirs.pk, agree=True, because="Right", weighed=True, **AT)
    carry_out(both, *circle.ids, theirs.pk, **AT)
    assert not is_on_roll(circle.pupil, date(2026, 12, 31))
