"""Read a file into the staging area: short transactions, and the register is not touched.

A worker may be killed at any moment: what it staged is swept away when the work starts again.
"""

import json
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from onroll.actions.change import change
from onroll.actions.imports.holding import KIND, Told, in_hand, move, subject
from onroll.actions.imports.staging import BATCH as STAGED_AT_ONCE
from onroll.actions.imports.staging import Interrupted, Stage
from onroll.domain.register.comparison import NO_MARKS, Outcome
from onroll.domain.register.files import (
    ROWS_TO_LOOK_AT,
    CodeBook,
    ColumnMap,
    Layout,
    Reading,
    ReadingStopped,
    fit,
    problems,
    read_marks,
)
from onroll.domain.register.import_states import ImportState, Move
from onroll.queries.imports import stored_file
from onroll.queries.imports.facts import Facts, facts_of
from onroll.queries.imports.judging import Judged, judge
from onroll.queries.imports.naming import Namer
from onroll.queries.tables import Table, TableProblem, brought
from onroll.records.attendance.models import Import

MOST_UNKNOWN_CODES = 200
_LOOK_AROUND = 8 << 20  # bytes read between two looks whether somebody cancelled


def read(import_id: int, *, at: datetime, tell: Told) -> None:
    """Read and stage a file, and leave it waiting for approval; or say on its page why it cannot be read."""
    row = begin(import_id, at)
    if row is None:
        return
    stage = Stage(row.pk, row.version, at)
    try:
        _Read(row, stage, at, tell).run()
    except TableProblem as problem:
        where = f" See line {problem.line} of the file." if problem.line else ""
        fail(row.pk, turn=row.version, problem=f"{problem.message}{where}", at=at)
    except ReadingStopped as stopped:
        fail(
            row.pk, turn=row.version, problem=f"{stopped.reason} See line {stopped.line} of the file.", at=at
        )
    except Interrupted:
        return


def fail(import_id: int, *, turn: int | None = None, kind: str = KIND, problem: str, at: datetime) -> None:
    """Say that a file cannot be read, and why, in words that name nobody."""
    with change(None, "import_failed", at) as entry:
        row = in_hand(import_id, ImportState.READING, turn=turn, kind=kind)
        if row is None:
            entry.nothing_changed = True
            return
        row.problem = problem[:400]
        row.save(update_fields=[*move(row, Move.FAIL), "problem"])
        entry.school_id, entry.subject = row.school_id, subject(row.pk)


def begin(import_id: int, at: datetime, *, kind: str = KIND) -> Import | None:
    """Take the turn: from here on, any other piece of work on the same import stops by itself."""
    with change(None, "import_reading", at) as entry:
        entry.nothing_changed = True
        row = in_hand(import_id, ImportState.READING, kind=kind)
        if row is not None:
            row.version += 1
            row.save(update_fields=["version"])
        return row


class _Read:
    """One reading of one file, step by step; `tell` hears how far it is in per cent."""

    def __init__(self, row: Import, stage: Stage, at: datetime, tell: Told) -> None:
        self.row, self.stage, self.at, self.tell = row, stage, at, tell
        self._from, self._to, self._doing = 0, 0, ""
        self._looked_at = 0

    def run(self) -> None:
        self.stage.clear()
        facts = facts_of(self.row.school_id, timezone.localdate(self.at))
        book = facts.code_book()
        with self._table() as (table, layout):
            self._step(0, 50, "Reading the file")
            with table.rows() as rows:
                reading = read_marks(rows, layout, book, half_day=facts.half_day)
            if reading.is_empty:
                raise TableProblem(
                    "", "No line of the file could be read as a mark. Check which column is which."
                )
            self._step(50, 60, "Finding the pupils")
            judged = judge(reading, facts, self._part)
            self._step(60, 75, "Comparing with the register")
            tallies = self._registers(judged)
            namer = Namer(layout, judged.found)
            self.stage.problems(namer.checks(judged))
            if reading.flawed or judged.turns_away:
                self._step(75, 100, "Listing the lines that cannot be used")
                self._second(table, _Second(reading, book, facts, judged, namer))
        self._finish(reading, judged, tallies, namer.counts)

    @contextmanager
    def _table(self) -> Iterator[tuple[Table, Layout]]:
        """The sheet that the chosen columns fit, and where everything is in it."""
        columns = ColumnMap.from_json(self.row.mapping or {})
        with (
            stored_file.opened(self.row.upload, self.row.size, self._watch) as stream,
            brought(stream, "The file") as tables,
        ):
            laid = ((table, fit(columns, table.head(ROWS_TO_LOOK_AT)).layout) for table in tables)
            found = next(((table, layout) for table, layout in laid if layout is not None), None)
            if found is None:
                raise TableProblem("", "The columns that were chosen are not in the file. Choose them again.")
            yield found

    def _registers(self, judged: Judged) -> Counter[str]:
        tallies: Counter[str] = Counter()
        for number, tally in enumerate(self.stage.registers(judged.marks, judged.coverage)):
            self._part(number * STAGED_AT_ONCE, len(judged.marks))
            tallies.update({str(outcome): getattr(tally, outcome) for outcome in Outcome})
        return tallies

    def _second(self, table: Table, second: "_Second") -> None:
        with table.rows() as rows:
            found = problems(
                rows,
                second.reading,
                second.book,
                verdicts=second.judged.verdicts,
                words=second.facts.words,
                strangers=second.judged.strangers,
                half_day=second.facts.half_day,
            )
            self.stage.problems(second.namer.rows(found))

    def _finish(
        self, reading: Reading, judged: Judged, tallies: Counter[str], problems_found: Counter[str]
    ) -> None:
        with change(None, "import_read", self.at) as entry:
            row = in_hand(self.row.pk, ImportState.READING, turn=self.row.version)
            if row is None:
                raise Interrupted
            row.counts = {
                **{str(outcome): tallies[outcome] for outcome in Outcome},
                **problems_found,
                "pupils": len(set(judged.found.values())),
                "strangers": len(judged.strangers),
                "registers": sum(marks != NO_MARKS for marks in judged.marks.values()),
                "lines": reading.lines,
                "passed-over": reading.passed_over,
            }
            row.first_on, row.last_on = judged.coverage.ends() or (None, None)
            row.weeks = [[week.monday.isoformat(), week.marks] for week in judged.coverage.weeks()]
            row.covered = judged.coverage.stored()
            row.unknown_codes = json.dumps(reading.unknown.most_common(MOST_UNKNOWN_CODES))
            row.read_at, row.problem = self.at, ""
            row.save(update_fields=[*move(row, Move.READ), *_READ])
            entry.school_id, entry.subject = row.school_id, subject(row.pk)
            entry.detail = {"counts": row.counts}

    def _step(self, start: int, end: int, doing: str) -> None:
        self._from, self._to, self._doing = start, end, doing
        self._looked_at = 0
        self.tell(start, 100, doing)

    def _part(self, done: int, total: int) -> None:
        """Say how much of this step is done."""
        share = (self._to - self._from) * done // total if total else 0
        self.tell(self._from + share, 100, self._doing)

    def _watch(self, position: int) -> None:
        if self._doing:
            self._part(position, self.row.size)
            if position - self._looked_at >= _LOOK_AROUND:
                self._looked_at = position
                self.stage.check()


@dataclass(frozen=True, slots=True)
class _Second:
    """What a second reading needs to know of the first."""

    reading: Reading
    book: CodeBook
    facts: Facts
    judged: Judged
    namer: Namer


_READ = ("counts", "first_on", "last_on", "weeks", "covered", "unknown_codes", "read_at", "problem")
