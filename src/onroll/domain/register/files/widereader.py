"""Read a file with a line for each pupil."""

from collections.abc import Callable, Sequence
from datetime import date
from itertools import islice

from onroll.domain.register.files.codebook import CodeBook
from onroll.domain.register.files.lines import Furniture, Rows
from onroll.domain.register.files.reading import Collector, Reading, Rival
from onroll.domain.register.files.shapes import Layout
from onroll.domain.register.files.wide import WideLines, has_fault, without_faults


class WideReader:
    """The fast way: the marks of a line as one text. A line at fault is taken apart, cell by cell."""

    def __init__(self, rows: Rows, layout: Layout, book: CodeBook, half_day: Callable[[date], bool]) -> None:
        self._rows = rows
        self._layout = layout
        self._collector = Collector(layout)
        self._lines = WideLines(layout, book, half_day)
        self._furniture = Furniture(layout)

    def read(self) -> Reading:
        """Fill a reading with every line."""
        reading, lines, names_somebody = self._collector.reading, self._lines, self._furniture.names_somebody
        for who, rest, between in islice(self._rows.split(lines.before), self._layout.skip, None):
            marks = (
                lines.read_text(rest, between) if len(who) == lines.before and names_somebody(who) else None
            )
            if marks is None:
                self._row([*who, *rest.split(between)])
            else:
                reading.lines += 1
                self._marks(who, marks)
        if reading.pupils:
            reading.flawed = reading.flawed or bool(self._layout.unread)
            reading.dates.update(column.date for column in self._layout.days)
        return reading

    def _row(self, row: list[str]) -> None:
        if self._furniture.is_passed_over(row):
            self._collector.reading.passed_over += 1
            return
        self._collector.reading.lines += 1
        marks = self._lines.read(row)
        if has_fault(marks):
            if self._collector.identity.key(row):
                for fault in self._lines.faults(row, marks):
                    self._collector.rejected(fault.slot.column.date, fault.unknown or "")
            marks = without_faults(marks)
        self._marks(row, marks)

    def _marks(self, who: Sequence[str], marks: bytes) -> None:
        """Put the marks of a line, none of them at fault, into the grids of its pupil."""
        collector, line = self._collector, self._rows.line
        key = collector.identity.key(who)
        if key is None:
            collector.reading.flawed = True
            return
        collector.pupil(key, who, line)
        for runs in self._lines.years:
            grids = collector.reading.registers.setdefault(runs.year, {})
            grid = grids.get(key)
            if grid is None:
                collector.room(line(who))
                grids[key] = runs.fresh(marks)
                continue
            for slot, place, char in runs.merge(grid, marks):
                rival = Rival(line(who), self._lines.slots[slot].column.at, char)
                collector.disagree(runs.year, key, place, rival)
