"""The floors hold: each rule about imports is shown to bite on a module that breaks it."""

import ast
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
HOUSE = ROOT / "src/onroll"
BIN = Path(sys.executable).parent

# Who must not import what. Each line becomes a module in a copy of the house.
FORBIDDEN = [
    ("pages", "onroll.records.offender"),
    ("api", "onroll.records.offender"),
    ("jobs", "onroll.records.offender"),
    ("pages", "onroll.jobs.offender"),
    ("pages", "onroll.api.offender"),
    ("jobs", "onroll.pages.offender"),
    ("jobs", "onroll.api.offender"),
    ("api", "onroll.jobs.offender"),
    ("pages", "onroll.config.offender"),
    ("actions", "onroll.pages.offender"),
    ("queries", "onroll.actions.offender"),
    ("records", "onroll.queries.offender"),
    ("domain", "onroll.records.offender"),
    ("domain", "django"),
    ("domain", "openpyxl"),
]

# Pure Python that is no pure rule: it reads a clock, a disk, a network, chance or another process.
NOT_PURE = {
    "glob", "http", "logging", "multiprocessing", "os", "pathlib", "random", "secrets", "shutil", "socket",
    "sqlite3", "subprocess", "sys", "tempfile", "threading", "time", "urllib", "uuid",
}  # fmt: skip


@pytest.fixture(scope="module")
def complaints(tmp_path_factory):
    """What the import linter says of a house in which every forbidden import has been made."""
    copy = tmp_path_factory.mktemp("copy")
    shutil.copy(ROOT / "pyproject.toml", copy)
    for floor in ("config", "pages", "api", "jobs", "actions", "queries", "records", "domain"):
        package = copy / "onroll" / floor
        package.mkdir(parents=True)
        (package / "__init__.py").touch()
        wanted = [target for source, target in FORBIDDEN if source == floor]
        (package / "offender.py").write_text("".join(f"import {target}\n" for target in wanted))
    (copy / "onroll/__init__.py").touch()
    run = subprocess.run(
        [BIN / "lint-imports", "--no-cache"],
        cwd=copy,
        env={**os.environ, "PYTHONPATH": str(copy)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 1, run.stderr
    return run.stdout


@pytest.mark.parametrize(("floor", "target"), FORBIDDEN, ids=lambda value: value.removesuffix(".offender"))
def test_the_linter_refuses(complaints, floor, target):
    assert f"onroll.{floor}.offender -> {target} (" in complaints


@pytest.mark.parametrize("floor", ["pages", "api", "jobs"])
@pytest.mark.parametrize(
    "line",
    [
        "from django.db import models",
        "from django.db.models import Q",
        "import django.db.models",
        "from django.apps import apps",
        "from django.forms import ModelForm",
        "from django.shortcuts import get_object_or_404",
    ],
)
def test_no_model_is_seen_above_the_doors(floor, line):
    assert "TID251" in lint(f"src/onroll/{floor}/offender.py", line)


def test_below_the_doors_models_are_at_home():
    assert lint("src/onroll/queries/offender.py", "from django.db.models import Q") == ""


def lint(path: str, source: str) -> str:
    """What ruff says of the bans, were `source` in the file at `path`."""
    command = [BIN / "ruff", "check", "--quiet", "--select=TID251", "--output-format=concise"]
    command += [f"--stdin-filename={path}", "-"]
    return subprocess.run(command, cwd=ROOT, input=source, capture_output=True, text=True, check=False).stdout


def test_the_domain_needs_nothing_but_pure_python():
    files = (HOUSE / "domain").rglob("*.py")
    assert {
        str(file.relative_to(ROOT)): bad for file in files if (bad := impure(file.read_text("utf-8")))
    } == {}


@pytest.mark.parametrize(
    "line", ["import django", "from pathlib import Path", "import random", "import onroll.records"]
)
def test_an_impure_import_is_found(line):
    assert impure(f"from datetime import date\n{line}\n") != set()


def impure(source: str) -> set[str]:
    """The imports of a module that a pure rule may not have."""
    return {
        module
        for module in imported(ast.parse(source))
        if module.split(".")[0] in NOT_PURE
        or (
            module.split(".")[0] not in sys.stdlib_module_names
            and not f"{module}.".startswith("onroll.domain.")
        )
    }


def imported(tree: ast.AST) -> set[str]:
    """Every module that a file imports, wherever in the file it does; its own package aside."""
    nodes = list(ast.walk(tree))
    plain = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    return plain | {
        str(node.module) for node in nodes if isinstance(node, ast.ImportFrom) and node.level == 0
    }
