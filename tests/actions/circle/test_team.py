"""Who is on a team: refused and allowed side by side, and nothing overwritten."""

from datetime import date, timedelta

import pytest

from onroll.actions.circle.team import add_member, change_deputy, end_member
from onroll.domain.permissions import Permission, Role
from onroll.domain.vocabulary import Refusal
from onroll.queries import doors
from onroll.queries.circle import team_of, whole_team
from onroll.records.cases.models import Member
from onroll.records.ledger.models import LedgerRow
from tests.support.cast import NOW, a_person, actor
from tests.support.circles import AT, TODAY, a_circle

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def circle():
    return a_circle()


def add(circle, user, role=Role.SAFEGUARDING_LEAD, *, by=None, deputy_id=None, from_on=TODAY):
    return add_member(
        by or circle.by, *circle.ids, user_id=user.pk, role=role, deputy_id=deputy_id, from_on=from_on, **AT
    )


def names(circle, on=TODAY) -> list[tuple[str, str]]:
    return [(one.name, one.role_title) for one in team_of(circle.case.pk, on)]


def test_a_colleague_joins_in_a_role_that_they_hold(circle):
    add(circle, circle.ada)
    assert names(circle) == [
        ("Amina Yusuf", "Progress Leader"), ("Ada Moss", "Designated Safeguarding Lead")
    ]  # fmt: skip
    row = LedgerRow.objects.latest("pk")
    assert (row.verb, row.subject) == ("team-member-added", f"case:{circle.case.pk}")
    assert "Ada" not in str(row.detail)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        pytest.param({"role": Role.SENCO}, "is not SENCO here", id="a role that they do not hold"),
        pytest.param({"from_on": TODAY + timedelta(days=1)}, "begins today at the latest", id="tomorrow"),
    ],
)
def test_what_cannot_be_is_refused(circle, change, words):
    with pytest.raises(Refusal, match=words):
        add(circle, circle.ada, **change)
    add(circle, circle.ada)


def test_nobody_joins_twice_or_stands_in_for_themselves(circle):
    with pytest.raises(Refusal, match="already"):
        add(circle, circle.amina, Role.PROGRESS_LEADER)
    with pytest.raises(Refusal, match="themselves"):
        add(circle, circle.ada, deputy_id=circle.ada.pk)
    with pytest.raises(Refusal, match="may open cases"):
        add(circle, circle.ada, deputy_id=a_person(circle.school, Role.TEACHER).pk)
    add(circle, circle.ada, deputy_id=circle.dee.pk)


@pytest.mark.parametrize(
    ("role", "allowed"),
    [(role, role in {Role.PROGRESS_LEADER, Role.PASTORAL_MANAGER, Role.SENCO, Role.DEPUTY_HEAD, Role.HEADTEACHER,
                     Role.SAFEGUARDING_LEAD}) for role in Role],
)  # fmt: skip
def test_who_may_change_a_team(circle, role, allowed):
    by = actor(a_person(circle.school, role))
    if allowed:
        add(circle, circle.ada, by=by)
    else:
        with pytest.raises(Refusal, match="does not let you say who is on a case"):
            add(circle, circle.ada, by=by)
    assert Member.objects.filter(user=circle.ada).exists() is allowed


def test_a_stranger_and_another_year_are_told_that_it_does_not_exist(circle):
    elsewhere = a_circle()
    for by in (elsewhere.by, actor(circle.bea)):
        with pytest.raises(Refusal, match="does not exist or is not yours"):
            add(circle, circle.ada, by=by)


def test_another_deputy_takes_the_place_of_the_row_and_the_old_one_stays(circle):
    before = Member.objects.get(case=circle.case)
    after = Member.objects.get(
        pk=change_deputy(circle.by, *circle.ids, before.pk, deputy_id=circle.bea.pk, **AT)
    )
    before.refresh_from_db()
    assert (after.replaces_id, after.happened_on) == (before.pk, before.happened_on)
    assert (before.withdrawn_at, before.withdrawn_because) == (NOW, "Another deputy")
    assert [one.deputy_name for one in team_of(circle.case.pk, TODAY)] == ["Bea Lund"]
    assert [one.deputy_name for one in team_of(circle.case.pk, TODAY, NOW - timedelta(seconds=1))] == []
    with pytest.raises(Refusal, match="Somebody changed this"):
        change_deputy(circle.by, *circle.ids, before.pk, deputy_id=None, **AT)
    rows = LedgerRow.objects.count()
    assert change_deputy(circle.by, *circle.ids, after.pk, deputy_id=circle.bea.pk, **AT) == after.pk
    assert LedgerRow.objects.count() == rows, "nothing changed"


def test_a_time_on_the_team_ends_on_a_day_that_has_come(circle):
    row = Member.objects.get(case=circle.case)
    for last_on in (TODAY + timedelta(days=1), circle.case.opened_on - timedelta(days=1)):
        with pytest.raises(Refusal, match="between the first day on the team and today"):
            end_member(circle.head, *circle.ids, row.pk, last_on=last_on, **AT)
    end_member(circle.head, *circle.ids, row.pk, last_on=date(2026, 11, 20), **AT)
    assert names(circle, date(2026, 11, 20)) == [("Amina Yusuf", "Progress Leader")]
    assert names(circle, date(2026, 11, 21)) == []
    assert [one.name for one in whole_team(circle.case.pk, TODAY)] == ["Amina Yusuf"]


def test_who_is_on_the_team_of_another_year_reaches_the_case_until_that_ends(circle):
    def reaches() -> bool:
        return (
            doors.cases(actor(circle.bea), circle.school.pk, Permission.CASE_SEE, on=TODAY)
            .filter(pk=circle.case.pk)
            .exists()
        )

    assert not reaches()
    add(circle, circle.bea, Role.PROGRESS_LEADER, from_on=date(2026, 11, 16))
    assert reaches()
    row = Member.objects.get(user=circle.bea)
    end_member(circle.by, *circle.ids, row.pk, last_on=date(2026, 11, 20), **AT)
    assert not reaches()
