"""`onroll verify-ledger` and `onroll export-head` as a person at the console meets them."""

import os
import subprocess
import sys
from datetime import timedelta

import pytest
from django.utils import timezone

from onroll.actions.change import change
from onroll.jobs import worker
from onroll.queries import heads
from onroll.records.ledger.models import LedgerRow
from onroll.records.work.models import Routine
from tests.support.cast import NOW
from tests.support.console import onroll
from tests.support.looks import a_look
from tests.support.settings import KEYS
from tests.support.tampering import tamper

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.HEADS_DIR = tmp_path / "heads"
    return settings.HEADS_DIR


@pytest.fixture(autouse=True)
def _ledger():
    a_look()
    for _ in range(3):
        with change(7, "tried", NOW):
            pass


def test_an_unbroken_ledger_is_one_line_and_status_0():
    said = onroll("verify-ledger")
    assert said.status == 0
    assert "No saved head to compare with" in said.err
    (line,) = said.out.splitlines()
    assert line.startswith(f"3 rows, head {LedgerRow.objects.get(number=3).mac[:16]}, unbroken")
    assert line.endswith("1 not sealed yet.")


def test_the_newest_saved_head_is_used_and_named(folder):
    assert onroll("export-head").status == 0
    (path,) = folder.iterdir()
    assert f"Comparing with the newest head saved here, {path}." in onroll("verify-ledger").err
    tamper("DELETE FROM ledger_ledgerrow WHERE number = 4")
    said = onroll("verify-ledger")
    assert said.status == 1
    assert said.err.splitlines()[-1].startswith("BROKEN. Row 4 is missing at the end")


def test_a_head_kept_elsewhere_finds_a_cut_off_tail(tmp_path):
    saved = tmp_path / "elsewhere.json"
    said = onroll("export-head", saved)
    assert (said.status, said.err) == (0, "")
    assert said.out.startswith("4 rows, head ")
    assert onroll("verify-ledger", "--head", saved).status == 0
    tamper("DELETE FROM ledger_ledgerrow WHERE number >= 3")
    tamper("DELETE FROM ledger_look")
    assert onroll("verify-ledger").status == 0  # nobody here knows better
    said = onroll("verify-ledger", "--head", saved)
    assert said.status == 1
    assert "Rows 3 to 4 are missing at the end" in said.err


@pytest.mark.parametrize("text", [None, "{}", "words"])
def test_a_head_that_cannot_be_read_is_status_2(tmp_path, text):
    saved = tmp_path / "head.json"
    if text is not None:
        saved.write_text(text)
    said = onroll("verify-ledger", "--head", saved)
    assert (said.status, said.out) == (2, "")
    assert str(saved) in said.err


def test_an_altered_row_is_status_1_and_said_in_words():
    tamper("UPDATE ledger_ledgerrow SET actor_id = 8 WHERE number = 2")
    said = onroll("verify-ledger")
    assert said.status == 1
    assert said.err.splitlines()[-1].startswith("BROKEN. Row 2 does not carry the signature")


def test_a_head_is_not_exported_over_lost_rows():
    onroll("export-head")
    tamper("DELETE FROM ledger_ledgerrow WHERE number = 4")
    said = onroll("export-head")
    assert said.status == 1
    assert "altered or cut off" in said.err


def test_a_head_that_cannot_be_written_is_status_2(tmp_path):
    (tmp_path / "file").write_text("")
    said = onroll("export-head", tmp_path / "file" / "head.json")
    assert said.status == 2
    assert "cannot be written" in said.err


def test_the_worker_seals_looks_and_exports_the_head_by_itself(folder):
    worker.do_routines()
    assert [one.name for one in folder.iterdir()] == [f"{timezone.localdate():%Y-%m-%d}.json"]
    assert heads.newest()[1].rows == LedgerRow.objects.count() == 4
    assert LedgerRow.objects.get(number=4).verb == "looks-sealed"


def test_a_routine_is_done_again_when_its_time_has_come(folder):
    worker.do_routines()
    with change(7, "tried", NOW):
        pass
    worker.do_routines()
    assert heads.newest()[1].rows == 4
    Routine.objects.filter(name="export-head").update(last_at=timezone.now() - timedelta(hours=2))
    worker.do_routines()
    assert heads.newest()[1].rows == 5


@pytest.mark.parametrize("command", ["verify-ledger", "export-head"])
def test_help_shows_our_options_only(command):
    text = subprocess.run(
        [sys.executable, "-m", "onroll.config.cli", command, "--help"],
        env={**os.environ, "ONROLL_ENV": "check", "COLUMNS": "100"},
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert f"usage: onroll {command} [-h]" in text
    assert "--settings" not in text
    assert "Exit status" in text or "kept" in text or "Keep" in text


@pytest.mark.parametrize("command", [("verify-ledger",), ("export-head",), ("backup", "x"), ("rotate-keys",)])
def test_a_house_that_was_never_set_up_is_said_to_be(tmp_path, command):
    env = {
        **os.environ,
        **KEYS,
        "ONROLL_ENV": "production",
        "ONROLL_DATA_DIR": str(tmp_path),
        "DATABASE_URL": f"sqlite:///{tmp_path}/none.sqlite3",
    }
    run = subprocess.run(
        [sys.executable, "-m", "onroll.config.cli", *command],
        env=env,
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 2
    assert "did `onroll setup` run?" in run.stderr
    assert "Traceback" not in run.stderr
