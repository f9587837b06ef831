"""Contacts, decisions and notes: who may write what, on which tier, and the same form sent twice."""

from dataclasses import replace
from datetime import timedelta

import pytest

from onroll.actions.timeline.recording import record_contact, record_decision, record_note
from onroll.domain.casework.states import State
from onroll.domain.casework.tiers import Tier
from onroll.domain.permissions import Role
from onroll.domain.vocabulary import Refusal, Refused
from onroll.records.base import pen
from onroll.records.cases.models import ContactMade, Decision, FamilyMember, Note, Professional
from onroll.records.ledger.models import LedgerRow
from tests.support.cast import NOW, a_case, a_person, a_pupil, a_school, actor
from tests.support.entries import contact, decision, note

pytestmark = pytest.mark.django_db
TODAY = NOW.date()
WHEN = {"on": TODAY, "at": NOW}
KEY = "0" * 32


@pytest.fixture
def school():
    return a_school()


@pytest.fixture
def case(school):
    return a_case(a_pupil(school))


@pytest.fixture
def leader(school):
    return actor(a_person(school, Role.PROGRESS_LEADER, name="Carys Webb"))


def refused(kind, call, *args, **named):
    with pytest.raises(Refusal) as caught:
        call(*args, **named)
    assert caught.value.kind is kind
    return caught.value.message


def of_family(case, **more):
    with pen():
        return FamilyMember.objects.create(
            pupil=case.pupil, school=case.school, name="Ann Quill", happened_on=TODAY, recorded_at=NOW, **more
        )


def test_a_contact_is_kept_as_it_was_given(school, case, leader):
    given = contact(
        leader.id, next_step="Ring again", next_on=TODAY + timedelta(days=7), tier=Tier.MEDICAL, two_way=True
    )
    made = record_contact(leader, school.pk, case.pk, given=given, form_key=KEY, **WHEN)
    row = ContactMade.objects.get(pk=made)
    assert (row.said, row.next_step, row.next_on) == (given.said, "Ring again", given.next_on)
    assert (row.method, row.tier, row.happened_on) == ("phone", "medical", given.happened_on)
    assert (row.recorded_by_id, row.made_by_id, row.recorded_at) == (leader.id, leader.id, NOW)
    ledger = LedgerRow.objects.get(verb="contact-recorded")
    assert ledger.subject == f"case:{case.pk}"
    assert "Sleeping" not in ledger.detail


def test_a_decision_and_a_note_are_kept(school, case, leader):
    decided = record_decision(leader, school.pk, case.pk, given=decision(), form_key=KEY, **WHEN)
    noted = record_note(leader, school.pk, case.pk, given=note(), form_key=KEY, **WHEN)
    assert Decision.objects.get(pk=decided).question == "Shall a tutor come home?"
    assert Note.objects.get(pk=noted).text == note().text


@pytest.mark.parametrize(
    ("role", "tier", "allowed"),
    [
        pytest.param(Role.ATTENDANCE_OFFICER, Tier.EDUCATION, True, id="officer, education"),
        pytest.param(Role.ATTENDANCE_OFFICER, Tier.MEDICAL, False, id="officer, medical"),
        pytest.param(Role.SENCO, Tier.MEDICAL, True, id="SENCO, medical"),
        pytest.param(Role.SENCO, Tier.SAFEGUARDING, False, id="SENCO, safeguarding"),
        pytest.param(Role.SAFEGUARDING_LEAD, Tier.SAFEGUARDING, True, id="safeguarding lead"),
        pytest.param(Role.TEACHER, Tier.EDUCATION, False, id="a teacher works on no case"),
    ],
)
def test_each_role_writes_on_the_tiers_that_it_reads(school, case, role, tier, allowed):
    who = actor(a_person(school, role))
    call = (record_note, who, school.pk, case.pk)
    if allowed:
        call[0](*call[1:], given=note(tier=tier), form_key=KEY, **WHEN)
    else:
        refused(Refused.NOT_ALLOWED, *call, given=note(tier=tier), form_key=KEY, **WHEN)
    assert Note.objects.count() == allowed


