"""`onroll count` says what the specification says, in three formats, from any shape, with the right exit status."""

import csv
import io
import json
import os
import random
import subprocess
import sys
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from onroll.jobs.count_command import main
from onroll.jobs.count_output import column_name
from tests.domain import oracle
from tests.domain.files.test_every_shape import EVERYWHERE, as_days, as_long, as_merged, as_wide
from tests.domain.reference import YEAR_2025, YEAR_2026, YEAR_2027

A, B, C = "B801200005001", "W865400026123", "D86540002612A"  # their check letters are right
CALENDAR = """kind,from,to,name
term,2026-09-01,2026-12-18,Autumn
holiday,2026-10-26,2026-10-30,Half-term
inset,2026-09-01,,Training
am-only,2026-12-18,,Last day
"""
HEADER = "UPN,Date,Session,Mark"


@pytest.fixture
def calendar(tmp_path: Path) -> Path:
    path = tmp_path / "calendar.csv"
    path.write_text(CALENDAR, "utf-8")
    return path


@pytest.fixture
def run(tmp_path: Path, calendar: Path):
    """Run the command on a text or on bytes, and give status, standard output, standard error."""

    def run(register: str | bytes, *options: str, name: str = "register.csv", calendar_file: Path = calendar):
        path = tmp_path / name
        path.write_bytes(register.encode() if isinstance(register, str) else register)
        out, err = io.StringIO(), io.StringIO()
        status = main([str(path), "--calendar", str(calendar_file), *options], out, err)
        return status, out.getvalue(), err.getvalue()

    return run


def long(*lines: str) -> str:
    return "\n".join([HEADER, *lines, ""])


def ill(upn: str, *dates: str) -> list[str]:
    return [f"{upn},{on},{half},I" for on in dates for half in ("AM", "PM")]


def test_json_says_everything_of_every_pupil_in_the_order_of_upns(run):
    lines = [*ill(B, "2026-09-07", "2026-09-08"), f"{A},09/09/2026,AM,/", f"{B},2026-09-08,PM,I"]
    status, out, err = run(long(*lines), "--format", "json", "--threshold", "2")
    reached = {"date": "2026-09-08", "session": "PM"}
    ill_two_days = {
        "days": 2, "spell_days": 2, "longest_spell_days": 2,
        "reached_consecutive": reached, "reached_cumulative": reached, "forecast_on": None,
    }  # fmt: skip
    nothing = {
        "days": 0, "spell_days": 0, "longest_spell_days": 0,
        "reached_consecutive": None, "reached_cumulative": None, "forecast_on": None,
    }  # fmt: skip
    assert json.loads(out) == [
        {"upn": A, "statutory": nothing, "health": nothing},
        {"upn": B, "statutory": ill_two_days, "health": ill_two_days},
    ]
    assert (status, err) == (0, "")


def test_csv_is_one_flat_line_a_pupil(run):
    status, out, _ = run(
        long(*ill(A, "2026-09-07"), f"{A},2026-09-08,AM,M"), "--format", "csv", "--threshold", "1.5"
    )
    [row] = csv.DictReader(io.StringIO(out))
    assert list(row) == [
        "upn",
        *(
            f"{counter}_{name}"
            for counter in ("statutory", "health")
            for name in (
                *("days", "spell_days", "longest_spell_days"),
                *("reached_consecutive", "reached_cumulative", "forecast_on"),
            )
        ),
    ]
    assert (row["upn"], row["statutory_days"], row["statutory_spell_days"]) == (A, "1.0", "0.0")
    assert (row["health_days"], row["health_reached_consecutive"]) == ("1.5", "2026-09-08 AM")
    assert status == 0


def test_csv_gives_a_spreadsheet_no_formula(run):
    _, out, _ = run(long("=1+1,2026-09-07,AM,I"), "--format", "csv")
    assert out.splitlines()[1].startswith("'=1+1,")


