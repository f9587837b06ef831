"""Deciding about a pupil whom a roll did not name."""

from datetime import date, timedelta

import pytest
from django.db import connection

from onroll.actions.change import change
from onroll.actions.recount import recount_school
from onroll.actions.roll import leaving
from onroll.domain.permissions import Role
from onroll.domain.vocabulary import Actor, Refusal, Refused
from onroll.records.attendance.models import Summary
from onroll.records.ledger.models import LedgerRow
from onroll.records.pupils.models import Enrolment, MissingFromRoll, Pupil, PupilChange
from onroll.records.schools.models import School
from tests.support.cast import NOW, a_person, a_register, a_school, actor, marks, whole_days
from tests.support.rolls import applied, line_of

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)
OCTOBER = [date(2026, 10, 5) + timedelta(days=n) for n in range(5)]


@pytest.fixture
def question(officer: Actor, school: School, robin: Pupil, jo: Pupil) -> MissingFromRoll:
    """Jo, ill for a week in October, is not in the new roll."""
    a_register(jo, marks(whole_days(OCTOBER, "I")))
    with change(None, "recounted", NOW):
        recount_school(school.pk)
    applied(officer, school, line_of(robin))
    return MissingFromRoll.objects.get()


def left(
    officer: Actor, question: MissingFromRoll, on: date, reason: str = "Moved to another school"
) -> object:
    return leaving.say_left(
        officer, question.school_id, question.pk, left_on=on, reason=reason, today=TODAY, at=NOW
    )


def test_a_pupil_who_is_still_here_stays_as_they_are(officer: Actor, question: MissingFromRoll) -> None:
    leaving.say_still_here(officer, question.school_id, question.pk, at=NOW)
    question.refresh_from_db()
    assert (question.decision, question.decided_at, question.decided_by_id) == ("still-here", NOW, officer.id)
    assert Enrolment.objects.get(pupil=question.pupil_id).last_on is None


def test_a_pupil_who_has_left_keeps_everything_but_the_open_end(
    officer: Actor, question: MissingFromRoll
) -> None:
    moved = left(officer, question, date(2026, 10, 6))
    assert Enrolment.objects.get(pupil=question.pupil_id).last_on == date(2026, 10, 6)
    assert Summary.objects.get(pupil=question.pupil_id).h_sessions == 4
    assert len(moved.moves) == 1  # type: ignore[attr-defined]
    question.refresh_from_db()
    assert (question.decision, question.left_on) == ("left", date(2026, 10, 6))
    kept = PupilChange.objects.get(pupil=question.pupil_id)
    assert (kept.field, kept.old, kept.new, kept.by_id, kept.import_id) == (
        "left-on", "", "2026-10-06", officer.id, None,
    )  # fmt: skip


def test_the_reason_is_encrypted_and_not_in_the_ledger(officer: Actor, question: MissingFromRoll) -> None:
    left(officer, question, TODAY, "A plain reason")
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT reason FROM {MissingFromRoll._meta.db_table}")
        assert "plain" not in cursor.fetchone()[0]
    assert "plain" not in str(LedgerRow.objects.get(verb="missing_pupil_left").detail)


@pytest.mark.parametrize(("on", "words"), [
    pytest.param(TODAY + timedelta(days=1), "in the future", id="in the future"),
    pytest.param(date(2024, 9, 1), "before the pupil joined", id="before joining"),
])  # fmt: skip
def test_a_last_day_that_cannot_be_is_refused(
    officer: Actor, question: MissingFromRoll, on: date, words: str
) -> None:
    with pytest.raises(Refusal, match=words):
        left(officer, question, on)
    question.refresh_from_db()
    assert question.decision == ""


def test_a_pupil_of_whom_no_admission_date_is_known_can_leave_without_losing_a_mark(
    officer: Actor, question: MissingFromRoll
) -> None:
    with change(None, "test", NOW):
        Enrolment.objects.filter(pupil=question.pupil_id).delete()
    left(officer, question, TODAY)
    time = Enrolment.objects.get(pupil=question.pupil_id)
    assert (time.first_on, time.last_on) == (date(2026, 8, 1), TODAY)
    assert Summary.objects.get(pupil=question.pupil_id).h_sessions == 10


def test_a_decision_is_made_once(officer: Actor, question: MissingFromRoll) -> None:
    leaving.say_still_here(officer, question.school_id, question.pk, at=NOW)
    with pytest.raises(Refusal) as refusal:
        left(officer, question, TODAY)
    assert refusal.value.kind is Refused.CONFLICT


def test_a_mistaken_leaving_can_be_taken_back_and_is_asked_again(
    officer: Actor, question: MissingFromRoll
) -> None:
    left(officer, question, date(2026, 10, 6))
    leaving.take_back(officer, question.school_id, question.pk, at=NOW)
    question.refresh_from_db()
    assert (question.decision, question.left_on, question.reason) == ("", None, "")
    assert Enrolment.objects.get(pupil=question.pupil_id).last_on is None
    assert Summary.objects.get(pupil=question.pupil_id).h_sessions == 10
    with pytest.raises(Refusal):
        leaving.take_back(officer, question.school_id, question.pk, at=NOW)


@pytest.mark.parametrize(("role", "here", "kind"), [
    pytest.param(Role.SENCO, True, Refused.NOT_ALLOWED, id="another role"),
    pytest.param(Role.ATTENDANCE_OFFICER, False, Refused.NOT_FOUND, id="another school"),
])  # fmt: skip
def test_only_those_who_may_bring_a_roll_decide(
    question: MissingFromRoll, role: Role, here: bool, kind: Refused
) -> None:
    school = School.objects.get(pk=question.school_id) if here else a_school()
    somebody = actor(a_person(school, role))
    for school_id in {question.school_id, school.pk}:
        with pytest.raises(Refusal) as refusal:
            leaving.say_still_here(somebody, school_id, question.pk, at=NOW)
        assert refusal.value.kind is kind
