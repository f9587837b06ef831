"""What a file's marks mean: each text a cell may hold, as the character that we store."""

from collections.abc import Callable

from onroll.domain.register.codes import CHAR_OF_CODE, CODES, NO_MARK, RETIRED, exact, is_blank

EMPTY = ord(NO_MARK)
"""What a blank cell becomes: nothing is said about its session."""

UNKNOWN = 0
"""What a text becomes that is no code. No code is stored as this."""

_LONGEST = 12
_SHOWN = 20


class CodeBook:
    """Reads marks with one look-up each. `lookup` gives the national code, or `-`, of a text, or None.

    Use `codes.exact` for codes to the letter, or `partial(codes.national, code_map=...)` for a school's own.
    """

    def __init__(self, lookup: Callable[[str], str | None] = exact) -> None:
        self._lookup = lookup
        self.known: dict[str, int] = {"": EMPTY}
        """Texts met so far, as the cells hold them, with their characters; unknown texts are not kept."""
        for code in CHAR_OF_CODE:
            self.char(code)

    def char(self, raw: str) -> int:
        """The stored character of a cell, EMPTY for a blank one, UNKNOWN for what is no code."""
        found = self.known.get(raw)
        if found is None:
            code = None if is_blank(raw) else self._lookup(raw)
            found = EMPTY if is_blank(raw) else ord(CHAR_OF_CODE[code]) if code else UNKNOWN
            if found and len(raw) <= _LONGEST:
                self.known[raw] = found
        return found

    def single(self) -> bytes:
        """A table for `bytes.translate` that reads marks of one Latin-1 character each."""
        return bytes(self.char(chr(char)) for char in range(256))


def quoted(raw: str) -> str:
    """A cell's text for a reason, cut short: what is no mark may be anything."""
    text = " ".join(raw.split())
    return f'"{text}"' if len(text) <= _SHOWN else f'"{text[:_SHOWN]}..."'


def why_unknown(raw: str) -> str:
    """Say what is wrong with a text that is no code, and what may have been meant."""
    code = raw.strip()
    if code in RETIRED:
        return f"The code {quoted(raw)} was withdrawn in August 2024."
    if code.upper() in CODES:
        return f"The code {quoted(raw)} is not known. Codes are exact: {code.upper()} is a capital letter."
    return f"The code {quoted(raw)} is not a national attendance code."
