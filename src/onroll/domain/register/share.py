"""How much of what was possible a pupil missed lately, and which codes made up a count."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from itertools import compress

from onroll.domain.register.codes import CODES, NOT_TAKEN, POSSIBLE, Category
from onroll.domain.register.ground import UNMARKED, Ground
from onroll.domain.register.rules import Rule
from onroll.domain.register.walk import coded_sessions
from onroll.domain.register.windows import Windows
from onroll.domain.schoolcalendar import SchoolCalendar

SCHOOL_DAYS = 20


@dataclass(frozen=True, slots=True)
class Share:
    """Sessions possible and missed in a stretch of school days; the dates are None when there was none."""

    possible: int
    authorised: int
    unauthorised: int
    first_on: date | None = None
    last_on: date | None = None

    @property
    def missed(self) -> int:
        """Sessions missed, with leave or without."""
        return self.authorised + self.unauthorised

    @property
    def part(self) -> float | None:
        """The part of the possible sessions that was missed, 0 to 1; None when none was possible."""
        return self.missed / self.possible if self.possible else None


def missed_share(
    years: Mapping[int, str],
    calendar: SchoolCalendar,
    as_of: date,
    school_days: int = SCHOOL_DAYS,
    *,
    windows: Windows = None,
) -> Share:
    """The share of possible sessions missed in the last school days up to and including `as_of`.

    Missed for whatever reason. A session is possible when its code says attending or absent: one that
    could not be attended, was not taken or has no mark is left out on both sides.
    """
    days = calendar.last_school_days(as_of, school_days)
    if not days:
        return Share(0, 0, 0)
    tally: Counter[Category] = Counter()
    for _, code in coded_sessions(years, calendar, days[0], days[-1], windows):
        if code is not None and code != NOT_TAKEN:
            tally[CODES[code].category] += 1
    possible = sum(tally[category] for category in POSSIBLE)
    return Share(possible, tally[Category.AUTHORISED], tally[Category.UNAUTHORISED], days[0], days[-1])


def breakdown(
    rule: Rule, years: Mapping[int, str], calendar: SchoolCalendar, as_of: date, *, windows: Windows = None
) -> dict[str, float]:
    """The days counted in the school year up to and including `as_of`, by code, in the order of the table.

    Codes that counted nothing are left out; the values add up to `Count.days`.
    """
    ground = Ground(calendar, windows, as_of)
    marks = years.get(ground.year, UNMARKED)[: ground.places]
    held = Counter(compress(marks, ground.mask(ground.year)))
    counting = {code.code: held[code.char] / 2 for code in CODES.values() if code.code in rule.adds}
    return {code: days for code, days in counting.items() if days}
