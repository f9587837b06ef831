"""The codes of a school's own: those that a file holds and nobody explained, and those that are known."""

import json
from dataclasses import dataclass

from onroll.domain.register import CODES, RETIRED
from onroll.domain.register.import_states import ImportState
from onroll.queries.doors import SchoolSeen
from onroll.queries.imports.seen import KIND
from onroll.records.attendance.models import CodeMeaning, Import

LONGEST = 12  # a longer text is no code: the wrong column was chosen


@dataclass(frozen=True, slots=True)
class UnknownCode:
    """A code as the school writes it, how many marks of the file have it, and what it may mean."""

    raw: str
    marks: int
    suggested: str


@dataclass(frozen=True, slots=True)
class Meaning:
    """One of the school's own codes and the national code that it stands for."""

    id: int
    raw: str
    national: str
    words: str


def unknown_codes(seen: SchoolSeen, import_id: int) -> list[UnknownCode]:
    """The codes of one import that nobody explained yet, the commonest first. One query."""
    kept = Import.objects.filter(pk=import_id, school_id=seen.id, kind=KIND).only("unknown_codes").first()
    return _unknown(kept.unknown_codes) if kept else []


def waiting_codes(seen: SchoolSeen) -> list[tuple[int, UnknownCode]]:
    """(import, code) for every unexplained code of the imports that wait for approval. One query."""
    rows = Import.objects.filter(school_id=seen.id, kind=KIND, state=ImportState.READY).only("unknown_codes")
    return [(row.pk, code) for row in rows.order_by("-pk") for code in _unknown(row.unknown_codes)]


def meanings(seen: SchoolSeen) -> list[Meaning]:
    """What the school's own codes mean. One query."""
    rows = CodeMeaning.objects.filter(school_id=seen.id).values_list("pk", "raw", "national")
    return [Meaning(pk, raw, code, CODES[code].meaning) for pk, raw, code in rows]


def _unknown(kept: str) -> list[UnknownCode]:
    marks: dict[str, int] = {}
    for raw, count in json.loads(kept or "[]"):
        marks[raw.strip()] = marks.get(raw.strip(), 0) + count
    return [
        UnknownCode(raw, count, _suggested(raw))
        for raw, count in marks.items()
        if raw and len(raw) <= LONGEST
    ]


def _suggested(raw: str) -> str:
    """The code that is most often meant: the successor of a withdrawn one, or the code that a sub-code begins with."""
    if raw.upper() in RETIRED:
        return RETIRED[raw.upper()].suggested
    return next((raw[:length] for length in (2, 1) if len(raw) > length and raw[:length] in CODES), "")
