"""Marks that somebody must look at."""

import csv
from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Any, NamedTuple

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from onroll.domain.permissions import Permission
from onroll.domain.register.codequeries import N_SCHOOL_DAYS
from onroll.pages.downloads import csv_file, safe_row
from onroll.pages.paging import Paging
from onroll.pages.registers.room import may_import, parts
from onroll.pages.registers.words import code_words
from onroll.pages.requests import OnrollRequest
from onroll.queries import code_queries, doors
from onroll.queries.code_queries import CodeQueries, NotTaken, OldN, StrayMark
from onroll.queries.imports.codes import waiting_codes

OLD_N, STRAY, NOT_TAKEN = "old-n", "no-session", "not-taken"


class Kind(NamedTuple):
    """One list of the page: how it is named, what to do about it, and how it is found."""

    heading: str
    words: str
    help: str
    found: Callable[[CodeQueries], Sequence[Any]]
    headings: tuple[str, ...]


KINDS: Mapping[str, Kind] = MappingProxyType(
    {
        OLD_N: Kind(
            f"Still N after {N_SCHOOL_DAYS} school days",
            f"still N after {N_SCHOOL_DAYS} school days",
            "The reason should be known by now. Ask the family, put the right code into your school's system, "
            "and bring the register in again.",
            lambda found: found.old_n,
            ("Pupil", "Tutor group", "Date", "Session", "Reason due by"),
        ),
        NOT_TAKEN: Kind(
            "Registers not taken",
            "registers not taken",
            "Up to the last day with any marks. A session that was not taken counts for nobody.",
            lambda found: found.not_taken,
            ("Date", "Session", "Tutor group", "Without a mark", "Of"),
        ),
        STRAY: Kind(
            "Marks where there is no session",
            "marks where there is no session",
            "They are held, and count for nothing. If the school was open, put the calendar right: they count at once.",
            lambda found: found.strays,
            ("Pupil", "Tutor group", "Date", "Session", "Mark", "The calendar says"),
        ),
    }
)


@require_safe
def show(request: OnrollRequest, urn: int) -> HttpResponse:
    """How many of each kind there are."""
    school = doors.school(request.actor, urn, Permission.REGISTER_SEE)
    found = code_queries.code_queries(request.actor, school, on=timezone.localdate())
    waiting = waiting_codes(school)
    numbers = [
        (len(kind.found(found)), kind.heading, kind.help, reverse(f"registers:{which}", args=[urn]))
        for which, kind in KINDS.items()
    ]
    context = {
        "school": school,
        "year": found.year,
        "numbers": numbers,
        "waiting": waiting,
        "clear": not waiting and not any(number for number, *_ in numbers),
        "parts": parts(school, "registers:queries"),
        "may_import": may_import(request.actor, school),
    }
    return render(request, "registers/queries.html", context)


@require_safe
def rows(request: OnrollRequest, urn: int, which: str) -> HttpResponse:
    """One of the lists, a page at a time."""
    school = doors.school(request.actor, urn, Permission.REGISTER_SEE)
    kind = KINDS[which]
    found = code_queries.code_queries(request.actor, school, on=timezone.localdate())
    every = kind.found(found)
    paging = Paging.of(request.GET.get("page"), len(every))
    page = [_named(found, row) for row in every[paging.offset : paging.offset + paging.size]]
    code_queries.looked(request.actor, school, "code-queries", _pupils(page), at=timezone.now())
    context = {
        "school": school,
        "kind": kind,
        "which": which,
        "rows": [(row, code_words(row.code) if isinstance(row, StrayMark) else "") for row in page],
        "paging": paging,
        "file_href": reverse(f"registers:{which}-file", args=[urn]),
    }
    return render(request, "registers/query.html", context)


@require_safe
def file(request: OnrollRequest, urn: int, which: str) -> HttpResponse:
    """One of the lists, whole, as a CSV file."""
    school = doors.school(request.actor, urn, Permission.REGISTER_SEE)
    kind = KINDS[which]
    found = code_queries.code_queries(request.actor, school, on=timezone.localdate())
    every = kind.found(found)
    code_queries.looked(request.actor, school, "code-queries-file", _pupils(every), at=timezone.now())
    response = csv_file(f"{which}-{school.urn}-{timezone.localdate().isoformat()}.csv")
    writer = csv.writer(response)
    writer.writerow(kind.headings)
    for row in every:
        writer.writerow(safe_row(_cells(row)))
    return response


def _named(found: CodeQueries, row: OldN | StrayMark | NotTaken) -> OldN | StrayMark | NotTaken:
    return found.named(row) if isinstance(row, NotTaken) else row


def _pupils(page: Sequence[OldN | StrayMark | NotTaken]) -> set[int]:
    """Whom the page shows by name."""
    named = {pupil_id for row in page if isinstance(row, NotTaken) for pupil_id, _ in row.pupils}
    return named | {row.pupil_id for row in page if not isinstance(row, NotTaken)}


def _cells(row: OldN | StrayMark | NotTaken) -> list[Any]:
    at = [row.at.date, str(row.at.session)]
    match row:
        case OldN():
            return [row.name, row.tutor_group, *at, row.due_on]
        case StrayMark():
            return [row.name, row.tutor_group, *at, row.code, row.why]
        case NotTaken():
            return [*at, row.tutor_group or "Whole school", row.missing, row.expected]
