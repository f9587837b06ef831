"""The duties: every open case of an authority judged, and one action that judges its case before it commits."""

from contextlib import ExitStack

from bench.house import databases, house
from bench.report import Part, at_most, seconds, table

SWEEP_SECONDS, ACTION_SECONDS, FLAT_MB = 10, 0.05, 25


def measure(*, quick: bool) -> Part:
    """An authority's cases and a tenth of them, on each database."""
    schools, pupils, sizes = (4, 400, (20, 60)) if quick else (240, 7200, (200, 2000))
    rows, budgets = [], []
    with databases() as kinds:
        for kind, base in kinds.items():
            found = []
            for size in sizes:
                with ExitStack() as open_house:
                    here = open_house.enter_context(house("duties", database=base.new(f"duties_{size}")))
                    here.schools(schools, pupils)
                    found.append(here.inside("duties", size))
            few, many = found
            rows += [_row(kind, one) for one in found]
            budgets += [
                at_most(f"{kind}: the first round, everything written", SWEEP_SECONDS, many["first"], " s"),
                at_most(f"{kind}: a round that finds nothing new", SWEEP_SECONDS, many["nothing"], " s"),
                at_most(
                    f"{kind}: one action with its findings and its ledger row",
                    ACTION_SECONDS,
                    many["action"],
                    " s",
                ),
                at_most(
                    f"{kind}: queries of a batch, beside a tenth of the cases",
                    few["queries"],
                    many["queries"],
                ),
                at_most(
                    f"{kind}: memory above, beside a tenth of the cases",
                    few["above"] + FLAT_MB,
                    many["above"],
                    " MB",
                ),
            ]
    head = (
        "Open cases of an authority, half of them with a contact and a statement; every duty of the shipped packs that "
        "Onroll judges. Processor time of Onroll's process; the database server's own is not in it. The action's "
        "time is by the clock, the middle one of 20."
    )
    headings = [
        "", "schools", "cases", "first round", "written", "nothing new", "next morning", "moved", "queries a batch",
        "memory above", "one action", "its statements",
    ]  # fmt: skip
    return Part("The duties", f"{head}\n\n{table(headings, rows)}", budgets)


def _row(kind: str, one: dict[str, float]) -> list[object]:
    return [
        kind, f"{one['schools']:,}", f"{one['cases']:,}", seconds(one["first"]), f"{one['written']:,}",
        seconds(one["nothing"]), seconds(one["morning"]), f"{one['moved']:,}", one["queries"],
        f"{one['above']:.0f} MB", seconds(one["action"]), one["statements"],
    ]  # fmt: skip
