"""How one session looks in a picture, and what the legend says. One table for the year, the strip and the legend."""

from enum import StrEnum

from onroll.domain.register.codes import CODES, NO_MARK, NOT_TAKEN, Category


class Look(StrEnum):
    """What a half-day cell shows. Each look has a colour, a shape of its own, and words in LOOKS."""

    COUNTED = "counted"  # counts towards the 15 days
    ABSENT = "absent"  # absent for another reason
    PRESENT = "present"
    ELSEWHERE = "elsewhere"  # attending, but not here
    NOT_POSSIBLE = "not-possible"  # no attendance was possible
    NOT_TAKEN = "not-taken"  # a session without a register
    NO_MARK = "no-mark"  # a session that is still to come, or was never sent to us
    NO_SESSION = "no-session"  # the school has no session then
    TERM = "term"
    HOLIDAY = "holiday"
    BANK_HOLIDAY = "bank-holiday"
    INSET = "inset"
    CLOSURE = "closure"


LOOKS: dict[Look, str] = {
    Look.COUNTED: "Missed for health reasons, counted",
    Look.ABSENT: "Absent for another reason",
    Look.PRESENT: "Present",
    Look.ELSEWHERE: "Attending elsewhere",
    Look.NOT_POSSIBLE: "Could not attend, not counted",
    Look.NOT_TAKEN: "Register not taken",
    Look.NO_MARK: "No mark yet",
    Look.NO_SESSION: "No school",
    Look.TERM: "School day",
    Look.HOLIDAY: "Holiday",
    Look.BANK_HOLIDAY: "Bank holiday",
    Look.INSET: "Staff training day (INSET)",
    Look.CLOSURE: "School closed",
}

# The letter of a calendar look; marks carry their own national code.
LETTERS: dict[Look, str] = {
    Look.HOLIDAY: "H",
    Look.BANK_HOLIDAY: "B",
    Look.INSET: "T",
    Look.CLOSURE: "C",
    Look.NOT_TAKEN: "–",
}

_BY_CATEGORY = {
    Category.ATTENDING: Look.PRESENT,
    Category.ATTENDING_ELSEWHERE: Look.ELSEWHERE,
    Category.AUTHORISED: Look.ABSENT,
    Category.UNAUTHORISED: Look.ABSENT,
    Category.NOT_POSSIBLE: Look.NOT_POSSIBLE,
    Category.NOT_COUNTED: Look.NOT_POSSIBLE,
}


def look_of(code: str, *, counts: bool) -> Look:
    """Choose the look of a mark: its national code ("" or "." where none exists), and whether it counts.

    Raises KeyError for a code that is not national.
    """
    if code in ("", NO_MARK):
        return Look.NO_MARK
    if code == NOT_TAKEN:
        return Look.NOT_TAKEN
    return Look.COUNTED if counts else _BY_CATEGORY[CODES[code].category]
