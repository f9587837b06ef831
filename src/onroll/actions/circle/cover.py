"""Days away of a member of staff, and handing all of somebody's cases to a colleague. No duty vanishes."""

from datetime import date, datetime, timedelta

from onroll.actions.change import Entry, change
from onroll.actions.circle.keeping import give_way, standing_row, take_back
from onroll.actions.circle.team import ENDED
from onroll.actions.duties.refresh import refresh_cases
from onroll.domain.permissions import Permission
from onroll.domain.vocabulary import Actor, Refusal, Refused, not_allowed, not_found
from onroll.queries.circle import colleagues
from onroll.queries.cover import carried_by, covers_all_of, open_cases, version_of
from onroll.records.cases.models import Away, Member
from onroll.records.schools.models import School

LONGEST = timedelta(days=400)
OUT_OF_REACH = (
    "Some cases of this colleague are outside your year groups, and whoever stands in would see them. Record the days "
    "without a deputy, or ask a colleague with the whole school to name one."
)


def record_away(
    actor: Actor,
    school_id: int,
    *,
    user_id: int,
    first: date,
    last: date,
    deputy_id: int | None,
    on: date,
    at: datetime,
) -> int:
    """Record days on which somebody is away, and who stands in; their duties are given to the deputy at once.

    A deputy sees the cases on those days. So whoever is limited to year groups names one only for themselves, and
    for colleagues all of whose cases they reach: else they could let themselves in anywhere.
    """
    with change(actor.id, "days-away-recorded", at, school_id=school_id) as entry:
        _may(actor, school_id, entry)
        people = {one.id for one in colleagues(school_id)}
        _check_away(people, user_id, first, last, deputy_id)
        if deputy_id is not None and not covers_all_of(actor, school_id, user_id):
            raise Refusal(Refused.CONFLICT, OUT_OF_REACH)
        row = Away.objects.create(
            school_id=school_id,
            user_id=user_id,
            happened_on=first,
            last_on=last,
            deputy_id=deputy_id,
            recorded_at=at,
            recorded_by_id=actor.id,
        )
        entry.subject = f"user:{user_id}"
        entry.detail = {"away": row.pk}
        refresh_cases(open_cases(school_id), on=on, at=at)
        return row.pk


def withdraw_away(
    actor: Actor, school_id: int, away_id: int, *, because: str, on: date, at: datetime
) -> None:
    """Take days away back: recorded by mistake, or the person came back early."""
    with change(actor.id, "days-away-withdrawn", at, school_id=school_id) as entry:
        _may(actor, school_id, entry)
        row = standing_row(Away.objects.filter(school_id=school_id), away_id)
        take_back(row, actor, because=because, at=at)
        entry.subject = f"user:{row.user_id}"
        entry.detail = {"away": row.pk}
        refresh_cases(open_cases(school_id), on=on, at=at)


def hand_over(
    actor: Actor, school_id: int, *, from_id: int, to_id: int, seen: str, on: date, at: datetime
) -> int:
    """Give everything that somebody holds on open cases to a colleague; say how many cases it touched.

    Only cases that the actor's own role reaches. `seen`: the version of the list that the page showed.
    """
    with change(actor.id, "cases-handed-over", at, school_id=school_id) as entry:
        _may(actor, school_id, entry)
        rows = carried_by(actor, school_id, from_id, on=on, lock=True)
        if version_of(rows) != seen:
            raise Refusal(
                Refused.STALE, "These cases changed while your page was open. Look at the list again."
            )
        if not rows:
            raise Refusal(Refused.CONFLICT, "There is nothing to hand over.")
        _check_taker(school_id, rows, from_id, to_id)
        for row in rows:
            _hand(row, actor, from_id, to_id, on=on, at=at)
        case_ids = {row.case_id for row in rows}
        entry.subject, entry.detail = f"user:{from_id}", {"to": to_id, "cases": len(case_ids)}
        refresh_cases(case_ids, on=on, at=at)
        return len(case_ids)


def _hand(row: Member, actor: Actor, from_id: int, to_id: int, *, on: date, at: datetime) -> None:
    """A deputy is changed; a member's own time ends yesterday and the colleague's begins today."""
    if row.user_id != from_id:
        deputy_id = None if row.user_id == to_id else to_id
        give_way(row, actor, because="Handed over", at=at, deputy_id=deputy_id)
        return
    deputy_id = None if row.deputy_id == to_id else row.deputy_id
    there = Member.objects.standing().filter(case_id=row.case_id, user_id=to_id, role=row.role, until_on=None)
    if not there.exists():
        Member.objects.create(
            case_id=row.case_id,
            user_id=to_id,
            role=row.role,
            deputy_id=deputy_id,
            happened_on=on,
            recorded_at=at,
            recorded_by_id=actor.id,
        )
    if row.happened_on >= on:
        take_back(row, actor, because="Handed over on the first day", at=at)
    else:
        give_way(row, actor, because=ENDED, at=at, until_on=on - timedelta(days=1))


def _may(actor: Actor, school_id: int, entry: Entry) -> None:
    if school_id not in actor.school_ids():
        raise not_found()
    if not actor.may(Permission.CASE_TEAM, school_id):
        raise not_allowed(Permission.CASE_TEAM)
    School.objects.select_for_update(no_key=True).get(pk=school_id)
    entry.subject = f"school:{school_id}"


def _check_away(people: set[int], user_id: int, first: date, last: date, deputy_id: int | None) -> None:
    if user_id not in people:
        raise not_found()
    if not first <= last <= first + LONGEST:
        raise Refusal(Refused.INVALID, "The last day away comes after the first, within 400 days.")
    if deputy_id is not None and (deputy_id == user_id or deputy_id not in people):
        raise Refusal(Refused.INVALID, "The deputy must be another colleague who may open cases.")


def _check_taker(school_id: int, rows: list[Member], from_id: int, to_id: int) -> None:
    taker = next((one for one in colleagues(school_id) if one.id == to_id), None)
    needed = {row.role for row in rows if row.user_id == from_id}
    if taker is None or to_id == from_id or not needed <= {role.value for role in taker.roles}:
        raise Refusal(
            Refused.INVALID, "This colleague does not hold the roles that are handed over. Choose another."
        )
