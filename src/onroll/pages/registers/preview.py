"""What a file would do, or did, in numbers that lead to their lists."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from onroll.domain.register.comparison import Outcome
from onroll.domain.register.pupil_match import to_check
from onroll.pages.parts import SummaryRow
from onroll.pages.registers.forms import ApproveForm, VersionForm
from onroll.pages.registers.weeks import WeeksPicture
from onroll.pages.registers.words import CHECKS, OUTCOMES, PROBLEMS, Words, size_words
from onroll.pages.wording import long_moment, medium_date
from onroll.queries.doors import SchoolSeen
from onroll.queries.imports.seen import ImportSeen


@dataclass(frozen=True, slots=True)
class Number:
    """A count, what it counts, and the list behind it ("" once that is deleted)."""

    value: int
    words: str
    href: str
    tone: str = "calm"


def preview_of(school: SchoolSeen, row: ImportSeen) -> dict[str, Any]:
    """What the page of a file that was read shows."""
    lists = row.cleared_at is None
    counts = row.outcome or row.counts
    outcomes = [
        _number(school, row, "registers:marks", outcome, counts.get(outcome, 0), words, lists=lists)
        for outcome, words in OUTCOMES.items()
    ]
    return {
        "outcomes": outcomes,
        "problems": _numbers(school, row, PROBLEMS, lists=lists),
        "checks": _numbers(school, row, CHECKS, lists=lists),
        "weeks": WeeksPicture.of(row.weeks),
        "facts": _facts(row),
        "approve": ApproveForm(initial={"version": row.version}, checks=to_check(row.counts) > 0),
        "again": VersionForm(initial={"version": row.version}, auto_id="again_%s"),
        "unknown_codes": row.counts.get("unknown-code", 0),
        "nobody": row.counts.get("lines", 0) > 0 and not row.counts.get("pupils", 0),
        "no_calendar": _no_calendar(row),
    }


def _numbers(school: SchoolSeen, row: ImportSeen, kinds: Any, *, lists: bool) -> list[Number]:
    return [
        _number(school, row, "registers:problems", kind, row.counts[kind], words, lists=lists)
        for kind, words in kinds.items()
        if row.counts.get(kind)
    ]


def _number(
    school: SchoolSeen, row: ImportSeen, view: str, kind: str, value: int, words: Words, *, lists: bool
) -> Number:
    href = reverse(view, args=[school.urn, row.id, kind]) if lists and value else ""
    tone = "due" if kind == Outcome.CHANGED and value else "calm"
    return Number(value, words.after(value), href, tone)


def _facts(row: ImportSeen) -> list[SummaryRow]:
    facts = [
        SummaryRow("File", f"{row.file_name} ({size_words(row.size)})"),
        SummaryRow("Brought in", _by(row.uploaded_by, long_moment(row.uploaded_at))),
    ]
    if row.first_on and row.last_on:
        last = f" to {medium_date(row.last_on)}" if row.last_on != row.first_on else ""
        facts.append(SummaryRow("Covers", f"{medium_date(row.first_on)}{last}"))
    if row.counts:
        facts.append(
            SummaryRow("Pupils", f"{row.counts.get('pupils', 0):,} in {row.counts.get('lines', 0):,} lines")
        )
    if row.applied_at:
        facts.append(SummaryRow("In the register since", _by(row.approved_by, long_moment(row.applied_at))))
    if row.undone_at:
        facts.append(SummaryRow("Undone", _by(row.undone_by, long_moment(row.undone_at))))
    if row.cleared_at:
        facts.append(SummaryRow("File and lists deleted", long_moment(row.cleared_at)))
    return facts


def _by(name: str, when: str) -> str:
    return f"{when}, by {name}" if name else when


def _no_calendar(row: ImportSeen) -> bool:
    """Whether most of what the file says has no session to stand in: the calendar is likely not entered."""
    read = sum(row.counts.get(outcome, 0) for outcome in (Outcome.NEW, Outcome.SAME, Outcome.CHANGED))
    return row.counts.get("no-session", 0) > read
