"""Say which policy packs and which authority profile apply at a school, from a day on."""

from datetime import date, datetime

from onroll.actions.cases.changing import school_duty_change
from onroll.actions.change import Entry
from onroll.actions.duties.asking import REFRESH_SCHOOL
from onroll.actions.packs.using import end_pack, use_pack
from onroll.actions.work import enqueue
from onroll.domain.permissions import Permission
from onroll.domain.vocabulary import Actor, Refusal, Refused, not_found
from onroll.queries.packs.stacks import in_use
from onroll.records.policies.models import PackInUse
from onroll.records.work.models import Work

_PERMISSION = Permission.PACKS_EDIT


def put_in_use(
    actor: Actor,
    school_id: int,
    *,
    text: str,
    kind: str,
    from_on: date,
    instead_of: str = "",
    on: date,
    at: datetime,
) -> int:
    """Let a pack or profile apply from a day on, today or later. The findings of all cases follow by the worker.

    `instead_of`: the slug of a pack that applies no more from the same day. Refuses a day that has passed: what was
    found until now was found under the pack that applied.
    """
    _not_in_the_past(from_on, on)
    with school_duty_change(actor, school_id, "pack-put-in-use", _PERMISSION, on=on, at=at) as entry:
        row = use_pack(school_id, text, kind=kind, from_on=from_on, by_id=actor.id, at=at)
        if instead_of and instead_of != row.slug:
            _end(school_id, instead_of, from_on, actor.id, at)
        _signed(entry, row)
        _ask_refresh(school_id, from_on, on, actor.id, at)
        return row.pk


def stop_using(actor: Actor, school_id: int, *, slug: str, from_on: date, on: date, at: datetime) -> None:
    """Let a policy pack apply no more from a day on, today or later."""
    _not_in_the_past(from_on, on)
    with school_duty_change(actor, school_id, "pack-ended", _PERMISSION, on=on, at=at) as entry:
        _signed(entry, _end(school_id, slug, from_on, actor.id, at))
        _ask_refresh(school_id, from_on, on, actor.id, at)


def withdraw(actor: Actor, school_id: int, row_id: int, *, on: date, at: datetime) -> None:
    """Take back what was going to apply from a day that has not come yet."""
    with school_duty_change(actor, school_id, "pack-withdrawn", _PERMISSION, on=on, at=at) as entry:
        row = PackInUse.objects.standing().filter(pk=row_id, school_id=school_id).first()
        if row is None:
            raise not_found()
        if row.happened_on <= on:
            raise Refusal(
                Refused.CONFLICT, "This applies already. Put another version in use, or end it from a day on."
            )
        with_it = PackInUse.objects.standing().filter(
            school_id=school_id, happened_on=row.happened_on, recorded_at=row.recorded_at
        )
        with_it.update(
            withdrawn_at=at, withdrawn_by_id=actor.id
        )  # the end of the pack that it would have replaced
        _signed(entry, row)


def _end(school_id: int, slug: str, from_on: date, by_id: int, at: datetime) -> PackInUse:
    if not any(row.slug == slug and row.kind == "policy" for row in in_use([school_id], from_on)):
        raise not_found()
    return end_pack(school_id, slug, from_on=from_on, by_id=by_id, at=at)


def _not_in_the_past(from_on: date, on: date) -> None:
    if from_on < on:
        raise Refusal(Refused.INVALID, "A pack applies from today or from a later day. Give such a day.")


def _signed(entry: Entry, row: PackInUse) -> None:
    entry.subject = f"pack:{row.pk}"
    entry.detail = {
        "kind": row.kind,
        "slug": row.slug,
        "version": row.version,
        "from": row.happened_on.isoformat(),
    }


def _ask_refresh(school_id: int, from_on: date, on: date, by_id: int, at: datetime) -> None:
    """Have the findings of the school's cases made again. What begins later is found by that night's sweep."""
    waits = Work.objects.filter(kind=REFRESH_SCHOOL, subject_id=school_id, state="waiting")
    if from_on == on and not waits.exists():
        enqueue(REFRESH_SCHOOL, subject_id=school_id, school_id=school_id, actor_id=by_id, at=at)
