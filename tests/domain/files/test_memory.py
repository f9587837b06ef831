"""What a reading keeps grows with pupils and sessions, never with the lines of the file."""

import tracemalloc
from collections.abc import Iterator, Sequence

import pytest

from onroll.domain.register.files import CodeBook, problems, read_marks
from tests.domain.files.rows import ListRows, layout_of, verdicts
from tests.domain.reference import REFERENCE

HEADER = ["UPN", "Date", "Session", "Mark"]


class Endless(ListRows):
    """Lines made while they are read."""

    def __init__(self, make, count: int) -> None:
        super().__init__([])
        self._make, self._count = make, count

    def __iter__(self) -> Iterator[list[str]]:
        yield list(HEADER)
        for number in range(self._count):
            yield self._make(number)

    def line(self, _: Sequence[str]) -> int:
        return 1


def peak(make, lines: int) -> int:
    """The most bytes held while a file is read, and gone through again for what was wrong."""
    layout, book = layout_of([HEADER]), CodeBook()
    tracemalloc.start()
    try:
        reading = read_marks(Endless(make, lines), layout, book)
        found = verdicts(reading, REFERENCE)
        for _ in problems(Endless(make, lines), reading, book, verdicts=found, words=lambda *_: ""):
            pass
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize(
    "make",
    [
        pytest.param(lambda n: [f"P{n % 20}", "07/09/2026", "AM", "I"], id="good lines"),
        pytest.param(lambda n: [f"P{n % 20}", "07/09/2026", "AM", "I/"[n % 2]], id="conflicts"),
        pytest.param(lambda n: [f"P{n % 20}", "07/09/2026", "AM", f"X{n}"], id="unknown codes, each another"),
        pytest.param(lambda n: [f"P{n % 20}", f"the {n}th", "AM", "I"], id="unreadable dates, each another"),
        pytest.param(lambda n: ["", "07/09/2026", f"{n}", "I"], id="nobody's lines"),
        pytest.param(lambda n: [f"P{n % 20}", "05/09/2026", "AM", "I"], id="no session"),
        pytest.param(lambda n: ["Total", "", "", f"{n}"], id="totals"),
    ],
)
def test_three_times_the_lines_need_no_more_memory(make):
    peak(make, 100)  # what is made once and kept
    assert peak(make, 4_500) < 1.1 * peak(make, 1_500)
