"""`onroll count`: count a register file against a calendar file, without a database or any set-up."""

import os
import sys
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import TextIO

from onroll.domain.identifiers import upn_problem
from onroll.domain.register import STATUTORY, Register, count_many
from onroll.domain.register.comparison import sift
from onroll.domain.register.files import (
    ROWS_TO_LOOK_AT,
    CodeBook,
    Fault,
    Guess,
    Layout,
    Problem,
    PupilKey,
    Reading,
    ReadingStopped,
    Role,
    Shape,
    fit,
    guess,
    problems,
    read_marks,
    verdict,
)
from onroll.domain.schoolcalendar import GRID_LENGTH, SchoolCalendar, Session, SessionAt
from onroll.jobs.count_options import NOTHING_READ, Options, options_from
from onroll.jobs.count_output import FORMATS, Answer, Summary, column_name
from onroll.queries.tables import Table, TableProblem, brought
from onroll.queries.tables.calendars import read_calendar

USED, SOME_REJECTED = 0, 3
_EVERYWHERE = b"\xff" * GRID_LENGTH


def main(argv: list[str], stdout: TextIO | None = None, stderr: TextIO | None = None) -> int:
    """Run the command and return its exit status. Streams are the process's own unless given."""
    out, err = stdout or sys.stdout, stderr or sys.stderr
    try:
        options = options_from(argv, out, err)
        calendar = _calendar(options.calendar, err)
        with brought(options.register) as tables:
            table, layout = _find_register(tables)
            status = _count(options, calendar, table, layout, out, err)
        out.flush()
    except TableProblem as problem:
        print(f"onroll count: {problem}", file=err)
        return NOTHING_READ
    except SystemExit as end:  # argparse has said its part
        return int(end.code or 0)
    except (
        BrokenPipeError
    ):  # whoever reads has seen enough, as `| head` has: nothing more is written at the end
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return SOME_REJECTED
    return status


def _count(
    options: Options, calendar: SchoolCalendar, table: Table, layout: Layout, out: TextIO, err: TextIO
) -> int:
    book = CodeBook()

    def half_day(on: date) -> bool:
        return calendar.is_session(on, Session.AM) and not calendar.is_session(on, Session.PM)

    with table.rows() as rows:
        try:
            reading = read_marks(rows, layout, book, half_day=half_day)
        except ReadingStopped as stopped:
            raise TableProblem(table.file, stopped.reason, line=stopped.line) from stopped
    verdicts = _verdicts(reading, calendar)
    for warning in _warnings(reading):
        print(warning, file=err)
    rejected = 0
    if reading.flawed or verdicts or layout.unread:
        with table.rows() as rows:
            for problem in problems(
                rows, reading, book, verdicts=verdicts, words=_words(calendar), half_day=half_day
            ):
                print(_rejection(problem, layout.shape), file=err)
                rejected += 1
    if reading.is_empty:
        raise TableProblem(table.file, _NOTHING if reading.lines else _NO_LINES)
    as_of = options.as_of or _last_date(reading, calendar)
    summary = Summary(
        as_of=as_of,
        threshold=options.threshold,
        health_codes=options.health_codes,
        pupils=len(reading.pupils),
        lines=reading.lines,
        rejected=rejected,
        by_cell=layout.shape is not Shape.LONG,
    )
    FORMATS[options.format](_answers(options, reading, calendar, as_of), summary, out)
    return SOME_REJECTED if rejected else USED


_NOTHING = "No line could be read. The reasons are above."
_NO_LINES = "There is a header but no line below it. Export the register again, for dates that have marks."


def _answers(options: Options, reading: Reading, calendar: SchoolCalendar, as_of: date) -> list[Answer]:
    keys = sorted(reading.pupils, key=lambda key: key.value)
    registers = [Register(reading.years(key)) for key in keys]
    statutory, health = (
        count_many(rule, registers, calendar, as_of, options.threshold)
        for rule in (STATUTORY, options.health)
    )
    return [Answer(key.value, *counts) for key, *counts in zip(keys, statutory, health, strict=True)]


def _last_date(reading: Reading, calendar: SchoolCalendar) -> date:
    """The last school day of the file on which any cell is filled; without one, its last date."""
    filled = {at.date for year in reading.registers for at in reading.marked(year)} | reading.rejected_on
    at_school = (on for on in filled if any(calendar.is_session(on, session) for session in Session))
    return max(at_school, default=max(reading.dates))


def _verdicts(reading: Reading, calendar: SchoolCalendar) -> dict[tuple[int, PupilKey], bytes]:
    """The places of each register where a mark has no session to stand in, or stands against another."""
    found = {}
    for year, grids in reading.registers.items():
        mask = calendar.mask(year)
        for key, grid in grids.items():
            sifted = sift(grid.decode("ascii"), sessions=mask, on_roll=_EVERYWHERE, past=_EVERYWHERE)
            contested = reading.conflicts.get((year, key), {})
            if sifted.no_session or contested:
                outside = [*sifted.no_session, *(place for place in contested if not mask[place])]
                found[year, key] = verdict({Fault.NO_SESSION: outside, Fault.CONFLICT: contested})
    return found


class _Words:
    """Says why the calendar has no session, in the calendar's words."""

    def __init__(self, calendar: SchoolCalendar) -> None:
        self._calendar = calendar

    def __call__(self, fault: Fault, at: SessionAt) -> str:
        return (
            f"The calendar has no session on {at.date.isoformat()} {at.session}: {self._calendar.why(*at)}."
        )


_words = _Words


def _warnings(reading: Reading) -> Iterator[str]:
    for pupil in reading.pupils.values():
        wrong = upn_problem(pupil.upn)
        if wrong:
            yield f"line {pupil.line}: warning: UPN {pupil.upn}: {wrong} The pupil is counted."


def _rejection(problem: Problem, shape: Shape) -> str:
    where = f"line {problem.line}"
    if shape is not Shape.LONG and problem.column is not None:
        where += f", column {problem.column + 1} ({column_name(problem.column)}, {problem.heading})"
    return f"{where}: rejected: {problem.reason}"


def _calendar(path: Path, err: TextIO) -> SchoolCalendar:
    with brought(path) as tables:
        found = read_calendar(tables)
    for problem in found.problems:
        print(f"onroll count: {problem}", file=err)
    if found.problems:
        raise SystemExit(NOTHING_READ)
    for line in found.lines:
        if line.year_group:
            print(f"{path.name}, line {line.line}: warning: passed over, it is for one year group.", file=err)
    return SchoolCalendar(found.entries)


def _find_register(tables: Sequence[Table]) -> tuple[Table, Layout]:
    """The first sheet with a header that will do, and where its columns are."""
    best: Guess | None = None
    for table in tables:
        head = table.head(ROWS_TO_LOOK_AT)
        found = guess(head)
        if found.complete and found.column_map and Role.UPN in found.column_map.columns:
            fitted = fit(found.column_map.by_upn_alone(), head)
            if fitted.layout:
                return table, fitted.layout
        best = best if best and best.header else found
    raise TableProblem(tables[0].file if tables else "", _what_is_missing(best))


def _what_is_missing(found: Guess | None) -> str:
    needed = "A register needs the columns UPN, Date, Session and Mark, or UPN and a column for each session or day."
    if found is None or found.header is None:
        return f"No line with headings was found. {needed}"
    if found.summary:
        return f"The file holds totals for each pupil, not marks. {needed}"
    missing = [Role.UPN] if found.complete else found.missing
    return f"The headings were found, but not {' and '.join(role.words for role in missing)}. {needed}"
