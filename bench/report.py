"""What a part of the bench found: Markdown for people, and whether each budget was met."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass


@dataclass(frozen=True)
class Budget:
    """One promise of speed or size, and what was found."""

    promise: str
    found: str
    met: bool

    def line(self) -> str:
        """The budget as one line of the report."""
        return f"- budget {'met' if self.met else '**missed**'}: {self.promise}; found {self.found}"


@dataclass(frozen=True)
class Part:
    """One part of the report."""

    title: str
    text: str
    budgets: Sequence[Budget] = ()

    def markdown(self) -> str:
        """The part as a section."""
        return "\n\n".join(
            filter(None, [f"## {self.title}", self.text, "\n".join(b.line() for b in self.budgets)])
        )

    def to_json(self) -> str:
        """For the process that collects the parts."""
        return json.dumps(asdict(self))

    @classmethod
    def from_json(cls, text: str) -> "Part":
        """What `to_json` wrote."""
        found = json.loads(text)
        return cls(found["title"], found["text"], [Budget(**one) for one in found["budgets"]])


def at_most(promise: str, limit: float, found: float, unit: str = "") -> Budget:
    """A figure that may not be larger."""
    return Budget(f"{promise} ≤ {limit:g}{unit}", f"{_short(found)}{unit}", found <= limit)


def at_least(promise: str, limit: float, found: float, unit: str = "") -> Budget:
    """A figure that may not be smaller."""
    return Budget(f"{promise} ≥ {limit:g}{unit}", f"{_short(found)}{unit}", found >= limit)


def table(headings: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    """A Markdown table; figures stand on the right."""
    lines = [headings, ["---", *["---:"] * (len(headings) - 1)], *rows]
    return "\n".join(f"| {' | '.join(str(cell) for cell in line)} |" for line in lines)


def seconds(value: float) -> str:
    """Seconds for a reader: three figures."""
    return f"{value * 1000:.3g} ms" if value < 1 else f"{value:.3g} s"


def _short(value: float) -> str:
    return f"{value:.0f}" if abs(value) >= 100 else f"{value:.3g}"
