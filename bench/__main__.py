"""Measure everything, or one part, and say which budgets are met. `make bench` writes bench/RESULTS.md."""

import argparse
import subprocess
import sys
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path

from bench import machine
from bench.clock import yardstick
from bench.report import Part

# In the order of the report; each is a module with `measure`, and runs in a process of its own.
PARTS = {
    "count": "counting",
    "reading": "reading",
    "import": "imports",
    "recount": "recount",
    "duties": "duties",
    "pages": "pages",
    "start": "starting",
}
RESULTS = Path(__file__).with_name("RESULTS.md")


def main() -> None:
    """Without `--only` and `--quick` the report is written; else it is only printed."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="small sizes, to see that everything runs")
    parser.add_argument("--only", choices=PARTS, metavar="PART", help=f"one of {', '.join(PARTS)}")
    parser.add_argument("--as-json", action="store_true", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.as_json:
        print(import_module(f"bench.{PARTS[asked.only]}").measure(quick=asked.quick).to_json())
        return
    report = _report([asked.only] if asked.only else list(PARTS), quick=asked.quick)
    if not asked.only and not asked.quick:
        RESULTS.write_text(report, encoding="utf-8")


def _report(names: list[str], *, quick: bool) -> str:
    before = yardstick(), machine.load()
    parts = [_part(name, quick=quick) for name in names]
    after = yardstick(), machine.load()
    head = _head(before, after, parts)
    print(head)
    return "\n\n".join([head, *(part.markdown() for part in parts)]) + "\n"


def _part(name: str, *, quick: bool) -> Part:
    """One part, measured in a process of its own, so that no part's memory is another's."""
    print(f"Measuring: {name}", file=sys.stderr, flush=True)
    command = [sys.executable, "-m", "bench", "--as-json", f"--only={name}", *(["--quick"] if quick else [])]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    part = Part.from_json(done.stdout.splitlines()[-1])
    print(part.markdown(), end="\n\n", flush=True)
    return part


def _head(before: tuple[float, float], after: tuple[float, float], parts: list[Part]) -> str:
    found = [(part.title, budget) for part in parts for budget in part.budgets]
    missed = [
        f"- {title}: {budget.promise}; found {budget.found}" for title, budget in found if not budget.met
    ]
    today = f"{datetime.now(UTC).date():%-d %B %Y}"
    busy = (
        f"- a fixed piece of Python took {before[0] * 1000:.0f} ms before the run and {after[0] * 1000:.0f} ms after "
        f"it; {before[1]:.1f} and {after[1]:.1f} processes waited for a processor. Ratios and counts mean something; "
        "milliseconds only show the size of things"
    )
    lines = [
        "# What was measured",
        "",
        f"Written by `make bench` on {today}; what is measured, and why: docs/explanation/performance.md.",
        "",
        machine.description(),
        busy,
        "",
        f"{len(found) - len(missed)} of {len(found)} budgets met.{' Missed:' if missed else ''}",
        *(["", *missed] if missed else []),
    ]
    return "\n".join(lines)


if __name__ == "__main__":
    main()
