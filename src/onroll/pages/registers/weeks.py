"""Which weeks a file covers, and how many marks it has in each: a small row of bars."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Self

from onroll.pages.wording import medium_date

HEIGHT = 48
_STEP, _WIDTH, _LEAST = 9, 7, 2
_MOST = 120  # weeks drawn; the table has them all


@dataclass(frozen=True, slots=True)
class Bar:
    """One week's bar."""

    x: int
    y: int
    height: int


@dataclass(frozen=True, slots=True)
class WeeksPicture:
    """The bars, the same facts as rows, and both in one sentence."""

    bars: tuple[Bar, ...]
    rows: tuple[tuple[date, int], ...]
    words: str

    @property
    def width(self) -> int:
        """Of the drawing."""
        return max(len(self.bars) * _STEP - (_STEP - _WIDTH), 1)

    @property
    def height(self) -> int:
        """Of the drawing."""
        return HEIGHT

    @classmethod
    def of(cls, weeks: Sequence[tuple[date, int]]) -> Self:
        """Draw the weeks, the tallest for the one with most marks; a week without marks has no bar."""
        most = max((marks for _, marks in weeks), default=0) or 1
        drawn = weeks[-_MOST:]
        bars = tuple(
            Bar(place * _STEP, HEIGHT - tall, tall)
            for place, (_, marks) in enumerate(drawn)
            for tall in (max(_LEAST, round(HEIGHT * marks / most)) if marks else 0,)
        )
        return cls(bars, tuple(weeks), _words(weeks))


def _words(weeks: Sequence[tuple[date, int]]) -> str:
    if not weeks:
        return "The file has no mark that can be used."
    with_marks = sum(marks > 0 for _, marks in weeks)
    first, last = weeks[0][0], weeks[-1][0]
    if first == last:
        return f"The file covers the week of {medium_date(first)}."
    told = f"The file covers {with_marks} weeks, from the week of {medium_date(first)} to that of {medium_date(last)}"
    empty = len(weeks) - with_marks
    return f"{told}; {empty} between them have no mark." if empty else f"{told}."
