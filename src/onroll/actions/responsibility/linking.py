"""Make a link by which one member of the family reads and acknowledges one statement."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils import timezone

from onroll.actions.cases.changing import CaseDoing, case_change
from onroll.actions.outbox.queueing import queue_message
from onroll.actions.responsibility.finding import has_died, relative_of, statement_of
from onroll.domain.casework.links import link_letter, link_problem
from onroll.domain.outbox import LINK_KEY
from onroll.domain.permissions import Permission
from onroll.domain.vocabulary import Actor, Refusal, Refused, not_found
from onroll.records.cases.models import Statement, StatementLink
from onroll.records.people.tokens import digest_of


@dataclass(frozen=True, slots=True)
class LinkMade:
    """A link, the one time that its token is known."""

    id: int
    token: str
    expires_at: datetime


def make_link(
    actor: Actor,
    school_id: int,
    case_id: int,
    statement_id: int,
    *,
    family_id: int,
    lasts: timedelta,
    address_of: Callable[[str], str] | None = None,
    on: date,
    at: datetime,
) -> LinkMade:
    """Make a link for one member of the family; the one before ends. Only its digest is kept.

    `address_of` makes a token the whole address: give it to have the link sent by e-mail as well. The e-mail that
    waits to be sent holds the link, and names no child.
    Refuses for whoever is not to be contacted or told, for a pupil who has died, and for an earlier statement.
    """
    with case_change(
        actor, school_id, case_id, "statement-link-made", Permission.CASE_WORK, on=on, at=at
    ) as doing:
        statement = statement_of(doing.case, statement_id)
        _check_latest(statement)
        relative = relative_of(doing.case, family_id)
        problem = link_problem(
            do_not_contact=relative.do_not_contact,
            may_be_told=relative.may_be_told,
            died=has_died(doing.case.pupil_id),
        )
        if problem:
            raise Refusal(Refused.CONFLICT, problem)
        StatementLink.objects.filter(
            statement__case=doing.case, family=relative, used_at=None, withdrawn_at=None
        ).update(withdrawn_at=at)
        token = secrets.token_urlsafe(32)
        row = StatementLink.objects.create(
            statement=statement,
            family=relative,
            token_digest=digest_of(token),
            made_at=at,
            made_by_id=actor.id,
            expires_at=at + lasts,
        )
        if address_of is not None:
            _send(doing, row, address_of(token), at)
        doing.entry.detail = {"statement": statement.pk, "link": row.pk, "sent": address_of is not None}
        return LinkMade(row.pk, token, row.expires_at)


def withdraw_link(
    actor: Actor, school_id: int, case_id: int, link_id: int, *, on: date, at: datetime
) -> None:
    """End a link that has not been used."""
    with case_change(
        actor, school_id, case_id, "statement-link-withdrawn", Permission.CASE_WORK, on=on, at=at
    ) as doing:
        row = StatementLink.objects.filter(
            statement__case=doing.case, pk=link_id, used_at=None, withdrawn_at=None
        ).first()
        if row is None:
            raise not_found()
        row.withdrawn_at = at
        row.save(update_fields=["withdrawn_at"])
        doing.entry.detail = {"link": row.pk}


def _send(doing: CaseDoing, link: StatementLink, address: str, at: datetime) -> None:
    if not link.family.email:
        raise Refusal(Refused.CONFLICT, "No e-mail address is on record for this person.")
    school = doing.case.school
    subject, body = link_letter(
        school.name, link.family.name, address, until=timezone.localtime(link.expires_at)
    )
    queued = queue_message(
        school_id=school.pk,
        kind="statement",
        key=f"{LINK_KEY}{link.pk}",
        subject=subject,
        body=body,
        address=link.family.email,
        pupil_id=doing.case.pupil_id,
        at=at,
    )
    if not queued:
        raise Refusal(Refused.CONFLICT, "The e-mail could not be queued. Show the link instead.")


def _check_latest(statement: Statement) -> None:
    newer = Statement.objects.standing().filter(arrangement_id=statement.arrangement_id, pk__gt=statement.pk)
    if newer.exists():
        raise Refusal(Refused.CONFLICT, "A newer statement has been issued. Make the link from that one.")
