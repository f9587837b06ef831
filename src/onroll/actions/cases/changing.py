"""How a case is changed: locked, the actor checked, written, its findings made again, signed."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime

from onroll.actions.change import Entry, change
from onroll.actions.duties.refresh import refresh_cases, refresh_school
from onroll.domain.permissions import Permission
from onroll.domain.vocabulary import Actor, Refusal, Refused, not_allowed, not_found
from onroll.queries import doors
from onroll.records.cases.models import Case
from onroll.records.schools.models import School


@dataclass(slots=True)
class CaseDoing:
    """A change of a case under way: the case is locked, the actor may, the ledger row waits."""

    case: Case
    entry: Entry

    def nothing_to_do(self) -> None:
        """Say that nothing changes: no ledger row, no findings."""
        self.entry.nothing_changed = True


@contextmanager
def case_change(
    actor: Actor,
    school_id: int,
    case_id: int,
    verb: str,
    permission: Permission,
    *,
    on: date,
    at: datetime,
    seen_version: int | None = None,
    closed_too: bool = False,
) -> Iterator[CaseDoing]:
    """Lock one case, let the caller write, make its findings again, sign.

    `on` is today. `seen_version`: the version that the page showed, where the case's own row is edited; the
    caller raises it. A closed case refuses every change unless `closed_too`.
    """
    with change(actor.id, verb, at, school_id=school_id) as entry:
        case = case_to_change(actor, school_id, case_id, permission, on=on)
        if seen_version is not None and case.version != seen_version:
            raise Refusal(
                Refused.STALE, "Somebody changed this case while your page was open. Nothing was changed."
            )
        if case.closed_on is not None and not closed_too:
            raise Refusal(Refused.CONFLICT, "This case is closed. Reopen it to record something on it.")
        entry.subject = f"case:{case.pk}"
        doing = CaseDoing(case, entry)
        yield doing
        if not entry.nothing_changed:
            refresh_cases([case.pk], on=on, at=at)


def case_to_change(actor: Actor, school_id: int, case_id: int, permission: Permission, *, on: date) -> Case:
    """The case's row, locked until the change ends, if the actor may; else the refusal a stranger gets."""
    if school_id not in actor.school_ids():
        raise not_found()
    if not actor.may(permission, school_id):
        raise not_allowed(permission)
    if not doors.cases(actor, school_id, permission, on=on).filter(pk=case_id).exists():
        raise not_found()
    return Case.objects.select_for_update().get(pk=case_id)


@contextmanager
def school_duty_change(
    actor: Actor, school_id: int, verb: str, permission: Permission, *, on: date, at: datetime
) -> Iterator[Entry]:
    """Lock the school, let the caller write what its own duties rest on, make those findings again, sign."""
    with change(actor.id, verb, at, school_id=school_id) as entry:
        if school_id not in actor.school_ids():
            raise not_found()
        school = School.objects.select_for_update(no_key=True).get(pk=school_id)
        if not actor.may(permission, school_id):
            raise not_allowed(permission, school.name)
        entry.subject = f"school:{school_id}"
        yield entry
        if not entry.nothing_changed:
            refresh_school(school_id, on=on, at=at)
