"""How pages say dates, days and counts in words. One place, so that every page says them alike."""

from datetime import date, datetime

from django.utils import timezone


def long_date(value: date | datetime | None) -> str:
    """Write a date out in full: "Tuesday 8 December 2026". Empty for None."""
    if value is None:
        return ""
    on = _local_date(value)
    return f"{on:%A} {on.day} {on:%B} {on.year}"


def medium_date(value: date | datetime | None) -> str:
    """Write a date without its weekday, for tables: "8 December 2026"."""
    if value is None:
        return ""
    on = _local_date(value)
    return f"{on.day} {on:%B} {on.year}"


def short_date(value: date | datetime | None) -> str:
    """Write a date for a narrow column where the year is plain: "Tue 8 Dec"."""
    if value is None:
        return ""
    on = _local_date(value)
    return f"{on:%a} {on.day} {on:%b}"


def long_moment(value: datetime | None) -> str:
    """Write a moment in school time: "Tuesday 8 December 2026 at 9:05am"."""
    if value is None:
        return ""
    local = timezone.localtime(value) if timezone.is_aware(value) else value
    hour = local.hour % 12 or 12
    return f"{long_date(local.date())} at {hour}:{local:%M}{'am' if local.hour < 12 else 'pm'}"


def day_number(value: float | None) -> str:
    """Write school days without a needless ".0": 11.5, 12. Empty for None."""
    if value is None:
        return ""
    return f"{value:.1f}".removesuffix(".0")


def school_days(value: float | None) -> str:
    """Say a number of school days: "11.5 school days", "1 school day"."""
    if value is None:
        return ""
    return f"{day_number(value)} school {'day' if value == 1 else 'days'}"


def count_of(value: int, noun: str) -> str:
    """Say how many of a thing: "1 pupil", "1,204 pupils". `noun` is "pupil" or "pupil,people"."""
    one, _, many = noun.partition(",")
    return f"{value:,} {one if value == 1 else many or one + 's'}"


def _local_date(value: date | datetime) -> date:
    if isinstance(value, datetime):
        return (timezone.localtime(value) if timezone.is_aware(value) else value).date()
    return value
