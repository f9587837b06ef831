"""Settings of a school: edits are versioned, the count follows them, and only some roles may."""

import json
from datetime import date, timedelta
from decimal import Decimal

import pytest

from onroll.actions.change import change
from onroll.actions.recount import recount_school
from onroll.actions.school.code_map import add_code, remove_code
from onroll.actions.school.counting import Counting, change_counting
from onroll.actions.school.groups import (
    add_year_group,
    move_year_group,
    rename_tutor_group,
    rename_year_group,
)
from onroll.actions.school.naming import rename_school
from onroll.domain.permissions import Role
from onroll.domain.vocabulary import Refusal, Refused
from onroll.records.attendance.models import CodeMeaning, Recount, Summary
from onroll.records.ledger.models import LedgerRow
from onroll.records.schools.models import School, TutorGroup, YearGroup
from tests.support.cast import NOW, a_person, a_pupil, a_register, a_school, actor, marks, whole_days

pytestmark = pytest.mark.django_db
OCTOBER = [date(2026, 10, 5) + timedelta(days=n) for n in range(12) if n % 7 < 5]  # ten school days
AS_IT_IS = Counting(Decimal(15), frozenset({"I", "M", "C2"}), appointment_breaks_statutory=True)


@pytest.fixture
def school():
    return a_school()


@pytest.fixture
def deputy(school):
    return actor(a_person(school, Role.DEPUTY_HEAD))


def counted_pupil(school, codes):
    pupil = a_pupil(school)
    a_register(pupil, marks(codes))
    with change(None, "recounted", NOW):
        recount_school(school.pk)
    return pupil


def counting(threshold=15, codes="I,M,C2", breaks=True):
    return Counting(Decimal(str(threshold)), frozenset(codes.split(",")), appointment_breaks_statutory=breaks)


# ---------------------------------------------------------------- how it counts


def test_a_lower_threshold_says_who_newly_reached_it(school, deputy):
    pupil = counted_pupil(school, whole_days(OCTOBER, "I"))
    outcome = change_counting(deputy, school.pk, counting(9.5), saw=1, at=NOW)
    (move,) = outcome.moved.moves
    assert (move.pupil_id, move.newly_reached) == (pupil.pk, True)
    assert Summary.objects.get(pupil=pupil).s_reached_cumulative == "2026-10-16 AM"
    row = LedgerRow.objects.order_by("-number").first()
    assert row.verb == "school-counting-changed"
    assert json.loads(row.detail)["newly_reached"] == 1
    assert Recount.objects.get(pk=outcome.recount_id).because == "school-counting-changed"


def test_a_higher_threshold_says_who_no_longer_stands_at_it(school, deputy):
    counted_pupil(school, whole_days(OCTOBER, "I"))
    change_counting(deputy, school.pk, counting(10), saw=1, at=NOW)
    outcome = change_counting(deputy, school.pk, counting(15), saw=2, at=NOW)
    assert [(move.reached_before, move.reached) for move in outcome.moved.moves] == [(True, False)]


def test_a_code_taken_off_the_health_count_is_not_counted_any_more(school, deputy):
    pupil = counted_pupil(school, whole_days(OCTOBER, "C2"))
    change_counting(deputy, school.pk, counting(codes="I,M"), saw=1, at=NOW)
    assert Summary.objects.get(pupil=pupil).h_sessions == 0
    assert School.objects.get(pk=school.pk).health_codes == "I,M"


def test_an_appointment_no_longer_breaks_when_the_school_says_so(school, deputy):
    pupil = counted_pupil(school, whole_days(OCTOBER, "I") | {("2026-10-07", "AM"): "M"})
    outcome = change_counting(deputy, school.pk, counting(breaks=False), saw=1, at=NOW)
    assert [(move.statutory_spell_before, move.statutory_spell) for move in outcome.moved.moves] == [(15, 19)]
    assert Summary.objects.get(pupil=pupil).s_spell == 19


def test_a_rehearsal_leaves_the_settings_as_they_were(school, deputy):
    counted_pupil(school, whole_days(OCTOBER, "I"))
    outcome = change_counting(deputy, school.pk, counting(5), saw=1, at=NOW, rehearse=True)
    assert outcome.moved.newly_reached == 1
    assert School.objects.get(pk=school.pk).threshold_days == 15
    assert Summary.objects.get().s_reached_cumulative == ""


