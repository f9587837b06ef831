"""`guidance-current` and `linked-policies`: every entry of a list in the pack was looked at and found in order."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from onroll.domain.duties.evaluators.coming_round import first_due, holds_until
from onroll.domain.duties.evaluators.common import still_open
from onroll.domain.duties.facts import Checked, SchoolFacts
from onroll.domain.duties.finding import Judged, Looked, Status
from onroll.domain.duties.words import count, day
from onroll.domain.packs.pack import Duty, Guidance, Pack


@dataclass(frozen=True, slots=True)
class _Entry:
    """One entry: what is wrong with it (nothing, when it is in order), and by when it is to be mended or seen."""

    by: date
    wrong: str = ""


def guidance_current(facts: SchoolFacts, duty: Duty, pack: Pack, on: date) -> Judged:
    """Met when each cited law and guidance was found current, or its successor named, within 12 months (`months`)."""
    if not pack.guidance:
        return Judged(Status.NOT_APPLICABLE, "The policy cites no law and no guidance.")
    last = {one.key: one for one in facts.guidance}
    looked = _looked("guidance", last, (one.key for one in pack.guidance))
    doubtful = [one for one in pack.guidance if _contradicted(one, last.get(one.key), on)]
    if doubtful:
        told = "; ".join(f"“{one.title}” (replaced by: {one.superseded_by})" for one in doubtful)
        return Judged(
            Status.NEEDS_JUDGEMENT,
            f"Somebody found current what the policy pack knows to be replaced: {told}. Look again, and name the "
            "successor or say in a pack of your own that it still stands.",
            None,
            looked,
        )
    entries = [_guidance(one, last.get(one.key), facts, duty, on) for one in pack.guidance]
    return _answer(entries, ("piece of guidance", "pieces of guidance"), looked, on)


def linked_policies(facts: SchoolFacts, duty: Duty, pack: Pack, on: date) -> Judged:
    """Met when each linked policy was looked at within 12 months (`months`), is held, and is itself in date."""
    if not pack.linked:
        return Judged(Status.NOT_APPLICABLE, "The policy links to no other policy.")
    last = {one.key: one for one in facts.linked}
    entries = [_linked(one.title, last.get(one.key), facts, duty, on) for one in pack.linked]
    looked = _looked("linked-policy", last, (one.key for one in pack.linked))
    return _answer(entries, ("linked policy", "linked policies"), looked, on)


def _contradicted(cited: Guidance, last: Checked | None, on: date) -> bool:
    """Whether a person calls current what the pack knows to be replaced by the day of their look."""
    replaced = bool(cited.superseded_by) and (cited.superseded_on is None or cited.superseded_on <= on)
    if not replaced or last is None or not last.current:
        return False
    return cited.superseded_on is None or last.on >= cited.superseded_on


def _guidance(cited: Guidance, last: Checked | None, facts: SchoolFacts, duty: Duty, on: date) -> _Entry:
    title = f"“{cited.title}”"
    if last is None:
        known = f"; it was replaced by: {cited.superseded_by}" if cited.superseded_by else ""
        return _Entry(first_due(facts, duty), f"{title} has not been checked{known}")
    if not last.held:
        return _Entry(
            first_due(facts, duty, last.on), f"{title} is no longer current and has no successor named"
        )
    if last.current and cited.superseded_on is not None and last.on < cited.superseded_on <= on:
        since = f"{title} was replaced on {day(cited.superseded_on)}, after it was checked on {day(last.on)}"
        return _Entry(first_due(facts, duty, cited.superseded_on), since)
    return _seen(title, last, duty, on)


def _linked(plain_title: str, last: Checked | None, facts: SchoolFacts, duty: Duty, on: date) -> _Entry:
    title = f"“{plain_title}”"
    if last is None:
        return _Entry(first_due(facts, duty), f"{title} has not been checked")
    if not last.held:
        return _Entry(first_due(facts, duty, last.on), f"{title} is not held, as was seen on {day(last.on)}")
    review = last.review_due_on
    if review is not None and review < on:
        return _Entry(review, f"{title} was itself to be reviewed by {day(review)}")
    seen = _seen(title, last, duty, on)
    return seen if seen.wrong or review is None else _Entry(min(seen.by, review))


def _seen(title: str, last: Checked, duty: Duty, on: date) -> _Entry:
    until = holds_until(last.on, duty)
    return _Entry(until, f"{title} was last checked on {day(last.on)}" if on > until else "")


def _answer(entries: list[_Entry], nouns: tuple[str, str], looked: tuple[Looked, ...], on: date) -> Judged:
    wrong = [one for one in entries if one.wrong]
    due_on = min(one.by for one in wrong or entries)
    total = count(len(entries), *nouns)
    if not wrong:
        return Judged(Status.MET, f"{total}, each in order until {day(due_on)} at least.", due_on, looked)
    told = "; ".join(one.wrong for one in wrong)
    reason = f"{total}, {len(entries) - len(wrong)} in order. Still to do by {day(due_on)}: {told}."
    return Judged(still_open(due_on, on), reason, due_on, looked)


def _looked(kind: str, last: Mapping[str, Checked], keys: Iterable[str]) -> tuple[Looked, ...]:
    return tuple(Looked(kind, last[key].id) for key in keys if key in last)
