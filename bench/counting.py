"""The count of an authority: ours beside a plain loop, pandas, polars, DuckDB and window SQL.

All get the marks as they like them best, already in memory, and give per pupil: days, running spell, longest
spell, and the places at which the threshold was reached consecutively and cumulatively. All answers are
checked equal to ours.
"""

import sqlite3
from collections.abc import Callable

import numpy as np

from bench.clock import Cost, cost, peak_mb, seconds, table
from bench.data import AS_OF, YEAR, calendar, registers, sessions
from onroll.domain.register import HEALTH, STATUTORY, Register, Rule, count_many
from onroll.domain.register.ground import ADD, BREAK, effects_table
from onroll.domain.schoolcalendar import grid_position

NEED = 30
Answer = np.ndarray  # pupils x 5: total, running, longest, consecutive place or -1, cumulative place or -1


def measure(pupils: int, sql_pupils: int) -> str:
    """Measure every way and return a table."""
    rows = registers(pupils)
    before = peak_mb()
    ours, answers = cost(lambda: [_ours(rule, rows) for rule in (STATUTORY, HEALTH)])
    memory = peak_mb() - before
    marks = pupils * len(sessions())
    lines = [_line("Onroll, both counters, in bulk", ours, ours, marks, "reference")]
    grid = _matrix(rows)
    for name, way in (("a plain Python loop", _loop), ("pandas", _pandas), ("polars", _polars), ("DuckDB", _duckdb)):
        found, theirs = cost(lambda way=way: [way(rule, rows, grid) for rule in (STATUTORY, HEALTH)], runs=1)
        lines.append(_line(name, found, ours, marks, _verdict(theirs, answers)))
    few = rows[:sql_pupils]
    small, some = cost(lambda: [_ours(rule, few) for rule in (STATUTORY, HEALTH)])
    for name, way in _databases():
        found = way(few)
        verdict = _verdict(found[1], some)
        lines.append(_line(f"{name} ({sql_pupils:,} pupils)", found[0], small, sql_pupils * len(sessions()), verdict))
    head = f"{pupils:,} pupils, {marks / 1e6:.1f} million marks, both counters. Memory above the data: {memory:.0f} MB.\n\n"
    return head + table(["way", "CPU", "times ours", "per mark", "answers"], lines)


def _line(name: str, one: Cost, ours: Cost, marks: int, verdict: str) -> list[object]:
    return [name, seconds(one.cpu), f"{one.cpu / ours.cpu:.3g}", f"{one.cpu / marks * 1e9:.3g} ns", verdict]


def _verdict(theirs: list[Answer], ours: list[Answer]) -> str:
    return "equal" if all(np.array_equal(a, b) for a, b in zip(theirs, ours, strict=True)) else "DIFFERENT"


def _ours(rule: Rule, rows: list[str]) -> Answer:
    counts = count_many(rule, [Register({YEAR: row}) for row in rows], calendar(), AS_OF)
    place = {None: -1}
    return np.array(
        [
            (
                int(one.days * 2),
                int(one.spell_days * 2),
                int(one.longest_spell_days * 2),
                place.get(one.reached_consecutive) or grid_position(*one.reached_consecutive),
                place.get(one.reached_cumulative) or grid_position(*one.reached_cumulative),
            )
            for one in counts
        ],
        dtype=np.int32,
    )


def _effects(rule: Rule) -> bytes:
    """1 adds, 2 breaks, 0 neither, by stored character."""
    names = {ADD[0]: 1, BREAK[0]: 2}
    return bytes(names.get(effect, 0) for effect in effects_table(rule))


def _matrix(rows: list[str]) -> np.ndarray:
    """Marks as bytes, pupils x sessions."""
    grid = np.frombuffer("".join(rows).encode(), dtype=np.uint8).reshape(len(rows), -1)
    return np.ascontiguousarray(grid[:, sessions()])


