"""Read a brought register into grids, once through; `rejects` goes through it again to say what was wrong."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date

from onroll.domain.register.files.codebook import CodeBook
from onroll.domain.register.files.lines import Rows
from onroll.domain.register.files.longreader import LongReader
from onroll.domain.register.files.reading import Reading
from onroll.domain.register.files.shapes import Layout, Shape
from onroll.domain.register.files.widereader import WideReader


def never(_: date) -> bool:
    """The `half_day` of somebody who does not know the calendar."""
    return False


def read_marks(
    rows: Rows, layout: Layout, book: CodeBook, *, half_day: Callable[[date], bool] = never
) -> Reading:
    """Read every mark of a file. `half_day` says of a date that it has a morning only (see `daycells`).

    Raises ReadingStopped for a file that names more pupils than there can be.
    """
    if layout.shape is Shape.LONG:
        return LongReader(rows, layout, book).read(data_rows(rows, layout))
    return WideReader(rows, layout, book, half_day).read()


def data_rows(rows: Iterable[list[str]], layout: Layout) -> Iterator[list[str]]:
    """The rows below the header."""
    found = iter(rows)
    for _ in range(layout.skip):
        next(found, None)
    return found
