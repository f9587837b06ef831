"""What the worker can do, by the name that `actions.work.enqueue` uses.

A piece of work is a function of its subject's id and a `Progress`; it must be safe to run again from the
start, because a worker may be killed at any moment.
"""

from collections.abc import Callable
from typing import Protocol


class Progress(Protocol):
    """How a long piece of work says how far it is; also the sign that its worker lives."""

    def __call__(self, done: int, total: int, note: str = "") -> None: ...


Job = Callable[[int, Progress], None]
JOBS: dict[str, Job] = {}


def job(kind: str) -> Callable[[Job], Job]:
    """Register a function as the work of this kind."""

    def register(function: Job) -> Job:
        JOBS[kind] = function
        return function

    return register