def _loop(rule: Rule, rows: list[str], _grid: np.ndarray) -> Answer:
    effect, places, found = _effects(rule), sessions(), []
    for row in rows:
        total = spell = longest = 0
        consecutive = cumulative = -1
        for place in places:
            does = effect[ord(row[place])]
            if does == 1:
                total, spell = total + 1, spell + 1
                longest = max(longest, spell)
                if spell >= NEED and consecutive < 0:
                    consecutive = place
                if total >= NEED and cumulative < 0:
                    cumulative = place
            elif does == 2:
                spell = 0
        found.append((total, spell, longest, consecutive, cumulative))
    return np.array(found, dtype=np.int32)


def _frame(rule: Rule, grid: np.ndarray) -> dict[str, np.ndarray]:
    pupils, width = grid.shape
    effect = np.frombuffer(_effects(rule), dtype=np.uint8)[grid]
    return {
        "pupil": np.repeat(np.arange(pupils, dtype=np.int32), width),
        "place": np.tile(np.array(sessions(), dtype=np.int16), pupils),
        "adds": (effect == 1).ravel(),
        "breaks": (effect == 2).ravel(),
    }


def _pandas(rule: Rule, rows: list[str], grid: np.ndarray) -> Answer:
    import pandas as pd

    frame = pd.DataFrame(_frame(rule, grid))
    frame["run"] = frame.groupby("pupil", sort=False)["breaks"].cumsum()
    frame["total"] = frame.groupby("pupil", sort=False)["adds"].cumsum()
    added = frame[frame["adds"]]
    spell = added.groupby(["pupil", "run"], sort=False).cumcount() + 1
    added = added.assign(spell=spell)
    longest = added.groupby("pupil", sort=False)["spell"].max()
    total = frame.groupby("pupil", sort=False)["adds"].sum()
    last_run = frame.groupby("pupil", sort=False)["run"].last()
    lengths = added.groupby(["pupil", "run"], sort=False)["spell"].max().reset_index()
    running = lengths[lengths["run"] == lengths["pupil"].map(last_run)].set_index("pupil")["spell"]
    consecutive = added[added["spell"] >= NEED].groupby("pupil", sort=False)["place"].first()
    cumulative = added[added["total"] >= NEED].groupby("pupil", sort=False)["place"].first()
    return _assemble(len(rows), total, running, longest, consecutive, cumulative)


def _assemble(pupils: int, *columns: object) -> Answer:
    answer = np.zeros((pupils, 5), dtype=np.int32)
    answer[:, 3:] = -1
    for number, column in enumerate(columns):
        answer[column.index.to_numpy(), number] = column.to_numpy()
    return answer


def _polars(rule: Rule, rows: list[str], grid: np.ndarray) -> Answer:
    import polars as pl

    frame = pl.DataFrame(_frame(rule, grid)).lazy()
    frame = frame.with_columns(
        run=pl.col("breaks").cum_sum().over("pupil"), total=pl.col("adds").cum_sum().over("pupil")
    )
    lasts = frame.group_by("pupil").agg(run_last=pl.col("run").last(), total_all=pl.col("adds").sum())
    added = frame.filter(pl.col("adds")).with_columns(spell=pl.int_range(1, pl.len() + 1).over("pupil", "run"))
    per = (
        added.join(lasts.select("pupil", "run_last"), on="pupil")
        .group_by("pupil")
        .agg(
            longest=pl.col("spell").max(),
            running=pl.col("spell").filter(pl.col("run") == pl.col("run_last")).max(),
            consecutive=pl.col("place").filter(pl.col("spell") >= NEED).min(),
            cumulative=pl.col("place").filter(pl.col("total") >= NEED).min(),
        )
    )
    found = lasts.join(per, on="pupil", how="left").sort("pupil").collect()
    columns = [
        found[name].fill_null(fill).to_numpy()
        for name, fill in (("total_all", 0), ("running", 0), ("longest", 0), ("consecutive", -1), ("cumulative", -1))
    ]
    return np.stack(columns, axis=1).astype(np.int32)


