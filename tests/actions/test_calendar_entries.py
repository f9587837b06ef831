"""Adding, changing, withdrawing and restoring an entry counts again, keeps what moved, and overwrites nothing."""

import json
from datetime import date, timedelta

import pytest

from onroll.actions.calendar.entries import add_entry, change_entry, restore_entry, withdraw_entry
from onroll.actions.calendar.scope import Facts
from onroll.actions.change import change
from onroll.actions.recount import recount_school
from onroll.domain.permissions import Role
from onroll.domain.schoolcalendar import Kind
from onroll.domain.vocabulary import Refusal, Refused
from onroll.queries.calendars import calendar_of
from onroll.records.attendance.models import Recount, RecountMove, Summary
from onroll.records.base import pen
from onroll.records.ledger.models import LedgerRow
from onroll.records.people.models import Appointment
from onroll.records.schools.models import CalendarDay, Trust, YearGroup
from tests.support.cast import (
    NOW,
    a_calendar_entry,
    a_person,
    a_pupil,
    a_register,
    a_school,
    actor,
    marks,
    whole_days,
)

pytestmark = pytest.mark.django_db
OCTOBER = [date(2026, 10, 5) + timedelta(days=n) for n in range(12) if n % 7 < 5]  # ten school days
DAY = OCTOBER[3]
INSET = Facts(Kind.INSET, DAY, DAY, "Staff training")


@pytest.fixture
def school():
    return a_school()


@pytest.fixture
def officer(school):
    return actor(a_person(school, Role.ATTENDANCE_OFFICER))


def ill_for_ten_days(school, **who):
    pupil = a_pupil(school, **who)
    a_register(pupil, marks(whole_days(OCTOBER, "I")))
    return pupil


def counted(school):
    with change(None, "recounted", NOW):
        recount_school(school.pk)


def sessions(pupil):
    return Summary.objects.values_list("h_sessions", flat=True).get(pupil=pupil)


def last_row():
    row = LedgerRow.objects.order_by("-number").first()
    return row.verb, row.subject, json.loads(row.detail)


# ---------------------------------------------------------------- adding


def test_an_inset_day_added_after_marks_came_in_recounts_and_says_what_moved(school, officer):
    pupil, well = ill_for_ten_days(school), a_pupil(school)
    a_register(well, marks(whole_days(OCTOBER, "/")))
    counted(school)
    outcome = add_entry(officer, school.pk, INSET, at=NOW)
    assert [(move.pupil_id, move.health_before, move.health) for move in outcome.moved.moves] == [
        (pupil.pk, 20, 18)
    ]
    assert sessions(pupil) == 18
    kept = RecountMove.objects.get(recount_id=outcome.recount_id)
    assert (kept.pupil_id, kept.h_before, kept.h_after, kept.h_spell_before, kept.h_spell_after) == (
        pupil.pk, 20, 18, 20, 18,
    )  # fmt: skip


def test_the_ledger_has_kinds_ids_and_dates_of_an_added_entry(school, officer):
    outcome = add_entry(officer, school.pk, INSET, at=NOW)
    verb, subject, detail = last_row()
    assert (verb, subject) == ("calendar-entry-added", f"calendar-day:{outcome.subject_id}")
    assert detail == {
        "kind": "inset", "first": "2026-10-08", "last": "2026-10-08", "counted": 0, "moved": 0, "newly_reached": 0,
    }  # fmt: skip


def test_without_marks_nothing_moves_and_nothing_is_kept_of_it(school, officer):
    outcome = add_entry(officer, school.pk, INSET, at=NOW)
    assert (outcome.moved.moves, outcome.recount_id) == ([], None)
    assert not Recount.objects.exists()


def test_a_closure_of_one_year_group_moves_only_its_pupils(school, officer):
    nine, ten = ill_for_ten_days(school, year=9), ill_for_ten_days(school, year=10)
    counted(school)
    group = YearGroup.objects.get(school=school, code="9")
    closure = Facts(Kind.CLOSURE, DAY, DAY, "Boiler", year_group_id=group.pk)
    outcome = add_entry(officer, school.pk, closure, at=NOW)
    assert [move.pupil_id for move in outcome.moved.moves] == [nine.pk]
    assert (sessions(nine), sessions(ten)) == (18, 20)
    assert last_row()[2]["year_group"] == group.pk


