"""What every test stands on. The pieces are in tests/support."""

import os
from pathlib import Path

import pytest

from tests.support import network
from tests.support.settings import TestHouse, settle
from tools import machine

TESTS = Path(__file__).parent
HOUSE = pytest.StashKey[TestHouse]()

network.block()


def pytest_configure(config: pytest.Config) -> None:
    """Set the house up: once for the run, then for each process. Domain tests alone need no Django."""
    if _is_only_domain(config):
        return
    worker = getattr(config, "workerinput", {"workerid": "main"})["workerid"]
    if worker == "main":
        config.stash[HOUSE] = TestHouse()
    settle(worker)
    from tests.support.flush import teach_flush  # noqa: PLC0415 - only where Django is used

    teach_flush()


def pytest_unconfigure(config: pytest.Config) -> None:
    """Take the house down."""
    if house := config.stash.get(HOUSE, None):
        house.close()


def pytest_itemcollected(item: pytest.Item) -> None:
    """Mark the journeys."""
    if TESTS / "journeys" in item.path.parents:
        item.add_marker(pytest.mark.journey)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put journeys last: once a browser runs, Django's database guard must be off."""
    items.sort(key=lambda item: item.get_closest_marker("journey") is not None)


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """A browser's driver keeps an event loop, in which Django refuses to touch the database unless told."""
    if item.get_closest_marker("journey"):
        os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
        if not machine.chromium():
            pytest.skip("no Chromium on this machine (apt install chromium)")


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of the browser that journeys drive."""
    return str(machine.chromium())


def _is_only_domain(config: pytest.Config) -> bool:
    paths = [Path(config.invocation_params.dir, arg.split("::")[0]).resolve() for arg in config.args]
    return all(path.is_relative_to(TESTS / "domain") for path in paths)
