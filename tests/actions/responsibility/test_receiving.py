"""Who has had the statement: the parent, the team, the pupil; what is wrong is taken back."""

from datetime import date, timedelta

import pytest

from onroll.actions.responsibility.receiving import (
    AcknowledgementGiven,
    acknowledge,
    explain,
    mark_read,
    withdraw_receipt,
)
from onroll.domain.permissions import Role
from onroll.domain.vocabulary import Refusal, Refused
from onroll.records.cases.models import Receipt
from onroll.records.ledger.models import LedgerRow
from tests.support.cast import NOW, a_case, a_person, a_pupil, actor
from tests.support.told import TODAY, a_relative, told

pytestmark = pytest.mark.django_db


@pytest.fixture
def case():
    return told()


@pytest.fixture
def statement(case):
    return case.issue()


def answered(case, statement, **other):
    usual = {"family_id": case.pat.pk, "how": "paper", "happened_on": TODAY}
    acknowledge(
        case.by,
        case.school.pk,
        case.case.pk,
        statement.pk,
        AcknowledgementGiven(**(usual | other)),
        **case.at,
    )


def test_a_parent_answers_on_paper_and_in_a_conversation(case, statement):
    uncle = a_relative(case.case, "Uncle Zed")
    answered(case, statement)
    answered(
        case, statement, family_id=uncle.pk, how="conversation", spoke_id=case.amina.pk, note="Rang back."
    )
    paper, conversation = Receipt.objects.order_by("id")
    assert (paper.kind, paper.how, paper.family) == ("acknowledged", "paper", case.pat)
    assert (conversation.how, conversation.user, conversation.note) == (
        "conversation",
        case.amina,
        "Rang back.",
    )
    assert "Rang" not in str(LedgerRow.objects.latest("number").detail)


def test_the_same_parent_answers_once(case, statement):
    answered(case, statement)
    with pytest.raises(Refusal, match="on record already"):
        answered(case, statement, how="conversation", spoke_id=case.amina.pk)


@pytest.mark.parametrize(
    ("other", "kind"),
    [
        pytest.param({"happened_on": TODAY + timedelta(days=1)}, Refused.INVALID, id="tomorrow"),
        pytest.param({"happened_on": date(2026, 11, 22)}, Refused.INVALID, id="before it was issued"),
        pytest.param({"how": "conversation"}, Refused.INVALID, id="nobody spoke"),
        pytest.param({"family_id": 2_000_000_000}, Refused.NOT_FOUND, id="nobody of the family"),
        pytest.param({"document_id": 2_000_000_000}, Refused.NOT_FOUND, id="no such paper"),
    ],
)
def test_an_answer_that_cannot_be_is_refused(case, statement, other, kind):
    with pytest.raises(Refusal) as refused:
        answered(case, statement, **other)
    assert refused.value.kind is kind
    assert not Receipt.objects.exists()


def test_another_familys_parent_cannot_answer(case, statement):
    other = a_relative(a_case(a_pupil(case.school)), "Not Ours")
    with pytest.raises(Refusal) as refused:
        answered(case, statement, family_id=other.pk)
    assert refused.value.kind is Refused.NOT_FOUND


def test_reading_is_for_oneself_and_a_second_time_changes_nothing(case, statement):
    for _ in range(2):
        mark_read(actor(case.ada), case.school.pk, case.case.pk, statement.pk, **case.at)
    receipt = Receipt.objects.get()
    assert (receipt.kind, receipt.how, receipt.user) == ("read", "page", case.ada)
    assert LedgerRow.objects.filter(verb="statement-read").count() == 1


def test_it_is_explained_to_the_pupil_by_somebody_who_works_with_cases(case, statement):
    teacher = a_person(case.school, Role.TEACHER)
    with pytest.raises(Refusal) as refused:
        explain(
            case.by, case.school.pk, case.case.pk, statement.pk,
            by_id=teacher.pk, happened_on=TODAY, **case.at,
        )  # fmt: skip
    assert refused.value.kind is Refused.INVALID
    explain(
        case.by, case.school.pk, case.case.pk, statement.pk,
        by_id=case.ada.pk, happened_on=TODAY, note="At home.", **case.at,
    )  # fmt: skip
    receipt = Receipt.objects.get()
    assert (receipt.kind, receipt.user, receipt.note) == ("explained", case.ada, "At home.")


def test_a_wrong_receipt_is_taken_back_and_the_right_one_recorded(case, statement):
    answered(case, statement)
    wrong = Receipt.objects.get()
    withdraw_receipt(case.by, case.school.pk, case.case.pk, wrong.pk, because="Another child’s", **case.at)
    wrong.refresh_from_db()
    assert (wrong.withdrawn_at, wrong.withdrawn_by_id, wrong.withdrawn_because) == (
        NOW,
        case.amina.pk,
        "Another child’s",
    )
    answered(case, statement)
    assert Receipt.objects.standing().count() == 1


def test_one_takes_back_ones_own_reading_and_an_officer_nobody_elses_receipt(case, statement):
    officer = actor(a_person(case.school, Role.ATTENDANCE_OFFICER))
    answered(case, statement)
    mark_read(officer, case.school.pk, case.case.pk, statement.pk, **case.at)
    paper, reading = Receipt.objects.order_by("id")
    with pytest.raises(Refusal) as refused:
        withdraw_receipt(officer, case.school.pk, case.case.pk, paper.pk, because="No", **case.at)
    assert refused.value.kind is Refused.NOT_ALLOWED
    withdraw_receipt(officer, case.school.pk, case.case.pk, reading.pk, because="Not yet", **case.at)
    assert list(Receipt.objects.standing()) == [paper]


def test_a_receipt_of_another_case_is_not_there(case, statement):
    other = told(case.school)
    mark_read(other.by, case.school.pk, other.case.pk, other.issue().pk, **case.at)
    with pytest.raises(Refusal) as refused:
        withdraw_receipt(
            case.by, case.school.pk, case.case.pk, Receipt.objects.get().pk, because="Mine?", **case.at
        )
    assert refused.value.kind is Refused.NOT_FOUND
