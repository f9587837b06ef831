"""The keepers of the policy are reminded at 60 and at 14 days, once each, and nobody else is."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from onroll.actions.policy import steps
from onroll.actions.policy.reminding import queue_reminders
from onroll.domain.permissions import Role
from onroll.jobs import reminding
from onroll.queries.digests import Place
from onroll.records.ledger.models import LedgerRow
from onroll.records.outbox.models import Message
from tests.support.cast import NOW, a_person, a_school, actor
from tests.support.policies import a_draft, in_force
from tests.support.policy import with_policy

pytestmark = pytest.mark.django_db
DUE = date(2027, 1, 29)  # a year after the approval of `in_force`


@pytest.fixture
def school():
    school = with_policy(a_school())
    in_force(actor(a_person(school, Role.CLERK, name="Clara Kay")), school)
    a_person(school, Role.DEPUTY_HEAD)
    a_person(school, Role.TEACHER)
    return school


def reminded(school, *days_before):
    """How many were written to on each of these days."""
    place = Place(school.pk, school.urn, school.name)
    return [queue_reminders(place, on=DUE - timedelta(days=days), at=NOW) for days in days_before]


@pytest.mark.parametrize(
    ("days_before", "told"),
    [
        pytest.param((61,), [0], id="too early"),
        pytest.param((60,), [2], id="at 60 days"),
        pytest.param((60, 60, 59), [2, 0, 0], id="once"),
        pytest.param((57,), [2], id="after nights on which nothing ran"),
        pytest.param((60, 15, 14, 13), [2, 0, 2, 0], id="again at 14 days"),
        pytest.param((0,), [2], id="on the day, when none was sent"),
        pytest.param((-1,), [0], id="past: the duty itself is overdue"),
    ],
)
def test_the_keepers_are_reminded(school, days_before, told):
    assert reminded(school, *days_before) == told


def test_the_letter_names_the_day_and_the_register(school):
    reminded(school, 60)
    letter = Message.objects.first()
    assert letter.subject == f"Policy review due by 29 January 2027: {school.name}"
    assert "Friday 29 January 2027: in 60 days" in letter.body
    assert f"/s/{school.urn}/policy/register/" in letter.body
    assert LedgerRow.objects.filter(verb="policy-reminders-queued").count() == 1


def test_a_new_approval_stops_the_old_reminders(school):
    clerk = actor(a_person(school, Role.CLERK))
    draft, when = a_draft(clerk, school), {"on": NOW.date(), "at": NOW}
    steps.record_review(clerk, school.pk, draft, reviewed_on=NOW.date(), **when)
    steps.send_to_governors(clerk, school.pk, draft, sent_on=NOW.date(), **when)
    steps.record_approval(clerk, school.pk, draft, meeting_on=NOW.date(), minute="1", **when)
    assert reminded(school, 60, 14) == [0, 0]


def test_a_school_without_a_policy_is_left_alone():
    school = a_school()
    a_person(school, Role.CLERK)
    assert reminded(school, 60) == [0]


def test_it_runs_in_the_morning_and_a_school_that_fails_holds_no_other_up(school, monkeypatch):
    told = []

    def queue(place, *, on, at):
        told.append(place.id)
        if place.id == school.pk:
            raise ValueError

    monkeypatch.setattr(reminding, "queue_reminders", queue)
    other = a_school()
    zone = ZoneInfo("Europe/London")
    reminding.remind_when_due(datetime(2026, 11, 30, 5, 59, tzinfo=zone))
    assert told == []
    reminding.remind_when_due(datetime(2026, 11, 30, 6, 0, tzinfo=zone))
    assert told == [school.pk, other.pk]