def test_the_table_is_for_people(run):
    lines = [
        f"{C},2026-09-07,AM,/",
        *ill(B, "2026-09-07", "2026-09-08"),
        f"{A},2026-09-08,PM,M",
        f"{A},x,AM,I",
    ]
    _, out, _ = run(long(*lines), "--health-codes", "M,I")
    text = out.splitlines()
    assert text[0] == "School days missed, as of Tuesday 8 September 2026, against 15 school days."
    assert "statutory counts code i, health counts m i" in text[1].lower()
    assert text[3].split("  ")[0] == "UPN"
    assert [line.split()[:3] for line in text[4:9]] == [
        [B, "statutory", "2"],
        ["health", "2", "2"],
        [A, "statutory", "0"],
        ["health", "0.5", "0.5"],
        [C, "both", "0"],
    ]
    assert "2026-09-25" in text[4]
    assert text[-1] == "3 pupils. 6 lines used, 1 line rejected."


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        pytest.param(",2026-09-07,AM,I", "no UPN", id="no UPN"),
        pytest.param(f"{A},31/02/2026,AM,I", "not a date", id="no date"),
        pytest.param(f"{A},2026-09-07,EVE,I", "not a session", id="no session"),
        pytest.param(f"{A},2026-09-07,AM", "ends after 3 cells", id="too few cells"),
        pytest.param(f"{A},2026-09-07,AM,H", "August 2024", id="a withdrawn code"),
        pytest.param(f"{A},2026-09-07,AM,i", "capital", id="lower case"),
        pytest.param(f"{A},2026-09-05,AM,I", "Weekend", id="a Saturday"),
        pytest.param(f"{A},2026-10-27,AM,/", "Half-term (holiday)", id="a holiday"),
        pytest.param(f"{A},2026-09-01,AM,/", "Training", id="staff training"),
        pytest.param(f"{A},2026-12-18,PM,/", "Last day", id="the afternoon of a morning-only day"),
        pytest.param(f"{A},2027-01-11,AM,/", "Outside term", id="after the calendar"),
        pytest.param(f"{A},2026-09-08,AM,/", "line 2", id="a conflict"),
    ],
)
def test_a_rejected_line_is_named_with_its_reason_and_counts_as_not_taken(run, line, reason):
    good = [f"{A},2026-09-08,AM,I", f"{A},2026-09-08,PM,I"]
    status, out, err = run(long(*good, line), "--format", "json", "--as-of", "2026-09-08")
    assert status == 3
    assert "line 4: rejected: " in err
    assert reason in err
    [pupil] = json.loads(out)
    assert pupil["statutory"]["days"] == (0.5 if reason == "line 2" else 1)


@pytest.mark.parametrize("mark", ["", "-", "#", "Z"])
@pytest.mark.parametrize("on", ["2026-09-05", "2026-10-27", "2027-08-02"])
def test_silent_marks_without_a_session_are_passed_over(run, mark, on):
    status, out, err = run(long(*ill(A, "2026-09-07"), f"{A},{on},AM,{mark}"), "--format", "json")
    assert (status, err) == (0, "")
    assert json.loads(out)[0]["statutory"]["spell_days"] == 1


def test_rejected_lines_make_no_conflict(run):
    lines = [f"{A},2026-09-07,AM,I", f"{A},2026-09-07,AM,H", f"{A},07/09/2026,morning,"]
    status, out, err = run(long(*lines), "--format", "json")
    assert json.loads(out)[0]["statutory"]["days"] == 0.5
    assert (status, err.count("\n")) == (3, 1)


@pytest.mark.parametrize("upn", [f"C{A[1:]}", "12345", "PUPIL-1"])
def test_a_upn_that_is_not_right_is_warned_of_and_counted(run, upn):
    status, out, err = run(long(*ill(upn, "2026-09-07")), "--format", "json")
    assert status == 0
    assert err.startswith(f"line 2: warning: UPN {upn}: ")
    assert err.count("\n") == 1
    assert json.loads(out)[0]["statutory"]["days"] == 1


def test_upns_are_put_in_capitals_without_spaces(run):
    _, out, _ = run(long(f" {A.lower()} ,2026-09-07,AM,I", f"{A},2026-09-07,PM,I"), "--format", "json")
    assert [(pupil["upn"], pupil["statutory"]["days"]) for pupil in json.loads(out)] == [(A, 1)]