def test_a_half_day_takes_the_afternoon_from_the_count(school, officer):
    pupil = ill_for_ten_days(school)
    counted(school)
    add_entry(officer, school.pk, Facts(Kind.AM_ONLY, DAY, DAY), at=NOW)
    assert sessions(pupil) == 19


def test_a_closure_over_the_day_that_ended_a_spell_joins_it(school, officer):
    pupil = a_pupil(school)
    a_register(pupil, marks(whole_days(OCTOBER, "I") | whole_days([DAY], "/")))
    counted(school)
    outcome = add_entry(officer, school.pk, INSET, at=NOW)
    (move,) = outcome.moved.moves
    assert (move.health_before, move.health) == (18, 18)
    assert (move.health_spell_before, move.health_spell) == (12, 18)


def test_a_future_holiday_moves_forecasts_but_no_count(school, officer):
    ill_for_ten_days(school)
    counted(school)
    coming = date(2026, 10, 20)
    outcome = add_entry(officer, school.pk, Facts(Kind.INSET, coming, coming), at=NOW)
    assert (outcome.moved.moves, outcome.moved.forecasts, outcome.recount_id) == ([], 1, None)


def test_a_rehearsal_says_what_would_move_and_leaves_everything_as_it_was(school, officer):
    pupil = ill_for_ten_days(school)
    counted(school)
    before = (CalendarDay.objects.count(), LedgerRow.objects.count(), sessions(pupil))
    outcome = add_entry(officer, school.pk, INSET, at=NOW, rehearse=True)
    assert [(move.pupil_id, move.health) for move in outcome.moved.moves] == [(pupil.pk, 18)]
    assert (CalendarDay.objects.count(), LedgerRow.objects.count(), sessions(pupil)) == before
    assert not Recount.objects.exists()


def test_an_entry_is_not_added_twice(school, officer):
    add_entry(officer, school.pk, INSET, at=NOW)
    again = Facts(Kind.INSET, DAY, DAY, "Another name")
    with pytest.raises(Refusal) as refusal:
        add_entry(officer, school.pk, again, at=NOW)
    assert refusal.value.kind is Refused.CONFLICT


@pytest.mark.parametrize(
    "facts",
    [
        pytest.param(Facts(Kind.INSET, DAY, DAY - timedelta(days=1)), id="ends before it begins"),
        pytest.param(Facts(Kind.INSET, date(206, 9, 3), date(206, 9, 3)), id="year mistyped"),
        pytest.param(Facts(Kind.INSET, DAY, DAY, "=A1"), id="name is a formula"),
        pytest.param(Facts(Kind.INSET, DAY, DAY, year_group_id=1, for_trust=True), id="two owners"),
        pytest.param(Facts(Kind.INSET, DAY, DAY, for_trust=True), id="a trust the school has not"),
    ],
)
def test_what_no_calendar_can_hold_is_refused(school, officer, facts):
    with pytest.raises(Refusal) as refusal:
        add_entry(officer, school.pk, facts, at=NOW)
    assert refusal.value.kind is Refused.INVALID


# ---------------------------------------------------------------- changing


def test_an_inset_day_moved_after_marks_were_imported_gives_one_day_back_and_takes_another(school, officer):
    pupil = ill_for_ten_days(school)
    added = add_entry(officer, school.pk, INSET, at=NOW)
    counted(school)
    assert sessions(pupil) == 18
    later = date(2026, 10, 19)
    outcome = change_entry(
        officer, school.pk, added.subject_id, Facts(Kind.INSET, later, later, "Staff training"), at=NOW
    )
    assert [(move.health_before, move.health) for move in outcome.moved.moves] == [(18, 20)]
    assert not calendar_of(school.pk).is_session(later, "AM")


def test_a_changed_entry_is_kept_and_named_by_the_one_that_replaced_it(school, officer):
    old = add_entry(officer, school.pk, INSET, at=NOW).subject_id
    new = change_entry(officer, school.pk, old, Facts(Kind.CLOSURE, DAY, DAY, "Snow"), at=NOW).subject_id
    assert CalendarDay.objects.get(pk=old).withdrawn_at == NOW
    assert CalendarDay.objects.get(pk=new).replaces_id == old
    verb, subject, detail = last_row()
    assert (verb, subject) == ("calendar-entry-changed", f"calendar-day:{new}")
    assert detail["was"] == {"kind": "inset", "first": "2026-10-08", "last": "2026-10-08"}


