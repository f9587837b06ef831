"""Uploads are encrypted on disk, whole or absent, and readable by their owner only."""

import os
import stat
from datetime import UTC, datetime, timedelta

import pytest

from onroll.domain.vocabulary import Refusal, Refused
from onroll.records import uploads
from onroll.records.crypto import CHUNK, CannotDecrypt

NOW = datetime(2026, 12, 8, 9, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.UPLOAD_DIR = tmp_path / "uploads"
    return settings.UPLOAD_DIR


@pytest.mark.parametrize(
    "pieces",
    [
        pytest.param([], id="an empty file"),
        pytest.param([b"UPN,Date\n"], id="a short file"),
        pytest.param([b"x" * 1000] * 200, id="many small pieces"),
        pytest.param([b"y" * (3 * CHUNK + 5)], id="one large piece"),
    ],
)
def test_what_was_saved_is_read(pieces):
    name = uploads.save(iter(pieces))
    assert b"".join(uploads.read(name)) == b"".join(pieces)


def test_the_disk_holds_no_plain_byte_and_only_the_owner_may_look(folder):
    name = uploads.save([b"H801200001001,2026-09-07,AM,I\n" * 100])
    assert b"H801200001001" not in (folder / name).read_bytes()
    assert stat.S_IMODE((folder / name).stat().st_mode) == 0o600
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_two_files_never_share_a_name():
    assert len({uploads.save([b"same"]) for _ in range(20)}) == 20


def test_a_file_over_the_cap_is_refused_and_leaves_nothing(settings, folder):
    settings.ONROLL_MAX_UPLOAD = 1000
    uploads.save([b"x" * 1000])
    with pytest.raises(Refusal) as refused:
        uploads.save([b"x" * 600, b"x" * 401])
    assert refused.value.kind is Refused.INVALID
    assert len(list(folder.iterdir())) == 1


def test_a_source_that_fails_leaves_nothing(folder):
    def broken():
        yield b"x" * CHUNK * 2
        raise ConnectionResetError

    with pytest.raises(ConnectionResetError):
        uploads.save(broken())
    assert list(folder.iterdir()) == []


def test_a_file_that_is_gone_is_refused_in_words():
    name = uploads.save([b"x"])
    uploads.delete(name)
    uploads.delete(name)
    with pytest.raises(Refusal, match="no longer kept"):
        list(uploads.read(name))


@pytest.mark.parametrize("name", ["", "../keys.env", "a" * 31, "A" * 32, f"{'a' * 32}\n", "a" * 32 + ".part"])
@pytest.mark.parametrize(
    "act", [lambda name: list(uploads.read(name)), uploads.delete], ids=["read", "delete"]
)
def test_what_is_no_name_of_ours_is_never_a_path(name, act):
    with pytest.raises(ValueError, match="not the name of an upload"):
        act(name)


def test_an_altered_file_is_not_read(folder):
    name = uploads.save([b"x" * 100])
    path = folder / name
    data = bytearray(path.read_bytes())
    data[-1] ^= 1
    path.write_bytes(data)
    with pytest.raises(CannotDecrypt):
        list(uploads.read(name))


def test_only_whole_files_are_listed_and_what_a_killed_process_left_is_swept(folder):
    name = uploads.save([b"x"])
    old, young = folder / f"{'0' * 32}.part", folder / f"{'1' * 32}.part"
    for path, age in ((old, timedelta(days=2)), (young, timedelta(minutes=1))):
        path.write_bytes(b"half")
        os.utime(path, ((NOW - age).timestamp(),) * 2)
    assert uploads.names() == [name]
    assert uploads.sweep(NOW - timedelta(days=1)) == 1
    assert sorted(path.name for path in folder.iterdir()) == sorted([name, young.name])