def test_a_pupil_of_whom_only_rejected_lines_could_be_read_is_listed(run):
    status, out, _ = run(
        long(f"{A},2026-09-07,AM,I", f"{B},2026-09-07,AM,QQ", f"{C},31/02/2026,AM,I"), "--format", "json"
    )
    assert [pupil["upn"] for pupil in json.loads(out)] == [A, B]
    assert status == 3


AS_OF = [
    pytest.param([f"{A},2026-09-09,AM,I"], "Wednesday 9 September", id="the last date"),
    pytest.param([f"{A},2026-09-09,AM,-"], "Wednesday 9 September", id="a register not taken counts"),
    pytest.param([f"{A},2026-09-09,AM,"], "Tuesday 8 September", id="a blank does not"),
    pytest.param([f"{A},2026-09-09,AM,QQ"], "Wednesday 9 September", id="an unknown code does"),
    pytest.param(
        [f"{A},2026-09-09,AM,I", f"{A},2026-09-09,AM,/"], "Wednesday 9 September", id="a conflict does"
    ),
    pytest.param([f"{A},2026-09-12,AM,I"], "Tuesday 8 September", id="a Saturday does not"),
    pytest.param([f"{A},2027-05-04,AM,#"], "Tuesday 8 September", id="a date after the calendar does not"),
    pytest.param([f"{A},99/99/2026,AM,I"], "Tuesday 8 September", id="no date does not"),
    pytest.param([",2026-09-09,AM,I"], "Tuesday 8 September", id="nobody's mark does not"),
]


@pytest.mark.parametrize(("lines", "as_of"), AS_OF)
def test_as_of_is_the_last_school_day_with_a_mark(run, lines, as_of):
    _, out, _ = run(long(*ill(A, "2026-09-08"), *lines))
    assert as_of in out


def test_without_any_mark_on_a_school_day_as_of_is_the_last_date(run):
    _, out, _ = run(long(f"{A},2026-09-05,AM,#", f"{A},2026-09-07,AM,"))
    assert "Monday 7 September 2026" in out


def test_as_of_can_be_said(run):
    _, out, _ = run(long(*ill(A, "2026-09-07", "2026-09-08")), "--as-of", "2026-09-07", "--format", "json")
    assert json.loads(out)[0]["statutory"]["days"] == 1


@pytest.mark.parametrize(
    ("codes", "days"), [("I,M,C2", 2), ("I", 1), ("M", 0.5), (" M , C2 ", 1), ("I,I,M", 1.5), ("/", 0)]
)
def test_the_health_counter_counts_the_codes_it_is_told(run, codes, days):
    lines = [*ill(A, "2026-09-07"), f"{A},2026-09-08,AM,M", f"{A},2026-09-08,PM,C2"]
    status, out, _ = run(long(*lines), "--health-codes", codes, "--format", "json")
    assert (status, json.loads(out)[0]["health"]["days"]) == (0, days)


# ---------------------------------------------------------------- exit status 2


@pytest.mark.parametrize(
    "register",
    [
        pytest.param(b"", id="empty"),
        pytest.param(b"UPN,Date,Session,Mark\n", id="only a header"),
        pytest.param(b"UPN,Date,Session,Mark\n\nTotal,,,0\n", id="only a header and totals"),
        pytest.param(b"UPN,Date,Session\nA,2026-09-07,AM\n", id="no marks"),
        pytest.param(b"Adm No,Date,Session,Mark\n1,2026-09-07,AM,I\n", id="no UPN column"),
        pytest.param(b"A,2026-09-07,AM,I\n", id="no header"),
        pytest.param(b"UPN,Possible,Attended\nA,380,340\n", id="a summary"),
        pytest.param(
            long(",2026-09-07,AM,I", f"{A},x,AM,I", f"{A},2026-09-07,x,I").encode(), id="no line to read"
        ),
        pytest.param(b"UPN,07/09/2026 AM\n,I\n", id="no wide line to read"),
        pytest.param(bytes(range(256)) * 40, id="junk"),
        pytest.param(b"PK\x03\x04" + bytes(200), id="a broken ZIP"),
        pytest.param(b"%PDF-1.7", id="a PDF"),
    ],
)
def test_when_nothing_can_be_read_the_status_is_2_and_says_why(run, register):
    status, out, err = run(register)
    assert (status, out) == (2, "")
    assert err.splitlines()[-1].startswith("onroll count: register.csv")


