"""An import into the database: a year of a school, the same file again, and a file of 100 MB."""

import tempfile
from pathlib import Path
from typing import Any

from bench.data import YEAR, long_file
from bench.house import Databases, databases, house
from bench.report import Budget, Part, at_most, seconds, table

PEAK_MB = 300
_STEPS = ("upload", "read and compare", "write and count")


def measure(*, quick: bool) -> Part:
    """One school's year on each database, then 100 MB on the first."""
    rows, budgets = [], []
    with tempfile.TemporaryDirectory() as folder, databases() as kinds:
        year, large = Path(folder, "year.csv"), Path(folder, "large.csv")
        pupils, many = (200, 400) if quick else (1200, 4450)
        marks = long_file(year, pupils)
        for kind, base in kinds.items():
            first, again = _twice(base, "year", year, pupils)
            rows += [
                _row(kind, year, marks, pupils, first),
                _row("the same file again", year, marks, pupils, again),
            ]
            budgets.append(_nothing_written(kind, again))
        marks = long_file(large, many, (YEAR - 1, YEAR))
        first, again = _twice(kinds["SQLite"], "large", large, many)
        rows += [
            _row("SQLite", large, marks, many, first),
            _row("the same file again", large, marks, many, again),
        ]
        budgets.append(_nothing_written("SQLite, large file", again))
        budgets.append(
            at_most("memory for a file of 100 MB", PEAK_MB, max(first["peak"], again["peak"]), " MB")
        )
    head = (
        "A long CSV through the whole road: kept encrypted, read and compared with the register in short transactions, "
        "approved, then written and counted in one. Processor time of Onroll's process; the last step's time on the "
        "clock is how long other writers wait."
    )
    headings = [
        "", "file", "marks", *_STEPS, "marks a second", "write lock", "registers written", "queries for 1,000 pupils",
        "memory, highest",
    ]  # fmt: skip
    return Part("The import", f"{head}\n\n{table(headings, rows)}", budgets)


def _twice(base: Databases, name: str, path: Path, pupils: int) -> tuple[dict[str, Any], dict[str, Any]]:
    with house("imports", database=base.new(f"imports_{name}")) as here:
        here.schools(1, 5)
        first, again = here.inside("imports", path, pupils)
        return first, again


def _row(title: str, path: Path, marks: int, pupils: int, one: dict[str, Any]) -> list[object]:
    spent = [one["steps"][step] for step in _STEPS]
    return [
        title,
        f"{path.stat().st_size / 1e6:.0f} MB",
        f"{marks:,}",
        *(seconds(cpu) for cpu, _ in spent),
        f"{marks / sum(cpu for cpu, _ in spent):,.0f}",
        seconds(spent[-1][1]),
        f"{one['outcome']['registers']:,}",
        f"{one['queries'] / pupils * 1000:.0f}",
        f"{one['peak']:.0f} MB",
    ]


def _nothing_written(kind: str, again: dict[str, Any]) -> Budget:
    """`writes` counts rows of registers, amendments and kept figures."""
    return Budget(
        f"{kind}: the same file again writes 0 rows", f"{again['writes']} rows", again["writes"] == 0
    )
