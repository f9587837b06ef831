"""The engine: typst, with our fonts, our templates, and nothing of the machine it happens to run on."""

import json
import logging
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

import typst

from onroll.queries.paper.cleaning import cleaned

logger = logging.getLogger("onroll.queries.paper")
TEMPLATES = Path(__file__).parent
FONTS = TEMPLATES / "fonts"  # laid by tools/assets.py; without it the engine's own fonts step in


@dataclass(frozen=True, slots=True)
class Paper:
    """A PDF. `whole`: it was made under PDF/UA-1; otherwise a letter in it is in no font, and shows as a box."""

    pdf: bytes
    whole: bool


def render(template: str, data: Mapping[str, Any]) -> bytes:
    """The PDF of a template (its name without `.typ`) filled with data that JSON can carry."""
    return press(template, data).pdf


def press(template: str, data: Mapping[str, Any]) -> Paper:
    """As `render`, saying too whether every letter could be printed.

    The engine refuses PDF/UA for a letter that is in no font (Bengali, emoji). Nobody is left without a paper for
    that: it is made again without the standard, still tagged, and the log says which template, never which words.
    """
    given = {"data": json.dumps(cleaned(data), ensure_ascii=False)}
    try:
        return Paper(_compiled(template, given, "ua-1"), whole=True)
    except typst.TypstError:  # its words quote the letter; ours do not
        paper = Paper(_again(template, given), whole=False)
    logger.warning("A PDF of %s was made without PDF/UA: a letter in it is in none of our fonts.", template)
    return paper


def _again(template: str, given: dict[str, str]) -> bytes:
    try:
        return _compiled(template, given, None)
    except typst.TypstError:
        raise PaperFault(template) from None


class PaperFault(RuntimeError):
    """A template of ours does not compile: a bug. Says which, and none of the words that were to be printed."""

    def __init__(self, template: str) -> None:
        super().__init__(f"The template {template}.typ does not compile with the data it was given.")


def _compiled(template: str, given: dict[str, str], standard: Literal["ua-1"] | None) -> bytes:
    return typst.compile(
        TEMPLATES / f"{template}.typ",
        root=TEMPLATES,
        font_paths=_fonts(),
        ignore_system_fonts=True,
        format="pdf",
        sys_inputs=given,
        pdf_standards=standard,
    )


@cache
def _fonts() -> typst.Fonts:
    """The fonts, read once. A machine's own are left out, so that every machine prints alike."""
    laid = [str(FONTS)] if FONTS.is_dir() else []
    return typst.Fonts(include_system_fonts=False, font_paths=laid)
