"""Read a file with a line for each mark."""

from collections.abc import Iterable

from onroll.domain.register.files.codebook import EMPTY, UNKNOWN, CodeBook
from onroll.domain.register.files.headings import Role
from onroll.domain.register.files.lines import Entry, Flaw, Furniture, LongLines, Rows
from onroll.domain.register.files.reading import MOST_REGISTERS, Collector, Reading, Rival
from onroll.domain.register.files.shapes import Layout
from onroll.domain.schoolcalendar import GRID_LENGTH

_MOST_TEXTS = 2 * MOST_REGISTERS
_NOWHERE = -1
_BLANK = bytes((EMPTY,)) * GRID_LENGTH


class LongReader:
    """The fast way: four look-ups for a line whose texts were met before. Any other goes `_slowly`."""

    def __init__(self, rows: Rows, layout: Layout, book: CodeBook) -> None:
        self._rows = rows
        self._collector = Collector(layout)
        self._lines = LongLines(layout, book)
        self._furniture = Furniture(layout)
        self._known = book.known
        self._date, self._session = layout.columns[Role.DATE], layout.columns[Role.SESSION]
        self._who = layout.columns.get(Role.UPN, layout.columns.get(Role.ADMISSION, _NOWHERE))
        self._days: dict[str, tuple[dict[str, bytearray], int]] = {}
        self._halves: dict[str, int] = {}
        self._grids: dict[int, dict[str, bytearray]] = {}

    def read(self, data: Iterable[list[str]]) -> Reading:
        """Fill a reading with every line."""
        days, halves, known, slowly, empty = self._days, self._halves, self._known, self._slowly, EMPTY
        on, who, session, mark = self._date, max(self._who, 0), self._session, self._lines.mark_column
        total = 0
        for total, row in enumerate(data, 1):  # noqa: B007 - the number of lines is wanted
            try:
                grids, start = days[row[on]]
                grid = grids[row[who]]
                place = start + halves[row[session]]
                char = known[row[mark]]
            except (KeyError, IndexError):
                slowly(row)
                continue
            if grid[place] == empty:
                grid[place] = char
            elif grid[place] != char:
                slowly(row)
        reading = self._collector.reading
        reading.lines = total - reading.passed_over
        return reading

    def _slowly(self, row: list[str]) -> None:
        collector = self._collector
        reading = collector.reading
        if self._furniture.is_passed_over(row):
            reading.passed_over += 1
            return
        entry = self._lines.read(row)
        if isinstance(entry, Flaw):
            reading.flawed = True
            return
        collector.pupil(entry.key, row, self._rows.line)
        reading.dates.add(entry.on)
        grid = self._grid(entry, row)
        self._remember(row, entry, grid)
        if entry.char == UNKNOWN:
            collector.rejected(entry.on, self._lines.raw_mark(row))
        elif grid[entry.place] == EMPTY:
            grid[entry.place] = entry.char
        elif entry.char not in (EMPTY, grid[entry.place]):
            rival = Rival(self._rows.line(row), self._lines.mark_column, entry.char)
            collector.disagree(entry.year, entry.key, entry.place, rival)

    def _grid(self, entry: Entry, row: list[str]) -> bytearray:
        grids = self._collector.reading.registers.setdefault(entry.year, {})
        grid = grids.get(entry.key)
        if grid is None:
            self._collector.room(self._rows.line(row))
            grid = grids[entry.key] = bytearray(_BLANK)
        return grid

    def _remember(self, row: list[str], entry: Entry, grid: bytearray) -> None:
        """Keep the texts of the line, so that the next line with them is read the fast way."""
        half = entry.place % 2
        grids = self._grids.setdefault(entry.year, {})
        for texts in (self._days, grids):
            if len(texts) > _MOST_TEXTS:  # a column without end of texts must not fill the memory
                texts.clear()
        self._days[row[self._date]] = (grids, entry.place - half)
        self._halves[row[self._session]] = half
        if self._who != _NOWHERE and row[self._who].strip():
            grids[row[self._who]] = grid
