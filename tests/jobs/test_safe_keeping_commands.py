"""`onroll backup` and `onroll restore` as a person at the console meets them, and from one database to the other."""

import builtins
import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection

from onroll.actions.safe_keeping import reading
from onroll.queries.ledger_check import check
from onroll.records import uploads
from onroll.records.base import pen
from onroll.records.crypto import CHUNK
from onroll.records.ledger.models import LedgerRow
from onroll.records.pupils.models import Pupil
from tests.support.console import onroll
from tests.support.lived_in import a_lived_in_house, contents, move_out
from tests.support.settings import KEYS
from tests.support.tampering import tamper
from tools import pgtmp

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.UPLOAD_DIR = tmp_path / "uploads"
    settings.HEADS_DIR = tmp_path / "heads"
    return tmp_path


@pytest.fixture
def path(folder):
    a_lived_in_house()
    path = folder / "house.backup"
    assert onroll("backup", path).status == 0
    return path


def test_a_backup_says_what_is_in_it(folder):
    a_lived_in_house()
    path = folder / "house.backup"
    said = onroll("backup", path)
    assert said.status == 0
    (line,) = said.out.splitlines()
    assert f"rows and 2 uploads written to {path}: {path.stat().st_size:,} bytes, SHA-256 " in line
    assert "Keep a copy of them" in said.err


def test_a_backup_is_not_written_over_without_force(path):
    said = onroll("backup", path)
    assert (said.status, said.out) == (1, "")
    assert "is there already" in said.err
    assert onroll("backup", path, "--force").status == 0


def test_a_backup_that_cannot_be_written_says_why_and_leaves_nothing(folder, monkeypatch):
    def full(*_args):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    said = onroll("backup", folder / "house.backup")
    assert said.status == 2
    assert "No space left on device. No file was left behind." in said.err
    assert list(folder.glob("*backup*")) == []


def test_a_restore_says_what_came_back_and_that_the_ledger_is_unbroken(path, folder):
    move_out(folder / "new")
    said = onroll("restore", path)
    assert said.status == 0
    first, last = said.out.splitlines()
    assert first.startswith("Restored: ")
    assert "2 uploads, as they stood at" in first
    assert last.endswith("unbroken.")
    assert onroll("verify-ledger").status == 0


def test_a_check_alone_changes_nothing(path):
    before = contents()
    said = onroll("restore", path, "--check")
    assert said.status == 0
    assert said.out.startswith("The backup can be restored here: ")
    assert contents() == before


def test_a_house_that_is_not_empty_is_refused(path):
    before = contents()
    said = onroll("restore", path)
    assert said.status == 1
    assert "This house is not empty" in said.err
    assert contents() == before


@pytest.mark.parametrize(("answer", "status"), [("replace", 0), ("yes", 1), ("", 1)])
def test_a_house_is_replaced_only_by_the_word_typed_out(path, monkeypatch, answer, status):
    with pen():
        Pupil.objects.filter(surname="Ó Conaill-3").update(surname="Late")
    monkeypatch.setattr(builtins, "input", lambda: answer)
    assert onroll("restore", path, "--replace").status == status
    assert Pupil.objects.filter(surname="Ó Conaill-3").exists() is (status == 0)


def test_a_house_is_replaced_without_asking_when_told_so(path, monkeypatch):
    monkeypatch.setattr(builtins, "input", lambda: pytest.fail("it asked"))
    assert onroll("restore", path, "--replace", "--yes").status == 0


def test_wrong_keys_are_said_before_anything_is_touched(path, folder, settings):
    move_out(folder / "new")
    settings.ONROLL_DATA_KEYS = ["another"]
    said = onroll("restore", path)
    assert said.status == 1
    assert said.err.startswith("This backup was made under other keys")
    assert LedgerRow.objects.count() == 0


def test_a_ledger_that_was_broken_before_the_backup_is_said_to_be(folder):
    a_lived_in_house()
    tamper("UPDATE ledger_ledgerrow SET actor_id = 99 WHERE number = 2")
    path = folder / "house.backup"
    assert onroll("backup", path).status == 0
    move_out(folder / "new")
    said = onroll("restore", path)
    assert said.status == 3
    assert "as it was when the backup was made. Row 2" in said.err
    assert Pupil.objects.count() == 30