@pytest.mark.parametrize(
    "options",
    [
        *(["--threshold", value] for value in ("0", "-1", "0.3", "x", "nan", "inf", "1e-1", "")),
        *(["--as-of", value] for value in ("08/09/2026", "2026-02-30", "20260908", "2026-W36-1", "today")),
        *(["--health-codes", value] for value in ("H", "i", "I,Q9", "", "I,,M", "-")),
        ["--format", "xml"],
        ["--nonsense"],
    ],
)
def test_options_that_make_no_sense_are_refused(run, options):
    status, out, err = run(long(*ill(A, "2026-09-07")), *options)
    assert (status, out) == (2, "")
    assert err.startswith("onroll count: ")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("", "empty"),
        ("a,b,c\n1,2,3\n", "kind,from,to,name"),
        ("kind,from,to,name\n", "no term"),
        ("kind,from,to,name\nterm,2026-09-01,2026-12-18\nfeast,2026-10-01,,\n", "line 3, column kind"),
        ("kind,from,to,name\nterm,soon,2026-12-18\n", "line 2, column from"),
        ("kind,from,to,name\nterm,2026-09-01,2026-02-30\n", "line 2, column to"),
        ("kind,from,to,name\nterm,2026-09-01,2026-08-30\n", "line 2, column to"),
    ],
)
def test_a_calendar_that_cannot_be_read_is_refused_with_its_line_and_column(run, tmp_path, content, words):
    path = tmp_path / "bad.csv"
    path.write_text(content, "utf-8")
    status, out, err = run(long(*ill(A, "2026-09-07")), calendar_file=path)
    assert (status, out) == (2, "")
    assert "bad.csv" in err
    assert words in err


def test_a_missing_file_is_named(run, tmp_path):
    status, _, err = run(long(*ill(A, "2026-09-07")), calendar_file=tmp_path / "none.csv")
    assert (status, "none.csv" in err) == (2, True)


def test_a_calendar_may_have_its_columns_in_any_order_and_capitals(run, tmp_path):
    path = tmp_path / "other.csv"
    path.write_text("Name,TO,From,Kind\nAutumn,2026-12-18,2026-09-01,Term\n", "utf-8-sig")
    assert run(long(*ill(A, "2026-09-07")), calendar_file=path)[0] == 0


# ---------------------------------------------------------------- shapes


def test_a_wide_file_names_line_and_column(run):
    register = f"UPN,Surname,07/09/2026 AM,07/09/2026 PM\n{A},Ash,I,H\n{B},Elm,/,\\\n"
    status, _, err = run(register)
    assert status == 3
    assert (
        err == 'line 2, column 4 (D, 07/09/2026 PM): rejected: The code "H" was withdrawn in August 2024.\n'
    )


def test_the_table_of_a_wide_file_counts_cells(run):
    _, out, _ = run(f"UPN,07/09/2026 AM,07/09/2026 PM\n{A},I,H\n{B},I,H\n")
    assert out.splitlines()[-1] == "2 pupils. 2 lines read, 2 cells rejected."


def test_one_mark_in_a_day_s_cell_is_refused_unless_the_day_has_only_a_morning(run):
    status, out, err = run(f"UPN,17/12/2026,18/12/2026\n{A},I,I\n", "--format", "json")
    assert status == 3
    assert err.count("\n") == 1
    assert "line 2, column 2 (B, 17/12/2026): rejected:" in err
    assert json.loads(out)[0]["statutory"]["days"] == 0.5


def test_a_school_s_export_with_titles_and_totals_is_read(run):
    register = (
        "Elm Vale School;;;;;\r\n;;;;;\r\n"
        "Surname;UPN;Reg;Date;AM/PM;Code\r\n"
        f"Müller;{A};9E;07/09/2026;AM;I\r\n\r\n"
        f'"O\'Neill; Zoë";{B};9E;07/09/2026;PM;C2\r\n'
        "Sub total;;;07/09/2026;;2\r\nTotal;;;;;2\r\n"
    )
    status, out, err = run(register.encode("cp1252"), "--format", "json")
    assert (status, err) == (0, "")
    assert [pupil["health"]["days"] for pupil in json.loads(out)] == [0.5, 0.5]