def test_the_same_settings_again_write_nothing(school, deputy):
    before = LedgerRow.objects.count()
    assert change_counting(deputy, school.pk, AS_IT_IS, saw=1, at=NOW).nothing_changed
    assert (LedgerRow.objects.count(), School.objects.get(pk=school.pk).version) == (before, 1)


@pytest.mark.parametrize(
    "wanted",
    [
        pytest.param(counting(0), id="no days"),
        pytest.param(counting(-1), id="less than none"),
        pytest.param(counting(7.3), id="no whole half days"),
        pytest.param(counting(101), id="more than a hundred"),
        pytest.param(counting(codes="M,C2"), id="without illness"),
        pytest.param(counting(codes="I,XX"), id="no national code"),
    ],
)
def test_settings_that_cannot_count_are_refused(school, deputy, wanted):
    with pytest.raises(Refusal) as refusal:
        change_counting(deputy, school.pk, wanted, saw=1, at=NOW)
    assert refusal.value.kind is Refused.INVALID


def test_settings_changed_meanwhile_are_not_overwritten(school, deputy):
    rename_school(deputy, school.pk, name="Oak Grove School", saw=1, at=NOW)
    for attempt in (
        lambda: change_counting(deputy, school.pk, counting(10), saw=1, at=NOW),
        lambda: rename_school(deputy, school.pk, name="Ash Grove School", saw=1, at=NOW),
    ):
        with pytest.raises(Refusal) as refusal:
            attempt()
        assert refusal.value.kind is Refused.STALE
    stands = School.objects.get(pk=school.pk)
    assert (stands.name, stands.threshold_days) == ("Oak Grove School", 15)


# ---------------------------------------------------------------- names and groups


def test_a_school_is_renamed_and_its_version_moves_on(school, deputy):
    rename_school(deputy, school.pk, name="  Oak   Grove School ", saw=1, at=NOW)
    stands = School.objects.get(pk=school.pk)
    assert (stands.name, stands.version) == ("Oak Grove School", 2)


def test_a_year_group_is_added_at_the_end(school, deputy):
    added = add_year_group(deputy, school.pk, code="12", name="Year 12", at=NOW)
    assert list(school.year_groups.values_list("pk", flat=True))[-1] == added


@pytest.mark.parametrize(
    ("code", "name"),
    [pytest.param("9", "Nine", id="same code"), pytest.param("9a", "year 9", id="same name")],
)
def test_a_year_group_is_not_added_twice(school, deputy, code, name):
    with pytest.raises(Refusal) as refusal:
        add_year_group(deputy, school.pk, code=code, name=name, at=NOW)
    assert refusal.value.kind is Refused.CONFLICT


def test_groups_are_renamed(school, deputy):
    year, tutor = school.year_groups.first(), school.tutor_groups.first()
    rename_year_group(deputy, school.pk, year.pk, name="Seven", saw=year.name, at=NOW)
    rename_tutor_group(deputy, school.pk, tutor.pk, name="7 Elm", saw=tutor.name, at=NOW)
    assert YearGroup.objects.get(pk=year.pk).name == "Seven"
    assert TutorGroup.objects.get(pk=tutor.pk).name == "7 Elm"


def test_a_group_renamed_meanwhile_is_not_overwritten(school, deputy):
    year = school.year_groups.first()
    rename_year_group(deputy, school.pk, year.pk, name="Seven", saw="Year 7", at=NOW)
    with pytest.raises(Refusal) as refusal:
        rename_year_group(deputy, school.pk, year.pk, name="Sevens", saw="Year 7", at=NOW)
    assert refusal.value.kind is Refused.STALE


def test_two_groups_do_not_get_one_name(school, deputy):
    with pytest.raises(Refusal) as refusal:
        rename_tutor_group(
            deputy,
            school.pk,
            TutorGroup.objects.get(school=school, name="7 Ash").pk,
            name="7 oak",
            saw="7 Ash",
            at=NOW,
        )
    assert refusal.value.kind is Refused.CONFLICT


