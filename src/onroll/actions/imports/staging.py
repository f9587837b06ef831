"""Write staged registers and problems in batches, each a short transaction that first looks whether to go on."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import islice
from typing import Any

from django.db import models

from onroll.actions.change import change
from onroll.actions.imports.holding import KIND, in_hand
from onroll.domain.register.comparison import NO_MARKS, Tally, compare
from onroll.domain.register.coverage import Coverage
from onroll.domain.register.import_states import ImportState
from onroll.queries.imports.judging import Register
from onroll.queries.imports.staged import registers_held
from onroll.records.attendance import bulk
from onroll.records.attendance.models import Import, StagedProblem, StagedPupil, StagedRegister

BATCH = 500
Row = tuple[Any, ...]

_REGISTER = ("batch", "pupil", "year", "marks", "new", "same", "changed", "kept", "before")
_PROBLEM = ("batch", "kind", "line", "column", "reason", "raw", "pupil", "times")


class Interrupted(Exception):
    """Somebody cancelled the import, or another worker took it over: stop, and leave everything as it is."""


class Stage:
    """The staging area of one import, while it is this piece of work's turn."""

    def __init__(self, import_id: int, turn: int, at: datetime, kind: str = KIND) -> None:
        self.import_id, self._turn, self._at, self._kind = import_id, turn, at, kind

    def check(self) -> None:
        """Raise Interrupted when it is no longer this work's turn."""
        if not Import.objects.filter(
            pk=self.import_id, state=ImportState.READING, version=self._turn
        ).exists():
            raise Interrupted

    def clear(self) -> None:
        """Take away what an earlier attempt staged."""
        for model in (StagedRegister, StagedPupil, StagedProblem):
            while self._clear_some(model):
                pass

    def registers(self, marks: dict[Register, str], coverage: Coverage) -> Iterator[Tally]:
        """Stage registers beside what is held now, and give the tally of each batch."""
        masks = {year: coverage.mask(year) for year in {year for _, year in marks}}
        for batch in _batched(sorted(marks)):
            held = registers_held(batch)
            rows, total = [], Tally()
            for register in batch:
                now = held.get(register)
                before = now.marks if now else None
                tally = compare(before or NO_MARKS, marks[register], masks[register[1]])
                if any(_figures(tally)):
                    rows.append((self.import_id, *register, marks[register], *_figures(tally), before))
                    total = _sum(total, tally)
            self._write(StagedRegister, _REGISTER, rows)
            yield total

    def problems(self, rows: Iterable[Row]) -> None:
        """Stage problems, each (kind, line, column, reason, raw, pupil id, times)."""
        self.rows(StagedProblem, _PROBLEM, rows)

    def rows(self, model: type[models.Model], fields: tuple[str, ...], rows: Iterable[Row]) -> None:
        """Stage rows of any model; the first of `fields` is the import, which the rows leave out."""
        for batch in _batched(rows):
            self._write(model, fields, [(self.import_id, *row) for row in batch])

    def _write(self, model: type[models.Model], fields: tuple[str, ...], rows: list[Row]) -> None:
        with change(None, "import_staged", self._at) as entry:
            entry.nothing_changed = True  # the ledger hears of the import when it has been read
            self._hold()
            bulk.insert(model, fields, rows)

    def _clear_some(self, model: type[StagedRegister | StagedPupil | StagedProblem]) -> int:
        with change(None, "import_staged", self._at) as entry:
            entry.nothing_changed = True
            self._hold()
            ids = model.objects.filter(batch_id=self.import_id).values_list("pk", flat=True)[:BATCH]
            deleted, _ = model.objects.filter(pk__in=list(ids)).delete()
            return deleted

    def _hold(self) -> None:
        if in_hand(self.import_id, ImportState.READING, turn=self._turn, kind=self._kind) is None:
            raise Interrupted


def _batched(items: Iterable[Any]) -> Iterator[list[Any]]:
    rest = iter(items)
    while batch := list(islice(rest, BATCH)):
        yield batch


def _figures(tally: Tally) -> tuple[int, int, int, int]:
    return tally.new, tally.same, tally.changed, tally.kept


def _sum(one: Tally, other: Tally) -> Tally:
    return Tally(*(a + b for a, b in zip(_figures(one), _figures(other), strict=True)))