def workbook(*sheets) -> bytes:
    made = openpyxl.Workbook()
    made.remove(made.active)
    for rows in sheets:
        sheet = made.create_sheet()
        for row in rows:
            sheet.append(
                [date.fromisoformat(cell) if cell[:2] == "20" and len(cell) == 10 else cell for cell in row]
            )
    stream = io.BytesIO()
    made.save(stream)
    return stream.getvalue()


def test_the_first_sheet_with_a_register_is_read(run):
    content = workbook([["Notes"]], [["UPN", "Date", "Session", "Mark"], [A, "2026-09-07", "AM", "I"]])
    status, out, _ = run(content, "--format", "json", name="register.xlsx")
    assert (status, json.loads(out)[0]["statutory"]["days"]) == (0, 0.5)


def entries_csv(entries) -> str:
    lines = [f"{entry.kind},{entry.first},{entry.last},{entry.name}" for entry in entries]
    return "\n".join(["kind,from,to,name", *lines])


THREE_YEARS = YEAR_2025 + YEAR_2026 + YEAR_2027
SESSIONS = list(oracle.sessions_of([oracle.Said(str(e.kind), e.first, e.last, 2) for e in THREE_YEARS], None))


def invented(seed: int):
    """Pupils whose marks come in runs, most of them round the turn of a school year."""
    rnd = random.Random(seed)
    start = rnd.randrange(0, len(SESSIONS) - 500)
    span = SESSIONS[start : start + rnd.choice([60, 200, 450])]
    register = {}
    for number in range(4):
        marks, code = {}, "/"
        for key in span:
            if rnd.random() < rnd.choice([0.03, 0.2]):
                code = rnd.choice(["I", "I", "I", "M", "C2", "/", "-", "", "Y1", "D", "#", "N", "X"])
            if code:
                marks[key] = code
        register[f"P{number}"] = marks or {span[0]: "/"}
    as_of = rnd.choice([None, rnd.choice(span)[0], date(span[-1][0].year, 8, 1)])
    return register, as_of, rnd.choice([15, 5, 2.5, 1])


def expected(register, as_of, threshold):
    last = max(on for marks in register.values() for on, _ in marks)
    answers = []
    for upn, marks in sorted(register.items()):
        answer = {"upn": upn}
        for name, adds in (("statutory", {"I"}), ("health", {"I", "M", "C2"})):
            found = oracle.count(adds, set(), marks, SESSIONS, as_of or last, threshold)
            reached = {
                field: at and {"date": at[0].isoformat(), "session": at[1]}
                for field in ("reached_consecutive", "reached_cumulative")
                for at in [getattr(found, field)]
            }
            answer[name] = {
                "days": found.days, "spell_days": found.spell_days,
                "longest_spell_days": found.longest_spell_days, **reached,
                "forecast_on": found.forecast_on and found.forecast_on.isoformat(),
            }  # fmt: skip
        answers.append(answer)
    return answers


@pytest.mark.parametrize("seed", range(40))
def test_the_command_agrees_with_the_slow_and_obvious_count(run, tmp_path, seed):
    path = tmp_path / "three-years.csv"
    path.write_text(entries_csv(THREE_YEARS), "utf-8")
    register, as_of, threshold = invented(seed)
    lines = [
        f"{upn},{on},{half},{code}" for upn, marks in register.items() for (on, half), code in marks.items()
    ]
    random.Random(seed).shuffle(lines)
    options = ["--format", "json", "--threshold", str(threshold), *(["--as-of", str(as_of)] if as_of else [])]
    status, out, err = run(long(*lines), *options, calendar_file=path)
    assert status == 0
    assert "rejected" not in err
    assert json.loads(out) == expected(register, as_of, threshold)


