"""What a school brings is opened by what it is; what is no table is refused with one clear sentence."""

import csv
import io
import zipfile
from datetime import date, datetime, time
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from onroll.queries.tables import TableProblem, brought, survey, workbook
from onroll.queries.tables.workbook import as_text

TEXT = "UPN,Surname,Mark\nA1,Müller,/\nB2,O’Neill,I\n"
ROWS = [["UPN", "Surname", "Mark"], ["A1", "Müller", "/"], ["B2", "O’Neill", "I"]]


def opened(content: bytes) -> list[list[list[str]]]:
    with brought(io.BytesIO(content), "register.csv") as tables:
        return [rows_of(table) for table in tables]


def rows_of(table) -> list[list[str]]:
    with table.rows() as rows:
        return [list(row) for row in rows]


def refused(content: bytes) -> TableProblem:
    with pytest.raises(TableProblem) as raised:
        opened(content)
    return raised.value


# ---------------------------------------------------------------- text


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(TEXT.encode("utf-8"), id="UTF-8"),
        pytest.param(TEXT.encode("utf-8-sig"), id="UTF-8 with its mark"),
        pytest.param(TEXT.encode("cp1252"), id="Windows-1252"),
        pytest.param(TEXT.encode("utf-16"), id="UTF-16"),
        pytest.param(b"\xff\xfe" + TEXT.encode("utf-16-le"), id="UTF-16, small end first"),
        pytest.param(b"\xfe\xff" + TEXT.encode("utf-16-be"), id="UTF-16, big end first"),
        pytest.param(TEXT.replace("\n", "\r\n").encode(), id="line ends of Windows"),
        pytest.param(TEXT.replace("\n", "\r").encode(), id="line ends of old Macs"),
        pytest.param(TEXT.rstrip("\n").encode(), id="no line end at the end"),
        pytest.param(TEXT.replace(",", ";").encode(), id="semicolons"),
        pytest.param(TEXT.replace(",", "\t").encode(), id="tabs"),
        pytest.param(TEXT.replace(",", "|").encode(), id="bars"),
        pytest.param(
            "\n".join(",".join(f'"{cell}"' for cell in row) for row in ROWS).encode(),
            id="all in quotation marks",
        ),
    ],
)
def test_text_is_read_whatever_its_encoding_and_separators(content):
    assert opened(content) == [ROWS]


@pytest.mark.parametrize(
    ("line", "cells"),
    [
        ('"Ash, Zoë",A1,/', ["Ash, Zoë", "A1", "/"]),
        ('"The ""best""",A1,/', ['The "best"', "A1", "/"]),
        ("Ash; Elm; Fir,A1,/", ["Ash; Elm; Fir", "A1", "/"]),
        (" I,I , ", [" I", "I ", " "]),
    ],
)
def test_cells_keep_what_they_hold(line, cells):
    assert opened(f"Name,UPN,Mark\n{line}\n".encode()) == [[["Name", "UPN", "Mark"], cells]]


def test_the_sign_that_a_spreadsheet_asks_for_is_used():
    assert opened(b"sep=;\nA,1,2,3;B\n")[0][1] == ["A,1,2,3", "B"]


def test_lines_are_numbered_as_an_editor_shows_them():
    with brought(io.BytesIO(b'a,b\n\n"one\ntwo",c\nd,"e"\n'), "x") as [table], table.rows() as rows:
        assert [(rows.line(row), row) for row in rows] == [
            (1, ["a", "b"]),
            (2, []),
            (3, ["one\ntwo", "c"]),
            (5, ["d", "e"]),
        ]


SPLIT = [
    pytest.param("A,Ash,Zoë,/,I", "Ash", id="no quotation marks"),
    pytest.param('"A","Ash","Zoë","/","I"', "Ash", id="round every cell"),
    pytest.param('A,"Ash, jun.",Zoë,/,I', "Ash, jun.", id="round a cell with a comma"),
    pytest.param('"A","Ash, jun.",Zoë,/,I', "Ash, jun.", id="round the first cells"),
    pytest.param('"A","Ash ""Z""","Zoë","/","I"', 'Ash "Z"', id="a quotation mark in a cell"),
    pytest.param('A,"Ash\nElm",Zoë,/,I', "Ash\nElm", id="a line end in a cell"),
    pytest.param(
        '"A","Ash\nElm","Zoë","/","I"', "Ash\nElm", id="a line end in a cell, marks round every cell"
    ),
    pytest.param('A,Ash 6",Zoë,/,I', 'Ash 6"', id="a stray quotation mark"),
    pytest.param('A,Ash 6" x 9",Zoë,/,I', 'Ash 6" x 9"', id="two stray quotation marks"),
    pytest.param('A,Ash,Zoë,"/",I', "Ash", id="round a mark"),
    pytest.param('A,Ash,Zoë,/,"I"', "Ash", id="round the last mark"),
    pytest.param('"A",Ash,Zoë,/,"I"', "Ash", id="round the first and the last"),
]


