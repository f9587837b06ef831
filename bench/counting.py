"""The count of an authority: ours beside a plain loop, pandas, polars, DuckDB and window SQL.

All get the marks as they like them best, already in memory, and give per pupil: days, running spell, longest
spell, and the places at which the threshold was reached consecutively and cumulatively. All answers are
checked equal to ours.
"""

from collections.abc import Sequence

import numpy as np

from bench import rivals
from bench.clock import Cost, cost, forget_peak, peak_mb, resident_mb
from bench.data import AS_OF, YEAR, calendar, registers, sessions
from bench.report import Budget, Part, at_least, at_most, seconds, table
from onroll.domain.register import HEALTH, STATUTORY, Count, Register, count_many
from onroll.domain.schoolcalendar import SessionAt, grid_position

PANDAS, POSTGRES, ABOVE_MB = 8, 100, 300
Line = tuple[str, Cost, Cost, int, bool]  # the way, its cost, ours for the same pupils, marks, answers equal


def measure(*, quick: bool) -> Part:
    """Every way at the size of an authority; the databases, which take minutes, with a seventh of it."""
    pupils, fewer = (2000, 500) if quick else (70_000, 10_000)
    rows = registers(pupils)
    memory = _memory_above_the_data(rows)
    lines = _in_memory(rows) + _in_databases(rows[:fewer])
    marks = pupils * len(sessions())
    head = (
        f"{pupils:,} pupils, {marks / 1e6:.1f} million marks, both counters: Onroll's statutory and health count. "
        f'The databases had {fewer:,} pupils; "times ours" compares the same pupils. '
        f"Onroll took {memory:.0f} MB above the data."
    )
    headings = ["way", "pupils", "processor", "times ours", "a mark", "answers"]
    return Part(
        "The count", f"{head}\n\n{table(headings, [_shown(line) for line in lines])}", _budgets(lines, memory)
    )


def _in_memory(rows: Sequence[str]) -> list[Line]:
    marks = len(rows) * len(sessions())
    ours, counts = cost(lambda: _count(rows))
    answers = [_answer(one) for one in counts]
    lines: list[Line] = [("Onroll, in bulk", ours, ours, marks, True)]
    grid = rivals.matrix(rows)
    for name, way in rivals.IN_MEMORY.items():
        spent, theirs = cost(lambda way=way: [way(rule, grid) for rule in (STATUTORY, HEALTH)], runs=1)
        lines.append((name, spent, ours, marks, _equal(theirs, answers)))
    return lines


def _in_databases(rows: Sequence[str]) -> list[Line]:
    marks = len(rows) * len(sessions())
    ours, counts = cost(lambda: _count(rows))
    answers = [_answer(one) for one in counts]
    grid, lines = rivals.matrix(rows), []
    for name, way in rivals.in_databases().items():
        found = [way(rule, grid) for rule in (STATUTORY, HEALTH)]
        spent = Cost(sum(one.cpu for one, _ in found), sum(one.wall for one, _ in found))
        lines.append((name, spent, ours, marks, _equal([answer for _, answer in found], answers)))
    return lines


def _budgets(lines: Sequence[Line], memory: float) -> list[Budget]:
    times = {name: theirs.cpu / ours.cpu for name, theirs, ours, _, _ in lines}
    budgets = [at_least("the count beside pandas, times as quick", PANDAS, times["pandas"])]
    postgres = next((times[name] for name in times if "PostgreSQL" in name), None)
    if postgres is not None:
        budgets.append(
            at_least("the count beside window SQL on PostgreSQL, times as quick", POSTGRES, postgres)
        )
    budgets.append(at_most("memory above the data", ABOVE_MB, memory, " MB"))
    equal = all(line[-1] for line in lines)
    return [
        *budgets,
        Budget("every way gives the same answers", "all equal" if equal else "differences", equal),
    ]


def _shown(line: Line) -> list[object]:
    name, spent, ours, marks, equal = line
    return [
        name,
        f"{marks // len(sessions()):,}",
        seconds(spent.cpu),
        f"{spent.cpu / ours.cpu:.3g}",
        f"{spent.cpu / marks * 1e9:.3g} ns",
        "equal" if equal else "DIFFERENT",
    ]


def _memory_above_the_data(rows: Sequence[str]) -> float:
    before = resident_mb()
    forget_peak()
    _count(rows)
    return peak_mb() - before


def _count(rows: Sequence[str]) -> list[list[Count]]:
    """Both counts of everybody, from the stored marks on."""
    pupils = [Register({YEAR: row}) for row in rows]
    return [count_many(rule, pupils, calendar(), AS_OF) for rule in (STATUTORY, HEALTH)]


def _answer(counts: Sequence[Count]) -> np.ndarray:
    figures = [
        (
            int(one.days * 2),
            int(one.spell_days * 2),
            int(one.longest_spell_days * 2),
            _place(one.reached_consecutive),
            _place(one.reached_cumulative),
        )
        for one in counts
    ]
    return np.array(figures, dtype=np.int32)


def _place(at: SessionAt | None) -> int:
    return -1 if at is None else grid_position(*at)


def _equal(theirs: Sequence[np.ndarray], ours: Sequence[np.ndarray]) -> bool:
    return all(np.array_equal(one, other) for one, other in zip(theirs, ours, strict=True))
