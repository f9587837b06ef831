"""Oversight: every number, the list behind it, what is put off, who is away, the trend, the monthly check."""

import re
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from onroll.actions.change import change
from onroll.actions.recount import recount_school
from onroll.domain.casework.states import State
from onroll.domain.duties.finding import Status
from onroll.domain.permissions import ROLES, Permission, Role
from onroll.records.base import pen
from onroll.records.cases.models import Away
from onroll.records.duties.models import Finding, Tally
from onroll.records.ledger.models import LedgerRow
from onroll.records.policies.models import Monitoring
from tests.support.cast import (
    NOW,
    a_case,
    a_person,
    a_pupil,
    a_register,
    a_school,
    marks,
    whole_days,
)
from tests.support.owed import PACK, THIRD_PACK, a_finding, put_off
from tests.support.policy import with_policy

pytestmark = pytest.mark.django_db
MONDAY = date(2026, 11, 23)
OCTOBER = [date(2026, 10, 5) + timedelta(days=n) for n in range(19) if n % 7 < 5]


@pytest.fixture(autouse=True)
def _on_a_monday(monkeypatch):
    monkeypatch.setattr(
        timezone, "localdate", lambda value=None, *_: MONDAY if value is None else value.date()
    )


@pytest.fixture
def school():
    return with_policy(a_school())


@pytest.fixture
def deputy(school):
    return a_person(school, Role.DEPUTY_HEAD, name="Dee Head")


@pytest.fixture
def leader(school):
    return a_person(school, Role.PROGRESS_LEADER, name="Lea Carr")


def client_of(user):
    client = Client()
    client.force_login(user)
    return client


def ask(user, school, rest=""):
    return client_of(user).get(f"/s/{school.urn}/oversight/{rest}").content.decode()


def owed(school, held_by, surname="Quill", *, due=-1, state=State.SCHOOL, **given):
    case = a_case(a_pupil(school, "Robin", surname), state=state)
    return a_finding(school, case, held_by=held_by, due_on=MONDAY + timedelta(days=due), pack=PACK, **given)


def numbers(page, caption):
    """The rows of a table of numbers: heading -> numbers."""
    table = re.search(rf"<caption[^>]*>{caption}.*?</table>", page, re.DOTALL)
    assert table, caption
    found = {}
    for row in re.findall(r'<tr class="govuk-table__row" role="row">(.*?)</tr>', table[0], re.DOTALL)[1:]:
        head = re.search(r'rowheader">([^<]*)', row)[1]
        found[head] = [int(one) for one in re.findall(r"<td[^>]*>(?:<[^>]*>)?(\d+)<", row)]
    return found


# ---------------------------------------------------------------- the board
def test_every_number_is_right(school, deputy, leader):
    owed(school, leader, "A", due=-9, status=Status.OVERDUE)
    owed(school, leader, "B", due=-1)  # passed since the sweep
    owed(school, leader, "C", due=2, state=State.REFERRED)
    owed(school, None, "D", status=Status.NEEDS_JUDGEMENT)
    owed(school, leader, "E", status=Status.MET)
    owed(school, leader, "F", status=Status.NOT_APPLICABLE)
    a_finding(school, None, duty="monitored", paragraph="4.a", held_by=deputy, due_on=MONDAY, pack=PACK)
    page = ask(deputy, school)
    assert numbers(page, "Duties by who holds them") == {
        "Nobody holds these": [0, 0, 1, 0, 0],
        "Lea Carr": [2, 1, 0, 0, 1],
        "Dee Head": [0, 1, 0, 0, 0],
    }
    assert numbers(page, "Duties by paragraph") == {"3.1.b": [2, 1, 1, 0, 1], "4.a": [0, 1, 0, 0, 0]}
    states = numbers(page, "Open cases by state")
    assert states["All open cases"][0] == 6
    assert (states["School arranging"][0], states["Referred"][0]) == (5, 1)


def test_every_number_opens_a_list_of_so_many(school, deputy, leader):
    for number, status in enumerate([Status.OVERDUE, Status.OVERDUE, Status.MET, Status.BREACHED]):
        owed(school, leader if number else None, f"N{number}", status=status, state=list(State)[number])
    page = ask(deputy, school)
    links = re.findall(r'<td[^>]*><a class="govuk-link" href="([^"]+)">(\d+)<', page)
    assert len(links) > 8
    for href, number in links:
        listed = client_of(deputy).get(href.replace("&amp;", "&")).content.decode()
        heading = re.search(r'<h1 class="govuk-heading-l">(\d+) ', listed)[1]
        assert (href, heading) == (href, number)


