"""Rows of a case that an action works on, found within the case that is locked, or refused."""

from datetime import date

from onroll.domain.vocabulary import Refusal, Refused, not_found
from onroll.records.cases.models import Case, FamilyMember, Receipt, Statement
from onroll.records.pupils.models import Death


def statement_of(case: Case, statement_id: int) -> Statement:
    """A statement of the case that nobody has taken back."""
    row = Statement.objects.standing().filter(case=case, pk=statement_id).first()
    if row is None:
        raise not_found()
    return row


def receipt_of(case: Case, receipt_id: int) -> Receipt:
    """A receipt of the case that nobody has taken back."""
    row = Receipt.objects.standing().filter(statement__case=case, pk=receipt_id).first()
    if row is None:
        raise not_found()
    return row


def relative_of(case: Case, family_id: int) -> FamilyMember:
    """Somebody of the pupil's family."""
    row = FamilyMember.objects.standing().filter(pupil_id=case.pupil_id, pk=family_id).first()
    if row is None:
        raise not_found()
    return row


def has_died(pupil_id: int) -> bool:
    """Whether it is recorded that the pupil has died."""
    return Death.objects.standing().filter(pupil_id=pupil_id).exists()


def check_day(happened_on: date, *, since: date, on: date, before: str) -> None:
    """Refuse a day to come, and one before `since`; `before` says what that day is."""
    if happened_on > on:
        raise Refusal(Refused.INVALID, "This day has not come yet. Enter today or an earlier date.")
    if happened_on < since:
        raise Refusal(Refused.INVALID, f"This is before {before}. Enter that day or a later one.")
