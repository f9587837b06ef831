"""Every text colour can be read on every ground that it stands on, in light and in dark (WCAG 1.4.3)."""

import re
from pathlib import Path

import pytest

SHEET = Path(__file__).parents[2] / "src/onroll/pages/static/onroll/onroll.css"
# Text on ground; the tokens at the top of onroll.css.
PAIRS = [
    ("ink", "paper"),
    ("ink", "surface"),
    ("ink", "sunk"),
    ("ink", "brand-tint"),
    ("ink", "due-tint"),
    ("ink", "good-tint"),
    ("ink-soft", "paper"),
    ("ink-soft", "surface"),
    ("ink-soft", "sunk"),
    ("brand", "paper"),
    ("brand", "surface"),
    ("brand", "sunk"),
    ("brand-deep", "brand-tint"),
    ("brand-deep", "surface"),
    ("on-brand", "brand"),
    ("on-brand", "brand-deep"),
    ("good", "good-tint"),
    ("due", "due-tint"),
    ("due", "paper"),
    ("due", "surface"),
    ("over", "over-tint"),
    ("over", "paper"),
    ("error", "paper"),
    ("error", "surface"),
    ("surface", "error"),
]
# What carries meaning without being text needs 3 to 1 (WCAG 1.4.11).
SHAPES = [
    ("line-strong", "surface"),
    ("line-strong", "paper"),
    ("brand", "paper"),
    ("due-fill", "paper"),
    ("over-fill", "paper"),
]


def tokens(scheme: str) -> dict[str, str]:
    """The colour tokens of one scheme; dark replaces what it names."""
    text = SHEET.read_text("utf-8")
    light, dark = re.findall(r":root \{(.*?)\}", text, re.DOTALL)[:2]
    found = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", light))
    return found | (dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", dark)) if scheme == "dark" else {})


def luminance(colour: str) -> float:
    channels = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("text", "ground"), PAIRS, ids=" on ".join)
def test_text_can_be_read(scheme, text, ground):
    colours = tokens(scheme)
    assert contrast(colours[text], colours[ground]) >= 4.5


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("shape", "ground"), SHAPES, ids=" on ".join)
def test_a_shape_that_means_something_can_be_seen(scheme, shape, ground):
    colours = tokens(scheme)
    assert contrast(colours[shape], colours[ground]) >= 3


def test_the_measure_is_right():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)