def test_the_same_facts_again_write_nothing(school, officer):
    entry = add_entry(officer, school.pk, INSET, at=NOW).subject_id
    before = LedgerRow.objects.count()
    assert change_entry(officer, school.pk, entry, INSET, at=NOW).nothing_changed
    assert LedgerRow.objects.count() == before


def test_of_two_people_who_change_one_entry_the_second_is_told(school, officer):
    entry = add_entry(officer, school.pk, INSET, at=NOW).subject_id
    change_entry(officer, school.pk, entry, Facts(Kind.CLOSURE, DAY, DAY), at=NOW)
    with pytest.raises(Refusal) as refusal:
        change_entry(officer, school.pk, entry, Facts(Kind.HOLIDAY, DAY, DAY), at=NOW)
    assert refusal.value.kind is Refused.STALE
    assert not CalendarDay.objects.filter(kind="holiday").exists()


# ---------------------------------------------------------------- withdrawing and restoring


def test_a_withdrawn_closure_gives_the_days_back_and_can_be_put_back(school, officer):
    pupil = ill_for_ten_days(school)
    entry = add_entry(officer, school.pk, INSET, at=NOW).subject_id
    withdrawn = withdraw_entry(officer, school.pk, entry, because="Entered by mistake", at=NOW)
    assert [(move.health_before, move.health) for move in withdrawn.moved.moves] == [(18, 20)]
    restored = restore_entry(officer, school.pk, entry, at=NOW)
    assert sessions(pupil) == 18
    assert CalendarDay.objects.get(pk=restored.subject_id).replaces_id == entry
    assert CalendarDay.objects.get(pk=entry).withdrawn_because == "Entered by mistake"


def test_an_entry_is_withdrawn_once(school, officer):
    entry = add_entry(officer, school.pk, INSET, at=NOW).subject_id
    withdraw_entry(officer, school.pk, entry, at=NOW)
    with pytest.raises(Refusal) as refusal:
        withdraw_entry(officer, school.pk, entry, at=NOW)
    assert refusal.value.kind is Refused.STALE


def test_what_stands_and_what_was_replaced_cannot_be_put_back(school, officer):
    old = add_entry(officer, school.pk, INSET, at=NOW).subject_id
    new = change_entry(officer, school.pk, old, Facts(Kind.CLOSURE, DAY, DAY), at=NOW).subject_id
    for entry in (old, new):
        with pytest.raises(Refusal) as refusal:
            restore_entry(officer, school.pk, entry, at=NOW)
        assert refusal.value.kind is Refused.STALE


def test_an_entry_is_not_put_back_beside_its_twin(school, officer):
    entry = add_entry(officer, school.pk, INSET, at=NOW).subject_id
    withdraw_entry(officer, school.pk, entry, at=NOW)
    add_entry(officer, school.pk, INSET, at=NOW)
    with pytest.raises(Refusal) as refusal:
        restore_entry(officer, school.pk, entry, at=NOW)
    assert refusal.value.kind is Refused.CONFLICT


# ---------------------------------------------------------------- layers


def test_a_bank_holiday_in_term_is_no_school_day_without_anybody_entering_it(school, officer):
    early_may = date(2027, 5, 3)
    assert calendar_of(school.pk).kind_on(early_may) is Kind.BANK_HOLIDAY
    add_entry(officer, school.pk, Facts(Kind.TERM, early_may, early_may, "Open"), at=NOW)
    assert calendar_of(school.pk).is_session(early_may, "AM")


def a_trust_of_two(officer_at_both):
    """Two schools without a calendar of their own, under a trust that has set the term."""
    one, other = a_school(calendar=False), a_school("Ash Lane School", calendar=False)
    with pen():
        trust = Trust.objects.create(name="Invented Trust")
        CalendarDay.objects.create(
            trust=trust,
            kind="term",
            first_on=date(2026, 9, 3),
            last_on=date(2026, 10, 23),
            recorded_at=NOW,
        )
        for school in (one, other):
            school.trust = trust
            school.save()
    user = a_person(one, Role.ATTENDANCE_OFFICER)
    if officer_at_both:
        with pen():
            Appointment.objects.create(user=user, school=other, role=Role.ATTENDANCE_OFFICER, began_at=NOW)
    return one, other, actor(user)


