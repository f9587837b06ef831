"""How `onroll count` writes its answer: a table to read, CSV, or JSON."""

import csv
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import NamedTuple, TextIO

from onroll.domain.register import Count
from onroll.domain.schoolcalendar import SessionAt

_LETTERS = 26
_NUMBERS = range(2, 5)  # columns of the table that hold numbers
_FORMULA = ("=", "+", "-", "@", "\t")


class Answer(NamedTuple):
    """One pupil, by both counters."""

    upn: str
    statutory: Count
    health: Count


@dataclass(frozen=True, slots=True)
class Summary:
    """What holds for the whole answer."""

    as_of: date
    threshold: float
    health_codes: tuple[str, ...]
    pupils: int
    lines: int
    rejected: int
    by_cell: bool
    """Whether it is cells of a wide file that were rejected, not lines."""


def column_name(index: int) -> str:
    """The letters that a spreadsheet shows above a column counted from 0: A, B, ... Z, AA."""
    name = ""
    index += 1
    while index:
        index, letter = divmod(index - 1, _LETTERS)
        name = chr(ord("A") + letter) + name
    return name


def write_json(answers: Sequence[Answer], summary: Summary, out: TextIO) -> None:
    """A list of pupils, as the manual describes it."""
    found = [
        {"upn": answer.upn, "statutory": _fields(answer.statutory), "health": _fields(answer.health)}
        for answer in answers
    ]
    json.dump(found, out, indent=2)
    out.write("\n")


def write_csv(answers: Sequence[Answer], summary: Summary, out: TextIO) -> None:
    """A line for each pupil; a session that was reached as "2026-10-23 PM"."""
    writer = csv.writer(out, lineterminator="\n")
    names = [f"{counter}_{name}" for counter in ("statutory", "health") for name in _FIELDS]
    writer.writerow(["upn", *names])
    for answer in answers:
        upn = f"'{answer.upn}" if answer.upn.startswith(_FORMULA) else answer.upn
        counts = (answer.statutory, answer.health)
        writer.writerow([upn, *(_flat(field(count)) for count in counts for field in _FIELDS.values())])


def write_table(answers: Sequence[Answer], summary: Summary, out: TextIO) -> None:
    """For people: the nearest to the threshold first, a line for each counter."""
    threshold, codes = _days(summary.threshold), " ".join(summary.health_codes)
    out.write(f"School days missed, as of {_in_words(summary.as_of)}, against {threshold} school days.\n")
    out.write(f"Statutory counts code I, health counts {codes}; a session is half a day.\n\n")
    reached = (f"{threshold} in a row", f"{threshold} in all")
    heading = ("UPN", "Counter", "Days", "Spell", "Longest", *reached, "Forecast")
    lines = [heading, *(line for answer in sorted(answers, key=_nearest) for line in _table_lines(answer))]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    out.writelines(_aligned(line, widths) for line in lines)
    out.write(f"\n{_number(summary.pupils, 'pupil')}. {_what_was_used(summary)}.\n")


def _what_was_used(summary: Summary) -> str:
    if summary.by_cell:
        return f"{_number(summary.lines, 'line')} read, {_number(summary.rejected, 'cell')} rejected"
    used = summary.lines - summary.rejected
    return f"{_number(used, 'line')} used, {_number(summary.rejected, 'line')} rejected"


def _aligned(line: tuple[str, ...], widths: Sequence[int]) -> str:
    cells = [
        text.rjust(width) if index in _NUMBERS else text.ljust(width)
        for index, (text, width) in enumerate(zip(line, widths, strict=True))
    ]
    return "  ".join(cells).rstrip() + "\n"


def _table_lines(answer: Answer) -> Iterator[tuple[str, ...]]:
    if not (_is_anything(answer.statutory) or _is_anything(answer.health)):
        yield (answer.upn, "both", "0", "0", "0", "", "", "")
        return
    for upn, name, count in ((answer.upn, "statutory", answer.statutory), ("", "health", answer.health)):
        days = map(_days, (count.days, count.spell_days, count.longest_spell_days))
        yield (
            upn,
            name,
            *days,
            *map(_flat, (count.reached_consecutive, count.reached_cumulative, count.forecast_on)),
        )


def _is_anything(count: Count) -> bool:
    return count.days > 0 or count.longest_spell_days > 0


def _nearest(answer: Answer) -> tuple[float, float, str]:
    near = [max(count.days, count.spell_days) for count in (answer.health, answer.statutory)]
    return (-near[0], -near[1], answer.upn)


def _fields(count: Count) -> dict[str, object]:
    return {name: _plain(field(count)) for name, field in _FIELDS.items()}


def _plain(value: object) -> object:
    if isinstance(value, SessionAt):
        return {"date": value.date.isoformat(), "session": str(value.session)}
    return value.isoformat() if isinstance(value, date) else value


def _flat(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, SessionAt):
        return f"{value.date.isoformat()} {value.session}"
    return str(value)


def _days(days: float) -> str:
    return f"{days:g}"


def _number(count: int, noun: str) -> str:
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def _in_words(on: date) -> str:
    return f"{on:%A} {on.day} {on:%B %Y}"


_FIELDS: Mapping[str, Callable[[Count], object]] = MappingProxyType(
    {
        "days": lambda count: count.days,
        "spell_days": lambda count: count.spell_days,
        "longest_spell_days": lambda count: count.longest_spell_days,
        "reached_consecutive": lambda count: count.reached_consecutive,
        "reached_cumulative": lambda count: count.reached_cumulative,
        "forecast_on": lambda count: count.forecast_on,
    }
)

FORMATS: Mapping[str, Callable[[Sequence[Answer], Summary, TextIO], None]] = MappingProxyType(
    {"table": write_table, "csv": write_csv, "json": write_json}
)
"""The values of --format."""
