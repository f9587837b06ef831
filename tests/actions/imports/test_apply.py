"""Approving writes all of a file or nothing, loses no later mark, and remembers what each mark was."""

import io
from datetime import date, timedelta

import openpyxl
import pytest

from onroll.actions.imports import applying
from onroll.domain.register import NO_MARK
from onroll.domain.register.import_states import ImportState
from onroll.domain.schoolcalendar import Session, grid_position
from onroll.domain.vocabulary import Refusal, Refused
from onroll.queries.imports.barriers import UNDO_DAYS
from onroll.records.attendance.models import Amendment, Import, RegisterYear, StagedRegister, Summary
from onroll.records.ledger.models import LedgerRow
from tests.support import brought, cast

pytestmark = pytest.mark.django_db


def marks_of(pupil, on, *, year=2026):
    """The two marks of a day."""
    place = grid_position(date.fromisoformat(on), Session.AM)
    return RegisterYear.objects.get(pupil=pupil, year=year).marks[place : place + 2]


def amendments(pupil):
    return list(
        Amendment.objects.filter(pupil=pupil)
        .order_by("on", "session")
        .values_list("on", "session", "old", "new")
    )


def test_an_approved_file_is_in_the_register_counted_and_in_the_ledger(school, officer, robin):
    row = brought.applied(officer, school, brought.long_file(brought.days(robin, "2026-09-07", "/\\II")))
    assert row.state == ImportState.APPLIED
    assert (row.applied_at, row.approved_by_id) == (cast.NOW, officer.id)
    assert marks_of(robin, "2026-09-08") == "II"
    assert RegisterYear.objects.get().year_group == robin.year_group
    assert Summary.objects.get(pupil=robin).h_sessions == 2
    school.refresh_from_db()
    assert school.marks_to == date(2026, 9, 8)
    last = LedgerRow.objects.order_by("-number").first()
    assert (last.verb, last.subject, last.actor_id) == ("import_applied", f"import:{row.pk}", officer.id)


def test_the_same_file_again_writes_no_register_and_no_amendment(school, officer, robin, zoe):
    content = brought.long_file(
        [*brought.days(robin, "2026-09-07", "/\\II"), *brought.days(zoe, "2026-09-07", "L")]
    )
    brought.applied(officer, school, content)
    before = brought.register_of(school)
    row = brought.applied(officer, school, content)
    assert brought.register_of(school) == before
    assert not Amendment.objects.exists()
    assert (row.outcome["registers"], row.outcome["new"], row.outcome["changed"]) == (0, 0, 0)
    assert row.outcome["same"] == 5


def test_every_changed_mark_keeps_its_earlier_value_when_and_from_which_file(school, officer, robin):
    brought.applied(officer, school, brought.long_file(brought.days(robin, "2026-09-07", "/\\N-")))
    later = cast.NOW + timedelta(hours=1)
    row = brought.applied(
        officer, school, brought.long_file(brought.days(robin, "2026-09-07", "/\\IC")), at=later
    )
    assert amendments(robin) == [
        (date(2026, 9, 8), "AM", "N", "I"),
        (date(2026, 9, 8), "PM", "-", "C"),
    ]
    assert set(Amendment.objects.values_list("at", "by_id", "import_id", "undone_at")) == {
        (later, officer.id, row.pk, None)
    }


def test_a_blank_cell_never_erases_a_mark(school, officer, robin):
    brought.applied(officer, school, brought.long_file(brought.days(robin, "2026-09-07", "/\\II")))
    brought.applied(officer, school, brought.long_file(brought.days(robin, "2026-09-07", "/ I ")))
    assert marks_of(robin, "2026-09-08") == "II"


