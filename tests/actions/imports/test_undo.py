"""An import can be undone while nothing later touched its marks; the register is then as it was."""

from datetime import date, timedelta

import pytest

from onroll.actions.imports import undoing
from onroll.domain.register.import_states import ImportState
from onroll.domain.vocabulary import Refusal, Refused
from onroll.queries.imports.barriers import in_the_way
from onroll.records.attendance.models import Amendment, Import, RegisterYear, Summary
from onroll.records.ledger.models import LedgerRow
from tests.support import brought, cast

pytestmark = pytest.mark.django_db
LATER = cast.NOW + timedelta(hours=1)


def refusal(officer, row, *, at=LATER):
    with pytest.raises(Refusal) as refused:
        undoing.undo(officer, row.pk, version=row.version, at=at)
    assert refused.value.kind is Refused.CONFLICT
    return refused.value.message


def test_the_register_is_as_it_was_and_so_is_the_count(school, officer, robin, zoe):
    brought.applied(officer, school, brought.long_file(brought.days(robin, "2026-09-07", "/\\//")))
    before, counts = brought.register_of(school), list(Summary.objects.values_list("pupil_id", "h_sessions"))
    rows = [*brought.days(robin, "2026-09-08", "II//"), *brought.days(zoe, "2026-09-07", "II")]
    row = brought.applied(officer, school, brought.long_file(rows), at=LATER)
    assert brought.register_of(school) != before
    row = brought.undone(officer, row, at=LATER + timedelta(minutes=5))
    assert (row.state, row.undone_by_id) == (ImportState.UNDONE, officer.id)
    assert brought.register_of(school) == before
    assert not RegisterYear.objects.filter(pupil=zoe).exists()
    assert list(Summary.objects.filter(pupil=robin).values_list("pupil_id", "h_sessions")) == counts
    assert set(Amendment.objects.values_list("undone_at", flat=True)) == {LATER + timedelta(minutes=5)}
    last = LedgerRow.objects.order_by("-number").first()
    assert (last.verb, last.subject) == ("import_undone", f"import:{row.pk}")


def test_a_later_import_of_the_same_sessions_stands_in_the_way_though_it_says_the_same(
    school, officer, robin
):
    content = brought.long_file(brought.days(robin, "2026-09-07", "II"))
    first = brought.applied(officer, school, content)
    later = brought.applied(officer, school, content, at=LATER)
    assert "later import" in refusal(officer, first)
    assert in_the_way(first, at=LATER).import_id == later.pk
    brought.undone(officer, later, at=LATER)
    assert brought.undone(officer, first, at=LATER).state == ImportState.UNDONE
    assert not RegisterYear.objects.exists()


def test_a_later_import_of_other_sessions_or_pupils_does_not(school, officer, robin, zoe):
    first = brought.applied(officer, school, brought.long_file(brought.days(robin, "2026-09-07", "II")))
    rows = [*brought.days(robin, "2026-09-08", "//"), *brought.days(zoe, "2026-09-07", "//")]
    brought.applied(officer, school, brought.long_file(rows), at=LATER)
    brought.undone(officer, first, at=LATER)
    marks = RegisterYear.objects.get(pupil=robin).marks
    assert marks.replace(".", "") == "//"


def test_a_correction_since_stands_in_the_way_though_it_was_taken_back(school, officer, robin):
    row = brought.applied(officer, school, brought.long_file(brought.days(robin, "2026-09-07", "II")))
    with brought.pen():
        Amendment.objects.create(
            pupil=robin, school=school, on=date(2026, 9, 7), session="AM", old="I", new="I", at=LATER, by_id=1
        )
    assert "corrected" in refusal(officer, row)


def test_a_correction_of_another_session_does_not(school, officer, robin):
    row = brought.applied(officer, school, brought.long_file(brought.days(robin, "2026-09-07", "II")))
    with brought.pen():
        Amendment.objects.create(
            pupil=robin, school=school, on=date(2026, 9, 8), session="AM", old="I", new="L", at=LATER, by_id=1
        )
    assert brought.undone(officer, row, at=LATER).state == ImportState.UNDONE


def test_a_mark_that_changed_without_a_trace_stands_in_the_way(school, officer, robin):
    row = brought.applied(officer, school, brought.long_file(brought.days(robin, "2026-09-07", "II")))
    with brought.pen():
        register = RegisterYear.objects.get()
        register.marks = register.marks.replace("I", "L", 1)
        register.save(update_fields=["marks"])
    assert "changed since" in refusal(officer, row)


def test_after_thirty_days_it_stays(school, officer, robin):
    row = brought.applied(officer, school, brought.long_file(brought.days(robin, "2026-09-07", "II")))
    assert "30 days" in refusal(officer, row, at=cast.NOW + timedelta(days=30, seconds=1))
    assert brought.undone(officer, row, at=cast.NOW + timedelta(days=30)).state == ImportState.UNDONE


def test_what_came_between_the_asking_and_the_undoing_leaves_it_in_the_register_and_says_so(
    school, officer, robin
):
    content = brought.long_file(brought.days(robin, "2026-09-07", "II"))
    row = brought.applied(officer, school, content)
    undoing.undo(officer, row.pk, version=row.version, at=LATER)
    brought.applied(officer, school, content, at=LATER)
    before = brought.register_of(school)
    undoing.take_back(row.pk, at=LATER, tell=brought.silent)
    row.refresh_from_db()
    assert (row.state, row.undone_by_id) == (ImportState.APPLIED, None)
    assert "later import" in row.problem
    assert brought.register_of(school) == before


def test_an_import_that_found_the_register_moved_on_goes_back_to_what_it_found(school, officer, robin):
    first = brought.staged(officer, school, brought.long_file(brought.days(robin, "2026-09-07", "II")))
    brought.applied(officer, school, brought.long_file(brought.days(robin, "2026-09-07", "M/")))
    before = brought.register_of(school)
    row = brought.approved(officer, first, at=LATER)
    brought.undone(officer, row, at=LATER)
    assert brought.register_of(school) == before


def test_undoing_twice_undoes_once(school, officer, robin):
    row = brought.applied(officer, school, brought.long_file(brought.days(robin, "2026-09-07", "II")))
    brought.undone(officer, row, at=LATER)
    rows = LedgerRow.objects.count()
    undoing.take_back(row.pk, at=LATER, tell=brought.silent)
    assert LedgerRow.objects.count() == rows


@pytest.mark.parametrize("role", ["headteacher", "administrator"])
def test_only_who_may_bring_in_attendance_may_undo_it(school, officer, robin, role):
    row = brought.applied(officer, school, brought.long_file(brought.days(robin, "2026-09-07", "II")))
    with pytest.raises(Refusal) as refused:
        undoing.undo(cast.actor(cast.a_person(school, role)), row.pk, version=row.version, at=LATER)
    assert refused.value.kind is Refused.NOT_ALLOWED
    assert Import.objects.get().state == ImportState.APPLIED
