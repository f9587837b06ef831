"""Put the marks of one line of a wide file into the grids of its school years."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from onroll.domain.register.files.codebook import EMPTY
from onroll.domain.schoolcalendar import GRID_LENGTH

_MOST_COLUMNS = 255
_NO_COLUMN = 255


class Run(NamedTuple):
    """Sessions that lie side by side both on the line, from `first` up to `last`, and in the grid."""

    first: int
    last: int
    place: int


class Clash(NamedTuple):
    """A mark that contradicts the one that a grid holds."""

    slot: int
    place: int
    char: int


class YearRuns:
    """The sessions of one school year on a line: none of them twice."""

    def __init__(self, year: int, runs: Sequence[Run]) -> None:
        self.year = year
        self._runs = tuple(runs)
        self._stencils = tuple(_stencils(runs))

    def fresh(self, marks: bytes) -> bytearray:
        """A new grid with the marks of a line."""
        if self._stencils:
            return bytearray(b"".join([stencil.apply(marks) for stencil in self._stencils]))
        grid = bytearray(bytes((EMPTY,)) * GRID_LENGTH)
        for first, last, place in self._runs:
            grid[place : place + last - first] = marks[first:last]
        return grid

    def merge(self, grid: bytearray, marks: bytes) -> Iterator[Clash]:
        """Add the marks of a line to a grid that holds some; what contradicts it is left out and told."""
        for first, last, place in self._runs:
            piece, end = marks[first:last], place + last - first
            if grid[place:end] == piece:
                continue
            for at, char in enumerate(piece, place):
                if grid[at] == EMPTY:
                    grid[at] = char
                elif char not in (EMPTY, grid[at]):
                    yield Clash(first + at - place, at, char)


class _Stencil(NamedTuple):
    """A piece of the grid that says for each place which of up to 255 columns belongs there.

    `bytes.translate` with the marks as its table then fills the piece at once: on a common line that is
    five times quicker than copying the forty weeks of a year one by one.
    """

    first: int
    last: int
    columns: bytes
    padding: bytes

    def apply(self, marks: bytes) -> bytes:
        return self.columns.translate(marks[self.first : self.last] + self.padding)


def _stencils(runs: Sequence[Run]) -> Iterator[_Stencil]:
    """Stencils that together fill the grid; none when the columns are not in the order of time."""
    pieces = list(_pieces(runs))
    if any(b.place < a.place + a.last - a.first or b.first != a.last for a, b in pairwise(pieces)):
        return
    start, columns, first = 0, bytearray(), pieces[0].first
    for number, (left, right, place) in enumerate(pieces):
        columns += bytes((_NO_COLUMN,)) * (place - start) + bytes(range(left - first, right - first))
        start = place + right - left
        following = pieces[number + 1] if number + 1 < len(pieces) else None
        if following is None:
            columns += bytes((_NO_COLUMN,)) * (GRID_LENGTH - start)
        if following is None or following.last - first > _MOST_COLUMNS:
            yield _Stencil(first, right, bytes(columns), bytes((EMPTY,)) * (256 - (right - first)))
            first, columns = right, bytearray()


def _pieces(runs: Sequence[Run]) -> Iterator[Run]:
    """The runs, none of them longer than a stencil can hold."""
    for first, last, place in runs:
        for start in range(first, last, _MOST_COLUMNS):
            yield Run(start, min(start + _MOST_COLUMNS, last), place + start - first)


def layers(slots: Sequence[tuple[int, int]]) -> list[YearRuns]:
    """Runs for the slots of a line, each a school year and a place in its grid.

    Where columns repeat a session, the repetition comes in runs of its own, after the first.
    """
    found: list[dict[int, list[Run]]] = []
    taken: list[set[tuple[int, int]]] = []
    for index, slot in enumerate(slots):
        depth = next((at for at, seen in enumerate(taken) if slot not in seen), len(taken))
        if depth == len(taken):
            taken.append(set())
            found.append({})
        taken[depth].add(slot)
        year, place = slot
        _extend(found[depth].setdefault(year, []), index, place)
    return [YearRuns(year, runs) for layer in found for year, runs in layer.items()]


def _extend(runs: list[Run], index: int, place: int) -> None:
    if runs and runs[-1].last == index and runs[-1].place + index - runs[-1].first == place:
        runs[-1] = runs[-1]._replace(last=index + 1)
    else:
        runs.append(Run(index, index + 1, place))