@pytest.mark.parametrize(
    ("headings", "cells"),
    [
        pytest.param(
            ["07/09/2026 AM", "07/09/2026 PM", "08/09/2026 AM", "08/09/2026 PM"],
            [["/", "\\", "i", "C2"], ["L", "-", "", "I"]],
            id="a column for each session",
        ),
        pytest.param(["07/09/2026", "08/09/2026"], [["/\\", "i C2"], ["L-", " I"]], id="two marks in a cell"),
    ],
)
def test_wide_files_are_written_as_long_ones_are(school, officer, robin, zoe, headings, cells):
    brought.applied(officer, school, brought.wide_file([robin, zoe], headings, cells))
    assert (marks_of(robin, "2026-09-07"), marks_of(robin, "2026-09-08")) == ("/\\", "I2")
    assert (marks_of(zoe, "2026-09-07"), marks_of(zoe, "2026-09-08")) == ("L-", f"{NO_MARK}I")


def test_a_file_over_two_school_years_goes_into_both(school, officer, robin):
    cast.a_calendar_entry(school, "term", date(2026, 6, 1), date(2026, 7, 20), "Term 6")
    rows = [(robin, "2026-06-08", "AM", "I"), (robin, "2026-09-07", "AM", "I")]
    row = brought.applied(officer, school, brought.long_file(rows))
    assert sorted(RegisterYear.objects.values_list("year", "year_group__code")) == [(2025, "8"), (2026, "9")]
    assert row.outcome["registers"] == 2


def test_what_came_in_between_is_amended_like_any_other_mark_and_said(school, officer, robin, zoe):
    brought.applied(officer, school, brought.long_file(brought.days(robin, "2026-09-07", "/\\")))
    first = brought.staged(officer, school, brought.long_file(brought.days(robin, "2026-09-07", "II")))
    between = [
        *brought.days(robin, "2026-09-07", "M "),
        *brought.days(robin, "2026-09-08", "L"),
        *brought.days(zoe, "2026-09-07", "N"),
    ]
    second = brought.applied(officer, school, brought.long_file(between))
    row = brought.approved(officer, first)
    assert (marks_of(robin, "2026-09-07"), marks_of(robin, "2026-09-08")[0]) == ("II", "L")
    assert list(Amendment.objects.filter(import_id=row.pk).order_by("session").values_list("old", "new")) == [
        ("M", "I"),
        ("\\", "I"),
    ]
    assert row.outcome["previewed"] is None  # two marks changed, as the preview said
    assert Amendment.objects.filter(import_id=second.pk).count() == 1
    assert StagedRegister.objects.get(batch=row).before[grid_position(date(2026, 9, 7), Session.AM)] == "M"


def test_the_difference_from_the_preview_is_said(school, officer, robin):
    first = brought.staged(officer, school, brought.long_file(brought.days(robin, "2026-09-07", "IIII")))
    brought.applied(officer, school, brought.long_file(brought.days(robin, "2026-09-07", "I/")))
    row = brought.approved(officer, first)
    assert row.outcome["previewed"] == {"new": 4, "same": 0, "changed": 0, "kept": 0}
    assert (row.outcome["new"], row.outcome["same"], row.outcome["changed"]) == (2, 1, 1)


def test_names_must_be_checked_before_a_file_that_relies_on_them_is_let_in(school, officer, zoe):
    lines = ["Surname,Forename,DOB,Date,Session,Mark", f"O'Brien,Zoë,{zoe.born_on:%d/%m/%Y},07/09/2026,AM,I"]
    row = brought.staged(officer, school, "\n".join(lines).encode())
    with pytest.raises(Refusal) as refused:
        applying.approve(officer, row.pk, version=row.version, at=cast.NOW)
    assert refused.value.kind is Refused.INVALID
    assert brought.approved(officer, row).state == ImportState.APPLIED


def test_of_two_people_who_approve_the_second_is_told(school, officer, robin):
    row = brought.staged(officer, school, brought.long_file(brought.days(robin, "2026-09-07", "I")))
    applying.approve(officer, row.pk, version=row.version, at=cast.NOW)
    with pytest.raises(Refusal) as refused:
        applying.approve(officer, row.pk, version=row.version, at=cast.NOW)
    assert refused.value.kind is Refused.STALE


