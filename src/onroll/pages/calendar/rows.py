"""The entries of the calendar as lines of a table."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from onroll.domain.schoolcalendar import Layer
from onroll.pages.calendar.words import KINDS, anchor, for_whom, said, span
from onroll.queries.calendar_pages import EntrySeen, TermSeen


@dataclass(frozen=True, slots=True)
class EntryRow:
    """One entry: what it says, and what the reader may do with it."""

    id: int | None
    anchor: str
    title: str  # its name or, where it has none, its kind
    under: str  # the rest: kind, dates and for whom, as far as it is not plain
    words: str  # all of it in one line, for who hears the page
    may_change: bool
    may_restore: bool
    replaced: bool
    withdrawn_at: datetime | None
    because: str


def entry_rows(entries: Iterable[EntrySeen], mine: frozenset[Layer]) -> list[EntryRow]:
    """The lines for these entries. `mine` are the layers that the reader may change."""
    return [
        EntryRow(
            id=row.id,
            anchor=anchor(row),
            title=row.entry.name or KINDS[row.entry.kind],
            under=". ".join(_under(row)),
            words=said(row.entry),
            may_change=row.entry.layer in mine,
            may_restore=row.entry.layer in mine and row.withdrawn_at is not None and not row.replaced,
            replaced=row.replaced,
            withdrawn_at=row.withdrawn_at,
            because=row.withdrawn_because,
        )
        for row in entries
    ]


def term_rows(terms: Iterable[TermSeen], mine: frozenset[Layer]) -> list[tuple[EntryRow, TermSeen, int]]:
    """The terms: each as a line, with its days and its sessions."""
    return [(entry_rows([term.row], mine)[0], term, int(term.days * 2)) for term in terms]


def _under(row: EntrySeen) -> Iterator[str]:
    kind = KINDS[row.entry.kind]
    if row.entry.name and kind.casefold() not in row.entry.name.casefold():
        yield kind
    yield span(row.entry.first, row.entry.last)
    if row.entry.layer is not Layer.SCHOOL:
        yield for_whom(row)
