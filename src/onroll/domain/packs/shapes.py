"""Shapes of TOML tables as data, and the check of a table against its shape."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from onroll.domain.packs.lines import Path
from onroll.domain.packs.problems import did_you_mean

Say = Callable[[Path, str], None]
"""Takes note of a problem at a key."""


@dataclass(frozen=True, slots=True)
class Text:
    """Words. `one_of`: nothing else; `like`: what the pattern means, by example."""

    required: bool = False
    one_of: tuple[str, ...] = ()
    what: str = "one of the words allowed here"  # "role"
    pattern: str = ""
    like: str = ""
    longest: int = 1000


@dataclass(frozen=True, slots=True)
class Whole:
    """A whole number."""

    required: bool = False
    least: int = 0
    most: int = 1000


@dataclass(frozen=True, slots=True)
class Day:
    """A date."""

    required: bool = False


@dataclass(frozen=True, slots=True)
class Yes:
    """true or false."""

    required: bool = False


@dataclass(frozen=True, slots=True)
class Pairs:
    """A table of values of one kind. `keys`: nothing else; empty lets any name be a key."""

    of: "Text | Whole"
    keys: tuple[str, ...] = ()
    what: str = "key"
    required: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """One table."""

    name: str  # "a duty"
    fields: Mapping[str, "Shape"] = field(default_factory=dict)
    required: bool = False


@dataclass(frozen=True, slots=True)
class Tables:
    """An array of tables."""

    of: Table
    required: bool = False


Shape = Text | Whole | Day | Yes | Pairs | Table | Tables


def check(value: Any, shape: Shape, path: Path, say: Say) -> None:
    """Say every way in which a value is not of a shape."""
    _CHECKS[type(shape)](value, shape, path, say)


def _text(value: Any, shape: Text, path: Path, say: Say) -> None:
    if not isinstance(value, str):
        say(path, f"is {kind_of(value)}, and has to be words in quotation marks.")
    elif shape.one_of:
        if value not in shape.one_of:
            near = did_you_mean(value, shape.one_of)
            say(path, f"“{value}” is no {shape.what}; these are: {', '.join(shape.one_of)}.{near}")
    elif shape.required and not value.strip():
        say(path, "is empty.")
    elif len(value) > shape.longest:
        say(path, f"has {len(value)} characters; {shape.longest} is the most.")
    elif shape.pattern and value and not re.fullmatch(shape.pattern, value):
        say(path, f"“{value}” has to look like {shape.like}.")


def _whole(value: Any, shape: Whole, path: Path, say: Say) -> None:
    if isinstance(value, bool) or not isinstance(value, int):
        say(path, f"is {kind_of(value)}, and has to be a whole number.")
    elif not shape.least <= value <= shape.most:
        say(path, f"is {value}, and has to be from {shape.least} to {shape.most}.")


def _day(value: Any, shape: Day, path: Path, say: Say) -> None:
    if isinstance(value, datetime) or not isinstance(value, date):
        say(path, f"is {kind_of(value)}, and has to be a date without quotation marks, like 2026-01-29.")


def _yes(value: Any, shape: Yes, path: Path, say: Say) -> None:
    if not isinstance(value, bool):
        say(path, f"is {kind_of(value)}, and has to be true or false.")


def _pairs(value: Any, shape: Pairs, path: Path, say: Say) -> None:
    if not isinstance(value, dict):
        say(path, f"is {kind_of(value)}, and has to be a table.")
        return
    for key, one in value.items():
        if shape.keys and key not in shape.keys:
            near = did_you_mean(key, shape.keys)
            say((*path, key), f"“{key}” is no {shape.what}; these are: {', '.join(shape.keys)}.{near}")
        else:
            check(one, shape.of, (*path, key), say)


def _table(value: Any, shape: Table, path: Path, say: Say) -> None:
    if not isinstance(value, dict):
        say(path, f"is {kind_of(value)}, and has to be a table.")
        return
    for key, one in value.items():
        if key in shape.fields:
            check(one, shape.fields[key], (*path, key), say)
        else:
            near = did_you_mean(key, shape.fields)
            say((*path, key), f"{shape.name} has no “{key}”.{near}")
    for key, wanted in shape.fields.items():
        if wanted.required and key not in value:
            say((*path, key), f"is missing; {shape.name} needs it.")


def _tables(value: Any, shape: Tables, path: Path, say: Say) -> None:
    if not isinstance(value, list):
        name = path[-1]
        say(path, f"is {kind_of(value)}, and has to be tables, each under [[{name}]].")
        return
    if shape.required and not value:
        say(path, f"is empty; {shape.of.name} is needed.")
    for number, one in enumerate(value):
        check(one, shape.of, (*path, number), say)


def kind_of(value: Any) -> str:
    """What a value of a TOML file is, in words."""
    for kind, words in _KINDS:
        if isinstance(value, kind):
            return words
    return "something else"


_KINDS: tuple[tuple[type, str], ...] = (
    (bool, "true or false"),
    (str, "words"),
    (int, "a number"),
    (float, "a number with a point"),
    (datetime, "a date with a time"),
    (date, "a date"),
    (list, "a list"),
    (dict, "a table"),
)
_CHECKS: Mapping[type, Callable[[Any, Any, Path, Say], None]] = {
    Text: _text,
    Whole: _whole,
    Day: _day,
    Yes: _yes,
    Pairs: _pairs,
    Table: _table,
    Tables: _tables,
}
