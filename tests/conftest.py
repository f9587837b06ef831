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


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark journeys, and put them last: once a browser runs, Django's database guard must be off."""
    for item in items:
        if TESTS / "journeys" in item.path.parents:
            item.add_marker(pytest.mark.journey)
    items.sort(key=lambda item: item.get_closest_marker("journey") is not None)


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of a browser; a journey without one is skipped."""
    return machine.chromium() or pytest.skip("no Chromium on this machine (apt install chromium)")


@pytest.fixture(scope="session")
def _beside_a_browser() -> None:
    """The browser's driver keeps an event loop, in which Django refuses to touch the database unless told."""
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"


@pytest.fixture(autouse=True)
def _journey(request: pytest.FixtureRequest) -> None:
    if request.node.get_closest_marker("journey"):
        request.getfixturevalue("_beside_a_browser")
        request.getfixturevalue("chromium")


def _is_only_domain(config: pytest.Config) -> bool:
    paths = [Path(config.invocation_params.dir, arg.split("::")[0]).resolve() for arg in config.args]
    return all(path.is_relative_to(TESTS / "domain") for path in paths)
