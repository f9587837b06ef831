"""Open a case: its first state, who provides, who is on the team."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from onroll.actions.cases.arranging import arrange
from onroll.actions.change import Entry, change
from onroll.actions.duties.refresh import refresh_cases
from onroll.domain.casework.moves import RULES, Move
from onroll.domain.duties.facts import Provider
from onroll.domain.permissions import Permission, Role
from onroll.domain.vocabulary import Actor, Refusal, Refused, not_allowed, not_found
from onroll.queries import doors
from onroll.queries.case_team import suggested_team
from onroll.records.cases.models import Case, CaseMove, Member
from onroll.records.pupils.models import Death, Pupil

EARLIEST = timedelta(days=366)  # a case that began longer ago is opened from a year ago


def open_case(
    actor: Actor,
    school_id: int,
    pupil_id: int,
    *,
    reason: str,
    opened_on: date,
    need: str = "",
    expected_from: date | None = None,
    team: Iterable[tuple[int, Role]] | None = None,
    on: date,
    at: datetime,
) -> int:
    """Open a pupil's case, and answer its id. `on` is today; duties are counted from `opened_on`.

    `expected_from`: a case before any absence, and the day on which the pupil is expected to be away. `team` None
    asks for the usual one. A pupil with an open case is refused: there is one case at a time.
    """
    with change(actor.id, "case-opened", at, school_id=school_id) as entry:
        pupil = _pupil_to_open(actor, school_id, pupil_id)
        _check(pupil, opened_on, expected_from, on)
        if need and not actor.may(Permission.MEDICAL_SEE, school_id):
            raise not_allowed(Permission.MEDICAL_SEE)
        case = begin_case(
            pupil,
            reason=reason,
            opened_on=opened_on,
            need=need,
            expected_from=expected_from,
            team=_allowed(pupil, team),
            by_id=actor.id,
            at=at,
        )
        sign_opening(entry, case)
        refresh_cases([case.pk], on=on, at=at)
        return int(case.pk)


def begin_case(
    pupil: Pupil,
    *,
    reason: str,
    opened_on: date,
    need: str = "",
    expected_from: date | None = None,
    team: Iterable[tuple[int, Role]],
    by_id: int | None,
    at: datetime,
) -> Case:
    """Write a new case with its opening, its first arrangement and its team. Inner: call inside a change."""
    rule = RULES[Move.OPEN]
    case = Case.objects.create(
        school_id=pupil.school_id,
        pupil=pupil,
        state=rule.to_state.value,
        opened_on=opened_on,
        expected_from=expected_from,
        need=need,
        recorded_at=at,
        recorded_by_id=by_id,
    )
    CaseMove.objects.create(
        case=case,
        move=Move.OPEN.value,
        to_state=rule.to_state.value,
        happened_on=opened_on,
        recorded_at=at,
        recorded_by_id=by_id,
        reason=reason,
    )
    arrange(case, rule.provider or Provider.SCHOOL, from_on=opened_on, by_id=by_id, at=at)
    for user_id, role in team:
        Member.objects.create(
            case=case,
            user_id=user_id,
            role=role.value,
            happened_on=opened_on,
            recorded_at=at,
            recorded_by_id=by_id,
        )
    return case


def sign_opening(entry: Entry, case: Case) -> None:
    """What the ledger says of an opening: which case, before an absence or not; never whose or why."""
    entry.subject = f"case:{case.pk}"
    entry.detail = {"state": case.state, "before_absence": "yes" if case.expected_from else "no"}


def _pupil_to_open(actor: Actor, school_id: int, pupil_id: int) -> Pupil:
    """The pupil's row, locked, so that two people opening at once are one after the other."""
    if school_id not in actor.school_ids():
        raise not_found()
    if not actor.may(Permission.CASE_OPEN, school_id):
        raise not_allowed(Permission.CASE_OPEN)
    if not doors.pupils(actor, school_id, Permission.CASE_OPEN).filter(pk=pupil_id).exists():
        raise not_found()
    return Pupil.objects.select_for_update().get(pk=pupil_id)


def _check(pupil: Pupil, opened_on: date, expected_from: date | None, on: date) -> None:
    if Case.objects.filter(pupil=pupil, closed_on=None).exists():
        raise Refusal(
            Refused.CONFLICT,
            "This pupil has an open case already, and there is one case at a time. "
            "Open the pupil’s page: the button there leads to it.",
        )
    if Death.objects.standing().filter(pupil=pupil).exists():
        raise Refusal(Refused.CONFLICT, "It is recorded that this pupil has died. No case can be opened.")
    if opened_on > on:
        raise Refusal(
            Refused.INVALID,
            "A case begins today at the latest. Where the absence is still to come, say from when.",
        )
    if opened_on < on - EARLIEST:
        raise Refusal(Refused.INVALID, "A case can begin up to a year ago. Enter a later day.")
    if expected_from is not None and expected_from <= on:
        raise Refusal(Refused.INVALID, "The absence is expected from a day to come. Enter a day after today.")


def _allowed(pupil: Pupil, asked: Iterable[tuple[int, Role]] | None) -> list[tuple[int, Role]]:
    """The people asked for, each of whom must be one that the form could offer; the usual ones when None."""
    offered = suggested_team(pupil.school_id, pupil.year_group_id)
    if asked is None:
        return [(one.user_id, one.role) for one in offered if one.usual]
    wanted = list(dict.fromkeys(asked))
    if not set(wanted) <= {(one.user_id, one.role) for one in offered}:
        raise Refusal(Refused.INVALID, "Somebody who was chosen no longer has that role here. Choose again.")
    return wanted
