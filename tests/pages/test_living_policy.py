"""The living policy, asked for as each role would: whose numbers are shown, which are hidden, and what they open."""

import re

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from onroll.domain.duties.finding import Status
from onroll.domain.permissions import Role
from onroll.records.ledger.models import Look
from onroll.records.schools.models import School
from tests.support.cast import a_case, a_person, a_pupil, a_school
from tests.support.owed import a_finding
from tests.support.policy import with_policy

pytestmark = pytest.mark.django_db
DUTY = "parents-first-contact"
SEES_NO_CHILD = [Role.GOVERNOR, Role.CLERK, Role.TEACHER, Role.ADMINISTRATOR, Role.DATA_PROTECTION_LEAD]


@pytest.fixture(autouse=True)
def _no_second_factor(settings):
    settings.ONROLL_SECOND_FACTOR = False


@pytest.fixture
def school() -> School:
    return with_policy(a_school())


def as_(school: School, *roles: Role, **options: object) -> Client:
    client = Client()
    client.force_login(a_person(school, *roles, **options))
    return client


def stand(school: School, status: Status, count: int, *, year: int = 9) -> None:
    """So many open cases that stand so in the duty."""
    for number in range(count):
        pupil = a_pupil(school, "Quillon", f"Zanderby {status.value} {number}", year=year)
        a_finding(school, a_case(pupil), duty=DUTY, status=status)


def beside(answer: HttpResponse, paragraph: str = "3.1.b") -> str:
    """What stands in the margin of one paragraph, as text."""
    html = answer.content.decode()
    part = html[html.index(f'id="p-{paragraph}"') :]
    part = part[: part.index('class="onroll-para"', 10)]
    return " ".join(re.sub(r"<[^>]+>", " ", part).split())


def policy(school: School, client: Client, part: str = "") -> HttpResponse:
    return client.get(f"/s/{school.urn}/policy/{part}")


def test_who_may_see_children_is_told_numbers_that_open_them(school):
    stand(school, Status.OVERDUE, 2)
    stand(school, Status.MET, 7)
    deputy = as_(school, Role.DEPUTY_HEAD)
    answer = policy(school, deputy)
    assert "2 overdue" in beside(answer)
    assert "7 met" in beside(answer)
    href = f"/s/{school.urn}/policy/behind/children-with-health-needs/{DUTY}/overdue/"
    assert href in answer.content.decode()
    listed = deputy.get(href).content.decode()
    assert listed.count("Zanderby overdue") == 2
    assert "Zanderby met" not in listed
    assert Look.objects.filter(page="policy-behind").count() == 1


@pytest.mark.parametrize("role", SEES_NO_CHILD)
def test_others_are_told_no_small_number_and_open_no_list(school, role):
    stand(school, Status.OVERDUE, 2)
    stand(school, Status.MET, 7)
    client = as_(school, role)
    answer = policy(school, client)
    margin = beside(answer)
    assert "Fewer than 5 overdue" in margin
    assert "Some met" in margin
    assert not re.search(r"\b[27] (overdue|met)", margin)
    assert "policy/behind/" not in answer.content.decode()
    refused = policy(school, client, f"behind/children-with-health-needs/{DUTY}/overdue/")
    assert refused.status_code == 403


def test_a_year_group_is_told_of_its_own_pupils_alone(school):
    stand(school, Status.OVERDUE, 3, year=9)
    stand(school, Status.OVERDUE, 4, year=10)
    nine = school.year_groups.get(code="9")
    leader = as_(school, Role.PROGRESS_LEADER, year_groups=[nine])
    assert "3 overdue" in beside(policy(school, leader))
    listed = policy(school, leader, f"behind/children-with-health-needs/{DUTY}/overdue/").content.decode()
    assert listed.count("onroll-name") == 3


def test_a_date_that_has_passed_is_overdue_before_any_sweep(school):
    case = a_case(a_pupil(school))
    a_finding(school, case, duty=DUTY, status=Status.DUE, due_on=case.opened_on)
    assert "1 overdue" in beside(policy(school, as_(school, Role.DEPUTY_HEAD)))


def test_what_nothing_answers_yet_says_so(school):
    assert "Not yet recorded in Onroll" in beside(policy(school, as_(school, Role.DEPUTY_HEAD)), "3.b")


def test_both_positions_stand_side_by_side_with_their_sources(school):
    text = policy(school, as_(school, Role.GOVERNOR)).content.decode()
    part = text[text.index('id="p-3.2.c"') :][:6000]
    assert part.count("Source:") >= 2
    assert "What this school does is not recorded" in part
    assert "Say what the school does" not in part
    assert "Say what the school does" in policy(school, as_(school, Role.CLERK)).content.decode()


def test_the_national_layer_is_a_page_beside_it_and_an_unknown_one_does_not_exist(school):
    client = as_(school, Role.GOVERNOR)
    assert policy(school, client, "layer/england/").status_code == 200
    assert policy(school, client, "layer/nowhere/").status_code == 404


def test_a_school_without_a_policy_is_told_what_would_be_here():
    school = a_school()
    assert b"No policy is in use here yet" in policy(school, as_(school, Role.GOVERNOR)).content


@pytest.mark.parametrize("role", [Role.DEPUTY_HEAD, Role.GOVERNOR])
def test_it_costs_the_same_few_queries_at_three_cases_and_at_thirty(school, role):
    client = as_(school, role)
    stand(school, Status.OVERDUE, 3)
    policy(school, client)
    counts = []
    for more in (0, 27):
        stand(school, Status.DUE, more)
        with CaptureQueriesContext(connection) as queries:
            answer = policy(school, client)
        counts.append(len(queries))
        assert len(answer.content) <= 60_000
    assert counts[0] == counts[1] <= 12
