"""What somebody of the family does by a link: open it, say that they have read and understood. Nobody is signed in."""

from dataclasses import dataclass
from datetime import date, datetime

from onroll.actions.change import Entry, change
from onroll.actions.duties.refresh import refresh_cases
from onroll.actions.outbox.queueing import queue_message
from onroll.domain.casework.links import LinkState
from onroll.domain.vocabulary import Refusal, Refused, not_found
from onroll.queries.statement_link import standing_of
from onroll.records.cases.models import Case, Receipt, StatementLink
from onroll.records.people.tokens import digest_of

DONE = {
    LinkState.USED: "You have told the school already that you have read this. There is nothing more to do.",
    LinkState.EXPIRED: "This link has come to its end. Ask the school for a new one.",
    LinkState.WITHDRAWN: "This link has been replaced or taken back. Ask the school for a new one.",
}


@dataclass(slots=True)
class _Held:
    """A link with its case locked."""

    link: StatementLink
    case: Case
    state: LinkState


def open_by_link(token: str, *, at: datetime) -> None:
    """Keep when a link that works was first opened. Later openings write nothing."""
    with change(None, "statement-link-opened", at) as entry:
        held = _held(token, entry, at)
        if held.state is not LinkState.OPEN or held.link.first_opened_at is not None:
            entry.nothing_changed = True
            return
        held.link.first_opened_at = at
        held.link.save(update_fields=["first_opened_at"])


def acknowledge_by_link(token: str, *, message: str, on: date, at: datetime) -> None:
    """Record that whom the link was made for has read and understood the statement, with what they wrote back.

    Refuses a link that was used, ended or taken back: of two answers sent at once, one is kept.
    """
    with change(None, "statement-acknowledged-by-link", at) as entry:
        held = _held(token, entry, at)
        if held.state is not LinkState.OPEN:
            raise Refusal(Refused.CONFLICT, DONE[held.state])
        held.link.used_at = at
        held.link.save(update_fields=["used_at"])
        receipt = Receipt.objects.create(
            statement_id=held.link.statement_id,
            kind="acknowledged",
            how="link",
            family_id=held.link.family_id,
            note=message.strip(),
            happened_on=on,
            recorded_at=at,
        )
        entry.detail |= {"receipt": receipt.pk}
        if receipt.note and held.link.made_by_id:
            _tell_the_maker(held, receipt, at)
        refresh_cases([held.case.pk], on=on, at=at)


def _tell_the_maker(held: _Held, receipt: Receipt, at: datetime) -> None:
    """What a family writes back must not lie unread. The e-mail says that it is there, and no more."""
    queue_message(
        school_id=held.case.school_id,
        kind="reminder",
        key=f"statement-answer:{receipt.pk}",
        subject="A family has written back",
        body=(
            "A family to whom you sent a link has answered, and has written something back.\n\n"
            "Sign in to Onroll and open your cases, then “Who is responsible”, to read it.\n"
        ),
        to_id=held.link.made_by_id,
        pupil_id=held.case.pupil_id,
        at=at,
    )


def _held(token: str, entry: Entry, at: datetime) -> _Held:
    """Lock the case, then the link, in the order in which every change of a case does."""
    digest = digest_of(token)
    case_id = (
        StatementLink.objects.filter(token_digest=digest).values_list("statement__case_id", flat=True).first()
    )
    if case_id is None:
        raise not_found()
    case = Case.objects.select_for_update().get(pk=case_id)
    link = (
        StatementLink.objects.select_for_update(of=("self",))
        .select_related("statement", "family")
        .get(token_digest=digest)
    )
    entry.school_id, entry.subject, entry.detail = case.school_id, f"case:{case.pk}", {"link": link.pk}
    return _Held(link, case, standing_of(link, case, at))
