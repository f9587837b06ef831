"""What the figures were taken on: never a name or a path."""

import os
import platform
import sqlite3
from importlib.metadata import version
from pathlib import Path
from subprocess import run

from tools import pgtmp

_COMPARED = ("pandas", "polars", "duckdb", "numpy")


def description() -> str:
    """The machine and the versions, as lines of a list."""
    lines = [
        f"- {_processor()}, {os.cpu_count()} processors, {_memory_gb():.0f} GB of memory, {platform.system()}",
        f"- Python {platform.python_version()}, Django {version('django')}, SQLite {sqlite3.sqlite_version}"
        + (f", {_postgres()}" if _postgres() else "; no PostgreSQL here"),
        f"- compared with {', '.join(f'{name} {version(name)}' for name in _COMPARED)}",
    ]
    return "\n".join(lines)


def load() -> float:
    """How many processes waited for a processor in the last minute, on average."""
    return os.getloadavg()[0]


def _processor() -> str:
    lines = Path("/proc/cpuinfo").read_text().splitlines()
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.machine()


def _memory_gb() -> float:
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9


def _postgres() -> str:
    programs = pgtmp.binaries()
    if programs is None:
        return ""
    words = run(
        [programs / "postgres", "--version"], capture_output=True, text=True, check=True
    ).stdout.split()
    return f"PostgreSQL {words[2]}"
