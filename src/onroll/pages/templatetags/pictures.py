"""The picture tags: the clock, the register year, the last weeks. Each has words for those who do not see it."""

from collections.abc import Sequence
from typing import Any

from django import template

from onroll.pages.pictures.clock import Clock, large_ring, small_ring
from onroll.pages.pictures.strip import Strip
from onroll.pages.pictures.year import Day, YearPicture
from onroll.pages.pictures.year_drawing import draw_month

register = template.Library()


@register.inclusion_tag("components/clock.html")
def clock(days: float, threshold: float = 15.0, label: str = "") -> dict[str, Any]:
    """Draw the large clock: school days against the threshold, with its state in words."""
    return {"ring": large_ring(Clock(days, threshold, label=label))}


@register.inclusion_tag("components/ring.html")
def ring(days: float, threshold: float = 15.0) -> dict[str, Any]:
    """Draw the small clock of a list row, with its number in text."""
    return {"ring": small_ring(Clock(days, threshold))}


@register.inclusion_tag("components/strip.html")
def strip(days: Sequence[Day]) -> dict[str, Any]:
    """Draw the last school days of a pupil as one row, oldest first."""
    return {"strip": Strip(days)}


@register.inclusion_tag("components/register_year.html")
def register_year(picture: YearPicture, reached: str = "15 days reached here") -> dict[str, Any]:
    """Draw a school year by months, with its legend. `reached` is what the legend calls the marked session."""
    return {
        "picture": picture,
        "drawings": [draw_month(month) for month in picture.months],
        "legend": picture.legend(),
        "reached": reached if picture.has_reached else "",
    }
