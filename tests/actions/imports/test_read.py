"""Reading a file says what it would do, and does nothing."""

import json
from datetime import UTC, date, datetime

import pytest

from onroll.actions.imports import reading
from onroll.domain.register.import_states import ImportState
from onroll.domain.schoolcalendar import Kind
from onroll.records.attendance.models import Amendment, StagedProblem, StagedRegister
from onroll.records.pupils.models import Enrolment
from tests.support import brought, cast

pytestmark = pytest.mark.django_db


def problems(row):
    """(kind, line, whose) of every problem."""
    return list(
        StagedProblem.objects.filter(batch=row).order_by("line").values_list("kind", "line", "pupil_id")
    )


def test_new_same_changed_and_kept_are_counted_and_nothing_is_written(school, officer, robin, zoe):
    brought.applied(officer, school, brought.long_file(brought.days(robin, "2026-09-07", "/\\II")))
    before = brought.register_of(school)
    rows = [*brought.days(robin, "2026-09-07", "/LI ")[:4], *brought.days(zoe, "2026-09-07", "/\\/\\")]
    row = brought.staged(officer, school, brought.long_file(rows))
    assert row.state == ImportState.READY
    assert {key: row.counts[key] for key in ("new", "same", "changed", "kept")} == {
        "new": 4,
        "same": 2,
        "changed": 1,
        "kept": 1,
    }
    assert brought.register_of(school) == before
    assert not Amendment.objects.exists()
    assert (row.first_on, row.last_on) == (date(2026, 9, 7), date(2026, 9, 8))
    assert row.weeks == [["2026-09-07", 7]]


def test_a_mark_outside_what_the_file_covers_is_not_said_to_be_kept(school, officer, robin):
    brought.applied(officer, school, brought.long_file(brought.days(robin, "2026-09-07", "/\\II")))
    row = brought.staged(officer, school, brought.long_file(brought.days(robin, "2026-10-05", "/\\")))
    assert row.counts["kept"] == 0


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(
            lambda robin, zoe: brought.wide_file([robin, zoe], ["07/09/2026"], [["/\\"], [""]]), id="wide"
        ),
        pytest.param(
            lambda robin, zoe: brought.long_file(
                [*brought.days(robin, "2026-09-07", "/\\"), *brought.days(zoe, "2026-09-07", "  ")]
            ),
            id="long",
        ),
    ],
)
def test_a_pupil_whose_cells_are_all_blank_keeps_their_marks_and_is_counted(
    school, officer, robin, zoe, content
):
    brought.applied(officer, school, brought.long_file(brought.days(zoe, "2026-09-07", "II")))
    row = brought.staged(officer, school, content(robin, zoe))
    assert (row.counts["new"], row.counts["kept"]) == (2, 2)
    assert (row.counts["registers"], row.counts["pupils"]) == (1, 2)


@pytest.mark.parametrize(
    ("line", "kind", "whose"),
    [
        pytest.param(
            ("A123456789012", "2026-09-07", "AM", "I"), "unknown-pupil", None, id="nobody has the UPN"
        ),
        pytest.param(("robin", "2026-09-07", "AM", "I99"), "unknown-code", "robin", id="no such code"),
        pytest.param(("robin", "2026-09-07", "AM", "H"), "unknown-code", "robin", id="a withdrawn code"),
        pytest.param(("robin", "2026-09-12", "AM", "I"), "no-session", "robin", id="a Saturday"),
        pytest.param(("robin", "2026-10-28", "AM", "I"), "no-session", "robin", id="half-term"),
        pytest.param(("robin", "2026-12-01", "AM", "I"), "future", "robin", id="a day to come"),
        pytest.param(("leaver", "2026-10-05", "AM", "I"), "off-roll", "leaver", id="after the pupil left"),
        pytest.param(("robin", "2026-09-07", "noon", "I"), "unreadable", "robin", id="no such session"),
    ],
)
def test_a_line_that_cannot_be_used_is_named_with_its_line_and_its_pupil(
    school, officer, robin, line, kind, whose
):
    leaver = cast.a_pupil(school, last_on=date(2026, 10, 2))
    people = {"robin": robin, "leaver": leaver}
    who = people.get(line[0], line[0])
    rows = [*brought.days(robin, "2026-09-14", "/\\"), (who, *line[1:])]
    row = brought.staged(officer, school, brought.long_file(rows))
    assert problems(row) == [(kind, 4, people[whose].pk if whose else None)]
    assert (row.counts[kind], row.counts["new"]) == (1, 2)