WINDOW_SQL = """
WITH runs AS (
    SELECT pupil, place, adds,
           SUM(breaks) OVER w AS run, SUM(adds) OVER w AS total
    FROM marks WINDOW w AS (PARTITION BY pupil ORDER BY place ROWS UNBOUNDED PRECEDING)
), spells AS (
    SELECT pupil, place, adds, run, total,
           SUM(adds) OVER (PARTITION BY pupil, run ORDER BY place ROWS UNBOUNDED PRECEDING) AS spell,
           MAX(run) OVER (PARTITION BY pupil) AS last_run
    FROM runs
)
SELECT pupil, MAX(total), MAX(CASE WHEN run = last_run THEN spell ELSE 0 END), MAX(spell),
       COALESCE(MIN(CASE WHEN spell >= 30 AND adds = 1 THEN place END), -1),
       COALESCE(MIN(CASE WHEN total >= 30 AND adds = 1 THEN place END), -1)
FROM spells GROUP BY pupil ORDER BY pupil
"""


def _duckdb(rule: Rule, rows: list[str], grid: np.ndarray) -> Answer:
    import duckdb
    import pandas as pd

    frame = pd.DataFrame(_frame(rule, grid)).astype({"adds": "int8", "breaks": "int8"})
    with duckdb.connect() as base:
        base.execute("SET threads TO 1")
        base.register("marks", frame)
        found = base.execute(WINDOW_SQL).fetchall()
    return np.array(found, dtype=np.int64)[:, 1:].astype(np.int32)


def _databases() -> list[tuple[str, Callable[[list[str]], tuple[Cost, list[Answer]]]]]:
    from tools import pgtmp

    ways: list[tuple[str, Callable[[list[str]], tuple[Cost, list[Answer]]]]] = [("window SQL on SQLite", _sqlite)]
    if pgtmp.binaries() is not None:
        ways.append(("window SQL on PostgreSQL, wall time", _postgres))
    return ways


def _triples(rule: Rule, rows: list[str]) -> list[tuple[int, int, int, int]]:
    frame = _frame(rule, _matrix(rows))
    columns = (frame[name].astype(int).tolist() for name in ("pupil", "place", "adds", "breaks"))
    return list(zip(*columns, strict=True))


def _sqlite(rows: list[str]) -> tuple[Cost, list[Answer]]:
    answers, total = [], 0.0
    for rule in (STATUTORY, HEALTH):
        with sqlite3.connect(":memory:") as base:
            base.execute("CREATE TABLE marks (pupil INTEGER, place INTEGER, adds INTEGER, breaks INTEGER)")
            base.executemany("INSERT INTO marks VALUES (?, ?, ?, ?)", _triples(rule, rows))
            base.execute("CREATE INDEX by_pupil ON marks (pupil, place)")
            spent, found = cost(lambda base=base: base.execute(WINDOW_SQL).fetchall(), runs=1)
        total += spent.cpu
        answers.append(np.array(found, dtype=np.int64)[:, 1:].astype(np.int32))
    return Cost(total, total, 1), answers


def _postgres(rows: list[str]) -> tuple[Cost, list[Answer]]:
    import psycopg

    from tools import pgtmp

    server = pgtmp.start()
    assert server is not None
    answers, total = [], 0.0
    try:
        with psycopg.connect(server.url) as base:
            for rule in (STATUTORY, HEALTH):
                base.execute("CREATE TEMP TABLE marks (pupil int, place int, adds int, breaks int)")
                with base.cursor().copy("COPY marks FROM STDIN") as copy:
                    for triple in _triples(rule, rows):
                        copy.write_row(triple)
                base.execute("CREATE INDEX ON marks (pupil, place)")
                base.execute("ANALYZE marks")
                spent, found = cost(lambda base=base: base.execute(WINDOW_SQL).fetchall(), runs=1)
                base.execute("DROP TABLE marks")
                total += spent.wall  # the work is the server's, not this process's
                answers.append(np.array(found, dtype=np.int64)[:, 1:].astype(np.int32))
    finally:
        server.stop()
    return Cost(total, total, 1), answers