def test_an_entry_for_the_trust_counts_at_every_school_of_it():
    one, other, both = a_trust_of_two(officer_at_both=True)
    here, there = ill_for_ten_days(one), ill_for_ten_days(other)
    counted(one)
    counted(other)
    outcome = add_entry(both, one.pk, Facts(Kind.CLOSURE, DAY, DAY, "Snow", for_trust=True), at=NOW)
    assert (sessions(here), sessions(there)) == (18, 18)
    assert (len(outcome.moved.moves), outcome.other_schools) == (1, 1)
    assert Recount.objects.get(school=other).moved == 1
    assert last_row()[2]["other_schools"] == [other.pk]


def test_a_schools_own_term_is_more_specific_than_the_trusts_closure():
    one, _, both = a_trust_of_two(officer_at_both=True)
    add_entry(both, one.pk, Facts(Kind.CLOSURE, DAY, DAY, for_trust=True), at=NOW)
    assert not calendar_of(one.pk).is_session(DAY, "AM")
    add_entry(both, one.pk, Facts(Kind.TERM, date(2026, 9, 3), date(2026, 10, 23)), at=NOW)
    assert calendar_of(one.pk).is_session(DAY, "AM")


def test_the_trusts_calendar_is_not_changed_by_somebody_of_one_of_its_schools():
    one, other, only_one = a_trust_of_two(officer_at_both=False)
    with pytest.raises(Refusal) as refusal:
        add_entry(only_one, one.pk, Facts(Kind.CLOSURE, DAY, DAY, for_trust=True), at=NOW)
    assert refusal.value.kind is Refused.NOT_ALLOWED
    with pen():
        entry = CalendarDay.objects.create(
            trust_id=one.trust_id, kind="closure", first_on=DAY, last_on=DAY, recorded_at=NOW
        )
    for attempt in (
        lambda: withdraw_entry(only_one, one.pk, entry.pk, at=NOW),
        lambda: change_entry(only_one, one.pk, entry.pk, INSET, at=NOW),
    ):
        with pytest.raises(Refusal) as refusal:
            attempt()
        assert refusal.value.kind is Refused.NOT_ALLOWED
    assert calendar_of(other.pk).why(DAY, "AM") == "School closed"


# ---------------------------------------------------------------- who may


@pytest.mark.parametrize(
    "role", [Role.TEACHER, Role.HEADTEACHER, Role.PROGRESS_LEADER, Role.GOVERNOR, Role.SENCO]
)
def test_a_role_without_the_calendar_cannot_change_it(school, role):
    member = actor(a_person(school, role))
    with pytest.raises(Refusal) as refusal:
        add_entry(member, school.pk, INSET, at=NOW)
    assert refusal.value.kind is Refused.NOT_ALLOWED
    assert not CalendarDay.objects.filter(first_on=DAY).exists()


def test_a_stranger_is_answered_as_if_there_were_no_school_and_no_entry(school, officer):
    elsewhere = a_school("Ash Lane School")
    stranger = actor(a_person(elsewhere, Role.ATTENDANCE_OFFICER))
    foreign = a_calendar_entry(school, Kind.INSET, DAY, DAY)
    for attempt in (
        lambda: add_entry(stranger, school.pk, INSET, at=NOW),
        lambda: add_entry(stranger, 0, INSET, at=NOW),
        lambda: withdraw_entry(stranger, elsewhere.pk, foreign.pk, at=NOW),
        lambda: change_entry(stranger, elsewhere.pk, foreign.pk, INSET, at=NOW),
        lambda: restore_entry(stranger, elsewhere.pk, foreign.pk, at=NOW),
    ):
        with pytest.raises(Refusal) as refusal:
            attempt()
        assert refusal.value.kind is Refused.NOT_FOUND


def test_a_year_group_of_another_school_is_not_found(school, officer):
    foreign = YearGroup.objects.filter(school=a_school("Ash Lane School")).first()
    with pytest.raises(Refusal) as refusal:
        add_entry(officer, school.pk, Facts(Kind.INSET, DAY, DAY, year_group_id=foreign.pk), at=NOW)
    assert refusal.value.kind is Refused.NOT_FOUND
