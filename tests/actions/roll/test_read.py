"""What a roll file is read as, before anything is written."""

import io
from datetime import date, datetime

import pytest
from django.db import connection
from openpyxl import Workbook

from onroll.actions.imports import closing, columns
from onroll.actions.imports.holding import ROLL
from onroll.actions.roll import bringing
from onroll.domain.permissions import Permission, Role
from onroll.domain.roll.columns import RollMap
from onroll.domain.vocabulary import Actor, Refusal, Refused
from onroll.queries import doors
from onroll.records import uploads
from onroll.records.attendance.models import ColumnMapping, StagedProblem, StagedPupil
from onroll.records.pupils.models import Pupil
from onroll.records.schools.models import School
from tests.support.cast import NOW, a_person, a_pupil, a_school, actor
from tests.support.rolls import a_line, bring, line_of, ready, roll_file, staged

pytestmark = pytest.mark.django_db


def states(row: object) -> dict[int, str]:
    return dict(StagedPupil.objects.filter(batch=row).values_list("line", "state"))


def problems(row: object) -> list[tuple[str, int, str, str]]:
    rows = StagedProblem.objects.filter(batch=row).order_by("line", "pk")
    return list(rows.values_list("kind", "line", "column", "reason"))


def test_each_line_is_new_the_same_or_changed(
    officer: Actor, school: School, robin: Pupil, jo: Pupil
) -> None:
    row = ready(officer, school, line_of(robin), line_of(jo, Year="11"), a_line())
    assert states(row) == {2: "same", 3: "changed", 4: "new"}
    assert StagedPupil.objects.get(line=3).differences == [["year-group", "Year 10", "Year 11", ""]]
    counted = ("same", "changed", "new", "ask", "left-out", "missing")
    assert [row.counts[key] for key in counted] == [1, 1, 1, 0, 0, 0]
    assert Pupil.objects.count() == 2, "nothing is written before approval"


def test_a_school_without_any_pupil_takes_its_first_roll(officer: Actor, school: School) -> None:
    row = ready(officer, school, a_line(), a_line(Surname="Fir", Admission_number="778"))
    assert (row.counts["new"], row.counts["missing"]) == (2, 0)


def test_a_name_and_birth_date_alone_are_asked_and_never_merged(
    officer: Actor, school: School, robin: Pupil
) -> None:
    row = ready(officer, school, line_of(robin, UPN="", Admission_number="9999"))
    one = StagedPupil.objects.get(batch=row)
    assert (one.state, one.candidates, one.pupil_id) == ("ask", [robin.pk], None)


def test_groups_that_would_be_made_are_told(officer: Actor, school: School) -> None:
    row = ready(
        officer,
        school,
        a_line(Year="Year 12", Tutor_group="12 Fir"),
        a_line(Surname="Fir", Admission_number="1"),
    )
    assert (row.counts["new-years"], row.counts["new-tutor-groups"]) == (["Year 12"], ["12 Fir"])


def test_a_pupil_missing_from_the_file_is_counted_and_one_on_a_bad_line_is_not(
    officer: Actor, school: School, robin: Pupil, jo: Pupil
) -> None:
    a_pupil(school, "Away", "Elsewhere")
    row = ready(officer, school, line_of(robin), line_of(jo, Date_of_birth="soon"))
    assert (row.counts["missing"], row.counts["left-out"]) == (1, 1)
    assert problems(row)[0][:3] == ("left-out", 3, "Date of birth")
    assert StagedProblem.objects.get().pupil_id == jo.pk


def test_pupils_who_left_or_have_not_come_yet_are_not_missing(
    officer: Actor, school: School, robin: Pupil
) -> None:
    a_pupil(school, "Left", "Before", last_on=date(2026, 7, 20))
    a_pupil(school, "Comes", "Later", first_on=date(2027, 1, 4))
    assert ready(officer, school, line_of(robin)).counts["missing"] == 0


def test_dates_that_do_not_fit_the_school_are_a_problem_line(
    officer: Actor, school: School, robin: Pupil
) -> None:
    row = ready(officer, school, line_of(robin, Leaving_date="2023-01-01", Admission_date=""), a_line())
    assert states(row) == {3: "new"}
    assert problems(row) == [
        ("left-out", 2, "Leaving date", "The leaving date is before the admission date that is held.")
    ]


def test_a_number_that_another_pupil_has_is_a_problem_line(
    officer: Actor, school: School, robin: Pupil, jo: Pupil
) -> None:
    row = ready(officer, school, line_of(robin, Admission_number=jo.admission_number), a_line())
    assert states(row) == {3: "new"}
    assert problems(row)[0][:3] == ("left-out", 2, "Admission number")


def test_two_pupils_may_exchange_their_admission_numbers(
    officer: Actor, school: School, robin: Pupil, jo: Pupil
) -> None:
    row = ready(
        officer, school,
        line_of(robin, Admission_number=jo.admission_number), line_of(jo, Admission_number=robin.admission_number),
    )  # fmt: skip
    assert states(row) == {2: "changed", 3: "changed"}


def test_the_mistyped_upn_is_to_be_looked_at_and_counted(
    officer: Actor, school: School, robin: Pupil
) -> None:
    wrong = ("A" if robin.upn[0] != "A" else "B") + robin.upn[1:]
    row = ready(officer, school, line_of(robin, UPN=wrong), a_line(UPN="C801200005001"))
    assert states(row) == {2: "same", 3: "new"}, "a mistyped UPN does not take the place of a right one"
    assert (row.counts["mistyped"], row.counts["look"]) == (1, 2)
    assert [problem[:3] for problem in problems(row)] == [("look", 2, "UPN"), ("look", 3, "UPN")]


