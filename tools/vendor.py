"""What we take of each front-end package, and what we strip from it.

Stripped is what only GOV.UK may use (the GDS Transport font, crown and crests) and what no page of ours has.
"""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from tools.css import without_comments, without_rules

ROOT = Path(__file__).resolve().parent.parent

FONT = "@fontsource/atkinson-hyperlegible-next"
PAPER_FONT = "@expo-google-fonts/atkinson-hyperlegible-next"  # the same face as TTF, which PDFs need
PAPER_REST = "@expo-google-fonts/noto-sans"  # for names that it has no letters for
GOVUK = "govuk-frontend"
MOJ = "@ministryofjustice/frontend"
HTMX = "htmx.org"
AXE = "axe-core"

FAMILY = '"Atkinson Hyperlegible Next",Arial,sans-serif'
WEIGHTS = (400, 700)
ALPHABETS = ("latin-ext", "latin")  # a browser fetches latin-ext only for a name that needs it

# The government's own, not ours to show. Their headers carry crown and crest, so these go whole.
NOT_OURS = re.compile(r"GDS Transport|\.govuk-header|\.moj-header|-crest|crown|copyright-logo")
# Editors and uploads that no page of ours has; each would cost every visitor their bytes.
NOT_USED = re.compile(r"\.moj-(rich-text-editor|multi-file-upload|organisation-nav|cookie-banner|ticket)")


class Laid(NamedTuple):
    """One file to lay: its place below the vendor folder, and what is in it."""

    path: str
    content: bytes


def font() -> Iterator[Laid]:
    """Regular and bold, for English and for the rest of Europe. Figures line up with tabular-nums."""
    for alphabet in ALPHABETS:
        for weight in WEIGHTS:
            source = f"files/atkinson-hyperlegible-next-{alphabet}-{weight}-normal.woff2"
            yield Laid(f"fonts/atkinson-{alphabet}-{weight}.woff2", read(FONT, source))
    yield Laid("fonts/LICENCE.txt", read(FONT, "LICENSE"))


def paper_font() -> Iterator[Laid]:
    """Regular and bold of our face, for PDFs."""
    yield from _ttf(PAPER_FONT, "AtkinsonHyperlegibleNext")


def paper_rest() -> Iterator[Laid]:
    """Regular and bold of the face that steps in for Greek, Cyrillic, Vietnamese and more."""
    yield from _ttf(PAPER_REST, "NotoSans")


def _ttf(package: str, name: str) -> Iterator[Laid]:
    for weight in ("400Regular", "700Bold"):
        yield Laid(f"{name}-{weight}.ttf", read(package, f"{weight}/{name}_{weight}.ttf"))
    yield Laid(f"{name}.LICENCE.txt", read(package, "LICENSE_FONT"))


def font_faces() -> str:
    """The @font-face rules for the files that `font` lays."""
    ranges = json.loads(read(FONT, "unicode.json"))
    return "".join(
        '@font-face{font-family:"Atkinson Hyperlegible Next";font-style:normal;font-display:swap;'
        f'font-weight:{weight};src:url(fonts/atkinson-{alphabet}-{weight}.woff2) format("woff2");'
        f"unicode-range:{ranges[alphabet]}}}"
        for alphabet in ALPHABETS
        for weight in WEIGHTS
    )


def govuk() -> Iterator[Laid]:
    """GOV.UK Frontend in our font, with the font's own rules in front."""
    charset = '@charset "UTF-8";'
    css = styles(read(GOVUK, "dist/govuk/govuk-frontend.min.css")).removeprefix(charset).removeprefix(";")
    yield Laid("govuk-frontend.min.css", (charset + font_faces() + css).encode())
    yield Laid("govuk-frontend.min.js", script(read(GOVUK, "dist/govuk/govuk-frontend.min.js")))
    yield Laid("govuk-frontend.LICENCE.txt", crown_mit("Government Digital Service"))


def moj() -> Iterator[Laid]:
    """MoJ Frontend in our font, with the pictures that its rules still name."""
    css = styles(read(MOJ, "moj/moj-frontend.min.css"))
    for name in sorted(set(re.findall(r"url\(/assets/images/([\w.-]+)\)", css))):
        yield Laid(f"images/{name}", read(MOJ, f"moj/assets/images/{name}"))
    yield Laid("moj-frontend.min.css", css.replace("url(/assets/images/", "url(images/").encode())
    yield Laid("moj-frontend.min.js", script(read(MOJ, "moj/moj-frontend.min.js")))
    yield Laid("moj-frontend.LICENCE.txt", crown_mit("Ministry of Justice"))


def htmx() -> Iterator[Laid]:
    """htmx, as it comes."""
    yield Laid("htmx.min.js", read(HTMX, "dist/htmx.min.js"))
    yield Laid("htmx.LICENCE.txt", read(HTMX, "LICENSE"))


def axe() -> Iterator[Laid]:
    """axe, which looks for barriers in the browser tests and is never served."""
    yield Laid("axe.min.js", read(AXE, "axe.min.js"))
    yield Laid("axe.LICENCE.txt", read(AXE, "LICENSE"))


def styles(css: bytes) -> str:
    """Strip a sheet of what is not ours or not used, and put it in our font, on paper too."""
    text = without_comments(css.decode())
    text = text.replace("font-family:GDS Transport,arial,sans-serif", f"font-family:{FAMILY}")
    text = re.sub(r"font-family:sans-serif;?", "", text)
    return without_rules(without_rules(text, NOT_OURS), NOT_USED)


def script(js: bytes) -> bytes:
    """Drop the pointer to a source map that is not laid: the static file storage would look for it."""
    return re.sub(rb"//# sourceMappingURL=\S+\s*$", b"", js)


def crown_mit(department: str) -> bytes:
    """The licence text of the two packages that say "MIT" and carry no text of it."""
    text = (ROOT / "LICENSE").read_text("utf-8").partition("contributors\n\n")[2]
    return f"MIT License\n\nCopyright (c) Crown Copyright ({department})\n\n{text}".encode()


def read(package: str, path: str) -> bytes:
    """One file of a fetched package."""
    return (ROOT / "node_modules" / package / path).read_bytes()
