"""Reading a register file: ours beside a bare `csv.reader` loop over the same file, which is all that Python can do."""

import csv
import multiprocessing
import tempfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

from bench.clock import cost, forget_peak, peak_mb, resident_mb
from bench.data import calendar, long_file, wide_file
from bench.report import Budget, Part, at_least, at_most, seconds, table
from onroll.domain.register.files import ROWS_TO_LOOK_AT, CodeBook, Reading, Role, fit, guess, read_marks
from onroll.domain.schoolcalendar import Session
from onroll.queries.tables import brought

SHARES = {"long": 35, "wide": 60}  # per cent of the bare loop
LARGE_MB = 100
PEAK_MB = 300


def measure(*, quick: bool) -> Part:
    """Both shapes at about two million marks, and the memory that a file of 100 MB takes."""
    pupils = 300 if quick else 5300
    rows, budgets = [], []
    with tempfile.TemporaryDirectory() as folder:
        for shape, write in (("long", long_file), ("wide", wide_file)):
            path = Path(folder, f"{shape}.csv")
            marks = write(path, pupils)
            line, share = _shape(shape, path, marks)
            rows.append(line)
            budgets.append(at_least(f"{shape}: share of a bare csv.reader loop", SHARES[shape], share, " %"))
        text, budget = _large(Path(folder), quick=quick)
    head = (
        "Parsed, checked against the national codes, laid into a grid for each pupil; the quickest of three."
    )
    headings = ["shape", "marks", "file", "bare csv.reader", "Onroll", "marks a second", "share of bare"]
    return Part("Reading a register", f"{head}\n\n{table(headings, rows)}\n\n{text}", [*budgets, budget])


def _shape(shape: str, path: Path, marks: int) -> tuple[list[object], float]:
    """Ours and the bare loop in turn, so that a busy moment hits both; each counts with its best run."""
    bare, ours = [], []
    for _ in range(3):
        bare.append(cost(lambda: _bare(path), runs=1)[0].cpu)
        spent, reading = cost(lambda: _ours(path), runs=1)
        ours.append(spent.cpu)
    held = sum(
        len(bytes(grid).replace(b".", b"")) for grids in reading.registers.values() for grid in grids.values()
    )
    if held != marks or reading.flawed or reading.conflicts:
        raise AssertionError(f"{shape}: {held} marks were read of {marks}")
    share = 100 * min(bare) / min(ours)
    size = f"{path.stat().st_size / 1e6:.0f} MB"
    speed = f"{marks / min(ours) / 1e6:.2f} million"
    return [shape, f"{marks:,}", size, seconds(min(bare)), seconds(min(ours)), speed, f"{share:.0f} %"], share


def _bare(path: Path) -> int:
    with path.open(encoding="utf-8", newline="") as file:
        cells = 0
        for row in csv.reader(file):
            cells += len(row)
        return cells


def _ours(path: Path) -> Reading:
    def half_day(on: date) -> bool:
        return calendar().is_session(on, Session.AM) and not calendar().is_session(on, Session.PM)

    with brought(path) as (found,):
        head = found.head(ROWS_TO_LOOK_AT)
        columns = guess(head).column_map
        assert columns is not None
        assert Role.UPN in columns.columns
        layout = fit(columns.by_upn_alone(), head).layout
        assert layout is not None
        with found.rows() as rows:
            return read_marks(rows, layout, CodeBook(), half_day=half_day)


def _large(folder: Path, *, quick: bool) -> tuple[str, Budget]:
    path = folder / "large.csv"
    pupils = 100 if quick else 4450
    marks = long_file(path, pupils, (2025, 2026))
    peak, before = _in_a_process_of_its_own(_peak, path)
    size = path.stat().st_size / 1e6
    text = (
        f"While it reads a long file of {size:.0f} MB ({marks:,} marks of {pupils:,} pupils over two school years), "
        f"the whole process is never larger than {peak:.0f} MB; before it began it was {before:.0f} MB."
    )
    return text, at_most(f"memory for a file of {LARGE_MB} MB", PEAK_MB, peak, " MB")


def _in_a_process_of_its_own(call: Callable[[Path], tuple[float, float]], path: Path) -> tuple[float, float]:
    """Peak memory is a process's highest ever, so each figure needs a fresh one."""
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        return pool.apply(call, (path,))


def _peak(path: Path) -> tuple[float, float]:
    calendar()
    before = resident_mb()
    forget_peak()
    _ours(path)
    return peak_mb(), before