def test_writing_twice_writes_once(school, officer, robin):
    row = brought.applied(officer, school, brought.long_file(brought.days(robin, "2026-09-07", "I")))
    rows = LedgerRow.objects.count()
    applying.apply(row.pk, at=cast.NOW, tell=brought.silent)
    assert LedgerRow.objects.count() == rows


def test_a_file_cancelled_after_approval_and_before_writing_is_not_written(school, officer, robin):
    row = brought.staged(officer, school, brought.long_file(brought.days(robin, "2026-09-07", "I")))
    applying.approve(officer, row.pk, version=row.version, at=cast.NOW)
    brought.closing.cancel(officer, row.pk, at=cast.NOW)
    applying.apply(row.pk, at=cast.NOW, tell=brought.silent)
    assert not RegisterYear.objects.exists()


@pytest.mark.parametrize("role", ["headteacher", "progress-leader", "administrator"])
def test_a_role_that_does_not_bring_in_attendance_cannot_approve(school, officer, robin, role):
    row = brought.staged(officer, school, brought.long_file(brought.days(robin, "2026-09-07", "I")))
    other = cast.actor(cast.a_person(school, role))
    with pytest.raises(Refusal) as refused:
        applying.approve(other, row.pk, version=row.version, at=cast.NOW)
    assert refused.value.kind is Refused.NOT_ALLOWED
    assert Import.objects.get().state == ImportState.READY


def test_a_stranger_is_answered_as_if_the_import_did_not_exist(school, officer, robin):
    row = brought.staged(officer, school, brought.long_file(brought.days(robin, "2026-09-07", "I")))
    elsewhere = cast.a_school("Oak Lane School")
    stranger = cast.actor(cast.a_person(elsewhere, "attendance-officer"))
    for import_id in (row.pk, row.pk + 1000):
        with pytest.raises(Refusal) as refused:
            applying.approve(stranger, import_id, version=row.version, at=cast.NOW)
        assert refused.value.kind is Refused.NOT_FOUND


def test_a_hundred_pupils_are_written_with_as_many_queries_as_two(
    school, officer, django_assert_max_num_queries
):
    for pupils in (2, 100):
        cohort = [cast.a_pupil(school) for _ in range(pupils)]
        lines = [line for one in cohort for line in brought.days(one, "2026-09-07", "/\\//")]
        brought.applied(officer, school, brought.long_file(lines))
        changed = [line for one in cohort for line in brought.days(one, "2026-09-07", "/\\IL")]
        row = brought.staged(officer, school, brought.long_file(changed))
        applying.approve(officer, row.pk, version=row.version, at=cast.NOW)
        with django_assert_max_num_queries(40):
            applying.apply(row.pk, at=cast.NOW, tell=brought.silent)
    assert Amendment.objects.count() == 2 * 102


def test_the_days_in_which_an_import_can_be_undone_are_those_for_which_it_is_kept():
    assert UNDO_DAYS == 30


def test_a_workbook_is_written_as_a_text_file_is(school, officer, robin):
    book = openpyxl.Workbook()
    book.active.title = "Notes"
    sheet = book.create_sheet("Register")
    sheet.append(["Attendance of Elm Grove School"])
    sheet.append(["UPN", "Date", "Session", "Mark"])
    sheet.append([robin.upn, date(2026, 9, 7), "AM", "I"])
    sheet.append([robin.upn, date(2026, 9, 7), "PM", "/"])
    sheet.append(["Total", None, None, 2])
    content = io.BytesIO()
    book.save(content)
    row = brought.applied(officer, school, content.getvalue())
    assert marks_of(robin, "2026-09-07") == "I/"
    assert (row.counts["lines"], row.counts["passed-over"]) == (2, 1)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_a_name_with_an_accent_is_found_in_any_encoding(school, officer, zoe, encoding):
    lines = [
        "Surname,Forename,DOB,Date,Session,Mark",
        f"O’Brien,Zoë,{zoe.born_on.isoformat()},2026-09-07,AM,I",
    ]
    row = brought.applied(officer, school, "\r\n".join(lines).encode(encoding))
    assert (row.counts["by-name"], marks_of(zoe, "2026-09-07")) == (1, "I.")
