"""Uploads that nothing names go after a day; those that an import names stay."""

import os
from datetime import timedelta

import pytest
from django.apps import apps

from onroll.actions.safe_keeping import tidying
from onroll.actions.safe_keeping.tidying import tidy_uploads
from onroll.records import uploads
from onroll.records.attendance.models import Import
from tests.support.cast import NOW
from tests.support.lived_in import a_lived_in_house

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.UPLOAD_DIR = tmp_path / "uploads"
    settings.HEADS_DIR = tmp_path / "heads"
    settings.INCOMING_DIR = tmp_path / "incoming"
    return settings.UPLOAD_DIR


def aged(path, age):
    os.utime(path, ((NOW - age).timestamp(),) * 2)


@pytest.mark.parametrize(("hours", "left"), [(23, 4), (25, 1)])
def test_what_nothing_names_goes_after_a_day(folder, hours, left):
    a_lived_in_house()
    uploads.save([b"a change that never came about"])
    (folder / f"{'0' * 32}.part").write_bytes(b"half")
    for path in folder.iterdir():
        aged(path, timedelta(hours=hours))
    assert tidy_uploads(NOW) == 4 - left
    assert len(list(folder.iterdir())) == left
    assert Import.objects.get().upload in uploads.names()


def test_every_column_that_names_an_upload_is_asked():
    """A new one that is not would lose its files after a day."""
    found = {
        (model, field.name)
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if field.name in {"upload", "stored_as"}
    }
    assert found == set(tidying._NAMED_BY)
