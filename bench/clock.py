"""Processor time and memory of a call."""

import gc
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

T = TypeVar("T")


@dataclass(frozen=True)
class Cost:
    """What a call cost at its quickest, in seconds of processor and of wall."""

    cpu: float
    wall: float


def cost(call: Callable[[], T], runs: int = 3) -> tuple[Cost, T]:
    """Call several times; the least cost, since a busy machine only ever adds to it, and the last answer."""
    cpus, walls = [], []
    answer: T
    for _ in range(runs):
        gc.collect()
        cpu, wall = time.process_time(), time.perf_counter()
        answer = call()
        cpus.append(time.process_time() - cpu)
        walls.append(time.perf_counter() - wall)
    return Cost(min(cpus), min(walls)), answer


def peak_mb() -> float:
    """Peak resident memory of this process in MB, since it began or since `forget_peak`."""
    return _status("VmHWM")


def resident_mb() -> float:
    """Resident memory of this process now, in MB."""
    return _status("VmRSS")


def forget_peak() -> None:
    """Let the peak begin again from what is resident now."""
    Path("/proc/self/clear_refs").write_text("5")


def _status(name: str) -> float:
    lines = Path("/proc/self/status").read_text().splitlines()
    return float(next(line for line in lines if line.startswith(name)).split()[1]) / 1024


def yardstick() -> float:
    """Seconds of processor for a fixed piece of plain Python: how fast, or how busy, the machine is now."""

    def loop() -> int:
        total = 0
        for number in range(1_000_000):
            total += number & 7
        return total

    return cost(loop, runs=5)[0].cpu
