"""The register's pages: what each shows, asks and keeps; who may open which; at most twelve queries."""

import re
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from onroll.actions.policy.keeping import Found, Officer, check_guidance, confirm_officer
from onroll.domain.permissions import ROLES, Permission, Role
from onroll.records.policies.models import AuthorityOfficer, Briefing, GuidanceCheck, LinkedPolicy, PackChoice
from tests.support.cast import NOW, a_person, a_school, actor
from tests.support.policies import a_draft, a_register_of_policy, in_force
from tests.support.policy import with_policy

pytestmark = pytest.mark.django_db
MONDAY = date(2026, 11, 23)


@pytest.fixture(autouse=True)
def _on_a_monday(settings, monkeypatch):
    settings.ONROLL_SECOND_FACTOR = False
    monkeypatch.setattr(
        timezone, "localdate", lambda value=None, *_: MONDAY if value is None else value.date()
    )


@pytest.fixture
def school():
    return with_policy(a_school())


@pytest.fixture
def clerk(school):
    return a_person(school, Role.CLERK, name="Clara Kay")


def client_of(user):
    client = Client()
    client.force_login(user)
    return client


def ask(user, school, rest=""):
    return client_of(user).get(f"/s/{school.urn}/policy/register/{rest}")


def post(user, school, rest, **data):
    return client_of(user).post(f"/s/{school.urn}/policy/register/{rest}", data)