def test_year_groups_are_put_in_another_order(school, deputy):
    def order():
        return list(YearGroup.objects.filter(school=school).values_list("code", flat=True))

    eight = YearGroup.objects.get(school=school, code="8")
    move_year_group(deputy, school.pk, eight.pk, by=-1, at=NOW)
    assert order() == ["8", "7", "9", "10", "11"]
    rows = LedgerRow.objects.count()
    move_year_group(deputy, school.pk, eight.pk, by=-1, at=NOW)
    assert order() == ["8", "7", "9", "10", "11"]
    assert LedgerRow.objects.count() == rows
    move_year_group(deputy, school.pk, eight.pk, by=1, at=NOW)
    assert order() == ["7", "8", "9", "10", "11"]


# ---------------------------------------------------------------- the school's own codes


def test_a_schools_own_code_is_given_a_meaning_and_loses_it(school, deputy):
    add_code(deputy, school.pk, raw=" I01 ", national="I", at=NOW)
    meaning = CodeMeaning.objects.get(school=school)
    assert (meaning.raw, meaning.national) == ("I01", "I")
    remove_code(deputy, school.pk, meaning.pk, at=NOW)
    assert not CodeMeaning.objects.exists()
    row = LedgerRow.objects.order_by("-number").first()
    assert (row.verb, json.loads(row.detail)) == ("code-meaning-removed", {"national": "I"})


@pytest.mark.parametrize(
    ("raw", "national"),
    [
        pytest.param("", "I", id="nothing"),
        pytest.param("x" * 13, "I", id="too long"),
        pytest.param("M", "I", id="a national code"),
        pytest.param("-", "I", id="not taken"),
        pytest.param("I01", "H", id="a retired code as meaning"),
    ],
)
def test_a_code_that_cannot_be_mapped_is_refused(school, deputy, raw, national):
    with pytest.raises(Refusal) as refusal:
        add_code(deputy, school.pk, raw=raw, national=national, at=NOW)
    assert refusal.value.kind is Refused.INVALID


def test_a_code_has_one_meaning(school, deputy):
    add_code(deputy, school.pk, raw="H", national="C", at=NOW)
    with pytest.raises(Refusal) as refusal:
        add_code(deputy, school.pk, raw="H", national="G", at=NOW)
    assert refusal.value.kind is Refused.CONFLICT


# ---------------------------------------------------------------- who may


def every_change(who, school, other):
    """Every change of a school's settings, tried by somebody. `other` is the school whose rows are named."""
    year, tutor = other.year_groups.first(), other.tutor_groups.first()
    return (
        lambda: rename_school(who, school.pk, name="X", saw=1, at=NOW),
        lambda: change_counting(who, school.pk, counting(10), saw=1, at=NOW),
        lambda: add_year_group(who, school.pk, code="12", name="Year 12", at=NOW),
        lambda: rename_year_group(who, school.pk, year.pk, name="X", saw=year.name, at=NOW),
        lambda: rename_tutor_group(who, school.pk, tutor.pk, name="X", saw=tutor.name, at=NOW),
        lambda: move_year_group(who, school.pk, year.pk, by=1, at=NOW),
        lambda: add_code(who, school.pk, raw="I01", national="I", at=NOW),
        lambda: remove_code(who, school.pk, 0, at=NOW),
    )


@pytest.mark.parametrize("role", [Role.TEACHER, Role.ATTENDANCE_OFFICER, Role.PROGRESS_LEADER, Role.CLERK])
def test_a_role_without_settings_changes_nothing(school, role):
    member = actor(a_person(school, role))
    for attempt in every_change(member, school, school):
        with pytest.raises(Refusal) as refusal:
            attempt()
        assert refusal.value.kind is Refused.NOT_ALLOWED


def test_a_stranger_finds_no_school(school):
    stranger = actor(a_person(a_school("Ash Lane School"), Role.ADMINISTRATOR))
    for attempt in every_change(stranger, school, school):
        with pytest.raises(Refusal) as refusal:
            attempt()
        assert refusal.value.kind is Refused.NOT_FOUND


def test_groups_and_codes_of_another_school_are_not_found(school, deputy):
    other = a_school("Ash Lane School")
    named = every_change(deputy, school, other)
    for attempt in (named[3], named[4], named[5], named[7]):
        with pytest.raises(Refusal) as refusal:
            attempt()
        assert refusal.value.kind is Refused.NOT_FOUND
