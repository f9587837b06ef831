"""The first lines of a file, as a table: each as it will be read."""

from onroll.domain.register.files import Shape
from onroll.domain.register.pupil_match import By, Match
from onroll.domain.schoolcalendar import SessionAt
from onroll.pages.parts import Preview, PreviewCell, PreviewRow
from onroll.pages.registers.words import code_words
from onroll.pages.wording import long_date
from onroll.queries.imports.columns import ColumnsPage
from onroll.queries.imports.first_lines import FirstLine, FirstMark

_FOUND = {
    By.UPN: "found by UPN",
    By.ADMISSION: "found by admission number",
    By.OTHER_UPN: "found by admission number, UPN differs: check",
    By.NAME: "found by name: check",
}


def first_rows(page: ColumnsPage) -> Preview:
    """The table."""
    long = page.shape is Shape.LONG
    headings = ["Date", "Session", "Mark"] if long else [_heading(mark) for mark in _widest(page)]
    rows = [
        PreviewRow(line.line, [_pupil(page, line), *(_long(line) if long else _wide(line, len(headings)))])
        for line in page.lines
    ]
    return Preview("The first lines, as they will be read", ["Pupil", *headings], rows)


def _widest(page: ColumnsPage) -> tuple[FirstMark, ...]:
    return max((line.marks for line in page.lines), key=len, default=())


def _pupil(page: ColumnsPage, line: FirstLine) -> PreviewCell:
    if line.passed_over:
        return PreviewCell("No marks on this line: passed over")
    found: Match = line.match
    if found.pupil_id is None or found.by is None:
        return PreviewCell(line.said or "Not named", found.why, "wrong")
    name = page.names.get(found.pupil_id, line.said)
    if found.by.is_sure:
        return PreviewCell(f"{name}, {_FOUND[found.by]}")
    return PreviewCell(name, _FOUND[found.by], "changed")


def _long(line: FirstLine) -> list[PreviewCell]:
    if not line.marks:
        return [PreviewCell("")] * 3
    mark = line.marks[0]
    if mark.at is None:
        return [PreviewCell("Not read", mark.problem, "wrong"), PreviewCell(""), PreviewCell("")]
    return [PreviewCell(long_date(mark.at.date)), PreviewCell(mark.at.session), _mark(mark)]


def _wide(line: FirstLine, width: int) -> list[PreviewCell]:
    cells = [_mark(mark) for mark in line.marks]
    return [*cells, *[PreviewCell("")] * (width - len(cells))]


def _mark(mark: FirstMark) -> PreviewCell:
    if mark.problem:
        return PreviewCell("Not read", mark.problem, "wrong")
    return PreviewCell(code_words(mark.code) if mark.code else "Blank", "" if mark.code else mark.meaning)


def _heading(mark: FirstMark) -> str:
    return _session(mark.at) if mark.at else ""


def _session(at: SessionAt) -> str:
    return f"{long_date(at.date)} {at.session}"
