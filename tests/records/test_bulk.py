"""Many rows at once are written as one row would be, on either database."""

from datetime import UTC, date, datetime

import pytest

from onroll.records.attendance import bulk
from onroll.records.attendance.models import Amendment, Import, RegisterYear, StagedProblem
from onroll.records.base import NoPen, pen
from tests.support import cast

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 23, 9, 30, 15, 123456, tzinfo=UTC)
AMENDMENT = ("pupil", "school", "on", "session", "old", "new", "at", "by_id", "import_id", "undone_at")
MARKS = "I" * 732


def test_rows_are_read_back_as_they_were_given():
    pupil = cast.a_pupil(cast.a_school())
    row = (pupil.pk, pupil.school_id, date(2026, 9, 7), "AM", "N", "\\", AT, 7, None, None)
    with pen():
        written = bulk.insert(Amendment, AMENDMENT, iter([row]))
    assert written == 1
    held = Amendment.objects.get()
    assert (held.pupil_id, held.on, held.old, held.new, held.at) == (pupil.pk, row[2], "N", "\\", AT)
    assert (held.by_id, held.import_id, held.undone_at) == (7, None, None)


def test_text_about_a_child_is_encrypted_on_the_way_in():
    school = cast.a_school()
    with pen():
        batch = Import.objects.create(
            school=school, kind="attendance", state="reading", file_name="a.csv", size=1, sha256="",
            uploaded_by=cast.a_person(school), uploaded_at=AT,
        )  # fmt: skip
        bulk.insert(
            StagedProblem,
            ("batch", "kind", "line", "column", "reason", "raw", "pupil", "times"),
            [(batch.pk, "unreadable", 3, "", "No date", "O'Brien\tZoë\n", None, 1)],
        )
    assert StagedProblem.objects.get().raw == "O'Brien\tZoë\n"
    assert (
        StagedProblem.objects.extra(select={"kept": "raw"})
        .values_list("kept", flat=True)[0]
        .startswith("gAAAA")
    )


def test_only_the_rows_that_are_named_change():
    school = cast.a_school()
    registers = [cast.a_register(cast.a_pupil(school), "." * 732) for _ in range(3)]
    with pen():
        assert bulk.update(RegisterYear, ("marks",), iter([(registers[1].pk, MARKS)])) == 1
    assert [one.marks for one in RegisterYear.objects.order_by("pk")] == ["." * 732, MARKS, "." * 732]


def test_updating_twice_in_a_transaction_works():
    register = cast.a_register(cast.a_pupil(cast.a_school()), "." * 732)
    with pen():
        bulk.update(RegisterYear, ("marks",), [(register.pk, MARKS)])
        bulk.update(RegisterYear, ("marks",), [(register.pk, "L" * 732)])
    assert RegisterYear.objects.get().marks == "L" * 732


def test_a_thousand_pupils_cost_no_more_queries_than_one(django_assert_max_num_queries):
    school = cast.a_school()
    pupils = [cast.a_pupil(school) for _ in range(300)]
    rows = [(pupil.pk, school.pk, 2026, None, MARKS) for pupil in pupils]
    with django_assert_max_num_queries(1), pen():
        bulk.insert(RegisterYear, ("pupil", "school", "year", "year_group", "marks"), rows)
    ids = RegisterYear.objects.values_list("pk", flat=True)
    with django_assert_max_num_queries(5), pen():
        bulk.update(RegisterYear, ("marks",), [(pk, "." * 732) for pk in list(ids)])


def test_without_the_pen_nothing_is_written():
    with pytest.raises(NoPen):
        bulk.insert(Amendment, AMENDMENT, [])
    with pytest.raises(NoPen):
        bulk.update(RegisterYear, ("marks",), [])