@pytest.mark.parametrize("sign", [",", ";", "\t"])
@pytest.mark.parametrize(("line", "name"), SPLIT)
def test_a_row_can_be_had_in_two_parts_that_say_what_its_cells_say(line, name, sign):
    text = f"UPN,S,F,a,b\n{line}\nB,Elm,Ada,C2,\nC,Fir\n\n".replace(",", sign)
    row = ["A", name.replace(",", sign), "Zoë", "/", "I"]
    more = line.count("\n")
    with brought(io.BytesIO(text.encode()), "x") as [table]:
        assert rows_of(table)[1:] == [row, ["B", "Elm", "Ada", "C2", ""], ["C", "Fir"], []]
        with table.rows() as rows:
            parts = [(rows.line([]), who, rest.split(between)) for who, rest, between in rows.split(3)]
    assert parts[1:] == [
        (2, row[:3], ["/", "I"]),
        (3 + more, ["B", "Elm", "Ada"], ["C2", ""]),
        (4 + more, ["C", "Fir"], [""]),
        (5 + more, parts[4][1], [""]),
    ]
    assert not any(parts[4][1])


def test_a_row_of_a_workbook_can_be_had_in_two_parts():
    with brought(io.BytesIO(book(ROWS)), "x") as [table], table.rows() as rows:
        assert [(rows.line([]), who, rest.split(between)) for who, rest, between in rows.split(1)] == [
            (number, row[:1], row[1:]) for number, row in enumerate(ROWS, 1)
        ]


@given(
    st.lists(st.lists(st.text('a," \n;', max_size=4), min_size=4, max_size=4), min_size=1, max_size=6),
    st.booleans(),
)
def test_however_a_program_quotes_its_cells_both_ways_of_reading_agree(cells, always):
    made = io.StringIO()
    writer = csv.writer(made, quoting=csv.QUOTE_ALL if always else csv.QUOTE_MINIMAL, lineterminator="\n")
    writer.writerows([["UPN", "S", "F", "M"], *cells])
    with brought(io.BytesIO(made.getvalue().encode()), "x") as [table]:
        with table.rows() as rows:
            whole = [(rows.line(row), row) for row in rows]
        with table.rows() as rows:
            parts = [(rows.line([]), [*who, *rest.split(between)]) for who, rest, between in rows.split(2)]
    assert parts == whole
    assert [row for _, row in whole[1:]] == cells


def test_a_table_can_be_gone_through_again():
    with brought(io.BytesIO(TEXT.encode("utf-16")), "x") as [table]:
        assert table.head(2) == ROWS[:2]
        assert rows_of(table) == rows_of(table) == ROWS


def test_a_stream_stays_open_and_a_path_is_opened(tmp_path: Path):
    stream = io.BytesIO(TEXT.encode())
    with brought(stream, "x") as [table]:
        rows_of(table)
    assert not stream.closed
    path = tmp_path / "register.csv"
    path.write_text(TEXT, "utf-8")
    with brought(path) as [table]:
        assert (table.file, rows_of(table)) == ("register.csv", ROWS)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        pytest.param(b"", "empty", id="empty"),
        pytest.param(b"\xef\xbb\xbf\r\n \n", "empty", id="only a mark and blank lines"),
        pytest.param(b"\xff\xfe", "empty", id="only the mark of UTF-16"),
        pytest.param(b"\x00" * 100, "empty", id="only NUL"),
        pytest.param(b"%PDF-1.7 ...", "a PDF", id="a PDF"),
        pytest.param(b"\x89PNG\r\n\x1a\n....", "a picture", id="a picture"),
        pytest.param(b"  <html><table>", "web page", id="a web page called .xls"),
        pytest.param(b'\xef\xbb\xbf<?xml version="1.0"?>', "web page or XML", id="XML"),
        pytest.param(
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "old Excel file", id="an old workbook"
        ),
        pytest.param(
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            "password",
            id="a workbook with a password",
        ),
    ],
)
def test_what_is_no_table_is_refused_by_what_it_is(content, words):
    problem = refused(content)
    assert words in problem.message
    assert problem.line is None


