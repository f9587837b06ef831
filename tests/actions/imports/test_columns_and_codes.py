"""Columns and codes are asked once, kept for the school, and can be put right."""

import pytest

from onroll.actions.imports import codes, columns, reading
from onroll.actions.school.code_map import remove_code
from onroll.domain.register.files import ColumnMap, Role, Shape
from onroll.domain.register.import_states import ImportState
from onroll.domain.vocabulary import Refusal, Refused
from onroll.records.attendance.models import CodeMeaning, ColumnMapping, StagedProblem
from onroll.records.work.models import Work
from tests.support import brought, cast

pytestmark = pytest.mark.django_db
ODD = "Ref,When,Half,What"


def odd_file(pupil, mark="I"):
    """A file whose headings say nothing."""
    return f"{ODD}\n{pupil.upn},07/09/2026,AM,{mark}\n{pupil.upn},07/09/2026,PM,{mark}\n".encode()


def odd_columns():
    places = {Role.UPN: 0, Role.DATE: 1, Role.SESSION: 2, Role.MARK: 3}
    return ColumnMap.of(Shape.LONG, ODD.split(","), places)


def test_a_file_waits_until_its_columns_are_confirmed(school, officer, robin):
    row = brought.bring(officer, school, odd_file(robin))
    assert row.state == ImportState.MAPPING
    assert not Work.objects.exists()
    columns.confirm_columns(officer, row.pk, version=row.version, columns=odd_columns(), at=cast.NOW)
    assert Work.objects.get().kind == "attendance.read"
    reading.read(row.pk, at=cast.NOW, tell=brought.silent)
    row.refresh_from_db()
    assert (row.state, row.counts["new"]) == (ImportState.READY, 2)


def test_the_next_file_with_the_same_header_goes_straight_on(school, officer, robin):
    row = brought.bring(officer, school, odd_file(robin))
    columns.confirm_columns(officer, row.pk, version=row.version, columns=odd_columns(), at=cast.NOW)
    following = brought.bring(officer, school, odd_file(robin, "L"))
    assert following.state == ImportState.READING
    assert following.work_id == Work.objects.latest("pk").pk


def test_another_school_and_another_header_are_asked(school, officer, robin):
    row = brought.bring(officer, school, odd_file(robin))
    columns.confirm_columns(officer, row.pk, version=row.version, columns=odd_columns(), at=cast.NOW)
    assert (
        brought.bring(officer, school, odd_file(robin).replace(b"What", b"That")).state == ImportState.MAPPING
    )
    elsewhere = cast.a_school("Oak Lane School")
    other = cast.actor(cast.a_person(elsewhere, "attendance-officer"))
    assert brought.bring(other, elsewhere, odd_file(robin)).state == ImportState.MAPPING


def test_columns_that_do_not_fit_are_refused_and_nothing_is_kept(school, officer, robin):
    row = brought.bring(officer, school, odd_file(robin))
    wrong = ColumnMap.of(Shape.LONG, ["Elsewhere"], {Role.UPN: 0})
    with pytest.raises(Refusal) as refused:
        columns.confirm_columns(officer, row.pk, version=row.version, columns=wrong, at=cast.NOW)
    assert refused.value.kind is Refused.INVALID
    assert not ColumnMapping.objects.exists()
    row.refresh_from_db()
    assert row.state == ImportState.MAPPING


def test_columns_can_be_chosen_again_after_reading(school, officer, robin):
    row = brought.staged(officer, school, brought.long_file(brought.days(robin, "2026-09-07", "I")))
    columns.change_columns(officer, row.pk, version=row.version, at=cast.NOW)
    row.refresh_from_db()
    assert row.state == ImportState.MAPPING


def test_a_code_of_the_schools_is_explained_once_for_this_file_and_the_next(school, officer, robin):
    content = brought.long_file([(robin, "2026-09-07", "AM", "I01"), (robin, "2026-09-07", "PM", "H")])
    row = brought.staged(officer, school, content)
    assert row.counts["unknown-code"] == 2
    codes.explain_codes(officer, row.pk, version=row.version, meanings={"I01": "I", "H": "C"}, at=cast.NOW)
    reading.read(row.pk, at=cast.NOW, tell=brought.silent)
    row.refresh_from_db()
    assert (row.counts["new"], row.counts.get("unknown-code", 0)) == (2, 0)
    assert not StagedProblem.objects.exists()
    assert brought.staged(officer, school, content).counts["new"] == 2


@pytest.mark.parametrize(
    ("raw", "code", "kind"),
    [
        pytest.param("I01", "X9", Refused.INVALID, id="no such national code"),
        pytest.param("I01", "-", Refused.INVALID, id="not taken is no code"),
        pytest.param("", "I", Refused.INVALID, id="nothing"),
        pytest.param("a long text that is no code", "I", Refused.INVALID, id="a sentence"),
        pytest.param("L", "I", Refused.CONFLICT, id="a national code means what it means"),
        pytest.param("l", "I", Refused.CONFLICT, id="in small letters too"),
    ],
)
def test_a_meaning_that_cannot_be_is_refused(school, officer, robin, raw, code, kind):
    row = brought.staged(officer, school, brought.long_file([(robin, "2026-09-07", "AM", "I")]))
    with pytest.raises(Refusal) as refused:
        codes.explain_codes(officer, row.pk, version=row.version, meanings={raw: code}, at=cast.NOW)
    assert refused.value.kind is kind
    assert not CodeMeaning.objects.exists()


def test_a_meaning_that_was_removed_in_settings_is_unknown_again(school, officer, robin):
    content = brought.long_file([(robin, "2026-09-07", "AM", "I01")])
    row = brought.staged(officer, school, content)
    codes.explain_codes(officer, row.pk, version=row.version, meanings={"I01": "I"}, at=cast.NOW)
    deputy = cast.actor(cast.a_person(school, "deputy-head"))
    remove_code(deputy, school.pk, CodeMeaning.objects.get().pk, at=cast.NOW)
    assert brought.staged(officer, school, content).counts["unknown-code"] == 1
