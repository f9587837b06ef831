"""The picture tags: the clock, the register year, the last weeks. Each has words for those who do not see it."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from django import template
from django.template.loader import render_to_string
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from onroll.pages.pictures.clock import Clock, large_ring, small_ring
from onroll.pages.pictures.strip import Strip
from onroll.pages.pictures.trend import Trend
from onroll.pages.pictures.year import Day, YearPicture
from onroll.pages.pictures.year_drawing import draw_month

register = template.Library()


@register.inclusion_tag("components/clock.html")
def clock(days: float, threshold: float = 15.0, label: str = "") -> dict[str, Any]:
    """Draw the large clock: school days against the threshold, with its state in words."""
    return {"ring": large_ring(Clock(days, threshold, label=label))}


@register.simple_tag
@lru_cache(maxsize=1024)
def ring(days: float, threshold: float = 15.0) -> SafeString:
    """Draw the small clock of a list row, with its number in text.

    Kept once drawn: a school has one threshold and some sixty different rings, and a list shows fifty.
    """
    return render_to_string("components/ring.html", {"ring": small_ring(Clock(days, threshold))})


@register.inclusion_tag("components/strip.html")
def strip(days: Sequence[Day]) -> dict[str, Any]:
    """Draw the last school days of a pupil as one row, oldest first."""
    drawn = Strip(days)
    return {
        "width": str(drawn.width),
        "height": str(drawn.height),
        "words": drawn.words,
        "paths": format_html_join("", '<path class="look-{}" d="{}"/>', drawn.shapes()),
    }


@register.inclusion_tag("components/register_year.html")
def register_year(picture: YearPicture, reached: str = "15 days reached here") -> dict[str, Any]:
    """Draw a school year by months, with its legend. `reached` is what the legend calls the marked session."""
    return {
        "picture": picture,
        "drawings": [draw_month(month) for month in picture.months],
        "legend": picture.legend(),
        "reached": reached if picture.has_reached else "",
    }


@register.inclusion_tag("components/trend.html", name="trend")
def draw_trend(trend: Trend) -> dict[str, Any]:
    """Draw open cases and overdue duties over the year as two lines, with their table."""
    return {"trend": trend}