def test_a_leader_of_another_year_and_a_stranger_find_no_case(school, case):
    ten = school.year_groups.filter(code="10")
    for who in (
        a_person(school, Role.PROGRESS_LEADER, year_groups=ten),
        a_person(a_school("Far Hill"), Role.HEADTEACHER),
    ):
        refused(
            Refused.NOT_FOUND, record_note, actor(who), school.pk, case.pk, given=note(), form_key=KEY, **WHEN
        )
    nine = a_person(school, Role.PROGRESS_LEADER, year_groups=school.year_groups.filter(code="9"))
    record_note(actor(nine), school.pk, case.pk, given=note(), form_key=KEY, **WHEN)


def test_a_closed_case_takes_nothing_new(school, leader):
    closed = a_case(a_pupil(school), state=State.CLOSED)
    refused(Refused.CONFLICT, record_note, leader, school.pk, closed.pk, given=note(), form_key=KEY, **WHEN)


def test_the_same_form_sent_twice_makes_one_entry(school, case, leader):
    first = record_contact(leader, school.pk, case.pk, given=contact(leader.id), form_key=KEY, **WHEN)
    again = record_contact(leader, school.pk, case.pk, given=contact(leader.id), form_key=KEY, **WHEN)
    assert first == again
    assert ContactMade.objects.count() == 1
    assert LedgerRow.objects.filter(verb="contact-recorded").count() == 1


def test_two_calls_without_an_answer_are_two_calls(school, case, leader):
    given = contact(leader.id, two_way=False, said="")
    for key in ("1" * 32, "2" * 32):
        record_contact(leader, school.pk, case.pk, given=given, form_key=key, **WHEN)
    assert ContactMade.objects.count() == 2


def test_a_key_that_somebody_else_used_is_not_ones_own(school, case, leader):
    other = actor(a_person(school, Role.SENCO))
    for who in (leader, other):
        record_note(who, school.pk, case.pk, given=note(), form_key=KEY, **WHEN)
    assert Note.objects.count() == 2


def test_what_the_rules_find_is_refused_in_words(school, case, leader):
    tomorrow = replace(note(), happened_on=TODAY + timedelta(days=1))
    message = refused(
        Refused.INVALID, record_note, leader, school.pk, case.pk, given=tomorrow, form_key=KEY, **WHEN
    )
    assert message == "This day has not come yet. Enter today or an earlier date."


@pytest.mark.parametrize(("responsible", "counts"), [(True, True), (False, False)])
def test_whether_it_was_a_parent_is_what_the_family_says(school, case, leader, responsible, counts):
    aunt = of_family(case, parental_responsibility=responsible)
    given = contact(leader.id, family_id=aunt.pk, with_parent=not responsible)
    made = record_contact(leader, school.pk, case.pk, given=given, form_key=KEY, **WHEN)
    assert ContactMade.objects.get(pk=made).with_parent is counts


def test_nobody_is_named_who_is_not_of_this_case(school, case, leader):
    other = a_case(a_pupil(school))
    with pen():
        nurse = Professional.objects.create(case=other, agency="Hospital", happened_on=TODAY, recorded_at=NOW)
    gone = of_family(case, withdrawn_at=NOW)
    stranger = a_person(a_school("Far Hill"), Role.HEADTEACHER)
    for wrong in (
        {"professional_id": nurse.pk},
        {"family_id": of_family(other).pk},
        {"family_id": gone.pk},
        {"made_by_id": stranger.pk},
    ):
        given = replace(contact(leader.id), **wrong)
        refused(
            Refused.INVALID, record_contact, leader, school.pk, case.pk, given=given, form_key=KEY, **WHEN
        )
    assert ContactMade.objects.count() == 0


def test_a_colleague_may_have_made_the_call(school, case, leader):
    colleague = a_person(school, Role.TEACHER)
    given = contact(colleague.pk)
    made = record_contact(leader, school.pk, case.pk, given=given, form_key=KEY, **WHEN)
    row = ContactMade.objects.get(pk=made)
    assert (row.made_by_id, row.recorded_by_id) == (colleague.pk, leader.id)
