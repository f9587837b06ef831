"""How the numbers of Oversight are said, and where each leads."""

from collections.abc import Mapping
from urllib.parse import urlencode

from django.urls import reverse

from onroll.domain.duties.finding import Status
from onroll.queries.oversight import BANDS

# The columns of every table of duties, the gravest first.
COLUMNS: tuple[tuple[Status, str], ...] = (
    (Status.OVERDUE, "Overdue"),
    (Status.DUE, "Due"),
    (Status.NEEDS_JUDGEMENT, "Needs an answer"),
    (Status.BREACHED, "Missed"),
    (Status.MET, "Met"),
)
STATUS_CHOICES = (("", "Everything that is to do"), *((status.value, words) for status, words in COLUMNS))


def band_words(place: int) -> str:
    """A band of days missed in words: "15 or more", "10 to 14.5", "fewer than 5"."""
    if place == 0:
        return f"{BANDS[0]} or more"
    if place == len(BANDS) - 1:
        return f"fewer than {BANDS[place - 1]}"
    return f"{BANDS[place]} to {BANDS[place - 1] - 0.5:g}"


def duties_href(urn: int, **asked: object) -> str:
    """The address of the list behind a number."""
    return (
        f"{reverse('oversight:duties', args=[urn])}?{urlencode({k: v for k, v in asked.items() if v != ''})}"
    )


def cells(urn: int, counts: Mapping[Status, int], **asked: object) -> list[tuple[str, int, str]]:
    """The cells of a row: heading, number, and the address of its list (empty for a nought)."""
    return [
        (
            words,
            counts.get(status, 0),
            duties_href(urn, status=status.value, **asked) if counts.get(status) else "",
        )
        for status, words in COLUMNS
    ]
