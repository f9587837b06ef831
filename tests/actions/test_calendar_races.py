"""Two people change one calendar at once: one is first, the other is told, and nothing is lost or locked for good."""

import threading
from datetime import date

import pytest
from django.db import connections

from onroll.actions.calendar.entries import add_entry, change_entry
from onroll.actions.calendar.scope import Facts
from onroll.domain.permissions import Role
from onroll.domain.schoolcalendar import Kind
from onroll.domain.vocabulary import Refusal, Refused
from onroll.records.base import pen
from onroll.records.people.models import Appointment
from onroll.records.schools.models import CalendarDay, School, Trust
from tests.support.cast import NOW, a_calendar_entry, a_person, a_school, actor

pytestmark = pytest.mark.django_db(transaction=True)
DAY = date(2026, 10, 8)


def at_once(*attempts):
    """Start all of them together; what each raised, or None."""
    outcomes, barrier = [None] * len(attempts), threading.Barrier(len(attempts))

    def run(place, attempt):
        barrier.wait()
        try:
            attempt()
        except Exception as raised:
            outcomes[place] = raised
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(attempts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return outcomes


def test_of_two_changes_of_one_entry_one_is_made_and_one_is_told():
    school = a_school()
    row = a_calendar_entry(school, Kind.INSET, DAY, DAY)
    who = [actor(a_person(school, Role.DEPUTY_HEAD)) for _ in range(2)]
    facts = [Facts(kind, DAY, DAY) for kind in (Kind.CLOSURE, Kind.HOLIDAY)]
    outcomes = at_once(
        lambda: change_entry(who[0], school.pk, row.pk, facts[0], at=NOW),
        lambda: change_entry(who[1], school.pk, row.pk, facts[1], at=NOW),
    )
    refused = [outcome for outcome in outcomes if outcome is not None]
    assert [(type(one), one.kind) for one in refused] == [(Refusal, Refused.STALE)]
    assert CalendarDay.objects.filter(first_on=DAY, withdrawn_at=None).count() == 1


def test_of_two_equal_entries_one_is_added():
    school = a_school()
    who = [actor(a_person(school, Role.DEPUTY_HEAD)) for _ in range(2)]
    facts = Facts(Kind.CLOSURE, DAY, DAY)
    outcomes = at_once(
        lambda: add_entry(who[0], school.pk, facts, at=NOW),
        lambda: add_entry(who[1], school.pk, facts, at=NOW),
    )
    refused = [outcome for outcome in outcomes if outcome is not None]
    assert [(type(one), one.kind) for one in refused] == [(Refusal, Refused.CONFLICT)]
    assert CalendarDay.objects.filter(first_on=DAY).count() == 1


def test_changes_for_a_trust_from_two_of_its_schools_do_not_wait_for_each_other_for_ever():
    schools = [a_school(), a_school("Ash Lane School")]
    user = a_person(schools[0], Role.DEPUTY_HEAD)
    with pen():
        trust = Trust.objects.create(name="Invented Trust")
        School.objects.update(trust=trust)
        Appointment.objects.create(user=user, school=schools[1], role=Role.DEPUTY_HEAD, began_at=NOW)
    both = actor(user)
    days = [date(2026, 10, day) for day in range(5, 9)]
    outcomes = at_once(*(
        lambda day=day, school=school: add_entry(
            both, school.pk, Facts(Kind.CLOSURE, day, day, school.name, for_trust=True), at=NOW
        )
        for day, school in zip(days, schools * 2, strict=True)
    ))  # fmt: skip
    assert outcomes == [None] * 4
    assert CalendarDay.objects.filter(trust=trust).count() == 4
