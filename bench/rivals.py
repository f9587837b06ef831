"""The count as others would write it: each way takes a rule and the marks, pupils x sessions as bytes.

An answer has a line for each pupil: total, running and longest spell, and the places on the grid at which the
threshold was reached consecutively and cumulatively, -1 where it was not. Everything in sessions.
"""

import sqlite3
from collections.abc import Callable, Iterator, Sequence

import duckdb
import numpy as np
import pandas as pd
import polars as pl
import psycopg

from bench.clock import Cost, cost
from bench.data import sessions
from onroll.domain.register import Rule
from onroll.domain.register.ground import ADD, BREAK, effects_table
from tools import pgtmp

NEED = 30
Way = Callable[[Rule, np.ndarray], np.ndarray]
InDatabase = Callable[[Rule, np.ndarray], tuple[Cost, np.ndarray]]


def matrix(rows: Sequence[str]) -> np.ndarray:
    """Marks as bytes, pupils x sessions."""
    grid = np.frombuffer("".join(rows).encode(), dtype=np.uint8).reshape(len(rows), -1)
    return np.ascontiguousarray(grid[:, sessions()])


def _effects(rule: Rule) -> bytes:
    """1 adds, 2 breaks, 0 neither, by stored character."""
    names = {ADD[0]: 1, BREAK[0]: 2}
    return bytes(names.get(effect, 0) for effect in effects_table(rule))


def _loop(rule: Rule, grid: np.ndarray) -> np.ndarray:
    effect, places, found = _effects(rule), sessions(), []
    for row in grid:
        total = spell = longest = 0
        consecutive = cumulative = -1
        for place, mark in zip(places, row.tobytes(), strict=True):
            does = effect[mark]
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


def _columns(rule: Rule, grid: np.ndarray) -> dict[str, np.ndarray]:
    """A row for each mark, as tables like it."""
    pupils, width = grid.shape
    effect = np.frombuffer(_effects(rule), dtype=np.uint8)[grid]
    return {
        "pupil": np.repeat(np.arange(pupils, dtype=np.int32), width),
        "place": np.tile(np.array(sessions(), dtype=np.int16), pupils),
        "adds": (effect == 1).ravel(),
        "breaks": (effect == 2).ravel(),
    }


def _pandas(rule: Rule, grid: np.ndarray) -> np.ndarray:
    frame = pd.DataFrame(_columns(rule, grid))
    frame["run"] = frame.groupby("pupil", sort=False)["breaks"].cumsum()
    frame["total"] = frame.groupby("pupil", sort=False)["adds"].cumsum()
    total = frame.groupby("pupil", sort=False)["adds"].sum()
    last_run = frame.groupby("pupil", sort=False)["run"].last()
    added = frame[frame["adds"]]
    del frame
    added = added.assign(spell=added.groupby(["pupil", "run"], sort=False).cumcount() + 1)
    longest = added.groupby("pupil", sort=False)["spell"].max()
    lengths = added.groupby(["pupil", "run"], sort=False)["spell"].max().reset_index()
    running = lengths[lengths["run"] == lengths["pupil"].map(last_run)].set_index("pupil")["spell"]
    consecutive = added[added["spell"] >= NEED].groupby("pupil", sort=False)["place"].first()
    cumulative = added[added["total"] >= NEED].groupby("pupil", sort=False)["place"].first()
    answer = np.zeros((len(grid), 5), dtype=np.int32)
    answer[:, 3:] = -1
    for number, column in enumerate((total, running, longest, consecutive, cumulative)):
        answer[column.index.to_numpy(), number] = column.to_numpy()
    return answer


def _polars(rule: Rule, grid: np.ndarray) -> np.ndarray:
    frame = pl.DataFrame(_columns(rule, grid)).lazy()
    frame = frame.with_columns(
        run=pl.col("breaks").cum_sum().over("pupil"), total=pl.col("adds").cum_sum().over("pupil")
    )
    lasts = frame.group_by("pupil").agg(run_last=pl.col("run").last(), total_all=pl.col("adds").sum())
    spell = pl.int_range(1, pl.len() + 1).over("pupil", "run")
    added = frame.filter(pl.col("adds")).with_columns(spell=spell)
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
    empty = {"total_all": 0, "running": 0, "longest": 0, "consecutive": -1, "cumulative": -1}
    columns = [found[name].fill_null(fill).to_numpy() for name, fill in empty.items()]
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


def _duckdb(rule: Rule, grid: np.ndarray) -> np.ndarray:
    frame = pd.DataFrame(_columns(rule, grid)).astype({"adds": "int8", "breaks": "int8"})
    with duckdb.connect() as base:
        base.execute("SET threads TO 1")
        base.register("marks", frame)
        return _answer(base.execute(WINDOW_SQL).fetchall())


IN_MEMORY: dict[str, Way] = {
    "a plain Python loop": _loop,
    "pandas": _pandas,
    "polars": _polars,
    "DuckDB, window SQL, one thread": _duckdb,
}


def in_databases() -> dict[str, InDatabase]:
    """The same SQL over stored rows, in the databases of this machine."""
    ways: dict[str, InDatabase] = {"SQLite, window SQL": _sqlite}
    if pgtmp.binaries() is not None:
        ways["PostgreSQL, window SQL (wall time)"] = _postgres
    return ways


def _sqlite(rule: Rule, grid: np.ndarray) -> tuple[Cost, np.ndarray]:
    with sqlite3.connect(":memory:") as base:
        base.execute("CREATE TABLE marks (pupil INTEGER, place INTEGER, adds INTEGER, breaks INTEGER)")
        base.executemany("INSERT INTO marks VALUES (?, ?, ?, ?)", _rows(rule, grid))
        base.execute("CREATE INDEX by_pupil ON marks (pupil, place)")
        spent, found = cost(lambda: base.execute(WINDOW_SQL).fetchall(), runs=1)
    return spent, _answer(found)


def _postgres(rule: Rule, grid: np.ndarray) -> tuple[Cost, np.ndarray]:
    server = pgtmp.start()
    assert server is not None
    try:
        with psycopg.connect(server.url) as base:
            base.execute("CREATE TEMP TABLE marks (pupil int, place int, adds int, breaks int)")
            with base.cursor().copy("COPY marks FROM STDIN") as copy:
                for row in _rows(rule, grid):
                    copy.write_row(row)
            base.execute("CREATE INDEX ON marks (pupil, place)")
            base.execute("ANALYZE marks")
            spent, found = cost(lambda: base.execute(WINDOW_SQL).fetchall(), runs=1)
    finally:
        server.stop()
    return Cost(spent.wall, spent.wall), _answer(found)  # the work is the server's, not this process's


def _rows(rule: Rule, grid: np.ndarray) -> Iterator[tuple[int, ...]]:
    columns = (column.astype(int).tolist() for column in _columns(rule, grid).values())
    return zip(*columns, strict=True)


def _answer(rows: Sequence[Sequence[int]]) -> np.ndarray:
    return np.array(rows, dtype=np.int64)[:, 1:].astype(np.int32)
