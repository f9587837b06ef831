"""A school with two pupils, and somebody who brings in its roll."""

from types import ModuleType

import pytest


@pytest.fixture
def _cast() -> ModuleType:
    from tests.support import cast  # noqa: PLC0415 - Django is not set up yet when this file is loaded

    return cast


@pytest.fixture(autouse=True)
def _own_uploads(settings, tmp_path):
    settings.UPLOAD_DIR = tmp_path / "uploads"


@pytest.fixture
def school(_cast):
    return _cast.a_school()


@pytest.fixture
def officer(_cast, school):
    return _cast.actor(_cast.a_person(school, "attendance-officer"))


@pytest.fixture
def robin(_cast, school):
    return _cast.a_pupil(school, "Robin", "Quill")


@pytest.fixture
def jo(_cast, school):
    return _cast.a_pupil(school, "Jo", "Oak", year=10)
