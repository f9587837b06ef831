r"""Read a cell that holds the two marks of one day: "/\" is present morning and afternoon, " I" ill in the afternoon.

The rules, strictly in this order:

1. Two characters, each a code by itself or a space, are morning and afternoon, as they stand.
2. Otherwise the spaces around the text go. Two codes with a space between them, or two codes in a row, are
   morning and afternoon: "C2 I", "C2C2", "/C2".
3. One code alone is the afternoon when only the left of it was blank, the morning when only the right was.
   `-`, `#` and Z alone speak for both sessions. On a day that has only a morning it is the morning.
   Any other is refused: which session it means cannot be known.
4. Everything else is refused.
"""

import re

from onroll.domain.register.comparison import SILENT
from onroll.domain.register.files.codebook import EMPTY, UNKNOWN, CodeBook, quoted

LONE, UNREADABLE = 1, 2
"""Characters that stand for a fault in the answer of `DayCells`. No code is stored as these or as UNKNOWN."""

_SILENT = frozenset(map(ord, SILENT))
_TOKEN = re.compile(r"[A-Za-z][0-9]|.", re.DOTALL)
_PAIR = 2
_LONGEST = 8


class DayCells(dict[str, bytes]):
    """The two stored characters of a cell's text, worked out once.

    UNKNOWN stands for a half that is no code, LONE before a code for one that is alone on a whole day, and
    UNREADABLE twice for what is not two marks.
    """

    def __init__(self, book: CodeBook) -> None:
        super().__init__()
        self._book = book

    def __missing__(self, raw: str) -> bytes:
        found = self._read(raw)
        if min(found) > UNREADABLE and len(raw) <= _LONGEST:
            self[raw] = found
        return found

    def _read(self, raw: str) -> bytes:
        if len(raw) == _PAIR:
            both = bytes(map(self._book.char, raw))
            if UNKNOWN not in both:
                return both
        text = raw.strip()
        tokens = tokens_of(text, self._book)
        if not tokens:
            return bytes((EMPTY, EMPTY))
        if len(tokens) == 1:
            return self._alone(raw, self._book.char(text))
        if len(tokens) == _PAIR:
            return bytes(map(self._book.char, tokens))
        return bytes((UNREADABLE, UNREADABLE))

    def _alone(self, raw: str, char: int) -> bytes:
        before, after = raw[:1].isspace(), raw[-1:].isspace()
        if before and not after:
            return bytes((EMPTY, char))
        if after and not before:
            return bytes((char, EMPTY))
        return bytes((char, char) if char == UNKNOWN or char in _SILENT else (LONE, char))


def tokens_of(text: str, book: CodeBook) -> list[str]:
    """The codes in a cell's text, which has no spaces around it. More than two are not told apart further."""
    if not text or book.char(text) != UNKNOWN:
        return [text] if text else []
    spaced = text.split()
    if len(spaced) > 1:
        return spaced
    tokens: list[str] = []
    for piece in _TOKEN.findall(text):
        tokens += [piece] if len(piece) == 1 or book.char(piece) != UNKNOWN else list(piece)
    return tokens


def why_not_read(raw: str, book: CodeBook) -> str:
    """Say what is wrong with a cell that is not two marks, and how to write it."""
    if len(tokens_of(raw.strip(), book)) == 1:
        return f"{quoted(raw)} is one mark for two sessions. Write a hyphen for a session without a mark."
    return f"{quoted(raw)} is not two marks, one for the morning and one for the afternoon."


def unknown_halves(raw: str, chars: bytes, book: CodeBook) -> list[tuple[int, str]]:
    """Which of the two marks of a cell are no code, 0 or 1, with their texts; a text that is alone counts once."""
    tokens = tokens_of(raw.strip(), book)
    if len(tokens) != _PAIR:
        return [(chars.index(UNKNOWN), raw.strip())]
    return [(half, tokens[half]) for half, char in enumerate(chars) if char == UNKNOWN]
