"""Look inside a PDF: what a screen reader would be told."""

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any

import pikepdf


@dataclass(frozen=True)
class Inside:
    """The structure of a PDF."""

    title: str
    language: str
    tagged: bool
    shows_title: bool  # the window shows the title, not the file's name
    ua_part: str  # "1" when it says that it keeps PDF/UA-1
    tags: tuple[str, ...]  # in reading order: "H1", "P"
    fonts: frozenset[str]
    pages: int
    size: tuple[float, float]  # of the first page, in points
    told: str  # everything it says about itself

    @property
    def headings(self) -> tuple[str, ...]:
        """The headings, in reading order."""
        return tuple(tag for tag in self.tags if tag in {"H1", "H2", "H3", "H4"})


def inside(pdf: bytes) -> Inside:
    """What a PDF holds besides its ink."""
    with pikepdf.open(BytesIO(pdf)) as opened:
        root = opened.Root
        about = opened.open_metadata()
        box = opened.pages[0].mediabox
        return Inside(
            title=str(opened.docinfo.get("/Title", "")),
            language=str(root.get("/Lang", "")),
            tagged=bool(root.get("/MarkInfo", {}).get("/Marked", False)),
            shows_title=bool(root.get("/ViewerPreferences", {}).get("/DisplayDocTitle", False)),
            ua_part=str(about.get("pdfuaid:part", "")),
            tags=tuple(_tags(root.StructTreeRoot)),
            fonts=frozenset(_fonts(opened)),
            pages=len(opened.pages),
            size=(float(box[2]), float(box[3])),
            told=f"{about}{opened.docinfo}{_outline(opened)}",
        )


def _tags(node: Any) -> Iterator[str]:
    if not isinstance(node, pikepdf.Dictionary):
        return
    if "/S" in node:
        yield str(node.S).removeprefix("/")
    children = node.get("/K")
    for child in children if isinstance(children, pikepdf.Array) else [children]:
        yield from _tags(child)


def _fonts(opened: pikepdf.Pdf) -> Iterator[str]:
    for page in opened.pages:
        for font in page.Resources.get("/Font", {}).values():
            yield str(font.BaseFont).partition("+")[2]


def _outline(opened: pikepdf.Pdf) -> list[str]:
    with opened.open_outline() as outline:
        return [str(item.title) for item in outline.root]
