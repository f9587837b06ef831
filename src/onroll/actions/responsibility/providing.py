"""Say who provides education from a day on, and take back what was said wrongly."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from onroll.actions.cases.arranging import arrange
from onroll.actions.cases.changing import case_change
from onroll.domain.duties.facts import Provider
from onroll.domain.permissions import Permission, Role
from onroll.domain.vocabulary import Actor, Refusal, Refused, not_found
from onroll.records.cases.models import Arrangement, Case

AHEAD = timedelta(days=366)


@dataclass(frozen=True, slots=True, kw_only=True)
class ArrangementGiven:
    """Who is responsible from `from_on` on. `decides` is a role's value or the authority."""

    provider: Provider
    from_on: date
    provided_by: str = ""
    checks: Role
    decides: str
    decides_on: date | None = None


def change_provider(
    actor: Actor, school_id: int, case_id: int, given: ArrangementGiven, *, on: date, at: datetime
) -> int:
    """Record who is responsible from a day on; what stood before is kept. Answers the arrangement's id.

    Refuses what changes nothing, and a decision that is to be made before the arrangement begins.
    """
    with case_change(actor, school_id, case_id, "case-arranged", Permission.CASE_MOVE, on=on, at=at) as doing:
        _check(doing.case, given, on)
        row = arrange(
            doing.case,
            given.provider,
            from_on=given.from_on,
            by_id=actor.id,
            at=at,
            provided_by=given.provided_by.strip(),
            checks_role=given.checks,
            decides=given.decides,
            decides_on=given.decides_on,
        )
        doing.entry.detail = {"arrangement": row.pk, "provider": given.provider.value}
        return int(row.pk)


def withdraw_arrangement(
    actor: Actor,
    school_id: int,
    case_id: int,
    arrangement_id: int,
    *,
    because: str,
    on: date,
    at: datetime,
) -> None:
    """Take back an arrangement that was recorded wrongly. The only one of a case stays until another stands."""
    with case_change(
        actor, school_id, case_id, "arrangement-withdrawn", Permission.CASE_MOVE, on=on, at=at
    ) as doing:
        standing = Arrangement.objects.standing().filter(case=doing.case)
        row = standing.filter(pk=arrangement_id).first()
        if row is None:
            raise not_found()
        if standing.count() == 1:
            raise Refusal(
                Refused.CONFLICT,
                "This is the only thing on record about who is responsible. Record the right one first, then take "
                "this one back.",
            )
        row.withdrawn_at, row.withdrawn_by_id, row.withdrawn_because = at, actor.id, because.strip()
        row.save(update_fields=["withdrawn_at", "withdrawn_by_id", "withdrawn_because"])
        doing.entry.detail = {"arrangement": row.pk}


def _check(case: Case, given: ArrangementGiven, on: date) -> None:
    if given.from_on > on + AHEAD:
        raise Refusal(Refused.INVALID, "This is more than a year ahead. Enter an earlier day.")
    if given.decides_on is not None and given.decides_on < given.from_on:
        raise Refusal(
            Refused.INVALID, "The next decision comes after the arrangement begins. Enter a later day."
        )
    before = (
        Arrangement.objects.standing()
        .filter(case=case, happened_on__lte=given.from_on)
        .order_by("happened_on", "id")
        .last()
    )
    if before is not None and _same(before, given):
        raise Refusal(Refused.CONFLICT, "This is what stands already. Nothing was changed.")


def _same(row: Arrangement, given: ArrangementGiven) -> bool:
    return (row.provider, row.provided_by, row.checks_role, row.decides, row.decides_on) == (
        given.provider.value,
        given.provided_by.strip(),
        given.checks.value,
        given.decides,
        given.decides_on,
    )
