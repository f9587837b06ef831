"""The recount: from stored marks to kept figures through Django, nothing changed, beside the count itself."""

from collections.abc import Sequence
from contextlib import ExitStack

from bench.house import Databases, databases, house
from bench.report import Part, at_most, seconds, table

TIMES_THE_COUNT, TIMES_FOR_TEN = 5, 11


def measure(*, quick: bool) -> Part:
    """A tenth of an authority and a whole one, on each database."""
    sizes = ((2, 500), (20, 5000)) if quick else ((24, 7000), (240, 70_000))
    rows, budgets = [], []
    with databases() as kinds:
        for kind, base in kinds.items():
            small, large = _both(base, sizes)
            rows += [_row(kind, small), _row(kind, large)]
            ratio = large["recount"] / large["count"]
            budgets.append(at_most(f"{kind}: recount, times the count itself", TIMES_THE_COUNT, ratio))
            growth = large["recount"] / small["recount"]
            budgets.append(at_most(f"{kind}: ten times the pupils, times the time", TIMES_FOR_TEN, growth))
    head = (
        "A whole school year of marks, both counts, figures compared with those kept; 0 figures written. "
        "Processor time of Onroll's process, the quickest of nine runs; the database server's own is "
        "not in it. The two are asked of the same registers, in the same process."
    )
    headings = [
        "", "schools", "pupils", "recount", "the count itself", "times", "a pupil", "queries a school", "memory above"
    ]  # fmt: skip
    return Part("The recount", f"{head}\n\n{table(headings, rows)}", budgets)


def _both(base: Databases, sizes: Sequence[tuple[int, int]]) -> list[dict[str, float]]:
    """Both sizes in turn, so that a busy moment of the machine hits both; each counts with its best turn."""
    with ExitStack() as open_houses:
        houses = []
        for schools, pupils in sizes:
            houses.append(open_houses.enter_context(house("recount", database=base.new(f"recount_{pupils}"))))
            houses[-1].schools(schools, pupils)
        turns = [[one.inside("recount") for one in houses] for _ in range(3)]
    return [min(found, key=lambda one: one["recount"]) for found in zip(*turns, strict=True)]


def _row(kind: str, one: dict[str, float]) -> list[object]:
    return [
        kind,
        f"{one['schools']:,}",
        f"{one['pupils']:,}",
        seconds(one["recount"]),
        seconds(one["count"]),
        f"{one['recount'] / one['count']:.1f}",
        f"{one['recount'] / one['pupils'] * 1e6:.0f} µs",
        f"{one['queries'] / one['schools']:.1f}",
        f"{one['above']:.0f} MB",
    ]
