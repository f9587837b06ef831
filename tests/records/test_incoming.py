"""A form's file is encrypted while it waits, can be read from anywhere, and is gone afterwards."""

import os
import stat
import zipfile
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from onroll.actions.safe_keeping.tidying import tidy_uploads
from onroll.records.crypto import CHUNK
from onroll.records.incoming import Incoming
from tests.support.cast import NOW

TEXT = b"Dr Adeyemi writes of a condition. " * 10_000  # more than five chunks


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.INCOMING_DIR = tmp_path / "incoming"
    settings.UPLOAD_DIR = tmp_path / "uploads"
    return settings.INCOMING_DIR


@pytest.fixture
def come():
    """A file that came in, in pieces of odd sizes."""
    made = Incoming()
    for start in range(0, len(TEXT), 70_001):
        made.write(TEXT[start : start + 70_001])
    with made.reader() as reader:
        yield reader


def test_it_lies_encrypted_where_only_its_owner_looks(come, folder):
    [path] = folder.iterdir()
    assert b"Adeyemi" not in path.read_bytes()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_it_is_read_whole_and_again(come):
    assert come.read() == TEXT
    come.seek(0)
    assert come.read() == TEXT


@pytest.mark.parametrize(
    "place", [0, 5, CHUNK - 1, CHUNK, CHUNK + 1, len(TEXT) - 3, len(TEXT), len(TEXT) + 9]
)
def test_it_is_read_from_anywhere(come, place):
    come.seek(len(TEXT) // 2)
    come.read(100)
    come.seek(place)
    assert come.read(7) == TEXT[place : place + 7]
    assert come.seek(-4, os.SEEK_END) == len(TEXT) - 4
    assert come.read() == TEXT[-4:]


def test_closing_it_removes_it(come, folder):
    come.close()
    come.close()
    assert list(folder.iterdir()) == []


def test_a_zip_can_be_looked_into():
    made = Incoming()
    with zipfile.ZipFile(open_zip := SimpleUploadedFile("a.zip", b""), "w") as archive:
        archive.writestr("first.bin", os.urandom(200_000))
        archive.writestr("second.txt", "found")
    made.write(open_zip.file.getvalue())
    with made.reader() as reader, zipfile.ZipFile(reader) as archive:
        assert archive.read("second.txt") == b"found"


def test_a_form_that_is_cut_off_leaves_nothing(rf, folder):
    whole = rf.post("/", {"file": SimpleUploadedFile("letter.pdf", TEXT)})
    cut = whole.body[: len(TEXT) // 2]
    request = rf.generic("POST", "/", cut, content_type=whole.META["CONTENT_TYPE"])
    request.user = SimpleNamespace(is_authenticated=True)
    for file in request.FILES.values():
        assert b"Adeyemi" not in next(folder.iterdir()).read_bytes()
        file.close()
    request.close()
    assert list(folder.iterdir()) == []


@pytest.mark.django_db
@pytest.mark.parametrize(("hours", "swept"), [(23, 0), (25, 1)])
def test_what_a_killed_process_left_is_swept_after_a_day(come, folder, hours, swept):
    come.seek(0)
    [path] = folder.iterdir()
    os.utime(path, ((NOW - timedelta(hours=hours)).timestamp(),) * 2)
    assert tidy_uploads(NOW) == swept
    assert path.exists() is (not swept)