@pytest.mark.parametrize(
    ("content", "line"),
    [
        pytest.param(b"a,b\nc\x00d,e\n", 2, id="NUL"),
        pytest.param(b"a,b\n" * 400_000 + b"c\x00\n", 400_001, id="NUL far down"),
        pytest.param(b"a,b\nc,\x07\n", 2, id="a control character near the top"),
        pytest.param(bytes(range(1, 256)) * 20, 1, id="junk"),
        pytest.param(b"a,b\nc,\xe9\n\x81,d\n", 3, id="no character of Windows-1252"),
        pytest.param("a,b\nc,d\n".encode("utf-8-sig") + b"\xe9,f\n", 3, id="not the encoding of its mark"),
        pytest.param(b"\xff\xfe" + "a,b\nc,".encode("utf-16-le") + b"\x00\xd8", 2, id="half a character"),
        pytest.param(b"\xff\xfe" + "a,b\nc,\x00".encode("utf-16-le"), 1, id="NUL in UTF-16"),
        pytest.param(b"a,b\n" + b"x" * (3 << 20), 2, id="a line without end"),
        pytest.param(b'a,b\n"' + b"c,d\n" * 60_000, 2, id="a quotation mark that is not closed"),
    ],
)
def test_what_proves_to_be_no_text_is_refused_with_its_line(content, line):
    assert refused(content).line == line


def test_a_quotation_mark_that_is_not_closed_swallows_no_line_unseen():
    [rows] = opened(b'a,b\n"c,d\ne,f\n')
    assert rows[1] == ["c,d\ne,f\n"]


def test_a_missing_file_says_so(tmp_path: Path):
    with pytest.raises(TableProblem, match="No such file"), brought(tmp_path / "none.csv"):
        pass


def test_a_folder_is_no_file(tmp_path: Path):
    with pytest.raises(TableProblem, match="cannot be opened"), brought(tmp_path):
        pass


def test_a_problem_says_file_line_and_column():
    assert str(TableProblem("r.csv", "Bad.", line=3, column="from")) == "r.csv, line 3, column from: Bad."
    assert str(TableProblem("r.csv", "Bad.")) == "r.csv: Bad."


def test_characters_are_put_together_across_blocks(monkeypatch):
    monkeypatch.setattr(survey, "_BLOCK", 11)
    content = "ü,é\n" * 50
    for encoding in ("utf-8", "utf-16", "cp1252"):
        assert opened(content.encode(encoding)) == [[["ü", "é"]] * 50]


# ---------------------------------------------------------------- workbooks


def book(*sheets, **cells) -> bytes:
    """A workbook with rows for each sheet."""
    made = openpyxl.Workbook()
    made.remove(made.active)
    for number, rows in enumerate(sheets):
        sheet = made.create_sheet(f"Sheet {number}")
        for row in rows:
            sheet.append(row)
    stream = io.BytesIO()
    made.save(stream)
    return stream.getvalue()


def test_every_sheet_of_a_workbook_is_a_table():
    assert opened(book([["one"]], ROWS)) == [[["one"]], ROWS]


def test_cells_become_texts():
    row = [
        date(2026, 9, 7),
        datetime(2026, 9, 7),
        datetime(2026, 9, 7, 8, 45),
        1.0,
        2.5,
        7,
        "/",
        " I",
        True,
        None,
        "x",
    ]
    [[found]] = opened(book([row]))
    assert found == [
        "2026-09-07",
        "2026-09-07",
        "2026-09-07 08:45:00",
        "1",
        "2.5",
        "7",
        "/",
        " I",
        "True",
        "",
        "x",
    ]
    assert as_text(time(8, 45)) == "08:45:00"


def test_a_row_that_ends_early_is_blank_to_the_width_of_the_table():
    assert opened(book([["UPN", "Date", "Mark"], ["A"], [], ["B", None, "/"]])) == [
        [["UPN", "Date", "Mark"], ["A", "", ""], ["", "", ""], ["B", "", "/"]]
    ]


def test_rows_are_numbered_as_excel_shows_them():
    with brought(io.BytesIO(book([["a"], [], ["b"]])), "x") as [table], table.rows() as rows:
        assert [rows.line(row) for row in rows if any(row)] == [1, 3]