def test_a_cut_off_file_is_refused(path, folder):
    move_out(folder / "new")
    path.write_bytes(path.read_bytes()[: -CHUNK // 2])
    said = onroll("restore", path)
    assert said.status == 1
    assert "damaged or cut off" in said.err


# ---------------------------------------------------------------- from one database to the other
class House:
    """A house of its own, in another database, worked only through its console."""

    def __init__(self, folder: Path, url: str) -> None:
        self.env = {
            **os.environ, **KEYS, "ONROLL_ENV": "production", "ONROLL_DATA_DIR": str(folder), "DATABASE_URL": url,
        }  # fmt: skip

    def onroll(self, *args: object) -> str:
        run = subprocess.run(
            [sys.executable, "-m", "onroll.config.cli", *map(str, args)],
            env=self.env,
            capture_output=True,
            text=True,
            check=False,
        )
        assert run.returncode == 0, run.stdout + run.stderr
        return run.stdout


def killed(house: House, *args: object, at: str) -> None:
    """Run a command and kill it as soon as it says so many words."""
    run = subprocess.Popen(
        [sys.executable, "-m", "onroll.config.cli", *map(str, args)],
        env=house.env,
        stderr=subprocess.PIPE,
        text=True,
    )
    with run:
        assert any(line.strip() == at for line in run.stderr)
        run.kill()
        run.stderr.close()
    assert run.returncode == -signal.SIGKILL


def test_a_restore_that_is_killed_half_way_leaves_an_empty_house_that_takes_it_again(path, folder):
    data = folder / "killed"
    data.mkdir()
    house = House(data, f"sqlite:///{data}/onroll.sqlite3")
    house.onroll("migrate", "-v0")
    killed(house, "restore", path, at="attendance.Import")
    assert "unbroken" in house.onroll("verify-ledger")
    assert "Restored: " in house.onroll("restore", path)
    left = [one for one in (data / "uploads").iterdir() if one.is_dir()]
    assert left == []


def test_a_killed_restore_loses_nothing_of_a_house_that_was_to_be_replaced(path, folder):
    data = folder / "killed"
    data.mkdir()
    house = House(data, f"sqlite:///{data}/onroll.sqlite3")
    house.onroll("migrate", "-v0")
    house.onroll("restore", path)
    saved = folder / "head.json"
    house.onroll("export-head", saved)
    killed(house, "restore", path, "--replace", "--yes", at="people.User")
    assert "unbroken" in house.onroll("verify-ledger", "--head", saved)
    assert len([one for one in (data / "uploads").iterdir() if one.is_file()]) == 2


@pytest.fixture
def elsewhere(folder):
    """An empty house in the database that this run does not use."""
    if connection.vendor == "postgresql":
        yield House(folder / "elsewhere", f"sqlite:///{folder}/elsewhere/onroll.sqlite3")
        return
    server = pgtmp.start()
    if server is None:
        pytest.skip("no PostgreSQL on this machine (apt install postgresql)")
    try:
        yield House(folder / "elsewhere", server.url)
    finally:
        server.stop()


def values() -> dict[str, list]:
    """What the tables hold: JSON objects are equal whatever the order of their names."""
    return {label: [json.loads(line) for line in lines] for label, lines in contents().items()}


def test_a_house_moves_to_the_other_database_and_back(path, folder, elsewhere):
    before = values()
    (folder / "elsewhere").mkdir()
    elsewhere.onroll("migrate", "-v0")
    assert "unbroken" in elsewhere.onroll("restore", path)
    assert "unbroken" in elsewhere.onroll("verify-ledger")
    back = folder / "back.backup"
    elsewhere.onroll("backup", back)
    here, there = reading.read_manifest(path), reading.read_manifest(back)
    assert {here.database, there.database} == {"sqlite", "postgresql"}

    move_out(folder / "new")
    assert onroll("restore", back).status == 0
    after = values()
    old, new = before.pop("ledger.LedgerRow"), after.pop("ledger.LedgerRow")
    assert new[: len(old) - 1] == old[:-1]  # all but "backup-made", which came after the backup
    assert after == before
    assert len(uploads.names()) == 2
    assert check(None).broken == ""