@pytest.mark.parametrize(
    ("on", "mark"),
    [
        pytest.param("2026-09-12", "#", id="# on a Saturday"),
        pytest.param("2026-09-12", "-", id="not taken on a Saturday"),
        pytest.param("2026-12-01", "-", id="not taken yet"),
        pytest.param("2024-09-02", "Z", id="Z before the school has a calendar"),
    ],
)
def test_a_mark_that_says_there_is_no_session_is_passed_over_in_silence(school, officer, robin, on, mark):
    rows = [*brought.days(robin, "2026-09-14", "/\\"), (robin, on, "AM", mark)]
    row = brought.staged(officer, school, brought.long_file(rows))
    assert problems(row) == []
    assert row.counts["new"] == 2


def test_a_session_with_two_marks_is_a_conflict_on_both_lines_and_neither_is_used(school, officer, robin):
    rows = [
        (robin, "2026-09-07", "AM", "I"),
        (robin, "2026-09-07", "AM", "/"),
        (robin, "2026-09-07", "PM", "I"),
    ]
    row = brought.staged(officer, school, brought.long_file(rows))
    assert problems(row) == [("conflict", 2, robin.pk), ("conflict", 3, robin.pk)]
    assert row.counts["new"] == 1


def test_two_names_for_one_pupil_that_disagree_are_a_conflict(school, officer, robin):
    header = "UPN,Admission number,Date,Session,Mark"
    lines = [
        f"{robin.upn},,07/09/2026,AM,I",
        f",{robin.admission_number},07/09/2026,AM,/",
        f",{robin.admission_number},07/09/2026,PM,/",
    ]
    row = brought.staged(officer, school, "\n".join([header, *lines]).encode())
    assert problems(row) == [("conflict", 3, robin.pk)]
    assert row.counts["new"] == 1


def test_a_closure_of_one_year_group_turns_away_only_its_marks(school, officer, robin, zoe):
    cast.a_calendar_entry(
        school, Kind.CLOSURE, date(2026, 9, 7), date(2026, 9, 7), year_group=robin.year_group
    )
    rows = [(robin, "2026-09-07", "AM", "I"), (zoe, "2026-09-07", "AM", "I")]
    row = brought.staged(officer, school, brought.long_file(rows))
    assert problems(row) == [("no-session", 2, robin.pk)]
    assert "year group" in StagedProblem.objects.get().reason


def test_an_old_register_is_held_to_the_closures_of_the_year_group_the_pupil_was_in(school, officer, robin):
    cast.a_calendar_entry(school, Kind.TERM, date(2025, 9, 3), date(2025, 12, 19), "Autumn 2025")
    now = robin.year_group
    then = type(now).objects.get(school=school, code="8")
    cast.a_calendar_entry(school, Kind.CLOSURE, date(2025, 9, 8), date(2025, 9, 8), year_group=then)
    cast.a_calendar_entry(school, Kind.CLOSURE, date(2025, 9, 9), date(2025, 9, 9), year_group=now)
    rows = [(robin, "2025-09-08", "AM", "I"), (robin, "2025-09-09", "AM", "I")]
    row = brought.staged(officer, school, brought.long_file(rows))
    assert problems(row) == [("no-session", 2, robin.pk)]


def test_a_pupil_without_any_time_on_roll_is_taken_to_be_on_roll_throughout(school, officer, robin):
    with brought.pen():
        Enrolment.objects.all().delete()
    row = brought.staged(officer, school, brought.long_file([(robin, "2026-09-07", "AM", "I")]))
    assert row.counts["new"] == 1


def test_a_pupil_found_by_name_only_is_listed_to_be_checked(school, officer, zoe):
    lines = ["Surname,Forename,DOB,Date,Session,Mark", f"OBRIEN,zoe,{zoe.born_on:%d/%m/%Y},07/09/2026,AM,I"]
    row = brought.staged(officer, school, "\n".join(lines).encode())
    assert problems(row) == [("by-name", 2, zoe.pk)]
    assert (row.counts["by-name"], row.counts["new"]) == (1, 1)


def test_unknown_codes_are_kept_encrypted_to_be_asked_about(school, officer, robin):
    rows = [
        (robin, "2026-09-07", "AM", "I01"),
        (robin, "2026-09-07", "PM", "I01"),
        (robin, "2026-09-08", "AM", "?"),
    ]
    row = brought.staged(officer, school, brought.long_file(rows))
    assert json.loads(row.unknown_codes) == [["I01", 2], ["?", 1]]


@pytest.mark.parametrize(
    ("content", "state", "said"),
    [
        pytest.param(b"UPN,Date,Session,Mark\n", "failed", "No line", id="a header and nothing else"),
        pytest.param(b"UPN,Date,Session,Mark\n,,,\nTotal,,,3\n", "failed", "No line", id="only totals"),
    ],
)
def test_a_file_without_a_mark_fails_with_words(school, officer, content, state, said):
    row = brought.staged(officer, school, content)
    assert (row.state, said in row.problem) == (state, True)


