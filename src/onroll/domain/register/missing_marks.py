"""Sessions for which registers were not taken: by group, and the whole school as one."""

from collections.abc import Hashable, Iterator
from typing import NamedTuple, TypeVar

from onroll.domain.register.codes import NO_MARK, NOT_TAKEN
from onroll.domain.register.comparison import NO_MARKS
from onroll.domain.register.place_sums import PlaceSums
from onroll.domain.schoolcalendar import GRID_LENGTH

G = TypeVar("G", bound=Hashable)
_WITHOUT = bytes(0xFF if chr(char) in NO_MARK + NOT_TAKEN else 0x00 for char in range(256))


class Missing(NamedTuple):
    """A session that a group has and whose marks are not all there. `group` None: the whole school, none at all."""

    place: int
    group: object | None
    missing: int
    expected: int


class MissingMarks:
    """Adds up, a pupil at a time, who was expected in each session and who has no mark there."""

    def __init__(self) -> None:
        self._expected: dict[Hashable, PlaceSums] = {}
        self._missing: dict[Hashable, PlaceSums] = {}

    def add(self, group: Hashable, marks: str | None, sessions: int) -> None:
        """Add a pupil: their marks of the year, if any are held, and a mask of the sessions that are theirs."""
        without = int.from_bytes((marks or NO_MARKS).encode("ascii").translate(_WITHOUT), "little")
        self._expected.setdefault(group, PlaceSums()).add(sessions)
        self._missing.setdefault(group, PlaceSums()).add(sessions & without)

    def found(self) -> list[Missing]:
        """What is missing, the latest session first; a session that nobody has a mark for is one line."""
        return list(self._walk())

    def _walk(self) -> Iterator[Missing]:
        groups = [
            (group, self._missing[group].counts(), sums.counts()) for group, sums in self._expected.items()
        ]
        for place in range(GRID_LENGTH - 1, -1, -1):
            here = [(group, missing[place], expected[place]) for group, missing, expected in groups]
            absent, all_of_them = sum(one[1] for one in here), sum(one[2] for one in here)
            if not absent:
                continue
            if absent == all_of_them:
                yield Missing(place, None, absent, all_of_them)
                continue
            for group, missing, expected in here:
                if missing:
                    yield Missing(place, group, missing, expected)


def is_missing(mark: str) -> bool:
    """Whether a stored character says that no mark was taken."""
    return mark in (NO_MARK, NOT_TAKEN)