@pytest.mark.parametrize(("content", "words"), [
    pytest.param(b"", "The file is empty.", id="empty"),
    pytest.param(b"%PDF-1.7 and so on", "This is a PDF", id="a PDF"),
    pytest.param(bytes(range(256)) * 20, "not a text file", id="junk"),
])  # fmt: skip
def test_what_is_no_table_is_told_back_and_not_kept(
    officer: Actor, school: School, content: bytes, words: str
) -> None:
    seen = doors.school(officer, school.urn, Permission.ROLL_IMPORT)
    brought = bringing.bring_roll(officer, seen, file_name="x", source=[content], at=NOW)
    assert brought.import_id is None
    assert words in brought.problem
    assert uploads.names() == []


def test_a_file_of_which_no_line_is_a_pupil_fails_with_words(officer: Actor, school: School) -> None:
    row = staged(officer, school, b"UPN,Surname,Forename\n,,Robin\n")
    assert (row.state, row.problem) == (
        "failed", "No line of the file could be read as a pupil. Check which column is which."
    )  # fmt: skip


def test_the_columns_are_asked_once_for_a_header(officer: Actor, school: School) -> None:
    content = roll_file(a_line())
    assert bring(officer, school, content).state == "mapping"
    row = staged(officer, school, content)
    assert ColumnMapping.objects.get().kind == "roll"
    again = bring(officer, school, content)
    assert (again.state, again.mapping) == ("reading", row.mapping)


def test_columns_without_a_name_are_refused_and_the_file_waits(officer: Actor, school: School) -> None:
    row = bring(officer, school, roll_file(a_line()))
    bare = RollMap(
        {target: at for target, at in RollMap.from_json(row.mapping).columns.items() if target.key == "upn"}
    )
    with pytest.raises(Refusal) as refusal:
        bringing.choose_columns(officer, row.pk, version=row.version, columns=bare, at=NOW)
    assert refusal.value.kind is Refused.INVALID
    row.refresh_from_db()
    assert row.state == "mapping"


def test_a_read_file_can_be_read_again_with_other_columns_or_cancelled(
    officer: Actor, school: School, robin: Pupil
) -> None:
    row = ready(officer, school, line_of(robin))
    columns.change_columns(officer, row.pk, version=row.version, kind=ROLL, at=NOW)
    row.refresh_from_db()
    assert row.state == "mapping"
    closing.cancel(officer, row.pk, version=row.version, kind=ROLL, at=NOW)
    row.refresh_from_db()
    assert (row.state, row.upload) == ("cancelled", "")
    assert uploads.names() == []


@pytest.mark.parametrize(("role", "here", "kind"), [
    pytest.param(Role.SENCO, True, Refused.NOT_ALLOWED, id="another role"),
    pytest.param(Role.ATTENDANCE_OFFICER, False, Refused.NOT_FOUND, id="another school"),
])  # fmt: skip
def test_only_those_who_may_bring_a_roll_touch_one(
    officer: Actor, school: School, robin: Pupil, role: Role, here: bool, kind: Refused
) -> None:
    row = ready(officer, school, line_of(robin))
    somebody = actor(a_person(school if here else a_school(), role))
    for act in (closing.cancel, columns.read_again, columns.change_columns):
        with pytest.raises(Refusal) as refusal:
            act(somebody, row.pk, version=row.version, kind=ROLL, at=NOW)
        assert refusal.value.kind is kind


def test_an_attendance_import_is_no_roll(officer: Actor, school: School, robin: Pupil) -> None:
    row = ready(officer, school, line_of(robin))
    with pytest.raises(Refusal) as refusal:
        closing.cancel(officer, row.pk, version=row.version, at=NOW)
    assert refusal.value.kind is Refused.NOT_FOUND


def test_the_staged_problem_keeps_the_name_encrypted(officer: Actor, school: School, robin: Pupil) -> None:
    ready(officer, school, line_of(robin), a_line(Date_of_birth="soon"))
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT raw FROM {StagedProblem._meta.db_table}")
        (raw,) = cursor.fetchone()
    assert "Elm" not in raw
    assert StagedProblem.objects.get().raw == "Elm, Cy"


def a_workbook(*rows: tuple[object, ...]) -> bytes:
    book = Workbook()
    book.active.title = "Cover"
    book.active.append(("A school", "its roll"))
    sheet = book.create_sheet("Pupils")
    for row in rows:
        sheet.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def test_a_workbook_is_read_from_the_sheet_that_holds_the_roll(
    officer: Actor, school: School, robin: Pupil
) -> None:
    content = a_workbook(
        ("Roll on 23 November 2026",),
        ("UPN", "Adm No", "Surname", "Forename", "DOB", "Year", "Reg", "Admission Date"),
        (robin.upn, int(robin.admission_number), "Quill", "Robin", datetime(2012, 1, 15), 9, "9 Ash", date(2024, 9, 2)),
        (None, 778, "Elm", "Cy", datetime(2013, 2, 1), 9, "9 Oak", date(2026, 9, 7)),
    )  # fmt: skip
    row = ready(officer, school, content)
    assert states(row) == {3: "same", 4: "new"}
    assert row.work_id is not None, "a workbook is the worker's"
    assert StagedPupil.objects.get(line=4).given["born_on"] == "2013-02-01"
