"""On which line of a TOML text each key stands: Python's reader does not say, and an error has to."""

import re
import tomllib
from bisect import bisect_right

Path = tuple[str | int, ...]
"""("duties", 2, "holder"): the key `holder` of the third duty."""

_GAP = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
_KEY_GAP = re.compile(r"[ \t]*")
_STRINGS = (
    r'"""(?:[^\\]|\\.)*?"""(?:"{0,2})',  # a string may end in quotation marks of its own
    r"'''.*?'''(?:'{0,2})",
    r'"(?:[^"\\\n]|\\.)*"',
    r"'[^'\n]*'",
)
_STRING = re.compile("|".join(_STRINGS), re.DOTALL)
_BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")
_SCALAR = re.compile(r"[^,\]}\n#]+")


def key_lines(text: str) -> dict[Path, int]:
    """The line, from 1, of every key, table and array element. The text must be TOML that tomllib reads."""
    scanner = _Scanner(text)
    scanner.scan()
    return scanner.lines


def line_of(lines: dict[Path, int], path: Path) -> int:
    """The line of a key, or of the nearest table round it when the key itself is not there."""
    while path and path not in lines:
        path = path[:-1]
    return lines.get(path, 1)


class _Scanner:
    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0
        self._breaks = [at for at, sign in enumerate(text) if sign == "\n"]
        self._counts: dict[Path, int] = {}  # how many tables each array of tables has by now
        self.lines: dict[Path, int] = {}

    def scan(self) -> None:
        table: Path = ()
        self._skip(_GAP)
        while self._at < len(self._text):
            if self._text.startswith("[", self._at):
                table = self._header()
            else:
                self._pair(table)
            self._skip(_GAP)

    def _header(self) -> Path:
        array = self._text.startswith("[[", self._at)
        start = self._at
        self._at += 1 + array
        *outer, last = self._key()
        self._skip(_KEY_GAP)
        self._at += 1 + array
        path = (*self._inside(outer), last)
        if array:
            self._note(path, start)
            self._counts[path] = self._counts.get(path, 0) + 1
            path = (*path, self._counts[path] - 1)
        self._note(path, start)
        return path

    def _inside(self, keys: list[str]) -> Path:
        """The path of a table; of an array of tables, its last element is meant."""
        path: Path = ()
        for key in keys:
            path = (*path, key)
            if path in self._counts:
                path = (*path, self._counts[path] - 1)
        return path

    def _pair(self, table: Path) -> None:
        start = self._at
        path = table
        for key in self._key():
            path = (*path, key)
            self._note(path, start)
        self._skip(_KEY_GAP)
        self._at += 1  # the equals sign
        self._skip(_KEY_GAP)
        self._value(path)

    def _key(self) -> list[str]:
        keys = []
        while True:
            self._skip(_KEY_GAP)
            if quoted := _STRING.match(self._text, self._at):
                keys.append(str(tomllib.loads(f"key = {quoted[0]}")["key"]))
                self._at = quoted.end()
            else:
                bare = _BARE_KEY.match(self._text, self._at)
                keys.append(bare[0] if bare else "")
                self._at = bare.end() if bare else self._at
            self._skip(_KEY_GAP)
            if not self._text.startswith(".", self._at):
                return keys
            self._at += 1

    def _value(self, path: Path) -> None:
        if self._text.startswith("[", self._at):
            self._elements(path)
        elif self._text.startswith("{", self._at):
            self._members(path)
        elif string := _STRING.match(self._text, self._at):
            self._at = string.end()
        else:
            self._skip(_SCALAR)

    def _elements(self, path: Path) -> None:
        self._at += 1
        self._skip(_GAP)
        number = 0
        while not self._text.startswith("]", self._at):
            self._note((*path, number), self._at)
            self._value((*path, number))
            self._next()
            number += 1
        self._at += 1

    def _members(self, path: Path) -> None:
        self._at += 1
        self._skip(_GAP)
        while not self._text.startswith("}", self._at):
            self._pair(path)
            self._next()
        self._at += 1

    def _next(self) -> None:
        self._skip(_GAP)
        if self._text.startswith(",", self._at):
            self._at += 1
            self._skip(_GAP)

    def _skip(self, what: re.Pattern[str]) -> None:
        if found := what.match(self._text, self._at):
            self._at = found.end()

    def _note(self, path: Path, at: int) -> None:
        self.lines.setdefault(path, bisect_right(self._breaks, at - 1) + 1)
