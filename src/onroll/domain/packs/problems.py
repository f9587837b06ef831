"""What is wrong with a pack, said so that it can be mended: file, line, key, and what would be right."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from onroll.domain.packs.lines import Path


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing that is wrong."""

    file: str
    line: int
    key: str  # "duties[3].holder", counted from 1; empty: the file itself
    says: str

    def __str__(self) -> str:
        return f"{self.file}, line {self.line}, {self.key + ': ' if self.key else ''}{self.says}"


class PackProblems(Exception):
    """A text is no pack, or no profile, that Onroll can use. Holds every problem, by line."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems: Sequence[Problem] = sorted(problems)
        super().__init__("\n".join(map(str, self.problems)))


def key_words(path: Path) -> str:
    """A path as it is shown: ("duties", 2, "holder") is "duties[3].holder"."""
    words = ""
    for part in path:
        words += f"[{part + 1}]" if isinstance(part, int) else f".{part}" if words else part
    return words


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """ " Did you mean “title”?", or nothing."""
    close = get_close_matches(word.casefold(), sorted(known), n=1)
    return f" Did you mean “{close[0]}”?" if close else ""