def test_junk_after_a_good_beginning_fails_with_the_line_and_loses_nothing(school, officer, robin):
    good = brought.long_file(brought.days(robin, "2026-09-07", "/\\")) * 30_000
    row = brought.staged(officer, school, good + b"\x00\x01\x02\x03junk")
    assert row.state == ImportState.FAILED
    assert "not a text file" in row.problem
    assert "line" in row.problem
    assert row.upload


@pytest.mark.parametrize(
    ("content", "said"),
    [
        pytest.param(b"", "empty", id="empty"),
        pytest.param(b" \r\n ", "empty", id="blank"),
        pytest.param(b"%PDF-1.7 ...", "PDF", id="a PDF"),
        pytest.param(b"PK\x03\x04 broken", "damaged", id="a broken workbook"),
        pytest.param(b"\x00\x01\x02\x03" * 99, "not a text file", id="binary junk"),
    ],
)
def test_what_is_no_table_is_told_at_once_and_not_kept(school, officer, content, said):
    found = brought.bringing.bring(
        officer, brought.seen(officer, school), file_name="x.csv", source=[content], at=cast.NOW
    )
    assert found.import_id is None
    assert said in found.problem
    assert brought.uploads.names() == []


def test_reading_again_replaces_what_was_staged(school, officer, robin):
    row = brought.staged(
        officer,
        school,
        brought.long_file([(robin, "2026-09-12", "AM", "I"), *brought.days(robin, "2026-09-07", "/\\")]),
    )
    brought.columns.read_again(officer, row.pk, version=row.version, at=cast.NOW)
    reading.read(row.pk, at=cast.NOW, tell=brought.silent)
    assert StagedRegister.objects.count() == 1
    assert StagedProblem.objects.count() == 1


class Killed(BaseException):
    """Stands for SIGKILL: no handler of ours catches it."""


@pytest.mark.parametrize("after", range(1, 8))
def test_a_reading_that_stops_anywhere_can_start_again(school, officer, robin, zoe, after):
    rows = [*brought.days(robin, "2026-09-07", "/\\"), *brought.days(zoe, "2026-09-07", "I?")]
    row = brought.confirmed(officer, school, brought.long_file(rows))
    told = []

    def tell(_done, _total, note=""):
        told.append(note)
        if len(told) == after:
            raise Killed

    with pytest.raises(Killed):
        reading.read(row.pk, at=cast.NOW, tell=tell)
    reading.read(row.pk, at=cast.NOW, tell=brought.silent)
    row.refresh_from_db()
    assert row.state == ImportState.READY
    assert (StagedRegister.objects.count(), StagedProblem.objects.count()) == (2, 1)


def test_a_reading_that_was_cancelled_meanwhile_stops_and_stages_nothing_more(school, officer, robin):
    row = brought.confirmed(officer, school, brought.long_file(brought.days(robin, "2026-09-07", "/\\")))

    def tell(_done, _total, note=""):
        if note == "Comparing with the register":
            brought.closing.cancel(officer, row.pk, at=cast.NOW)

    reading.read(row.pk, at=cast.NOW, tell=tell)
    row.refresh_from_db()
    assert row.state == ImportState.CANCELLED
    assert not StagedRegister.objects.exists()


def test_of_two_workers_on_one_file_only_the_later_stages(school, officer, robin):
    row = brought.confirmed(officer, school, brought.long_file(brought.days(robin, "2026-09-07", "/\\")))
    seen = []

    def tell(_done, _total, note=""):
        if note == "Comparing with the register" and not seen:
            seen.append(note)
            reading.read(row.pk, at=cast.NOW, tell=brought.silent)  # another worker took it over

    reading.read(row.pk, at=cast.NOW, tell=tell)
    row.refresh_from_db()
    assert (row.state, StagedRegister.objects.count()) == (ImportState.READY, 1)


def test_progress_never_goes_backwards_and_ends_near_the_end(school, officer, robin):
    rows = [*brought.days(robin, "2026-09-07", "/\\" * 10), (robin, "2026-09-12", "AM", "I")]
    row = brought.confirmed(officer, school, brought.long_file(rows))
    told = []
    reading.read(row.pk, at=cast.NOW, tell=lambda done, total, note="": told.append(100 * done // total))
    assert told == sorted(told)
    assert told[0] == 0
    assert told[-1] >= 75


def test_a_thousand_pupils_cost_as_many_queries_as_a_hundred_batch_by_batch(
    school, officer, django_assert_max_num_queries
):
    pupils = [cast.a_pupil(school) for _ in range(120)]
    content = brought.long_file(line for one in pupils for line in brought.days(one, "2026-09-07", "/\\//?I"))
    row = brought.confirmed(officer, school, content)
    with django_assert_max_num_queries(60):
        reading.read(row.pk, at=datetime(2026, 11, 23, 12, tzinfo=UTC), tell=brought.silent)
    row.refresh_from_db()
    assert row.counts["unknown-code"] == 120
