"""What the clock says in a sentence."""

from onroll.domain.register import Count
from onroll.pages.wording import day_number, long_date


def clock_sentence(count: Count, threshold: float) -> str:
    """Say how a count stands and where it goes.

    "11.5 of 15 school days. If the absence goes on, 15 is reached on Tuesday 8 December 2026."
    """
    near = max(count.days, count.spell_days)
    limit = day_number(threshold)
    sentence = f"{day_number(near)} of {limit} school days."
    reached = min(filter(None, (count.reached_consecutive, count.reached_cumulative)), default=None)
    if reached:
        how = "in one absence" if reached == count.reached_consecutive else "added up over the year"
        half = "morning" if reached.session == "AM" else "afternoon"
        return f"{sentence} {limit} was reached on {long_date(reached.date)}, {half}, {how}."
    if count.forecast_on:
        return f"{sentence} If the absence goes on, {limit} is reached on {long_date(count.forecast_on)}."
    if count.spell_days:
        return f"{sentence} The calendar ends before {limit} would be reached."
    return f"{sentence} No absence of this kind is running now."


def year_name(year: int) -> str:
    """The school year in words: "2026 to 2027"."""
    return f"{year} to {year + 1}"
