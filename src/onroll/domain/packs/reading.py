"""Read a policy pack or an authority profile: text in, Pack or Profile out, or every problem with its line."""

import re
import tomllib
from typing import Any

from onroll.domain.packs.agreement import agree
from onroll.domain.packs.building import build
from onroll.domain.packs.lines import Path, key_lines, line_of
from onroll.domain.packs.pack import Pack
from onroll.domain.packs.problems import PackProblems, Problem, key_words
from onroll.domain.packs.profile import Profile
from onroll.domain.packs.schema import KINDS, PACK, PROFILE
from onroll.domain.packs.shapes import check

LONGEST = 300_000
"""Characters. The longest pack shipped has a sixth of that."""

_WHERE = re.compile(r" \(at (?:line (\d+), column (\d+)|end of document)\)$")


def read(text: str, file: str) -> Pack | Profile:
    """Read and check a text. `file` is what problems call it. Raises PackProblems with all of them."""
    data = _loaded(text, file)
    lines = key_lines(text)
    problems: list[Problem] = []

    def say(path: Path, says: str) -> None:
        problems.append(Problem(file, line_of(lines, path), key_words(path), says))

    kind = data.get("kind")
    if kind not in KINDS:
        are = " or ".join(f"“{one}”" for one in KINDS)
        raise PackProblems([Problem(file, line_of(lines, ("kind",)), "kind", f"has to be {are}.")])
    check(data, PROFILE if kind == "authority" else PACK, (), say)
    agree(data, say)
    if problems:
        raise PackProblems(set(problems))
    return build(data)


def read_pack(text: str, file: str = "pack") -> Pack:
    """Read a policy pack; a profile is a problem."""
    found = read(text, file)
    if not isinstance(found, Pack):
        raise PackProblems(
            [Problem(file, 1, "kind", "is an authority profile; a policy pack is wanted here.")]
        )
    return found


def read_profile(text: str, file: str = "profile") -> Profile:
    """Read an authority profile; a policy pack is a problem."""
    found = read(text, file)
    if not isinstance(found, Profile):
        raise PackProblems(
            [Problem(file, 1, "kind", "is a policy pack; an authority profile is wanted here.")]
        )
    return found


def read_kept(text: str) -> Pack | Profile:
    """A text that was in order when it was kept. Not checked again: later rules do not undo what is in use."""
    return build(tomllib.loads(text))


def _loaded(text: str, file: str) -> dict[str, Any]:
    if len(text) > LONGEST:
        raise PackProblems([Problem(file, 1, "", f"has {len(text)} characters; {LONGEST} is the most.")])
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as wrong:
        raise PackProblems([_syntax(str(wrong), text, file)]) from wrong
    except RecursionError as deep:
        raise PackProblems([Problem(file, 1, "", "has lists within lists, too deep to read.")]) from deep


def _syntax(message: str, text: str, file: str) -> Problem:
    found = _WHERE.search(message)
    says = message[: found.start()] if found else message
    if found is None or found[1] is None:
        last = text.count("\n") + 1
        return Problem(file, last, "", f"is not TOML: {says}, at its end.")
    return Problem(file, int(found[1]), "", f"column {found[2]}, is not TOML: {says}.")
