"""Read a file with a line for each pupil."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date

from onroll.domain.register.files.codebook import CodeBook
from onroll.domain.register.files.lines import Furniture, Rows
from onroll.domain.register.files.reading import Collector, Reading, Rival
from onroll.domain.register.files.shapes import Layout
from onroll.domain.register.files.wide import WideLines, has_fault, without_faults


class WideReader:
    """Reads either rows of cells or, which is quicker, lines as they stand in the file."""

    def __init__(self, layout: Layout, book: CodeBook, half_day: Callable[[date], bool]) -> None:
        self._layout = layout
        self._collector = Collector(layout)
        self._lines = WideLines(layout, book, half_day)
        self._furniture = Furniture(layout)
        self._number = 0

    def read(self, rows: Rows, data: Iterable[list[str]]) -> Reading:
        """Fill a reading with every row."""
        for row in data:
            self._row(row, rows.line)
        return self._finished()

    def read_plain(self, lines: Iterator[str], between: str) -> Reading:
        """Fill a reading with every line of a file in which nothing is in quotation marks."""
        split, names_somebody = self._lines.split, self._furniture.names_somebody
        for self._number, line in enumerate(lines, 1):
            if self._number <= self._layout.skip:
                continue
            who, marks = split(line, between)
            if marks is not None and names_somebody(who):
                self._collector.reading.lines += 1
                self._marks(who, marks, self._current)
            else:
                self._row(line.rstrip("\r\n").split(between), self._current)
        return self._finished()

    def _row(self, row: list[str], line: Callable[[Sequence[str]], int]) -> None:
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
        self._marks(row, marks, line)

    def _marks(self, who: Sequence[str], marks: bytes, line: Callable[[Sequence[str]], int]) -> None:
        """Put the marks of a line, none of them at fault, into the grids of its pupil."""
        collector = self._collector
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

    def _current(self, _: Sequence[str]) -> int:
        return self._number

    def _finished(self) -> Reading:
        reading = self._collector.reading
        if reading.pupils:
            reading.flawed = reading.flawed or bool(self._layout.unread)
            reading.dates.update(column.date for column in self._layout.days)
        return reading
