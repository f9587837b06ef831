"""Every verb that an action signs with, and every page that logs a look, has words for people to read."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from onroll.actions.people.sign_in import SignInEvent
from onroll.domain.ledger_words import PAGES, VERBS

HOUSE = Path(__file__).resolve().parents[2] / "src/onroll"
# Where a verb is handed on and not named: its names come from elsewhere, and are looked at there.
HANDED_ON = {"verb", "event.value"}
LONGEST_VERB, LONGEST_PAGE = 40, 40  # columns of the tables


def test_every_verb_has_words():
    verbs = set(arguments(sources(), "verb")) | {event.value for event in SignInEvent}
    assert len(verbs) > 30
    assert {verb for verb in verbs if verb not in VERBS} == set(), "add it to domain/ledger_words.py"
    assert [verb for verb in VERBS if len(verb) > LONGEST_VERB] == []


def test_every_page_that_logs_a_look_has_words():
    pages = set(arguments(sources(), "page"))
    assert len(pages) > 5
    assert {page for page in pages if page not in PAGES} == set(), "add it to domain/ledger_words.py"
    assert [page for page in PAGES if len(page) > LONGEST_PAGE] == []


@pytest.mark.parametrize(
    ("source", "verbs"),
    [
        pytest.param("change(1, 'a', at)", ["a"], id="named in its place"),
        pytest.param("change(1, at=at, verb='a')", ["a"], id="named by name"),
        pytest.param("recounted_change(actor, 1, 'b', p)", ["b"], id="through a helper"),
        pytest.param("change(1, verb, at)", [], id="handed on"),
        pytest.param("other(1, 'a', at)", [], id="another function"),
    ],
)
def test_verbs_are_found(source, verbs):
    helpers = (
        "def change(actor_id, verb, at): ...\ndef recounted_change(actor, school, verb, permission): ..."
    )
    assert list(arguments([ast.parse(helpers), ast.parse(source)], "verb")) == verbs


def test_a_verb_made_up_on_the_way_is_not_let_through():
    helpers = ast.parse("def change(actor_id, verb, at): ...")
    with pytest.raises(AssertionError, match="Name the verb"):
        list(arguments([helpers, ast.parse("change(1, f'{kind}-done', at)")], "verb"))


def sources() -> list[ast.Module]:
    files = [
        file for floor in ("actions", "queries", "jobs") for file in sorted((HOUSE / floor).rglob("*.py"))
    ]
    pages = sorted((HOUSE / "pages").rglob("*.py"))
    return [ast.parse(file.read_text("utf-8")) for file in [*files, *pages]]


def arguments(modules: list[ast.Module], name: str) -> Iterator[str]:
    """What is given as `verb` (or `page`) to every function that takes one, wherever it is called."""
    shared = {place for module in modules for place in takers(module, name) if not place[0].startswith("_")}
    for module in modules:
        places = shared | set(takers(module, name))  # a private function is called in its own module
        for call in ast.walk(module):
            if isinstance(call, ast.Call) and isinstance(call.func, ast.Name | ast.Attribute):
                called = call.func.id if isinstance(call.func, ast.Name) else call.func.attr
                for function, place in places:
                    if function == called:
                        yield from given(call, name, place)


def takers(module: ast.Module, name: str) -> Iterator[tuple[str, int]]:
    for function in ast.walk(module):
        if isinstance(function, ast.FunctionDef):
            names = [argument.arg for argument in function.args.args]
            if name in names:
                yield function.name, names.index(name)
            elif name in [argument.arg for argument in function.args.kwonlyargs]:
                yield function.name, len(names) + 99


def given(call: ast.Call, name: str, place: int) -> Iterator[str]:
    by_name = [keyword.value for keyword in call.keywords if keyword.arg == name]
    values = by_name or call.args[place : place + 1]
    for value in values:
        if isinstance(value, ast.Constant):
            if isinstance(value.value, str):
                yield value.value
        elif name == "verb":
            assert ast.unparse(value) in HANDED_ON, f"Name the verb where it is used: {ast.unparse(value)}"