def test_a_sheet_that_tells_the_wrong_size_is_read_whole():
    content = repacked(book(ROWS), {"xl/worksheets/sheet1.xml": (b'ref="A1:C3"', b'ref="A1:A1"')})
    assert opened(content) == [ROWS]


def repacked(content: bytes, changes) -> bytes:
    """The workbook with bytes replaced in some of its parts, or parts left out."""
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for part in old.namelist():
            data, change = old.read(part), changes.get(part, (b"", b""))
            if change is None:
                continue
            assert change[0] in data
            new.writestr(part, data.replace(*change))
    return stream.getvalue()


SHEET = "xl/worksheets/sheet1.xml"


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(book(ROWS)[:2000], id="cut off"),
        pytest.param(b"PK\x03\x04" + b"x" * 200, id="only the first bytes of a ZIP"),
        pytest.param(repacked(book(ROWS), {SHEET: (b"<row", b"<wor")}), id="a sheet that is no XML"),
        pytest.param(
            repacked(book(ROWS), {"xl/workbook.xml": (b"<sheets>", b"<")}), id="a list of sheets that is none"
        ),
    ],
)
def test_a_damaged_workbook_is_refused(content):
    assert "damaged" in refused(content).message


def test_a_zip_that_is_no_workbook_is_refused():
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("register.csv", TEXT)
    assert "no Excel workbook" in refused(stream.getvalue()).message


def test_a_workbook_without_a_sheet_is_refused():
    assert "no sheet" in refused(repacked(book(ROWS), {SHEET: None})).message


SHARED = """<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">
<si><t>UPN</t></si><si><t xml:space="preserve"> I</t></si><si><r><t>Ma</t></r><r><t>rk</t></r></si></sst>"""
SHEET_OF_SHARED = """<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>
<row r="1"><c r="A1" t="s"><v>0</v></c><c r="C1" t="s"><v>2</v></c></row>
<row r="3"><c r="A3"><v>7</v></c><c r="B3" t="s"><v>1</v></c><c r="C3" t="e"><v>#REF!</v></c></row>
</sheetData></worksheet>"""


def with_shared_texts() -> bytes:
    """A workbook as Excel writes it: texts in a part of their own, rows and cells left out where blank."""
    stream = io.BytesIO()
    types = b'<Override PartName="/xl/sharedStrings.xml" ContentType="application/vnd.openxmlformats-officedocument'
    types += b'.spreadsheetml.sharedStrings+xml"/></Types>'
    with zipfile.ZipFile(io.BytesIO(book(ROWS))) as old, zipfile.ZipFile(stream, "w") as new:
        for part in old.namelist():
            data = (
                old.read(part).replace(b"</Types>", types)
                if part == "[Content_Types].xml"
                else old.read(part)
            )
            if part != "xl/sharedStrings.xml":
                new.writestr(part, SHEET_OF_SHARED if part == SHEET else data)
        new.writestr("xl/sharedStrings.xml", SHARED)
    return stream.getvalue()


def test_a_workbook_as_excel_writes_it_is_read():
    assert opened(with_shared_texts()) == [[["UPN", "", "Mark"], ["", "", ""], ["7", " I", "#REF!"]]]


@pytest.mark.parametrize("limit", ["MOST_UNPACKED", "MOST_TEXTS", "_MOST_PARTS"])
def test_a_workbook_that_unpacks_to_too_much_is_refused_before_it_is_unpacked(limit, monkeypatch):
    monkeypatch.setattr(workbook, limit, 5)
    monkeypatch.setattr(workbook.openpyxl, "load_workbook", lambda *_, **__: pytest.fail("it was unpacked"))
    assert "too large" in refused(with_shared_texts()).message


def test_entities_that_multiply_are_refused():
    bomb = (
        b'<!DOCTYPE x [<!ENTITY a "'
        + b"y" * 5000
        + b'">'
        + b"".join(
            b'<!ENTITY %c "%s">' % (char, b"&%c;" % (char - 1) * 30) for char in range(ord("b"), ord("h"))
        )
        + b"]><worksheet><sheetData><row><c t='inlineStr'><is><t>&g;</t></is></c></row></sheetData></worksheet>"
    )
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book(ROWS))) as old, zipfile.ZipFile(stream, "w") as new:
        for part in old.namelist():
            new.writestr(part, bomb if part == SHEET else old.read(part))
    assert "damaged" in refused(stream.getvalue()).message