def read(response):
    """The words of a page, without its tags."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def a_date(name, day):
    return {f"{name}_day": day.day, f"{name}_month": day.month, f"{name}_year": day.year}


# ---------------------------------------------------------------- the register
def test_an_empty_register_says_what_to_do(school, clerk):
    words = read(ask(clerk, school))
    for said in ("No version is on record yet", "Enter the version in force", "No briefing is on record"):
        assert said in words


def test_a_school_without_a_policy_has_a_page_all_the_same():
    school = a_school()
    clerk = a_person(school, Role.CLERK)
    for rest in ("", "health/", "guidance/", "linked/", "begin/", "earlier/", "officer/"):
        assert ask(clerk, school, rest).status_code == 200, rest
    assert "No policy is in use here yet" in read(ask(clerk, school, "health/"))
    assert "Nothing to check" in read(post(clerk, school, "guidance/", found_0="current"))


def test_it_shows_versions_with_what_changed_and_when_the_next_review_is_due(school, clerk):
    a_register_of_policy(school, actor(clerk))
    words = read(ask(clerk, school))
    for said in (
        "Cites the guidance of 2024",
        "29 January 2026",
        "minute FGB 26/4",
        "In force",
        "Draft",
        "Next review due Friday 29 January 2027",
        "9 people attended",
    ):
        assert said in words


def test_a_review_that_is_late_says_so(school, clerk, monkeypatch):
    in_force(actor(clerk), school)
    late = date(2027, 2, 1)
    monkeypatch.setattr(timezone, "localdate", lambda value=None, *_: late if value is None else value.date())
    assert re.search(r"Next review due Friday 29 January 2027\s+Overdue", read(ask(clerk, school)))


# ---------------------------------------------------------------- a version
def test_a_version_goes_its_way_by_its_forms(school, clerk):
    draft = a_draft(actor(clerk), school)
    for step, data, stands in (
        ("reviewed", a_date("reviewed_on", MONDAY) | {"note": "Gone through by the team"}, "Draft"),
        ("governors", a_date("sent_on", MONDAY), "With governors"),
        ("returned", a_date("returned_on", MONDAY) | {"note": "Name the deputy"}, "Draft"),
        ("reviewed", a_date("reviewed_on", MONDAY), "Draft"),
        ("governors", a_date("sent_on", MONDAY), "With governors"),
        ("approved", a_date("meeting_on", MONDAY) | {"minute": "FGB 27/2"}, "Approved, not yet published"),
        ("published", a_date("published_on", MONDAY), "In force"),
    ):
        answer = post(clerk, school, f"versions/{draft}/{step}/", **data)
        assert answer.status_code == 302, step
        assert stands in read(ask(clerk, school, f"versions/{draft}/")), step
    words = read(ask(clerk, school, f"versions/{draft}/"))
    for said in ("Name the deputy", "Minute FGB 27/2", "Next review due 23 November 2027", "0 of 1 person"):
        assert said in words


@pytest.mark.parametrize(
    ("step", "data", "said"),
    [
        pytest.param(
            "reviewed",
            a_date("reviewed_on", date(2026, 11, 24)) | {"note": "kept"},
            "in the future",
            id="a day to come",
        ),
        pytest.param("reviewed", {"note": "kept"}, "Enter a date", id="no day"),
    ],
)
def test_a_step_that_cannot_stand_says_why_and_keeps_what_was_typed(school, clerk, step, data, said):
    draft = a_draft(actor(clerk), school)
    answer = post(clerk, school, f"versions/{draft}/{step}/", **data)
    assert answer.status_code == 200
    assert said in read(answer)
    assert ">kept<" in re.sub(r"\s*([<>])\s*", r"\1", answer.content.decode())
    assert "Nothing yet" in read(ask(clerk, school, f"versions/{draft}/"))


def test_a_step_that_is_not_next_is_refused_before_it_is_filled_in(school, clerk):
    draft = a_draft(actor(clerk), school)
    assert ask(clerk, school, f"versions/{draft}/published/").status_code == 409
    assert ask(clerk, school, f"versions/{draft}/burnt/").status_code == 404


def test_the_last_step_and_then_the_version_are_taken_back(school, clerk):
    draft = a_draft(actor(clerk), school)
    post(clerk, school, f"versions/{draft}/reviewed/", **a_date("reviewed_on", MONDAY))
    href = re.search(r"steps/(\d+)/withdraw", ask(clerk, school, f"versions/{draft}/").content.decode())[1]
    at = f"versions/{draft}/steps/{href}/withdraw/"
    assert "Say why" in read(post(clerk, school, at, reason=""))
    assert post(clerk, school, at, reason="Wrong year").status_code == 302
    assert "Wrong year" in read(ask(clerk, school, f"versions/{draft}/"))
    assert post(clerk, school, f"versions/{draft}/withdraw/", reason="By mistake").status_code == 302
    assert "By mistake" in read(ask(clerk, school))
    assert ask(clerk, school, f"versions/{draft}/").status_code == 404


def test_who_has_read_a_version_and_who_has_not_yet(school, clerk):
    teacher = a_person(school, Role.TEACHER, name="Tom Reed")
    version = in_force(actor(clerk), school)
    client_of(teacher).post(f"/s/{school.urn}/policy/read/")
    words = read(ask(clerk, school, f"versions/{version}/readers/"))
    assert re.search(r"Not yet \(1\)\s+Clara Kay.*Done \(1\)\s+Tom Reed", words)
    assert "1 of 2 people" in read(ask(clerk, school, f"versions/{version}/"))
    draft = a_draft(actor(clerk), school)
    assert "not published yet" in read(ask(clerk, school, f"versions/{draft}/readers/"))


# ---------------------------------------------------------------- what is confirmed once a year
def test_the_post_comes_from_the_profile_and_the_person_from_people(school, clerk):
    page = ask(clerk, school, "officer/").content.decode()
    assert not AuthorityOfficer.objects.exists()
    assert re.search(r'name="name"(?![^>]*value)', page)
    data = {
        "post": "Team manager",
        "service": "Medical needs",
        "name": "Tamsin Oakley",
        "phone": "01632 960555",
    }
    assert post(clerk, school, "officer/", **data, **a_date("confirmed_on", MONDAY)).status_code == 302
    words = read(ask(clerk, school))
    for said in ("Tamsin Oakley", "01632 960555", "by Clara Kay", "confirmed again by 23 November 2027"):
        assert said in words
    assert 'value="Tamsin Oakley"' in ask(clerk, school, "officer/").content.decode()


def test_guidance_that_was_replaced_needs_its_successor(school, clerk):
    page = ask(clerk, school, "guidance/").content.decode()
    listed = re.search(r'name="listed" value="([^"]+)"', page)[1]
    number = listed.split().index("working-together-2022")
    blank = {f"found_{one}": "skip" for one in range(len(listed.split()))} | {"listed": listed}
    answer = post(clerk, school, "guidance/", **blank | {f"found_{number}": "replaced", "note_0": "gov.uk"})
    assert "Name what has taken its place" in read(answer)
    assert 'value="gov.uk"' in answer.content.decode()
    assert "Look at one of them" in read(post(clerk, school, "guidance/", **blank))
    given = blank | {f"found_{number}": "replaced", f"successor_{number}": "The edition of 2024"}
    assert post(clerk, school, "guidance/", **given).status_code == 302
    assert GuidanceCheck.objects.get().successor == "The edition of 2024"
    assert "Replaced by The edition of 2024" in read(ask(clerk, school))


def test_a_list_that_changed_while_its_form_was_open_is_looked_at_again(school, clerk):
    answer = post(clerk, school, "guidance/", listed="another", found_0="current")
    assert "has changed since this page was opened" in read(answer)
    assert not GuidanceCheck.objects.exists()


def test_a_linked_policy_that_is_held_carries_a_date(school, clerk):
    listed = "accessibility-plan medical-conditions attendance"
    blank = {"found_0": "yes", "found_1": "skip", "found_2": "no", "listed": listed}
    assert "Enter the date that it carries" in read(post(clerk, school, "linked/", **blank))
    given = blank | a_date("dated_0", date(2026, 9, 1)) | a_date("due_0", date(2027, 9, 1))
    assert post(clerk, school, "linked/", **given).status_code == 302
    assert LinkedPolicy.objects.count() == 2
    words = read(ask(clerk, school))
    assert "Dated 1 September 2026" in words
    assert "Not held" in words


# ---------------------------------------------------------------- staff
def test_a_briefing_says_who_attended_and_can_be_taken_back(school, clerk):
    teacher = a_person(school, Role.TEACHER, name="Tom Reed")
    given = {"given_by": "Esther Cole"} | a_date("held_on", MONDAY)
    assert "Say who attended" in read(post(clerk, school, "briefing/", **given))
    assert post(clerk, school, "briefing/", **given, attended=[teacher.pk], others=4).status_code == 302
    assert "5 people attended" in read(ask(clerk, school))
    assert "Tom Reed, and 4 others" in read(ask(clerk, school, "briefing/"))
    at = f"briefing/{Briefing.objects.get().pk}/withdraw/"
    assert post(clerk, school, at, reason="Another school’s").status_code == 302
    assert "Another school’s" in read(ask(clerk, school, "briefing/"))
    assert "No briefing is on record" in read(ask(clerk, school))
    assert ask(clerk, school, at).status_code == 404


# ---------------------------------------------------------------- the health check
def test_the_health_check_names_each_difference_with_its_source(school, clerk):
    words = read(ask(clerk, school, "health/"))
    for said in (
        "Cited, and replaced since",
        "statutory edition in force from 19 August 2024",
        "Oxfordshire County Council",
        "Whose evidence a referral needs",
        "asks for no diagnosis",
        "Answered 0 of",
        "What this school does is not recorded",
    ):
        assert said in words
    shown = words.count("Source: ")
    assert shown >= 9 + 4 + 1  # gaps, both sides of two topics, what was replaced


@pytest.mark.parametrize("topic", ["consultant-evidence", "diagnosed-only"])
def test_the_school_says_what_it_does_about_a_difference(school, clerk, topic):
    at = f"health/{topic}/"
    refused = post(clerk, school, at, follows="england", words="")
    assert "Say what the school will do" in read(refused)
    assert re.search(r'value="england"[^>]*checked', refused.content.decode())
    answer = post(clerk, school, at, follows="england", words="We refer with what there is.", reason="Board")
    assert answer.status_code == 302
    assert PackChoice.objects.get().topic == topic
    words = read(ask(clerk, school, "health/"))
    assert "We refer with what there is." in words
    assert "by Clara Kay" in words
    assert "Answered 1 of" in words
    assert ask(clerk, school, "health/no-such-topic/").status_code == 404


# ---------------------------------------------------------------- who may, and what it costs
@pytest.mark.parametrize("role", list(Role))
def test_each_role_opens_what_it_may(school, clerk, role):
    held = a_register_of_policy(school, actor(clerk))
    user = a_person(school, role, name="Walker")
    sees = Permission.POLICY_SEE in ROLES[role].permissions
    edits = Permission.POLICY_EDIT in ROLES[role].permissions
    for rest in ("", "health/", f"versions/{held.published}/"):
        answer = ask(user, school, rest)
        assert answer.status_code == (200 if sees else 403), rest
        assert ("Withdraw" in read(answer) or "Confirm the officer" in read(answer)) <= edits
    for rest in (
        "begin/",
        "earlier/",
        "officer/",
        "guidance/",
        "linked/",
        "briefing/",
        "health/fifteen-days/",
        f"versions/{held.published}/readers/",
        f"versions/{held.draft}/reviewed/",
        f"versions/{held.draft}/withdraw/",
        f"versions/{held.published}/steps/{held.last_step}/withdraw/",
        f"briefing/{held.briefing}/withdraw/",
    ):
        assert ask(user, school, rest).status_code == (200 if edits else 403), rest


@pytest.mark.parametrize("many", [3, 30])
def test_a_page_costs_twelve_queries_at_most(school, clerk, many):
    held = a_register_of_policy(school, actor(clerk))
    when = {"on": MONDAY, "at": NOW}
    for number in range(many):
        by = actor(a_person(school, Role.CLERK, Role.TEACHER, name=f"Clerk {number}"))
        in_force(by, school, f"1999.{number}")
        confirm_officer(by, school.pk, Officer(post="Manager"), confirmed_on=MONDAY, **when)
        check_guidance(by, school.pk, {"working-together-2022": Found(current=False, successor="x")}, **when)
    for rest in (
        "",
        "health/",
        "officer/",
        "guidance/",
        "linked/",
        "briefing/",
        f"versions/{held.published}/",
        f"versions/{held.published}/readers/",
    ):
        client = client_of(clerk)
        with CaptureQueriesContext(connection) as queries:
            page = client.get(f"/s/{school.urn}/policy/register/{rest}")
        assert page.status_code == 200
        assert len(queries) <= 12, (rest, len(queries))
        assert len(page.content) < 60_000, rest
