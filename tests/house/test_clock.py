"""Time is an argument: below pages, jobs and config nothing reads the clock."""

import ast
from pathlib import Path

import pytest

HOUSE = Path(__file__).resolve().parents[2] / "src/onroll"
FLOORS = ("domain", "records", "queries", "actions")
ALWAYS = {"now", "today", "utcnow", "auto_now", "auto_now_add"}
WITHOUT_ARGUMENT = {"localdate", "localtime", "gmtime", "time"}
# The sign-in library makes this row and hands no time in: User.joined_at, once.
SIGN_IN = "records/people/models.py"


def test_no_rule_record_query_or_action_reads_the_clock():
    files = [
        file for floor in FLOORS for file in (HOUSE / floor).rglob("*.py") if "migrations" not in file.parts
    ]
    looking = [str(file.relative_to(HOUSE)) for file in files for _ in looks(file.read_text("utf-8"))]
    assert looking == [SIGN_IN]


@pytest.mark.parametrize(
    "source",
    [
        "date.today()",
        "datetime.now(UTC)",
        "timezone.now()",
        "timezone.localdate()",
        "DateTimeField(default=timezone.now)",
        "DateTimeField(auto_now_add=True)",
        "time.time()",
    ],
)
def test_a_look_at_the_clock_is_found(source):
    assert looks(source) == [1]


@pytest.mark.parametrize("source", ["timezone.localdate(at)", "at.time() if at else None", "entry.now_known"])
def test_a_time_that_was_handed_in_is_no_look_at_the_clock(source):
    assert looks(source) == []


def looks(source: str) -> list[int]:
    """The lines of a module that read the clock."""
    return sorted({node.lineno for node in ast.walk(ast.parse(source)) if _reads_the_clock(node)})


def _reads_the_clock(node: ast.AST) -> bool:
    if isinstance(node, ast.Attribute):
        return node.attr in ALWAYS
    if isinstance(node, ast.keyword):
        return node.arg in ALWAYS
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        of_a_module = isinstance(node.func.value, ast.Name) and node.func.value.id in {"time", "timezone"}
        return of_a_module and node.func.attr in WITHOUT_ARGUMENT and not node.args
    return False
