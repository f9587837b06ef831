"""How a cited law or piece of guidance, and a linked policy, stands today."""

from dataclasses import dataclass
from datetime import date

from onroll.domain.packs.pack import Guidance
from onroll.domain.policy.dates import next_due

CHECK_MONTHS = 12
"""A check older than this many months has to be made again."""


@dataclass(frozen=True, slots=True)
class Standing:
    """What a reader is told. `status` is a key of the page's status table."""

    status: str
    words: str
    look_again_on: date | None = None


@dataclass(frozen=True, slots=True)
class GuidanceLooked:
    """The last check of one cited guidance."""

    on: date
    current: bool
    successor: str = ""


@dataclass(frozen=True, slots=True)
class LinkLooked:
    """The last check of one linked policy."""

    on: date
    held: bool
    dated_on: date | None = None
    review_due_on: date | None = None


def guidance_standing(cited: Guidance, last: GuidanceLooked | None, on: date) -> Standing:
    """Say whether a cited guidance still stands: what people found comes before what the pack knows."""
    again = next_due(last.on, CHECK_MONTHS) if last else None
    if last and not last.current:
        return Standing(
            "superseded", f"Replaced by {last.successor}." if last.successor else "No longer current.", again
        )
    if cited.superseded_by and not (last and cited.superseded_on and last.on >= cited.superseded_on):
        return Standing("superseded", f"Replaced by {cited.superseded_by}.", again)
    if last is None:
        return Standing("unchecked", "Nobody has recorded a check of it.")
    if again is not None and again < on:
        return Standing("check-again", "The last check is more than a year old.", again)
    return Standing("current", "Found to be current.", again)


def link_standing(last: LinkLooked | None, on: date) -> Standing:
    """Say whether a linked policy is held and in date."""
    if last is None:
        return Standing("unchecked", "Nobody has recorded a check of it.")
    again = next_due(last.on, CHECK_MONTHS)
    if not last.held:
        return Standing("not-held", "The school does not hold it.", again)
    if last.dated_on is None:
        return Standing("no-date", "It is held; the day it is dated is not recorded.", again)
    if last.review_due_on is not None and last.review_due_on < on:
        return Standing("review-passed", "It is held; its own review is late.", again)
    if again < on:
        return Standing("check-again", "The last check is more than a year old.", again)
    return Standing("held", "Held and in date.", again)