@pytest.mark.parametrize("seed", range(4))
def test_every_shape_as_csv_and_as_workbook_gives_one_answer(run, tmp_path, seed):
    path = tmp_path / "summer.csv"
    path.write_text("kind,from,to\nterm,2026-07-20,2026-08-07\nam-only,2026-08-04,\n", "utf-8")
    rnd = random.Random(seed)
    register = {
        upn: {at: rnd.choice(["I", "I", "/", "M", "C2", "-", "N"]) for at in EVERYWHERE if rnd.random() < 0.8}
        for upn in ("P1", "P2", "P3")
    }
    answers, rejections = set(), set()
    for write in (as_long, as_wide, as_merged, as_days):
        for style in ("%d/%m/%Y", "%Y-%m-%d"):
            rows = write(register, style)
            text = "\n".join(",".join(row) for row in rows)
            for content, name in ((text, "register.csv"), (workbook(rows), "register.xlsx")):
                status, out, err = run(
                    content, "--threshold", "2", "--format", "json", name=name, calendar_file=path
                )
                answers.add((status, out))
                rejections.add(err.count("rejected"))
    assert len(answers) == 1
    assert len(rejections) == 1
    [(status, out)] = answers
    assert (status, len(json.loads(out))) == (3, 3)  # the weekend of 1 August holds marks


# ---------------------------------------------------------------- the process


def process(*args: str, code: str = "") -> subprocess.CompletedProcess[str]:
    """The command as a school would start it: without any setting in the environment."""
    how = ["-c", code] if code else ["-m", "onroll.config.cli", "count"]
    return subprocess.run(
        [sys.executable, *how, *args],
        capture_output=True,
        text=True,
        env={"PATH": os.environ["PATH"]},
        check=False,
    )


@pytest.mark.parametrize(
    ("lines", "status"),
    [
        pytest.param(ill(A, "2026-09-07"), 0, id="all lines used"),
        pytest.param(ill(f"C{A[1:]}", "2026-09-07"), 0, id="a warning"),
        pytest.param([*ill(A, "2026-09-07"), f"{A},2026-09-05,AM,I"], 3, id="a line rejected"),
        pytest.param([f"{A},2026-09-05,AM,I"], 3, id="all readable lines rejected"),
        pytest.param([f"{A},05/13/2026,AM,I"], 2, id="nothing read"),
    ],
)
def test_the_process_ends_with_the_status(tmp_path, calendar, lines, status):
    register = tmp_path / "register.csv"
    register.write_text(long(*lines), "utf-8")
    done = process(str(register), "--calendar", str(calendar), "--format", "json")
    assert done.returncode == status
    assert (status == 2) == (done.stdout == "")


def test_help_says_what_is_needed_and_is_no_error():
    done = process("--help")
    assert (done.returncode, done.stderr) == (0, "")
    for words in ("UPN,Date,Session,Mark", "kind,from,to,name", "--health-codes", "Exit status", "Example:"):
        assert words in done.stdout


def test_without_arguments_it_says_how_to_ask():
    done = process()
    assert (done.returncode, done.stdout) == (2, "")
    assert "--help" in done.stderr


def test_a_reader_that_goes_away_is_no_crash(tmp_path, calendar):
    register = tmp_path / "register.csv"
    register.write_text(long(*(f"P{n},2026-09-07,AM,I" for n in range(3000))), "utf-8")
    args = [sys.executable, "-m", "onroll.config.cli", "count", str(register), "--calendar", str(calendar)]
    with (tmp_path / "errors.txt").open("w+") as stderr:
        with subprocess.Popen(args, stdout=subprocess.PIPE, stderr=stderr, text=True) as started:
            started.stdout.readline()
            started.stdout.close()
        stderr.seek(0)
        errors = stderr.read()
    assert "Traceback" not in errors
    assert "Exception" not in errors


def test_a_csv_is_counted_without_loading_django_or_a_spreadsheet_library(tmp_path, calendar):
    register = tmp_path / "register.csv"
    register.write_text(long(*ill(A, "2026-09-07")), "utf-8")
    code = (
        "import sys; from onroll.config.cli import main;"
        "status = main(['count', sys.argv[1], '--calendar', sys.argv[2]]);"
        "print(status, sorted({'django', 'openpyxl'} & set(sys.modules)))"
    )
    assert process(str(register), str(calendar), code=code).stdout.splitlines()[-1] == "0 []"


@pytest.mark.parametrize(("index", "name"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA")])
def test_columns_are_named_as_a_spreadsheet_names_them(index, name):
    assert column_name(index) == name
