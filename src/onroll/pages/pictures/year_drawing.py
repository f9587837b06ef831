"""Where everything of a month stands in its SVG. Cells of one look share one path, so a year stays small."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from onroll.pages.pictures.looks import Look
from onroll.pages.pictures.year import Cell, Day, Month

GUTTER = 20  # left of the days: the date of each Monday
TOP = 16  # above the days: the letters of the weekdays
PITCH_X, PITCH_Y = 34, 28  # from day to day, and from week to week; never under 24, so a finger finds a day
HALF, HEIGHT = 15, 24  # one half day
_WEEKDAYS = "MTWTFSS"
_HATCHED = frozenset({Look.ABSENT})
_DASHED = frozenset({Look.NO_SESSION})


class Text(NamedTuple):
    """Letters with their place; `x` may list one place for each letter."""

    text: str
    x: str
    y: str
    look: str = ""


class DayLink(NamedTuple):
    """The part of the picture that opens a day."""

    href: str
    words: str
    x: str
    y: str


@dataclass(frozen=True, slots=True)
class MonthDrawing:
    """A month, ready for its template."""

    month: Month
    box: str  # the view box: left, top, width and height
    headings: Text
    dates: list[Text]
    shapes: list[tuple[str, str]]
    hatching: str
    reached: str
    letters: list[Text]
    links: list[DayLink]


def draw_month(month: Month) -> MonthDrawing:
    """Lay a month out."""
    placed = list(_placed(month))
    headings = Text(_WEEKDAYS[: month.columns], _list(_middle(n) for n in range(month.columns)), "11")
    dates = [
        Text(str(max(week.monday, month.first).day), str(GUTTER - 6), str(_y(n) + 17))
        for n, week in enumerate(month.weeks)
    ]
    return MonthDrawing(
        month=month,
        box=f"0 0 {GUTTER + month.columns * PITCH_X} {TOP + len(month.weeks) * PITCH_Y}",
        headings=headings,
        dates=dates,
        shapes=_shapes(placed),
        hatching="".join(_hatch(x, y, w) for cell, x, y, w in placed if cell.look in _HATCHED),
        reached="".join(_box(x, y, w) for cell, x, y, w in placed if cell.reached),
        letters=_letters(placed),
        links=[DayLink(day.href, day.words, str(x), str(y)) for day, x, y in _days(month) if day.href],
    )


def _days(month: Month) -> Iterator[tuple[Day, int, int]]:
    for row, week in enumerate(month.weeks):
        for column, day in enumerate(week.days):
            if day is not None:
                yield day, GUTTER + column * PITCH_X, _y(row)


def _placed(month: Month) -> Iterator[tuple[Cell, int, int, int]]:
    """Every cell with its left edge, top edge and width; a whole day is one cell."""
    for day, x, y in _days(month):
        if day.is_whole:
            yield day.am, x, y, 2 * HALF + 1
        else:
            yield day.am, x, y, HALF
            yield day.pm, x + HALF + 1, y, HALF


def _shapes(placed: list[tuple[Cell, int, int, int]]) -> list[tuple[str, str]]:
    paths: defaultdict[str, str] = defaultdict(str)
    for cell, x, y, width in placed:
        paths[cell.look] += _dash(x, y, width) if cell.look in _DASHED else _box(x, y, width)
    return sorted(paths.items())


def _letters(placed: list[tuple[Cell, int, int, int]]) -> list[Text]:
    """Single letters of one look share one text element; codes of two letters have one each."""
    singles: defaultdict[str, list[tuple[str, int, int]]] = defaultdict(list)
    texts = []
    for cell, x, y, width in placed:
        middle, line = x + (width + 1) // 2, y + 17
        if len(cell.letters) == 1:
            singles[cell.look].append((cell.letters, middle, line))
        elif cell.letters:
            texts.append(Text(cell.letters, str(middle), str(line), cell.look))
    for look, several in sorted(singles.items()):
        letters, xs, ys = zip(*several, strict=True)
        texts.append(Text("".join(letters), _list(xs), _list(ys), look))
    return texts


def _box(x: int, y: int, width: int) -> str:
    return f"M{x} {y}h{width}v{HEIGHT}h-{width}z"


def _dash(x: int, y: int, width: int) -> str:
    return f"M{x + width // 2 - 2} {y + HEIGHT // 2}h4"


def _hatch(x: int, y: int, width: int) -> str:
    return f"M{x} {y + 8}l8-8M{x} {y + HEIGHT}l{width}-{width}M{x + width - 8} {y + HEIGHT}l8-8"


def _middle(column: int) -> int:
    return GUTTER + column * PITCH_X + HALF


def _y(row: int) -> int:
    return TOP + row * PITCH_Y


def _list(values: Iterator[int] | tuple[int, ...]) -> str:
    return " ".join(str(value) for value in values)