def test_days_missed_are_banded(school, deputy):
    for days, surname in ((15, "A"), (14, "B"), (5, "C"), (4, "D"), (0, "E")):
        pupil = a_pupil(school, "Robin", surname)
        a_case(pupil)
        a_register(pupil, marks(whole_days(OCTOBER[:days], "I") | whole_days(OCTOBER[days:], "/")))
    with change(None, "recounted", NOW):
        recount_school(school.pk)
    assert numbers(ask(deputy, school), "Open cases by state")["All open cases"] == [5, 1, 1, 1, 2]
    listed = ask(deputy, school, "cases/?days=10")
    assert re.findall(r"Robin (\w+)</a>", listed) == ["B"]
    assert ">14<" in listed.replace("\n", "")


def test_what_is_overdue_longest_stands_first_and_not_what_was_put_off(school, deputy, leader):
    owed(school, leader, "Young", due=-2)
    owed(school, leader, "Old", due=-20)
    put_off(
        owed(school, leader, "Off", due=-30), MONDAY + timedelta(days=9), by=leader, reason="On a ward visit"
    )
    page = ask(deputy, school)
    longest = page.split("Overdue longest")[1].split("Who holds what")[0]
    assert re.findall(r"Robin (\w+)</a>", longest) == ["Old", "Young"]
    words = page.split(">Put off</h2>")[1].split("The school year so far")[0]
    assert "Robin Off" in words
    assert "“On a ward visit”, Lea Carr" in words
    assert "until Wednesday 2 December 2026" in words


@pytest.mark.parametrize(("first", "last", "shown"), [
    pytest.param(-3, 2, True, id="away now"),
    pytest.param(3, 3, True, id="away on Thursday"),
    pytest.param(8, 9, False, id="away in more than a week"),
    pytest.param(-3, -1, False, id="back again"),
])  # fmt: skip
def test_who_is_away_is_told_with_who_stands_in(school, deputy, leader, first, last, shown):
    with pen():
        Away.objects.create(
            school=school, user=leader, deputy=deputy, happened_on=MONDAY + timedelta(days=first),
            last_on=MONDAY + timedelta(days=last), recorded_at=NOW,
        )  # fmt: skip
    assert ("Dee Head stands in" in ask(deputy, school)) is shown


def test_the_trend_is_drawn_and_said_and_tabled(school, deputy):
    with pen():
        for day, cases, overdue in (
            ("2026-07-01", 9, 9),
            ("2026-09-30", 2, 1),
            ("2026-10-30", 3, 6),
            ("2026-11-23", 4, 2),
        ):
            Tally.objects.create(school=school, on=day, open_cases=cases, counts={"overdue": overdue})
    page = ask(deputy, school)
    assert (
        "open cases from 2 to 4, overdue duties from 1 to 2. Most were overdue on 30 October 2026: 6." in page
    )
    assert 'class="onroll-trend__overdue" d="M34' in page
    table = page.split("The same as a table")[1]
    assert re.findall(r'header">(\w+ 2026)<.*?>(\d+)<.*?>(\d+)<', table) == [
        ("September 2026", "2", "1"), ("October 2026", "3", "6"), ("November 2026", "4", "2"),
    ]  # fmt: skip


def test_another_pack_changes_the_words_without_code():
    school = with_policy(a_school(), THIRD_PACK)
    deputy = a_person(school, Role.DEPUTY_HEAD)
    a_finding(
        school, a_case(a_pupil(school)), due_on=MONDAY - timedelta(days=1), pack="third", paragraph="7.2"
    )
    page = ask(deputy, school)
    assert "Ring home before anything else" in page
    assert list(numbers(page, "Duties by paragraph")) == ["7.2"]
    assert "Year Guardian" in ask(deputy, school, "duties/?paragraph=third/7.2")


@pytest.mark.parametrize("rest", ["", "duties/", "cases/", "month/"])
@pytest.mark.parametrize("role", list(Role))
def test_only_those_who_oversee_may_look(school, role, rest):
    needed = Permission.MONITOR_SIGN if rest == "month/" else Permission.OVERSIGHT_SEE
    answer = client_of(a_person(school, role)).get(f"/s/{school.urn}/oversight/{rest}")
    assert answer.status_code == (200 if needed in ROLES[role].permissions else 403)


