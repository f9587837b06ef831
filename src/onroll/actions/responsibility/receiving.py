"""Record who has had the statement: acknowledged by a parent, read by the team, explained to the pupil."""

from dataclasses import dataclass
from datetime import date, datetime

from onroll.actions.cases.changing import CaseDoing, case_change
from onroll.actions.responsibility.finding import check_day, receipt_of, relative_of, statement_of
from onroll.domain.casework.taking_back import may_take_back
from onroll.domain.casework.tiers import Tier, tiers_of
from onroll.domain.permissions import Permission
from onroll.domain.vocabulary import Actor, Refusal, Refused, not_allowed, not_found
from onroll.queries.circle import colleagues
from onroll.records.cases.models import Document, FamilyMember, Receipt, Statement

ISSUED = "the statement was issued"


@dataclass(frozen=True, slots=True, kw_only=True)
class AcknowledgementGiven:
    """A parent's answer that did not come by a link. `spoke_id`: who spoke with them, for a conversation."""

    family_id: int
    how: str  # paper, conversation
    happened_on: date
    spoke_id: int | None = None
    document_id: int | None = None
    note: str = ""


def acknowledge(
    actor: Actor,
    school_id: int,
    case_id: int,
    statement_id: int,
    given: AcknowledgementGiven,
    *,
    on: date,
    at: datetime,
) -> None:
    """Record that somebody of the family has read and understood the statement, on paper or in a conversation."""
    with case_change(
        actor, school_id, case_id, "statement-acknowledged", Permission.CASE_WORK, on=on, at=at
    ) as doing:
        row = statement_of(doing.case, statement_id)
        check_day(given.happened_on, since=row.happened_on, on=on, before=ISSUED)
        relative = relative_of(doing.case, given.family_id)
        if given.how == "conversation":
            _check_colleague(school_id, given.spoke_id)
        _once(row, "acknowledged", "This person’s answer is on record already.", family=relative)
        _receive(
            doing, actor, row, "acknowledged", given.how, given.happened_on, at,
            family=relative, user_id=given.spoke_id, note=given.note.strip(),
            document=_document(doing, actor, given.document_id),
        )  # fmt: skip


def mark_read(
    actor: Actor, school_id: int, case_id: int, statement_id: int, *, on: date, at: datetime
) -> None:
    """Record that the actor has read the statement. A second time changes nothing."""
    with case_change(actor, school_id, case_id, "statement-read", Permission.CASE_SEE, on=on, at=at) as doing:
        row = statement_of(doing.case, statement_id)
        if Receipt.objects.standing().filter(statement=row, kind="read", user_id=actor.id).exists():
            doing.nothing_to_do()
            return
        _receive(doing, actor, row, "read", "page", on, at, user_id=actor.id)


def explain(
    actor: Actor,
    school_id: int,
    case_id: int,
    statement_id: int,
    *,
    by_id: int,
    happened_on: date,
    note: str = "",
    on: date,
    at: datetime,
) -> None:
    """Record that somebody of the school explained the statement to the pupil, and when."""
    with case_change(
        actor, school_id, case_id, "statement-explained", Permission.CASE_WORK, on=on, at=at
    ) as doing:
        row = statement_of(doing.case, statement_id)
        check_day(happened_on, since=row.happened_on, on=on, before=ISSUED)
        _check_colleague(school_id, by_id)
        _receive(
            doing, actor, row, "explained", "conversation", happened_on, at, user_id=by_id, note=note.strip()
        )


def withdraw_receipt(
    actor: Actor, school_id: int, case_id: int, receipt_id: int, *, because: str, on: date, at: datetime
) -> None:
    """Take back a receipt that was recorded wrongly; it stays on record with the reason."""
    with case_change(
        actor, school_id, case_id, "receipt-withdrawn", Permission.CASE_SEE, on=on, at=at
    ) as doing:
        row = receipt_of(doing.case, receipt_id)
        own_reading = row.kind == "read" and row.user_id == actor.id
        if not own_reading and not may_take_back(
            actor, school_id, recorded_by_id=row.recorded_by_id, tier=Tier.EDUCATION
        ):
            raise not_allowed(Permission.CASE_MOVE)
        row.withdrawn_at, row.withdrawn_by_id, row.withdrawn_because = at, actor.id, because.strip()
        row.save(update_fields=["withdrawn_at", "withdrawn_by_id", "withdrawn_because"])
        doing.entry.detail = {"receipt": row.pk, "kind": row.kind}


def _receive(
    doing: CaseDoing,
    actor: Actor,
    statement: Statement,
    kind: str,
    how: str,
    happened_on: date,
    at: datetime,
    *,
    family: FamilyMember | None = None,
    user_id: int | None = None,
    note: str = "",
    document: Document | None = None,
) -> None:
    row = Receipt.objects.create(
        statement=statement,
        kind=kind,
        how=how,
        family=family,
        user_id=user_id,
        note=note,
        document=document,
        happened_on=happened_on,
        recorded_at=at,
        recorded_by_id=actor.id,
    )
    doing.entry.detail = {"statement": statement.pk, "receipt": row.pk, "how": how}


def _once(statement: Statement, kind: str, refusal: str, *, family: FamilyMember) -> None:
    if Receipt.objects.standing().filter(statement=statement, kind=kind, family=family).exists():
        raise Refusal(Refused.CONFLICT, refusal)


def _check_colleague(school_id: int, user_id: int | None) -> None:
    if user_id not in {one.id for one in colleagues(school_id)}:
        raise Refusal(Refused.INVALID, "This person no longer works with cases here. Choose somebody else.")


def _document(doing: CaseDoing, actor: Actor, document_id: int | None) -> Document | None:
    """A paper of the case that the actor may read."""
    if document_id is None:
        return None
    tiers = [tier.value for tier in tiers_of(actor, doing.case.school_id)]
    row = Document.objects.standing().filter(case=doing.case, pk=document_id, tier__in=tiers).first()
    if row is None:
        raise not_found()
    return row
