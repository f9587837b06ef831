"""The standing cast of the people tests."""

import pytest


@pytest.fixture
def house(db):
    from tests.support.staff import a_house  # noqa: PLC0415 - models can be imported once Django is set up

    return a_house()
