"""`parents-first-contact`: the Progress Leader, or a named deputy, speaks with the parents first."""

from collections.abc import Sequence
from datetime import date

from onroll.domain.duties.evaluators.common import calendar_ends, due_after, not_asked, still_open
from onroll.domain.duties.facts import CaseFacts, ContactMade
from onroll.domain.duties.finding import Judged, Looked, Status
from onroll.domain.duties.holders import acting
from onroll.domain.duties.words import count, day
from onroll.domain.packs.pack import Duty, Pack


def parents_first_contact(facts: CaseFacts, duty: Duty, pack: Pack, on: date) -> Judged:
    """Met by a two-way contact with a parent since the case was opened; due 2 school days after (`within_days`).

    A conversation from before the case does not count, nor does one that somebody else had: that is what is asked.
    """
    if answer := not_asked(facts):
        return answer
    days = duty.number("within_days", 2)
    due_on = due_after(facts.calendar, facts.opened_on, days)
    tried = [contact for contact in facts.contacts if contact.with_parent]
    spoken = next((one for one in tried if _counts(one, facts, duty)), None)
    if spoken is not None:
        return _met(spoken, facts, pack.holder_of(duty), due_on)
    if due_on is None:
        return calendar_ends(facts.opened_on, days)
    reason = (
        f"No conversation of the {pack.holder_of(duty)}, or of a named deputy, with a parent is on record since the "
        f"case was opened on {day(facts.opened_on)}. It is due by {day(due_on)}, {count(days, 'school day')} after."
    )
    looked = tuple(Looked("contact", one.id) for one in tried)
    return Judged(still_open(due_on, on), f"{reason}{_near(tried, facts)}", due_on, looked)


def _counts(contact: ContactMade, facts: CaseFacts, duty: Duty) -> bool:
    since = contact.two_way and contact.on >= facts.opened_on
    return since and contact.by_id in acting(duty.holder, facts, contact.on)


def _met(contact: ContactMade, facts: CaseFacts, holder: str, due_on: date | None) -> Judged:
    reason = f"The {holder}, or a named deputy, spoke with a parent on {day(contact.on)}."
    if due_on is not None:
        order = "after" if contact.on > due_on else "by"
        reason = f"{reason[:-1]}, {order} the due date, {day(due_on)}."
    return Judged(Status.MET, reason, due_on, (Looked("contact", contact.id),))


def _near(tried: Sequence[ContactMade], facts: CaseFacts) -> str:
    """What came near and does not count."""
    since = [one for one in tried if one.on >= facts.opened_on]
    unanswered = [one for one in since if not one.two_way]
    others = [one for one in since if one.two_way]
    early = [one for one in tried if one.two_way and one.on < facts.opened_on]
    said = ""
    if others:
        said += f" Somebody else spoke with a parent on {day(others[-1].on)}; that does not count."
    if unanswered:
        times = count(len(unanswered), "attempt")
        said += f" {times} without an answer, the last on {day(unanswered[-1].on)}."
    if early:
        said += f" A conversation on {day(early[-1].on)} was before the case was opened and does not count."
    return said
