"""Put a duty off until a day, with a reason that the Deputy Headteacher sees; and take it up again."""

from datetime import date, datetime

from onroll.actions.cases.changing import case_change, school_duty_change
from onroll.domain.duties.putting_off import until_problem
from onroll.domain.permissions import Permission
from onroll.domain.vocabulary import Actor, Refusal, Refused, not_found
from onroll.queries import owed
from onroll.records.duties.models import Finding, Snooze


def put_off(
    actor: Actor, school_id: int, finding_id: int, *, until_on: date, reason: str, on: date, at: datetime
) -> None:
    """Put what a finding asks for off until a day, for everybody at the school.

    What is overdue may be put off too: it stays overdue, and Oversight shows who put it off, until when and why.
    """
    if problem := until_problem(until_on, on):
        raise Refusal(Refused.INVALID, f"{problem}.")
    found = _finding(school_id, finding_id)
    if found.case_id is not None:
        with case_change(
            actor, school_id, found.case_id, "duty-put-off", Permission.CASE_WORK, on=on, at=at
        ) as doing:
            doing.entry.detail = _detail(found, until_on)
            _write(actor, _still(found), until_on, reason, on, at)
    else:
        with school_duty_change(
            actor, school_id, "school-duty-put-off", Permission.POLICY_EDIT, on=on, at=at
        ) as entry:
            entry.detail = _detail(found, until_on)
            _write(actor, _still(found), until_on, reason, on, at)


def take_up(actor: Actor, school_id: int, snooze_id: int, *, on: date, at: datetime) -> None:
    """Show again what was put off. Nothing happens to what has been taken up already."""
    row = Snooze.objects.filter(pk=snooze_id, school_id=school_id).first()
    if row is None:
        raise not_found()
    if row.case_id is not None:
        with case_change(
            actor,
            school_id,
            row.case_id,
            "duty-taken-up",
            Permission.CASE_WORK,
            on=on,
            at=at,
            closed_too=True,
        ) as doing:
            doing.entry.detail = {"duty": row.duty}
            doing.entry.nothing_changed = not _withdraw(actor, row, at)
    else:
        with school_duty_change(
            actor, school_id, "school-duty-taken-up", Permission.POLICY_EDIT, on=on, at=at
        ) as entry:
            entry.detail = {"duty": row.duty}
            entry.nothing_changed = not _withdraw(actor, row, at)


def _finding(school_id: int, finding_id: int) -> Finding:
    """The finding that the page showed, which may have been made again since."""
    found = Finding.objects.filter(pk=finding_id, school_id=school_id).first()
    if found is None:
        raise not_found()
    return found


def _still(found: Finding) -> Finding:
    """Refuse when nothing is left to put off; the case or the school is locked by now."""
    rows = owed.to_do(found.school_id).filter(case=found.case, pack=found.pack, duty=found.duty)
    if not rows.exists():
        raise Refusal(Refused.CONFLICT, "This is done, or no longer asked for. There is nothing to put off.")
    return found


def _write(actor: Actor, found: Finding, until_on: date, reason: str, on: date, at: datetime) -> None:
    """Put off once: an earlier word on the same duty gives way to this one."""
    same = Snooze.objects.standing().filter(
        school_id=found.school_id, case=found.case, pack=found.pack, duty=found.duty
    )
    last = same.order_by("-pk").first()
    same.update(withdrawn_at=at, withdrawn_by_id=actor.id)
    Snooze.objects.create(
        school_id=found.school_id,
        case_id=found.case_id,
        pack=found.pack,
        duty=found.duty,
        until_on=until_on,
        reason=reason,
        happened_on=on,
        recorded_at=at,
        recorded_by_id=actor.id,
        replaces=last,
    )


def _withdraw(actor: Actor, row: Snooze, at: datetime) -> int:
    return Snooze.objects.standing().filter(pk=row.pk).update(withdrawn_at=at, withdrawn_by_id=actor.id)


def _detail(found: Finding, until_on: date) -> dict[str, str]:
    return {"duty": found.duty, "until": until_on.isoformat()}
