"""Today: what is owed, by when, by whom; put off, taken up; whose it is to see."""

import re
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from onroll.domain.duties.finding import Status
from onroll.domain.permissions import Role
from onroll.records.base import pen
from onroll.records.duties.models import Snooze, Sweep
from onroll.records.ledger.models import LedgerRow, Look
from onroll.records.schools.models import YearGroup
from tests.support.cast import a_case, a_member, a_person, a_pupil, a_school
from tests.support.owed import THIRD_PACK, a_finding, put_off
from tests.support.policy import with_policy

pytestmark = pytest.mark.django_db
MONDAY = date(2026, 11, 23)
PACK = "children-with-health-needs"
FIRST = "The Progress Leader speaks with the parents first"


@pytest.fixture(autouse=True)
def _on_a_monday(monkeypatch):
    monkeypatch.setattr(
        timezone, "localdate", lambda value=None, *_: MONDAY if value is None else value.date()
    )


@pytest.fixture
def school():
    return with_policy(a_school())


@pytest.fixture
def leader(school):
    nine = YearGroup.objects.filter(school=school, code="9")
    return a_person(school, Role.PROGRESS_LEADER, name="Lea Carr", year_groups=nine)


@pytest.fixture
def deputy(school):
    return a_person(school, Role.DEPUTY_HEAD, name="Dee Head")


def client_of(user):
    client = Client()
    client.force_login(user)
    return client


def today(user, school, query=""):
    return client_of(user).get(f"/s/{school.urn}/today/{query}").content.decode()


def owed(school, held_by, surname="Quill", *, due=0, year=9, status=Status.DUE, **given):
    """A case of its own with one duty, due so many days from Monday."""
    case = a_case(a_pupil(school, "Robin", surname, year=year))
    if held_by is not None:
        a_member(case, held_by)
    due_on = None if due is None else MONDAY + timedelta(days=due)
    return a_finding(school, case, held_by=held_by, due_on=due_on, status=status, pack=PACK, **given)


def heads(page):
    return [
        re.sub(r"\s*<.*", "", one)
        for one in re.findall(r'<h2 class="govuk-heading-m onroll-owed[^>]*>(.*?)</h2>', page)
    ]


# ---------------------------------------------------------------- groups and lines
def test_what_is_overdue_comes_first_then_today_then_this_week(school, leader):
    owed(school, leader, "Week", due=3)
    owed(school, leader, "Later", due=9)
    owed(school, leader, "Now", due=0)
    owed(school, leader, "Swept", due=-2)  # due on Saturday by the last sweep, overdue since
    owed(school, leader, "Late", due=-7, status=Status.OVERDUE)
    owed(school, leader, "Missed", due=-9, status=Status.BREACHED)
    page = today(leader, school)
    assert heads(page) == ["Overdue", "Today", "This week", "Too late to be in time"]
    names = re.findall(r"Robin (\w+)</a>", page)
    assert names == ["Late", "Swept", "Now", "Week", "Missed"]
    assert "Was due Saturday 21 November 2026" in page


def test_a_line_says_child_duty_reason_and_has_one_button_that_fills_the_form(school, leader):
    found = owed(school, leader)
    page = today(leader, school)
    assert "No conversation with a parent is on record since Monday 9 November 2026." in page
    assert f'href="/s/{school.urn}/cases/{found.case_id}/"' in page
    assert f"/s/{school.urn}/cases/{found.case_id}/timeline/contact/?with=parent" in page
    assert "paragraph 3.1.b" in page


def test_mine_are_those_i_hold_and_the_schools_are_all_within_my_reach(school, leader, deputy):
    owed(school, leader, "Mine")
    owed(school, deputy, "Hers")
    owed(school, deputy, "Elsewhere", year=11)
    assert re.findall(r"Robin (\w+)</a>", today(leader, school)) == ["Mine"]
    assert set(re.findall(r"Robin (\w+)</a>", today(leader, school, "?of=school"))) == {"Mine", "Hers"}
    everybody = today(deputy, school, "?of=school")
    assert set(re.findall(r"Robin (\w+)</a>", everybody)) == {"Mine", "Hers", "Elsewhere"}


def test_the_schools_own_duties_are_shown_to_those_who_hold_them(school, leader, deputy):
    a_finding(school, None, duty="monitored", holder=Role.DEPUTY_HEAD, due_on=MONDAY, pack=PACK)
    assert "Sign the monthly check" in today(deputy, school)
    assert "Sign the monthly check" not in today(leader, school, "?of=school")


def test_who_has_most_overdue_is_told_to_those_who_oversee(school, leader, deputy):
    for surname in ("A", "B"):
        owed(school, leader, surname, due=-3)
    owed(school, None, "C", due=-3)
    page = today(deputy, school, "?of=school")
    assert page.index("Nobody holds these: 1 overdue") < page.index("Lea Carr: 2 overdue")
    assert f"status=overdue&amp;holder={leader.pk}" in page
    assert "Lea Carr: 2 overdue" not in today(leader, school, "?of=school")


def test_when_nothing_is_due_it_says_what_comes_next(school, leader):
    owed(school, leader, due=9)
    page = today(leader, school)
    assert "Nothing is due" in page
    assert "Your next duty falls due on Wednesday 2 December 2026" in page


