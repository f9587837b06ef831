"""Withdrawn with a reason, corrected by another row, and never gone."""

from datetime import timedelta

import pytest

from onroll.actions.timeline.recording import record_contact, record_note
from onroll.actions.timeline.taking_back import correct, withdraw
from onroll.domain.casework.entries import Entry
from onroll.domain.casework.states import State
from onroll.domain.casework.tiers import Tier
from onroll.domain.permissions import Role
from onroll.domain.vocabulary import Refusal, Refused
from onroll.records.base import pen
from onroll.records.cases.models import ContactMade, Note
from onroll.records.ledger.models import LedgerRow
from tests.support.cast import NOW, a_case, a_person, a_pupil, a_school, actor
from tests.support.entries import contact, note

pytestmark = pytest.mark.django_db
LATER = {"on": NOW.date(), "at": NOW + timedelta(hours=1)}
KEY = "0" * 32


@pytest.fixture
def school():
    return a_school()


@pytest.fixture
def case(school):
    return a_case(a_pupil(school))


@pytest.fixture
def officer(school):
    return actor(a_person(school, Role.ATTENDANCE_OFFICER))


@pytest.fixture
def leader(school):
    return actor(a_person(school, Role.PROGRESS_LEADER))


def noted(who, case, **more):
    return record_note(who, case.school_id, case.pk, given=note(**more), form_key="", on=NOW.date(), at=NOW)


def take(who, case, entry_id, reason="It was another child"):
    withdraw(who, case.school_id, case.pk, Entry.NOTE, entry_id, reason=reason, **LATER)


def refused(kind, call, *args, **named):
    with pytest.raises(Refusal) as caught:
        call(*args, **named)
    assert caught.value.kind is kind


def test_a_withdrawn_entry_stays_with_its_reason(case, officer):
    entry = noted(officer, case)
    take(officer, case, entry)
    row = Note.objects.get(pk=entry)
    assert (row.text, row.withdrawn_because) == (note().text, "It was another child")
    assert (row.withdrawn_by_id, row.withdrawn_at) == (officer.id, LATER["at"])
    assert Note.objects.as_known(NOW).get().pk == entry, "as it was known before"
    assert not Note.objects.standing().exists()


@pytest.mark.parametrize("reason", ["", "  ", "x"])
def test_it_takes_a_reason(case, officer, reason):
    entry = noted(officer, case)
    refused(Refused.INVALID, take, officer, case, entry, reason)
    take(officer, case, entry)


def test_anothers_entry_is_for_who_leads_the_case(case, officer, leader):
    entry = noted(leader, case)
    refused(Refused.NOT_ALLOWED, take, officer, case, entry)
    assert Note.objects.standing().exists()
    take(leader, case, entry)
    mine = noted(officer, case)
    take(leader, case, mine)
    assert not Note.objects.standing().exists()


def test_nobody_takes_back_what_they_may_not_read(case, school, officer, leader):
    entry = noted(leader, case, tier=Tier.MEDICAL)
    refused(Refused.NOT_ALLOWED, take, officer, case, entry)
    take(actor(a_person(school, Role.SENCO)), case, entry)


def test_an_entry_of_another_case_is_not_found(case, school, leader):
    entry = noted(leader, a_case(a_pupil(school)))
    refused(Refused.NOT_FOUND, take, leader, case, entry)


def test_sent_twice_it_is_withdrawn_once_and_told_to_anybody_else(case, school, leader):
    entry = noted(leader, case)
    take(leader, case, entry)
    take(leader, case, entry, "Twice")
    assert Note.objects.get().withdrawn_because == "It was another child"
    assert LedgerRow.objects.filter(verb="entry-withdrawn").count() == 1
    refused(Refused.STALE, take, actor(a_person(school, Role.SENCO)), case, entry)


def test_a_mistake_on_a_closed_case_can_still_be_taken_back(case, leader):
    entry = noted(leader, case)
    with pen():
        case.state, case.closed_on = State.CLOSED.value, NOW.date()
        case.save()
    take(leader, case, entry)


def test_a_correction_is_another_row_in_its_place(case, leader):
    old = noted(leader, case)
    new = correct(
        leader, case.school_id, case.pk, old, given=note("Seen in the town."), form_key=KEY, **LATER
    )
    again = correct(
        leader, case.school_id, case.pk, old, given=note("Seen in the town."), form_key=KEY, **LATER
    )
    assert new == again
    assert Note.objects.standing().get().replaces_id == old
    before = Note.objects.get(pk=old)
    assert (before.text, before.withdrawn_because) == (note().text, "Corrected")
    assert LedgerRow.objects.filter(verb="entry-corrected").count() == 1


def test_what_was_taken_back_meanwhile_is_not_corrected(case, school, leader):
    old = noted(leader, case)
    take(leader, case, old)
    call = (correct, actor(a_person(school, Role.SENCO)), case.school_id, case.pk, old)
    refused(Refused.STALE, *call, given=note("Other"), form_key=KEY, **LATER)
    assert Note.objects.count() == 1


def test_a_correction_may_not_lower_a_tier_that_one_does_not_read(case, officer, leader):
    old = noted(leader, case, tier=Tier.MEDICAL)
    call = (correct, officer, case.school_id, case.pk, old)
    refused(Refused.NOT_ALLOWED, *call, given=note(), form_key=KEY, **LATER)
    correct(leader, case.school_id, case.pk, old, given=note(), form_key=KEY, **LATER)


def test_a_corrected_contact_stays_a_contact_of_its_kind(case, leader):
    old = record_contact(
        leader, case.school_id, case.pk, given=contact(leader.id), form_key="", on=NOW.date(), at=NOW
    )
    given = contact(leader.id, two_way=False, said="")
    correct(leader, case.school_id, case.pk, old, given=given, form_key=KEY, **LATER)
    assert ContactMade.objects.standing().get().two_way is False
