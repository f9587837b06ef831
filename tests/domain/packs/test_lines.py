"""The line of every key, whatever way TOML allows to write it."""

import tomllib
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from onroll.domain.packs.lines import Path, key_lines, line_of

TEXT = '''# a comment with [brackets] and = signs
plain = 1
"quoted key" = "a # is no comment here"
dotted.inner = """
three
lines"""
literal = \'\'\'it''s
so\'\'\'
list = [
  "one", # with a comment ]
  { inside = 1,
    }
]
[table]
"also.dotted" = 'x\\'
inline = { a = 1, b = { c = [1, 2] } }
[[many]]
name = "first"
[many.under]
deep = true
[[many]]
name = "second \\" ]"
[[many.inner]]
x = 2026-01-29
[[many.inner]]
x = 1.5
'''.replace("  { inside = 1,\n    }\n", "  { inside = 1 }\n")


@pytest.mark.parametrize(("path", "line"), [
    (("plain",), 2), (("quoted key",), 3), (("dotted",), 4), (("dotted", "inner"), 4), (("literal",), 7),
    (("list",), 9), (("list", 0), 10), (("list", 1), 11), (("list", 1, "inside"), 11), (("table",), 13),
    (("table", "also.dotted"), 14), (("table", "inline", "b", "c", 1), 15), (("many", 0), 16),
    (("many", 0, "name"), 17), (("many", 0, "under", "deep"), 19), (("many", 1), 20), (("many", 1, "name"), 21),
    (("many", 1, "inner", 0, "x"), 23), (("many", 1, "inner", 1, "x"), 25),
])  # fmt: skip
def test_every_way_to_write_a_key(path, line):
    assert key_lines(TEXT)[path] == line


def test_a_key_that_is_not_there_has_the_line_of_what_is_round_it():
    assert line_of(key_lines(TEXT), ("many", 1, "inner", 1, "y")) == 24
    assert line_of(key_lines(TEXT), ("nowhere",)) == 1


def test_carriage_returns_do_not_move_the_lines():
    assert key_lines(TEXT.replace("\n", "\r\n")) == key_lines(TEXT)


def paths(value: Any, path: Path = ()) -> set[Path]:
    found = {path} if path else set()
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, one in items:
        found |= paths(one, (*path, key))
    return found


def test_no_key_of_the_text_is_without_a_line():
    assert paths(tomllib.loads(TEXT)) == set(key_lines(TEXT))


NAMES = some.text("abc_-.'\"\\#=[]", min_size=1, max_size=4)
VALUES = some.recursive(
    some.integers() | some.booleans() | some.text("x'\"\\#,]}\n", max_size=6),
    lambda inner: some.lists(inner, max_size=3) | some.dictionaries(NAMES, inner, max_size=3),
    max_leaves=8,
)


def written(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int):
        return str(value)
    if isinstance(value, str):
        escaped = value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
        return f'"{escaped}"'
    if isinstance(value, list):
        return "[" + ", ".join(map(written, value)) + "]"
    return "{" + ", ".join(f"{written(key)} = {written(one)}" for key, one in value.items()) + "}"


@given(some.dictionaries(NAMES, VALUES, max_size=5))
def test_every_key_of_any_table_has_its_line(table):
    text = "".join(f"\n\n{written(key)} = {written(one)}" for key, one in table.items())
    read = tomllib.loads(text)
    assert read == table
    lines = key_lines(text)
    assert set(lines) == paths(read)
    assert [lines[key,] for key in read] == [3 + 2 * number for number in range(len(read))]
