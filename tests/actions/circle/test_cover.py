"""Days away and handing over: the duties go to somebody, at once."""

from datetime import date, timedelta

import pytest

from onroll.actions.circle import cover
from onroll.actions.circle.cover import hand_over, record_away, withdraw_away
from onroll.domain.permissions import Permission, Role
from onroll.domain.vocabulary import Refusal
from onroll.queries import doors
from onroll.queries.circle import team_of
from onroll.queries.cover import carried_by, version_of
from onroll.records.cases.models import Away, Member
from onroll.records.ledger.models import LedgerRow
from tests.support.cast import NOW, a_case, a_member, a_person, a_pupil, actor
from tests.support.circles import AT, TODAY, a_circle

pytestmark = pytest.mark.django_db(transaction=True)
FRIDAY = date(2026, 11, 27)


@pytest.fixture
def circle():
    return a_circle()


@pytest.fixture
def looked_again(monkeypatch) -> list[int]:
    """The cases whose findings were made again."""
    ids: list[int] = []
    monkeypatch.setattr(cover, "refresh_cases", lambda case_ids, **_: ids.extend(case_ids))
    return ids


def away(circle, *, by=None, first=TODAY, last=FRIDAY, deputy=None, user=None):
    return record_away(
        by or circle.by, circle.school.pk,
        user_id=(user or circle.amina).pk, first=first, last=last,
        deputy_id=(deputy or circle.bea).pk, **AT,
    )  # fmt: skip


def reaches(circle, user, on) -> bool:
    rows = doors.cases(actor(user), circle.school.pk, Permission.CASE_SEE, on=on)
    return rows.filter(pk=circle.case.pk).exists()


def test_the_deputy_reaches_the_case_on_those_days_alone(circle, looked_again):
    assert not reaches(circle, circle.bea, TODAY)
    away(circle)
    assert looked_again == [circle.case.pk]
    days = (TODAY - timedelta(days=1), TODAY, FRIDAY, FRIDAY + timedelta(days=1))
    assert [reaches(circle, circle.bea, on) for on in days] == [False, True, True, False]
    assert [one.away_until for one in team_of(circle.case.pk, TODAY)] == [FRIDAY]
    assert [one.away_until for one in team_of(circle.case.pk, FRIDAY + timedelta(days=1))] == [None]


def test_days_taken_back_count_no_more_and_stay_on_record(circle, looked_again):
    row_id = away(circle)
    with pytest.raises(Refusal, match="Enter why"):
        withdraw_away(circle.by, circle.school.pk, row_id, because=" ", **AT)
    withdraw_away(circle.by, circle.school.pk, row_id, because="Back early", **AT)
    assert not reaches(circle, circle.bea, TODAY)
    assert Away.objects.get().withdrawn_because == "Back early"
    assert looked_again == [circle.case.pk] * 2
    with pytest.raises(Refusal, match="Somebody changed this"):
        withdraw_away(circle.by, circle.school.pk, row_id, because="Again", **AT)


def test_what_cannot_be_is_refused(circle):
    with pytest.raises(Refusal, match="comes after the first"):
        away(circle, last=TODAY - timedelta(days=1))
    with pytest.raises(Refusal, match="another colleague"):
        away(circle, deputy=circle.amina)
    with pytest.raises(Refusal, match="does not exist"):
        away(circle, user=a_person(circle.school, Role.GOVERNOR))
    with pytest.raises(Refusal, match="does not let you"):
        away(circle, by=actor(a_person(circle.school, Role.ATTENDANCE_OFFICER)))
    with pytest.raises(Refusal, match="does not exist"):
        away(circle, by=a_circle().by)
    away(circle, last=TODAY)


@pytest.fixture
def many(circle):
    """Amina leads three cases and stands in on a fourth, of Year 10."""
    for name in ("Abe", "Bo"):
        a_member(a_case(a_pupil(circle.school, name)), circle.amina, deputy=circle.dee)
    year_10 = a_case(a_pupil(circle.school, "Cy", year=10))
    a_member(year_10, circle.bea, deputy=circle.amina)
    return circle


def rows_of(circle, user, by=None) -> list[Member]:
    return carried_by(by or circle.head, circle.school.pk, user.pk, on=TODAY)


def test_everything_of_one_person_goes_to_another(many, looked_again):
    cass = a_person(many.school, Role.PROGRESS_LEADER, name="Cass Dorn")
    seen = version_of(rows_of(many, many.amina))
    handed = hand_over(many.head, many.school.pk, from_id=many.amina.pk, to_id=cass.pk, seen=seen, **AT)
    assert (handed, len(set(looked_again))) == (4, 4)
    assert rows_of(many, many.amina) == []
    found = rows_of(many, cass)
    assert [(row.user_id == cass.pk, row.deputy_id) for row in found].count((True, many.dee.pk)) == 2
    assert sum(row.deputy_id == cass.pk and row.user_id == many.bea.pk for row in found) == 1
    ended = Member.objects.standing().filter(user=many.amina)
    assert {row.until_on for row in ended} == {TODAY - timedelta(days=1)}
    assert f'"cases":4,"to":{cass.pk}' in LedgerRow.objects.latest("pk").detail


def test_handing_over_refuses_what_is_no_longer_so(many):
    cass = a_person(many.school, Role.PROGRESS_LEADER, name="Cass Dorn")
    seen = version_of(rows_of(many, many.amina))
    for to in (many.ada, many.amina):
        with pytest.raises(Refusal, match="does not hold the roles"):
            hand_over(many.head, many.school.pk, from_id=many.amina.pk, to_id=to.pk, seen=seen, **AT)
    with pytest.raises(Refusal, match="changed while your page was open"):
        hand_over(many.head, many.school.pk, from_id=many.amina.pk, to_id=cass.pk, seen="1-2", **AT)
    hand_over(many.head, many.school.pk, from_id=many.amina.pk, to_id=cass.pk, seen=seen, **AT)
    with pytest.raises(Refusal, match="nothing to hand over"):
        hand_over(many.head, many.school.pk, from_id=many.amina.pk, to_id=cass.pk, seen="", **AT)


def test_only_cases_within_reach_are_handed_over(many):
    by = actor(a_person(many.school, Role.PASTORAL_MANAGER, year_groups=[many.pupil.year_group]))
    rows = rows_of(many, many.amina, by)
    assert len(rows) == 3
    cass = a_person(many.school, Role.PROGRESS_LEADER)
    handed = hand_over(
        by, many.school.pk, from_id=many.amina.pk, to_id=cass.pk, seen=version_of(rows), **AT
    )  # fmt: skip
    assert handed == 3
    assert len(rows_of(many, many.amina)) == 1


def test_who_joined_today_is_taken_back_rather_than_ended_yesterday(circle):
    row = Member.objects.get()
    cass = a_person(circle.school, Role.PROGRESS_LEADER)
    other = a_member(a_case(a_pupil(circle.school, "Abe"), opened_on=TODAY), circle.amina, from_on=TODAY)
    seen = version_of([row, other])
    hand_over(circle.head, circle.school.pk, from_id=circle.amina.pk, to_id=cass.pk, seen=seen, **AT)
    other.refresh_from_db()
    assert (other.withdrawn_at, other.replaced_by.exists()) == (NOW, False)
