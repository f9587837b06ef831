"""Processor time and memory of one call."""

import gc
import resource
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

T = TypeVar("T")


@dataclass(frozen=True)
class Cost:
    """What a call cost: the median of its runs, in seconds of processor and of wall."""

    cpu: float
    wall: float
    runs: int


def cost(call: Callable[[], T], runs: int = 3) -> tuple[Cost, T]:
    """Call several times and return the median cost with the last answer."""
    cpus, walls = [], []
    answer: T
    for _ in range(runs):
        gc.collect()
        cpu, wall = time.process_time(), time.perf_counter()
        answer = call()
        cpus.append(time.process_time() - cpu)
        walls.append(time.perf_counter() - wall)
    middle = runs // 2
    return Cost(sorted(cpus)[middle], sorted(walls)[middle], runs), answer


def peak_mb() -> float:
    """Peak resident memory of this process so far, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def table(headings: list[str], rows: list[list[object]]) -> str:
    """A Markdown table."""
    lines = [headings, ["---"] * len(headings), *rows]
    return "\n".join(f"| {' | '.join(str(cell) for cell in line)} |" for line in lines)


def seconds(value: float) -> str:
    """Seconds for a reader: three figures."""
    return f"{value * 1000:.3g} ms" if value < 1 else f"{value:.3g} s"
