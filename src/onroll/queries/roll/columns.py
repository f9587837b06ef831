"""The columns of a brought roll: what each seems to be, and the first lines as they would be read."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from onroll.domain.register.import_states import ImportState
from onroll.domain.roll.columns import RollLayout, RollMap
from onroll.domain.roll.lines import shown
from onroll.domain.roll.targets import Target
from onroll.domain.roll.values import tidy
from onroll.domain.vocabulary import Refusal, Refused, not_found
from onroll.queries.doors import SchoolSeen
from onroll.queries.imports.seen import ROLL
from onroll.queries.roll.heads import RollHead, head_of
from onroll.records.attendance.models import Import

_SAMPLE = 40
_LINES = 5


@dataclass(frozen=True, slots=True)
class RollColumn:
    """One column: its heading, and what stands in it first."""

    heading: str
    sample: str


@dataclass(frozen=True, slots=True)
class RollCell:
    """One cell as it stands; `problem` says why it would not be used."""

    text: str
    problem: str


@dataclass(frozen=True, slots=True)
class RollLine:
    """One line of the file, the cells in the order of the targets; `problem` is of the line as a whole."""

    line: int
    cells: tuple[RollCell, ...]


@dataclass(frozen=True, slots=True)
class RollColumnsPage:
    """What the page that asks for the columns shows."""

    version: int
    file_name: str
    columns: tuple[RollColumn, ...]
    places: Mapping[Target, int]  # as chosen or guessed
    missing: tuple[str, ...]  # what the file must have and no column was found for, in words
    targets: tuple[Target, ...]  # of the cells of each line
    lines: tuple[RollLine, ...]

    @property
    def headings(self) -> tuple[str, ...]:
        """The headings, in order."""
        return tuple(column.heading for column in self.columns)


def columns_page(seen: SchoolSeen, import_id: int, chosen: RollMap | None, *, on: date) -> RollColumnsPage:
    """A file that waits for its columns, read with those that were chosen, or else guessed.

    No pupil of the school is shown: only what stands in the file that the reader brought.
    """
    row = Import.objects.filter(pk=import_id, school_id=seen.id, kind=ROLL).first()
    if row is None:
        raise not_found()
    if row.state != ImportState.MAPPING:
        raise Refusal(Refused.CONFLICT, "The columns of this file are chosen already. Open the file’s page.")
    known = chosen if chosen is not None else RollMap.from_json(row.mapping or {"columns": {}})
    head = head_of(row.upload, row.size, known if known.columns else None)
    header = head.guess.header.headings if head.guess.header else ()
    layout = head.guess.layout
    return RollColumnsPage(
        version=row.version,
        file_name=row.file_name,
        columns=tuple(_columns(head, header)),
        places=head.guess.places,
        missing=head.guess.missing,
        targets=_in_order(head.guess.places) if layout else (),
        lines=tuple(_lines(head, layout, on)) if layout else (),
    )


def _columns(head: RollHead, header: Sequence[str]) -> list[RollColumn]:
    below = head.rows[head.guess.header.first + head.guess.header.rows :] if head.guess.header else ()
    return [RollColumn(heading, _sample(below, place)) for place, heading in enumerate(header)]


def _sample(rows: Sequence[Sequence[str]], place: int) -> str:
    cells = (tidy(row[place]) for row in rows if place < len(row))
    return next((cell[:_SAMPLE] for cell in cells if cell), "")


def _in_order(places: Mapping[Target, int]) -> tuple[Target, ...]:
    """Targets as the columns stand."""
    return tuple(sorted(places, key=lambda target: places[target]))


def _lines(head: RollHead, layout: RollLayout, on: date) -> list[RollLine]:
    targets = _in_order(layout.columns)
    found = []
    for number, row in zip(head.lines[layout.skip :], head.rows[layout.skip :], strict=False):
        if not any(cell.strip() for cell in row):
            continue
        problems = shown(layout, row, number, on)
        cells = (_cell(row, layout.columns[target], problems.get(target, "")) for target in targets)
        found.append(RollLine(number, tuple(cells)))
        if len(found) == _LINES:
            break
    return found


def _cell(row: Sequence[str], place: int, problem: str) -> RollCell:
    return RollCell(tidy(row[place]) if place < len(row) else "", problem)
