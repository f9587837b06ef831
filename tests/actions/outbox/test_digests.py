"""Who is written to about what is due: once a person and period, numbers and links only."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from onroll.actions.outbox.choosing import choose_rhythm
from onroll.actions.outbox.digests import queue_digests, queue_escalation
from onroll.domain.digests import Rhythm
from onroll.domain.duties.finding import Status
from onroll.domain.permissions import Role
from onroll.domain.vocabulary import Refusal
from onroll.jobs import writing
from onroll.jobs.writing import write_when_due
from onroll.queries.digests import Place, rhythm_of
from onroll.records.base import pen
from onroll.records.duties.models import Sweep
from onroll.records.outbox.models import DigestChoice, Message
from tests.support.cast import NOW, a_case, a_person, a_pupil, a_school, actor
from tests.support.owed import THIRD_PACK, a_finding, put_off
from tests.support.policy import with_policy

pytestmark = pytest.mark.django_db
MONDAY, TUESDAY, SATURDAY = date(2026, 11, 23), date(2026, 11, 24), date(2026, 11, 28)


@pytest.fixture
def school():
    return a_school()


@pytest.fixture
def deputy(school):
    return a_person(school, Role.DEPUTY_HEAD)


@pytest.fixture
def leader(school):
    return a_person(school, Role.PROGRESS_LEADER)


def place(school):
    return Place(school.pk, school.urn, school.name)


def chosen(user, school, rhythm):
    choose_rhythm(actor(user), school.pk, rhythm, on=MONDAY, at=NOW)


def owed(school, held_by, due_on=MONDAY, **given):
    return a_finding(school, a_case(a_pupil(school)), held_by=held_by, due_on=due_on, **given)


def written(school, on):
    """Who was written to on a day, by the subject."""
    queue_digests(place(school), on=on, at=NOW)
    return list(
        Message.objects.filter(key__endswith=str(on)).order_by("to_id").values_list("to_id", "subject")
    )


def test_supervisors_are_written_to_on_monday_and_others_are_not(school, deputy, leader):
    owed(school, leader)
    assert written(school, MONDAY) == [(deputy.pk, f"1 due today: {school.name}")]
    assert written(school, TUESDAY) == []


def test_who_chose_daily_is_written_to_on_each_school_day_with_something_due(school, leader):
    chosen(leader, school, Rhythm.DAILY)
    assert written(school, MONDAY) == []
    owed(school, leader)
    assert written(school, MONDAY) == [(leader.pk, f"1 due today: {school.name}")]
    assert written(school, TUESDAY) == [(leader.pk, f"1 overdue: {school.name}")]
    assert written(school, SATURDAY) == []


def test_nobody_is_written_to_twice_for_a_day_even_when_they_change_their_mind(school, leader):
    owed(school, leader)
    chosen(leader, school, Rhythm.DAILY)
    assert len(written(school, MONDAY)) == 1
    chosen(leader, school, Rhythm.WEEKLY)
    assert len(written(school, MONDAY)) == 1


def test_a_supervisor_may_choose_never(school, deputy):
    chosen(deputy, school, Rhythm.NEVER)
    assert written(school, MONDAY) == []
    assert rhythm_of(actor(deputy), school.pk) is Rhythm.NEVER


def test_a_choice_takes_the_place_of_the_one_before(school, leader):
    for rhythm in (Rhythm.DAILY, Rhythm.DAILY, Rhythm.WEEKLY):
        chosen(leader, school, rhythm)
    assert DigestChoice.objects.count() == 2
    assert DigestChoice.objects.standing().get().rhythm == "weekly"


def test_who_cannot_open_today_cannot_choose(school):
    with pytest.raises(Refusal):
        chosen(a_person(school, Role.CLERK), school, Rhythm.DAILY)


def test_a_week_with_nothing_is_said_to_supervisors(school, deputy):
    assert written(school, MONDAY) == [(deputy.pk, f"Nothing is due at {school.name}")]


def test_the_numbers_are_those_of_today(school, deputy, leader):
    owed(school, leader, MONDAY - timedelta(days=5))
    owed(school, leader, MONDAY)
    owed(school, leader, MONDAY + timedelta(days=2))
    owed(school, leader, MONDAY + timedelta(days=9))
    owed(school, leader, MONDAY, status=Status.MET)
    put_off(owed(school, leader, MONDAY - timedelta(days=5)), MONDAY + timedelta(days=3))
    a_finding(school, None, duty="monitored", holder=Role.DEPUTY_HEAD, due_on=MONDAY)
    chosen(leader, school, Rhythm.DAILY)
    queue_digests(place(school), on=MONDAY, at=NOW)
    to_leader = Message.objects.get(to=leader).body
    assert "overdue:       1\n  due today:     1\n  due this week: 1" in to_leader
    assert "The whole school" not in to_leader
    to_deputy = Message.objects.get(to=deputy).body
    yours, whole = to_deputy.split("The whole school")
    assert "due today:     1" in yours  # the school's own duty, by the role
    assert "overdue:       1\n  due today:     2\n  due this week: 1" in whole
    assert f"http://127.0.0.1:8000/s/{school.urn}/today/?of=school" in whole


def test_a_schools_name_is_written_as_it_is(deputy):
    school = a_school("St Anne's & St John's")
    user = a_person(school, Role.HEADTEACHER)
    queue_digests(place(school), on=MONDAY, at=NOW)
    assert "St Anne's & St John's" in Message.objects.get(to=user).body


# ---------------------------------------------------------------- escalation
def escalated(school, on):
    queue_escalation(place(school), on=on, at=timezone.make_aware(datetime.combine(on, datetime.min.time())))
    found = Message.objects.filter(kind="escalation", key__endswith=str(on))
    return [(one.to_id, one.subject) for one in found]


def test_what_is_overdue_for_five_school_days_is_told_to_the_deputy_once(school, deputy, leader):
    owed(school, leader, date(2026, 11, 16))
    assert escalated(school, date(2026, 11, 20)) == []
    assert escalated(school, MONDAY) == [(deputy.pk, f"1 overdue for long: {school.name}")]
    assert escalated(school, MONDAY) == [(deputy.pk, f"1 overdue for long: {school.name}")]
    assert escalated(school, TUESDAY) == []  # nothing new
    owed(school, leader, date(2026, 11, 18))
    assert escalated(school, date(2026, 11, 25)) == [(deputy.pk, f"2 overdue for long: {school.name}")]
    body = Message.objects.order_by("-pk").first().body
    assert "2 duties have been overdue" in body
    assert "1 of them newly" in body


def test_a_day_on_which_the_worker_did_not_run_loses_nothing(school, deputy, leader):
    owed(school, leader, date(2026, 11, 9))
    assert len(escalated(school, date(2026, 11, 25))) == 1


def test_what_was_put_off_is_not_escalated(school, deputy, leader):
    put_off(owed(school, leader, date(2026, 11, 2)), date(2026, 12, 1))
    assert escalated(school, MONDAY) == []


def test_a_pack_may_say_after_how_many_days(school, deputy, leader):
    with_policy(school, THIRD_PACK)
    owed(school, leader, date(2026, 11, 20), pack="third")
    assert len(escalated(school, MONDAY)) == 1


# ---------------------------------------------------------------- when
@pytest.mark.parametrize(("hour", "swept", "writes"), [
    pytest.param(5, True, False, id="too early"),
    pytest.param(6, True, True, id="from six"),
    pytest.param(8, False, False, id="not before the night's round is done"),
    pytest.param(9, False, True, id="from nine without it"),
])  # fmt: skip
def test_letters_are_written_in_the_morning(school, deputy, hour, swept, writes):
    at = datetime(2026, 11, 23, hour, 5, tzinfo=ZoneInfo("Europe/London"))
    if swept:
        with pen():
            Sweep.objects.create(school=school, swept_on=MONDAY, swept_at=at)
    write_when_due(at)
    assert Message.objects.exists() is writes


def test_a_school_that_cannot_be_written_about_holds_no_other_up(school, deputy, monkeypatch, caplog):
    other = a_school("Far Hill")
    a_person(other, Role.DEPUTY_HEAD)
    plain = writing.queue_digests

    def failing(of, **options):
        if of.id == school.pk:
            raise ValueError("a value")
        return plain(of, **options)

    monkeypatch.setattr(writing, "queue_digests", failing)
    write_when_due(datetime(2026, 11, 23, 9, 5, tzinfo=ZoneInfo("Europe/London")))
    assert set(Message.objects.values_list("school_id", flat=True)) == {other.pk}
    assert "a value" not in caplog.text
