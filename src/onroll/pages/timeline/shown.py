"""Lines of the timeline as templates show them: words and addresses made here."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse

from onroll.domain.casework.tiers import Tier
from onroll.domain.vocabulary import in_words
from onroll.pages.wording import count_of, long_date, long_moment, medium_date
from onroll.queries.timeline import Line

_EXCERPT = 280  # characters of a text that a list shows


@dataclass(frozen=True, slots=True)
class Shown:
    """One line. `when` says the day it is about and, where they differ, when it was written down."""

    title: str
    when: str
    text: str = ""
    is_excerpt: bool = False
    facts: tuple[tuple[str, str], ...] = ()
    href: str = ""
    tier: str = ""  # said unless it is the one that everybody reads
    withdrawn: str = ""


def lines(found: Iterable[Line], urn: int, case_id: int, *, whole: bool = False) -> list[Shown]:
    """The lines; `whole` with their full texts and facts, else as much as a list needs."""
    return [_shown(line, urn, case_id, whole=whole) for line in found]


def kept_back_words(counts: Iterable[tuple[Tier, int]]) -> str:
    """What stands in tiers that are not shown: "2 entries of the medical tier are not in this list"."""
    parts = [f"{count_of(count, 'entry,entries')} of the {tier.words} tier" for tier, count in counts]
    total = sum(count for _, count in counts)
    return f"{in_words(parts)} {'is' if total == 1 else 'are'} not in this list." if parts else ""


def tiers_words(tiers: Iterable[Tier]) -> str:
    """Which tiers stand in it: "education and medical"."""
    return in_words(tier.words for tier in tiers)


def facts_of(line: Line) -> list[tuple[str, str]]:
    """Every labelled fact, dates included."""
    return [*line.facts, *((label, long_date(on)) for label, on in line.dates)]


def withdrawn_words(line: Line) -> str:
    """By whom it was taken back, when and why."""
    back = line.taken_back
    if back is None:
        return ""
    why = f": {back.because}" if back.because else ""
    return f"Withdrawn by {back.by} on {long_moment(back.at)}{why}"


def _shown(line: Line, urn: int, case_id: int, *, whole: bool) -> Shown:
    text = line.text if whole or len(line.text) <= _EXCERPT else f"{line.text[:_EXCERPT].rstrip()}…"
    return Shown(
        title=line.title,
        when=_when(line),
        text=text,
        is_excerpt=text != line.text,
        facts=tuple(facts_of(line)) if whole else _soon(line),
        href=reverse("timeline:entry", args=[urn, case_id, line.kind.value, line.id])
        if line.kind.is_written
        else "",
        tier="" if line.tier is Tier.EDUCATION else line.tier.words.capitalize(),
        withdrawn=withdrawn_words(line),
    )


def _when(line: Line) -> str:
    day = f"{long_date(line.on)}, {line.clock:%H:%M}" if line.clock else long_date(line.on)
    if line.at is None:
        return f"{day}, from the register"
    same_day = medium_date(line.at) == medium_date(line.on)
    return f"{day}, recorded by {line.by}" + ("" if same_day else f" on {medium_date(line.at)}")


def _soon(line: Line) -> tuple[tuple[str, str], ...]:
    """Of a list's line, what lies ahead."""
    steps = tuple(fact for fact in line.facts if fact[0] == "Next step")
    return (*steps, *((label, long_date(on)) for label, on in line.dates))
