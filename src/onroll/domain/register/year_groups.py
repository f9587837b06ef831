"""In which year group somebody was, some school years ago."""

from datetime import date

from onroll.domain.schoolcalendar import school_year

LADDER = ("N1", "N2", "R", *(str(year) for year in range(1, 15)))
"""National curriculum years in the order in which a child goes through them."""

_MOVES_UP_IN = 9


def code_then(code: str, years_ago: int) -> str | None:
    """The code of the year group that somebody now in `code` was in; None when the ladder does not say.

    A pupil who was kept down or moved up a year is not known to it: it says what nearly everybody did.
    """
    if code not in LADDER:
        return code if years_ago == 0 else None
    place = LADDER.index(code) - years_ago
    return LADDER[place] if 0 <= place < len(LADDER) else None


def roll_year(on: date) -> int:
    """The school year that a roll kept on this date speaks of: pupils move up in September, not on 1 August."""
    return school_year(on) - (school_year(on) == on.year and on.month < _MOVES_UP_IN)
