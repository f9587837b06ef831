"""The columns of a brought file: what each seems to be, and the first lines as they would be read."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from onroll.domain.names import shown_name
from onroll.domain.permissions import Permission
from onroll.domain.register.files import ColumnMap, Heading, Role, Shape
from onroll.domain.register.files.datetext import read_day_heading
from onroll.domain.register.files.headings import plain
from onroll.domain.register.import_states import ImportState
from onroll.domain.vocabulary import Actor, Refusal, Refused, not_found
from onroll.queries import doors
from onroll.queries.calendars import calendars_of
from onroll.queries.doors import SchoolSeen
from onroll.queries.imports.facts import code_book, code_map, half_days, pupil_index
from onroll.queries.imports.first_lines import FirstLine, Reader, first_lines
from onroll.queries.imports.heads import FIRST_LINES, Head, head_of
from onroll.queries.imports.seen import KIND
from onroll.records.attendance.models import Import

_SAMPLE = 40


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its place, its heading, and what stands in it first."""

    place: int
    heading: str
    sample: str
    is_day: bool


@dataclass(frozen=True, slots=True)
class ColumnsPage:
    """What the page that asks for the columns shows."""

    version: int
    file_name: str
    columns: list[Column]
    header: Sequence[str]
    places: Mapping[Role, int]  # as chosen or guessed
    shape: Shape
    missing: tuple[Role, ...]
    doubts: Mapping[Role, list[int]]
    complete: bool
    summary: bool
    unread: list[str]  # headings meant as dates that cannot be read
    days: int  # columns of marks
    lines: list[FirstLine]
    names: Mapping[int, str]  # of the pupils that the lines were found to mean


def columns_page(
    actor: Actor, seen: SchoolSeen, import_id: int, chosen: ColumnMap | None, *, at: datetime
) -> ColumnsPage:
    """A file that waits for its columns, read with those that were chosen, or else guessed. Logs the look."""
    row = Import.objects.filter(pk=import_id, school_id=seen.id, kind=KIND).first()
    if row is None:
        raise not_found()
    if row.state != ImportState.MAPPING:
        raise Refusal(Refused.CONFLICT, "The columns of this file are chosen already. Open the file's page.")
    known = chosen or (ColumnMap.from_json(row.mapping) if row.mapping else None)
    head = head_of(row.upload, row.size, known)
    return _page(actor, seen, row, head, known, at)


def headings_of(seen: SchoolSeen, import_id: int) -> tuple[str, ...]:
    """The headings of a file that waits for its columns, in order."""
    row = Import.objects.filter(pk=import_id, school_id=seen.id, kind=KIND, state=ImportState.MAPPING).first()
    if row is None:
        raise not_found()
    header = head_of(row.upload, row.size).guess.header
    return header.headings if header else ()


def _page(
    actor: Actor, seen: SchoolSeen, row: Import, head: Head, known: ColumnMap | None, at: datetime
) -> ColumnsPage:
    found = head.guess
    header = found.header.headings if found.header else ()
    lines = _first_lines(seen, head)
    pupil_ids = sorted({line.match.pupil_id for line in lines if line.match.pupil_id is not None})
    doors.looked(actor, seen, page="import-columns", pupil_ids=pupil_ids, at=at)
    return ColumnsPage(
        version=row.version,
        file_name=row.file_name,
        header=header,
        columns=_columns(head, header),
        places=_places(known, header),
        shape=known.shape if known else Shape.LONG,
        missing=found.missing,
        doubts=found.doubts,
        complete=found.complete,
        summary=found.summary,
        unread=[header[at] for at in found.layout.unread] if found.layout else [],
        days=len(found.layout.days) if found.layout else 0,
        lines=lines,
        names=_names(actor, seen, pupil_ids),
    )


def _columns(head: Head, header: Sequence[str]) -> list[Column]:
    below = head.rows[head.guess.header.first + head.guess.header.rows :] if head.guess.header else ()
    return [
        Column(place, heading, _sample(below, place), is_day=read_day_heading(heading) is not None)
        for place, heading in enumerate(header)
    ]


def _sample(rows: Sequence[Sequence[str]], place: int) -> str:
    cells = (row[place].strip() for row in rows if place < len(row))
    return next((cell[:_SAMPLE] for cell in cells if cell), "")


def _places(known: ColumnMap | None, header: Sequence[str]) -> dict[Role, int]:
    if known is None:
        return {}
    texts = [plain(heading) for heading in header]
    where = {Heading(text, texts[:place].count(text)): place for place, text in enumerate(texts)}
    return {role: where[wanted] for role, wanted in known.columns.items() if wanted in where}


def _first_lines(seen: SchoolSeen, head: Head) -> list[FirstLine]:
    layout = head.guess.layout
    if layout is None:
        return []
    reader = Reader(
        layout,
        code_book(code_map(seen.id)),
        pupil_index(seen.id),
        half_days(calendars_of(seen.id)[None]),
    )
    rows = slice(layout.skip, layout.skip + FIRST_LINES)
    return first_lines(reader, head.rows[rows], head.lines[rows])


def _names(actor: Actor, seen: SchoolSeen, pupil_ids: Sequence[int]) -> dict[int, str]:
    rows = doors.pupils(actor, seen.id, Permission.REGISTER_IMPORT).filter(pk__in=pupil_ids)
    return {row.pk: shown_name(row.forename, row.surname, row.known_as) for row in rows}
