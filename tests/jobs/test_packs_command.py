"""`onroll packs`, as whoever writes a pack runs it: no database, no keys, no settings."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from onroll.config.shipped import packs_folder

SHIPPED = sorted(packs_folder().glob("*/*.toml"))


def run(*args: str | Path, folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "onroll.config.cli", "packs", *map(str, args)],
        cwd=folder,
        env={"PATH": os.environ["PATH"], "PYTHONUTF8": "1"},
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_shipped_packs_are_in_order(tmp_path):
    done = run("check", *SHIPPED, folder=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert len(done.stdout.splitlines()) == len(SHIPPED) >= 5


def test_problems_go_to_standard_error_with_file_line_and_key(tmp_path):
    own = next(path for path in SHIPPED if path.stem == "children-with-health-needs").read_text("utf-8")
    wrong = tmp_path / "mine.toml"
    wrong.write_text(own.replace('holder = "clerk"', 'holder = "clark"', 1), "utf-8")
    line = wrong.read_text("utf-8").splitlines().index('holder = "clark"') + 1
    done = run("check", "mine.toml", SHIPPED[0], folder=tmp_path)
    assert done.returncode == 1
    assert done.stderr.startswith(f"mine.toml, line {line}, duties[43].holder: “clark” is no role")
    assert "in order" in done.stdout  # the other file is told all the same


@pytest.mark.parametrize(("content", "said"), [
    pytest.param(None, "cannot be opened", id="not there"),
    pytest.param(b"\xff\xfe", "is not text in UTF-8", id="not text"),
    pytest.param(b"a = ", "is not TOML", id="not TOML"),
])  # fmt: skip
def test_a_file_that_cannot_be_read_is_said(tmp_path, content, said):
    if content is not None:
        (tmp_path / "x.toml").write_bytes(content)
    done = run("check", "x.toml", folder=tmp_path)
    assert (done.returncode, done.stdout) == (1, "")
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_two_packs_are_compared(tmp_path):
    england = next(path for path in SHIPPED if path.stem == "england")
    (tmp_path / "new.toml").write_text(
        england.read_text("utf-8").replace("within_days = 10", "within_days = 12"), "utf-8"
    )
    done = run("diff", england, "new.toml", folder=tmp_path)
    assert done.returncode == 0
    assert "school days within which it is done: 10 -> 12" in done.stdout


def test_the_shipped_packs_are_listed(tmp_path):
    listed = run("list", folder=tmp_path).stdout
    for path in SHIPPED:
        assert path.stem in listed
    assert listed.count("(example)") >= 2


def test_it_says_how_it_is_used(tmp_path):
    done = run(folder=tmp_path)
    assert done.returncode == 2
    assert "usage: onroll packs" in done.stderr


def test_whoever_reads_may_stop_reading(tmp_path):
    """As `onroll packs diff A B | head -1` does: no traceback."""
    packs = sorted(packs_folder().glob("policies/*.toml"))
    with subprocess.Popen(
        [sys.executable, "-u", "-m", "onroll.config.cli", "packs", "diff", *map(str, packs[:2])],
        cwd=tmp_path,
        env={"PATH": os.environ["PATH"], "PYTHONUTF8": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as child:
        child.stdout.readline()
        child.stdout.close()
        assert child.stderr.read() == ""
        assert child.wait() == 0
