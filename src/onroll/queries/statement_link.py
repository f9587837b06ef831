"""What the link of a statement opens, for somebody who is not signed in: that one statement, and nothing else."""

from dataclasses import dataclass
from datetime import date, datetime

from onroll.domain.casework.kept_words import as_told
from onroll.domain.casework.links import LinkState, link_problem, link_state
from onroll.domain.casework.statement import Audience, Told
from onroll.domain.vocabulary import not_found
from onroll.records.cases.models import Case, StatementLink
from onroll.records.people.tokens import digest_of
from onroll.records.pupils.models import Death


@dataclass(frozen=True, slots=True)
class StatementOpened:
    """What a link shows. `told` is None unless it still works: a dead link tells nothing."""

    state: LinkState
    school: str
    expires_at: datetime
    used_at: datetime | None
    name: str = ""  # of whom it was made for
    issued_on: date | None = None
    told: Told | None = None
    opened_before: bool = False


def opened(token: str, *, at: datetime) -> StatementOpened:
    """What the link with this token shows; refused as not found when no link ever had it. Two queries."""
    link = (
        StatementLink.objects.select_related("statement__case__school", "family")
        .filter(token_digest=digest_of(token))
        .first()
    )
    if link is None:
        raise not_found()
    case = link.statement.case
    state = standing_of(link, case, at)
    if state is not LinkState.OPEN:
        return StatementOpened(state, case.school.name, link.expires_at, link.used_at)
    return StatementOpened(
        state,
        case.school.name,
        link.expires_at,
        link.used_at,
        link.family.name,
        link.statement.happened_on,
        as_told(link.statement.words)[Audience.FAMILY],
        link.first_opened_at is not None,
    )


def still_works(link_id: int, *, at: datetime) -> bool:
    """Whether a link would open its statement now. At most two queries."""
    link = StatementLink.objects.select_related("statement__case", "family").filter(pk=link_id).first()
    return link is not None and standing_of(link, link.statement.case, at) is LinkState.OPEN


def standing_of(link: StatementLink, case: Case, at: datetime) -> LinkState:
    """What a link is worth: nothing more once the statement, the person or the case it was made for is gone.

    `link` with its statement and family. At most one query.
    """
    state = link_state(
        used_at=link.used_at, withdrawn_at=link.withdrawn_at, expires_at=link.expires_at, at=at
    )
    if state is not LinkState.OPEN:
        return state
    gone = (
        case.closed_on is not None
        or link.statement.withdrawn_at is not None
        or link.family.withdrawn_at is not None
        or link_problem(
            do_not_contact=link.family.do_not_contact,
            may_be_told=link.family.may_be_told,
            died=Death.objects.standing().filter(pupil_id=case.pupil_id).exists(),
        )
    )
    return LinkState.WITHDRAWN if gone else LinkState.OPEN
