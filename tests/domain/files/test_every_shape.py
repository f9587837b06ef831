"""The same marks written in any shape are read back the same: Hypothesis looks for a register for which that fails."""

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from onroll.domain.register import CODES, NOT_TAKEN
from onroll.domain.schoolcalendar import Session, SessionAt
from tests.domain.files.rows import marks, read, rejected

MONDAY = date(2026, 7, 27)  # the week with 1 August in it
DATES = [MONDAY + timedelta(days=n) for n in range(12)]
EVERYWHERE = [SessionAt(on, session) for on in DATES for session in Session]
MARKS = [*CODES, NOT_TAKEN]
REGISTERS = st.dictionaries(
    st.from_regex(r"\A[A-Z][0-9]{1,5}\Z"),
    st.dictionaries(st.sampled_from(EVERYWHERE), st.sampled_from(MARKS), max_size=24),
    min_size=1,
    max_size=5,
)
STYLES = st.sampled_from(["%d/%m/%Y", "%Y-%m-%d", "%d/%m/%y", "%a %d/%m/%Y", "%d-%m-%Y"])


def as_long(register, style):
    lines = [
        [upn, f"{at.date:{style}}", str(at.session), code]
        for upn, said in register.items()
        for at, code in said.items()
    ]
    return [["UPN", "Date", "Session", "Mark"], *lines]


def as_wide(register, style):
    header = ["UPN", *(f"{at.date:{style}} {at.session}" for at in EVERYWHERE)]
    return [header, *([upn, *(said.get(at, "") for at in EVERYWHERE)] for upn, said in register.items())]


def as_merged(register, style):
    days = [text for on in DATES for text in (f"{on:{style}}", "")]
    return [["", *days], ["UPN", *["AM", "PM"] * len(DATES)], *as_wide(register, style)[1:]]


def as_days(register, style):
    def cell(said, on):
        morning, afternoon = (said.get(SessionAt(on, session), " ") for session in Session)
        return f"{morning}{afternoon}".rstrip() and f"{morning}{afternoon}"

    lines = ([upn, *(cell(said, on) for on in DATES)] for upn, said in register.items())
    return [["UPN", *(f"{on:{style}}" for on in DATES)], *lines]


@given(REGISTERS, STYLES, st.sampled_from(["", ",", "\t"]))
def test_every_wide_shape_gives_the_marks_that_were_written(register, style, between):
    for write in (as_wide, as_merged, as_days):
        found = read(write(register, style), between=between)
        assert marks(found) == register, write.__name__
        assert not found.flawed


@given(REGISTERS, STYLES)
def test_the_long_shape_gives_the_marks_that_were_written(register, style):
    said = {upn: marks_of for upn, marks_of in register.items() if marks_of}
    assert marks(read(as_long(register, style))) == said


@given(REGISTERS, st.lists(st.integers(0, 200), max_size=8))
def test_the_order_of_long_lines_and_equal_repeats_do_not_matter(register, picks):
    header, *lines = as_long(register, "%d/%m/%Y")
    if not lines:
        return
    again = [lines[pick % len(lines)] for pick in picks]
    found = read([header, *again, *reversed(lines)])
    assert marks(found) == {upn: said for upn, said in register.items() if said}
    assert not found.conflicts


WRITTEN = st.lists(
    st.tuples(
        st.sampled_from(["A1", "B2", ""]),
        st.sampled_from(["07/09/2026", "05/09/2026", "26/10/2026", "31/02/2026", "08/09/2026"]),
        st.sampled_from(["AM", "PM", "EVE"]),
        st.sampled_from(["I", "/", "", "-", "#", "H", "C2", "Z"]),
    ),
    max_size=14,
)


@given(WRITTEN)
@settings(max_examples=300)
def test_exactly_the_lines_that_the_rules_reject_are_named(lines):
    days = {"07/09/2026", "08/09/2026"}
    unread = {
        n for n, (upn, on, half, _) in enumerate(lines) if not upn or on == "31/02/2026" or half == "EVE"
    }
    unknown = {n for n, line in enumerate(lines) if n not in unread and line[3] == "H"}
    spoken = [n for n in range(len(lines)) if n not in unread | unknown and lines[n][3]]
    outside = {n for n in spoken if lines[n][1] not in days and lines[n][3] not in "-#Z"}
    at_school = [n for n in spoken if lines[n][1] in days]
    contested = {
        n
        for n in at_school
        if any(lines[n][:3] == lines[m][:3] and lines[n][3] != lines[m][3] for m in at_school)
    }
    found = rejected([["UPN", "Date", "Session", "Mark"], *map(list, lines)])
    expected = dict.fromkeys(unread, "unreadable") | dict.fromkeys(unknown, "unknown-code")
    expected |= dict.fromkeys(outside, "no-session") | dict.fromkeys(contested, "conflict")
    assert {problem.line - 2: str(problem.fault) for problem in found} == expected
    assert len(found) == len(expected)