@pytest.mark.parametrize(("hours", "old"), [(25, False), (27, True)])
def test_how_old_the_sweep_is_is_said(school, leader, hours, old):
    at = timezone.now() - timedelta(hours=hours)
    with pen():
        Sweep.objects.create(school=school, swept_on=at.date(), swept_at=at)
    assert ("Duties were last gone through on" in today(leader, school)) is old


def test_the_look_names_every_child_shown_once(school, leader):
    found = [owed(school, leader, surname) for surname in "AB"]
    today(leader, school)
    assert Look.objects.get().pupil_ids == f",{found[0].case.pupil_id},{found[1].case.pupil_id},"


def test_another_pack_changes_the_words_without_code(leader):
    school = with_policy(a_school(), THIRD_PACK)
    guardian = a_person(school, Role.PROGRESS_LEADER, name="Gus Guard")
    case = a_case(a_pupil(school))
    a_member(case, guardian)
    a_finding(school, case, held_by=guardian, due_on=MONDAY, pack="third", paragraph="7.2")
    page = today(guardian, school)
    assert "Ring home before anything else" in page
    assert "Gus Guard, Year Guardian" in page
    assert "paragraph 7.2" in page


# ---------------------------------------------------------------- putting off
def test_a_duty_is_put_off_with_a_reason_and_taken_up_with_one_button(school, leader, deputy):
    found = owed(school, leader, due=-3)
    client = client_of(leader)
    address = f"/s/{school.urn}/today/off/{found.pk}/"
    form = client.get(address).content.decode()
    assert "stays overdue" in form
    assert "Enter why" in client.post(address, {"reason": ""}).content.decode()
    until = {"until_on_day": "30", "until_on_month": "11", "until_on_year": "2026"}
    too_far = {**until, "until_on_month": "12", "reason": "The family is away"}
    assert "within the next four weeks" in client.post(address, too_far).content.decode()
    assert client.post(address, {**until, "reason": "The family is away"}).status_code == 302
    assert FIRST not in today(leader, school)
    assert "1 put off" in today(leader, school)
    listed = client_of(deputy).get(f"/s/{school.urn}/today/off/").content.decode()
    assert "The family is away" in listed
    assert "Lea Carr" in listed
    assert "Put off until Monday 30 November 2026" in listed
    client_of(deputy).post(f"/s/{school.urn}/today/off/{Snooze.objects.get().pk}/back/")
    assert FIRST in today(leader, school)
    verbs = LedgerRow.objects.order_by("number").values_list("verb", "detail")
    assert [verb for verb, _ in verbs] == ["duty-put-off", "duty-taken-up"]
    assert "away" not in str(list(verbs))


def test_it_comes_back_by_itself_on_its_day(school, leader):
    put_off(owed(school, leader), MONDAY)
    assert "Robin Quill" in today(leader, school)


def test_a_second_word_takes_the_place_of_the_first(school, leader):
    found = owed(school, leader)
    put_off(found, MONDAY + timedelta(days=1))
    client_of(leader).post(
        f"/s/{school.urn}/today/off/{found.pk}/",
        {"until_on_day": "1", "until_on_month": "12", "until_on_year": "2026", "reason": "Again"},
    )
    assert [one.until_on for one in Snooze.objects.standing()] == [date(2026, 12, 1)]
    assert Snooze.objects.standing().get().replaces is not None


@pytest.mark.parametrize(("year", "status"), [(9, 200), (11, 404)], ids=["my year", "another year"])
def test_nobody_puts_off_what_is_not_theirs_to_see(school, leader, deputy, year, status):
    found = owed(school, deputy, year=year)
    assert client_of(leader).get(f"/s/{school.urn}/today/off/{found.pk}/").status_code == status


def test_what_is_done_cannot_be_put_off(school, leader):
    found = owed(school, leader, status=Status.MET)
    assert client_of(leader).get(f"/s/{school.urn}/today/off/{found.pk}/").status_code == 409


# ---------------------------------------------------------------- cost
def test_it_costs_the_same_with_twenty_and_with_two_hundred(school, leader, deputy):
    with pen():
        Sweep.objects.create(school=school, swept_on=MONDAY, swept_at=timezone.now())
    client, costs = client_of(deputy), []
    for numbers in (range(20), range(20, 200)):
        for number in numbers:
            found = owed(school, leader if number % 2 else None, f"N{number}", due=number % 9 - 5)
            if number % 10 == 0:
                put_off(found, MONDAY + timedelta(days=3))
        for query in ("", "?of=school"):
            client.get(f"/s/{school.urn}/today/{query}")
            with CaptureQueriesContext(connection) as caught:
                answer = client.get(f"/s/{school.urn}/today/{query}")
            costs.append(len(caught))
            assert len(answer.content) < 60_000
    assert costs[:2] == costs[2:]
    assert max(costs) <= 12, [one["sql"][:120] for one in caught.captured_queries]


@pytest.mark.parametrize("role", list(Role))
def test_who_may_not_see_pupils_sees_no_child(school, leader, role):
    owed(school, leader, "Zanderby")
    answer = client_of(a_person(school, role)).get(f"/s/{school.urn}/today/?of=school")
    sees = answer.status_code == 200
    assert ("Zanderby" in answer.content.decode()) is sees
    assert sees is (role not in {
        Role.TEACHER, Role.EXAMS_OFFICER, Role.CLERK, Role.GOVERNOR, Role.ADMINISTRATOR, Role.DATA_PROTECTION_LEAD,
    })  # fmt: skip