def test_another_schools_numbers_are_not_counted(school, deputy, leader):
    owed(school, leader)
    other = a_school("Far Hill")
    a_finding(other, a_case(a_pupil(other, "Robin", "Far")), due_on=MONDAY - timedelta(days=30))
    for rest in ("", "duties/", "cases/", "month/"):
        assert "Far" not in ask(deputy, school, rest)


def test_every_page_costs_the_same_with_twenty_and_with_two_hundred(school, deputy, leader):
    with pen():
        Tally.objects.create(school=school, on=MONDAY, open_cases=1, counts={})
        Away.objects.create(school=school, user=leader, happened_on=MONDAY, last_on=MONDAY, recorded_at=NOW)
    client, costs = client_of(deputy), {}
    for numbers_ in (range(20), range(20, 200)):
        for number in numbers_:
            found = owed(school, leader, f"N{number}", due=number % 9 - 5, state=list(State)[number % 6])
            if number % 10 == 0:
                put_off(found, MONDAY + timedelta(days=3))
        for rest in ("", "duties/?status=overdue", "cases/", "month/"):
            client.get(f"/s/{school.urn}/oversight/{rest}")
            with CaptureQueriesContext(connection) as caught:
                answer = client.get(f"/s/{school.urn}/oversight/{rest}")
            costs.setdefault(rest, []).append(len(caught))
            assert len(answer.content) < 60_000, rest
    assert all(few == many <= 12 for few, many in costs.values()), costs


# ---------------------------------------------------------------- the monthly check
def test_a_month_is_signed_once_and_keeps_how_the_school_stood(school, deputy, leader):
    owed(school, leader, due=-3)
    owed(school, leader, "B", due=3)
    client = client_of(deputy)
    address = f"/s/{school.urn}/oversight/month/"
    assert "Enter what you found" in client.post(address, {"month": "2026-11-01"}).content.decode()
    assert client.post(address, {"month": "2026-11-01", "note": "Spoke with all."}).status_code == 302
    row = Monitoring.objects.get()
    assert (row.month, row.open_cases, row.overdue, row.note) == (date(2026, 11, 1), 2, 1, "Spoke with all.")
    assert (row.recorded_by_id, row.happened_on) == (deputy.pk, MONDAY)
    assert "2026-11-01" not in client.get(address).content.decode()
    client.post(address, {"month": "2026-11-01", "note": "Again."})
    assert Monitoring.objects.count() == 1
    assert "Spoke" not in LedgerRow.objects.get(verb="month-signed").detail


@pytest.mark.parametrize(("month", "offered"), [
    pytest.param("2026-11-01", True, id="this month"),
    pytest.param("2026-09-01", True, id="a month that was missed"),
    pytest.param("2026-12-01", False, id="next month"),
    pytest.param("2026-08-01", False, id="the holidays"),
])  # fmt: skip
def test_months_in_term_up_to_this_one_are_offered(school, deputy, month, offered):
    assert (f'value="{month}"' in ask(deputy, school, "month/")) is offered


def test_a_signature_is_taken_back_with_a_reason_and_the_month_can_be_signed_again(school, deputy):
    client = client_of(deputy)
    address = f"/s/{school.urn}/oversight/month/"
    client.post(address, {"month": "2026-11-01", "note": "Done"})
    back = f"{address}{Monitoring.objects.get().pk}/withdraw/"
    assert "Enter why" in client.post(back, {"reason": ""}).content.decode()
    assert client.post(back, {"reason": "Signed the wrong month"}).status_code == 302
    assert client.post(back, {"reason": "Twice"}).status_code == 409
    page = client.get(address).content.decode()
    assert "<s>November 2026</s>" in page
    assert "Signed the wrong month" in page
    client.post(address, {"month": "2026-11-01", "note": "Now"})
    assert Monitoring.objects.standing().get().note == "Now"


def test_signing_makes_the_duty_met(school, deputy):
    client = client_of(deputy)
    for month in ("2026-09-01", "2026-10-01", "2026-11-01"):
        client.post(f"/s/{school.urn}/oversight/month/", {"month": month, "note": "All looked at"})
    found = Finding.objects.get(school=school, case=None, duty="monitored", until_at=None)
    assert found.status == Status.MET.value
