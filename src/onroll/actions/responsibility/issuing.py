"""Issue the statement of who is responsible: the words are made from what stands, and kept as they were sent."""

from datetime import date, datetime

from onroll.actions.cases.changing import case_change
from onroll.actions.responsibility.finding import has_died, statement_of
from onroll.domain.casework.kept_words import as_kept
from onroll.domain.casework.statement import statements
from onroll.domain.packs.stack import Stack
from onroll.domain.permissions import Permission
from onroll.domain.vocabulary import Actor, Refusal, Refused
from onroll.queries.place import place_of
from onroll.queries.responsibility import arrangement_on, responsibility
from onroll.records.cases.models import Statement, StatementLink


def issue_statement(
    actor: Actor,
    school_id: int,
    case_id: int,
    *,
    seen_arrangement: int | None,
    stack: Stack,
    on: date,
    at: datetime,
) -> int:
    """Issue the statement of the arrangement that stands today, in today's words. Answers its id.

    `seen_arrangement`: the one that the page showed. Refuses when another stands by now, when nobody has said who
    provides, and when the very same words have been issued already. Links to earlier statements end.
    """
    with case_change(
        actor, school_id, case_id, "statement-issued", Permission.CASE_WORK, on=on, at=at
    ) as doing:
        case = doing.case
        if has_died(case.pupil_id):
            raise Refusal(
                Refused.CONFLICT, "It is recorded that this pupil has died. No statement is issued."
            )
        arrangement = arrangement_on(case.pk, on)
        if arrangement is None:
            raise Refusal(Refused.CONFLICT, "Say first who provides education. Then issue the statement.")
        if arrangement.pk != seen_arrangement:
            raise Refusal(
                Refused.STALE,
                "Who is responsible was changed while your page was open. Read the statement again, then issue it.",
            )
        words = as_kept(
            statements(responsibility(arrangement), place_of(case.pk, case.school.name, stack, on), on)
        )
        last = Statement.objects.standing().filter(case=case, arrangement=arrangement).order_by("id").last()
        if last is not None and last.words == words:
            raise Refusal(Refused.CONFLICT, "This statement has been issued already, in the same words.")
        _end_links(case.pk, at)
        row = Statement.objects.create(
            case=case,
            arrangement=arrangement,
            words=words,
            happened_on=on,
            recorded_at=at,
            recorded_by_id=actor.id,
        )
        doing.entry.detail = {"statement": row.pk, "arrangement": arrangement.pk}
        return int(row.pk)


def withdraw_statement(
    actor: Actor, school_id: int, case_id: int, statement_id: int, *, because: str, on: date, at: datetime
) -> None:
    """Take back a statement that should not have been issued; its links end. What was received stays on record."""
    with case_change(
        actor, school_id, case_id, "statement-withdrawn", Permission.CASE_MOVE, on=on, at=at
    ) as doing:
        row = statement_of(doing.case, statement_id)
        row.withdrawn_at, row.withdrawn_by_id, row.withdrawn_because = at, actor.id, because.strip()
        row.save(update_fields=["withdrawn_at", "withdrawn_by_id", "withdrawn_because"])
        StatementLink.objects.filter(statement=row, used_at=None, withdrawn_at=None).update(withdrawn_at=at)
        doing.entry.detail = {"statement": row.pk}


def _end_links(case_id: int, at: datetime) -> None:
    """A link shows one statement, and a family must not acknowledge the last one by mistake."""
    StatementLink.objects.filter(statement__case_id=case_id, used_at=None, withdrawn_at=None).update(
        withdrawn_at=at
    )
