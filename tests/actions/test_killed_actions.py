"""Killed in the middle of any action, the house is as it was; and what was done whole, findings and ledger agree on."""

import ast
from pathlib import Path

import pytest

from onroll.queries.ledger_check import check
from tests.support import duties
from tests.support.killed_actions import SETUPS, TODAY, World
from tests.support.killing import DIED, DONE, RAISED, everything, killed_after

pytestmark = pytest.mark.django_db(transaction=True)
ACTIONS = Path(__file__).resolve().parents[2] / "src/onroll/actions"
FOLDERS = (
    "cases", "circle", "duties", "leaving", "outbox", "oversight", "packs", "policy", "responsibility", "timeline",
)  # fmt: skip
MOST_WRITES = 60  # more than any action has; each is a point at which it is killed

# Not killed here, and why.
EXEMPT = {
    "cases/changing.case_change": "opens the change that actions are made in",
    "cases/changing.case_to_change": "locks, and writes nothing",
    "cases/changing.school_duty_change": "opens the change that actions are made in",
    "outbox/sending.send_waiting": "many changes on purpose; tests/actions/outbox kills it between two",
    "outbox/again.try_again": "one row, as choose_rhythm",
    "timeline/writing.refuse_wrong": "asks, and writes nothing",
}


@pytest.mark.parametrize("name", sorted(SETUPS))
def test_killed_at_each_of_its_writes_nothing_is_half_written(name):
    world = World()
    act = SETUPS[name](world)
    world.refreshed()
    before = everything()
    for writes in range(1, MOST_WRITES):
        came = killed_after(writes, act)
        if came != DIED:
            break
        assert everything() == before, f"half of it was written when it was killed after {writes} writes"
    if came == RAISED:
        act()  # here its fault can be read
    assert came == DONE
    assert writes > 1, "it wrote nothing"
    assert everything() != before
    verdict = check(None)
    assert not verdict.broken
    world.worker_does_what_is_asked()
    assert duties.differing(TODAY) == []


def test_every_action_of_these_folders_is_killed_or_exempt():
    found = set(_actions())
    assert found - set(EXEMPT) == set(SETUPS)
    assert set(EXEMPT) <= found | {"outbox/sending.send_waiting"}


def _actions():
    """Public functions that get the actor or open a change, as "folder/module.function"."""
    for folder in FOLDERS:
        for file in sorted((ACTIONS / folder).glob("*.py")):
            yield from (f"{folder}/{file.stem}.{name}" for name in _names(file))
    yield from (f"deaths.{name}" for name in _names(ACTIONS / "deaths.py"))


def _names(file):
    for node in ast.parse(file.read_text("utf-8")).body:
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
            first = node.args.args[0].arg if node.args.args else ""
            called = [call.func for call in ast.walk(node) if isinstance(call, ast.Call)]
            calls = {one.id for one in called if isinstance(one, ast.Name)}
            if first == "actor" or calls & {"change", "case_change", "school_duty_change"}:
                yield node.name
