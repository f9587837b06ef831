"""The pages of the people round a case: what they show, to whom, and at what price."""

import re
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from onroll.domain.permissions import Role
from onroll.records.base import pen
from onroll.records.cases.models import Away, FamilyMember, Member, Professional, Sibling
from tests.support.cast import NOW, a_case, a_member, a_person, a_pupil
from tests.support.circles import a_circle, a_contact, a_death

pytestmark = pytest.mark.django_db
MOST_BYTES = 60 * 1024


@pytest.fixture(autouse=True)
def _house(settings):
    settings.ONROLL_SECOND_FACTOR = False


@pytest.fixture
def circle():
    return a_circle()


def signed_in(user) -> Client:
    client = Client()
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def at(circle, rest: str = "") -> str:
    return f"/s/{circle.school.urn}/cases/{circle.case.pk}/people/{rest}"


def words(answer) -> str:
    """A page without its marks."""
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def parts(name, on) -> dict[str, str]:
    return {f"{name}_{part}": str(getattr(on, part)) for part in ("day", "month", "year")}


def a_relative(circle, name="Pat Zanderby", **facts) -> FamilyMember:
    with pen():
        return FamilyMember.objects.create(
            pupil=circle.pupil, school=circle.school, name=name, happened_on=NOW.date(), recorded_at=NOW,
            **{"phone": "07700 900123", **facts},
        )  # fmt: skip


def test_from_the_roll_to_the_family_and_a_number_to_touch(circle):
    a_contact(circle.pupil, relationship="Mother")
    client = signed_in(circle.amina)
    assert "The roll names Pat Zanderby (mother)" in words(client.get(at(circle)))
    page = client.post(at(circle, "family/from-roll/"), follow=True)
    assert "Taken over from the roll" in words(page)
    assert 'href="tel:07700900123"' in page.content.decode()
    assert "Has parental responsibility" in words(page)


def test_who_must_not_be_contacted_has_no_number_to_touch(circle):
    a_relative(
        circle, do_not_contact=True, do_not_contact_because="Court order of May", email="pat@home.example"
    )
    page = signed_in(circle.amina).get(at(circle))
    assert "Do not contact Pat Zanderby. Court order of May" in words(page)
    assert "tel:" not in page.content.decode()
    assert "pat@home.example" not in page.content.decode()


def test_the_pupils_page_gives_no_number_of_theirs_either(circle):
    a_contact(circle.pupil, "Sal Zanderby", phone="01632 960001")
    a_contact(circle.pupil, "Pat Zanderby", phone="01632 960002")
    client, address = signed_in(circle.amina), f"/s/{circle.school.urn}/pupils/{circle.pupil.pk}/"
    assert "01632 960001" in words(client.get(address))
    a_relative(circle, "sal zanderby", do_not_contact=True, do_not_contact_because="Court order")
    page = words(client.get(address))
    assert "Do not contact Sal Zanderby" in page
    assert "01632 960001" not in page
    assert "01632 960002" in page


def test_a_relative_is_added_and_changed_and_what_was_typed_is_kept(circle):
    client = signed_in(circle.amina)
    given = {"name": "Sal Zanderby", "priority": "2", "may_be_told": "education", "phone": "01632 960001"}
    page = client.post(at(circle, "family/"), given)
    assert "Enter why this person may not be told everything" in words(page)
    assert 'value="Sal Zanderby"' in page.content.decode()
    page = client.post(at(circle, "family/"), {**given, "may_be_told_because": "Lives apart"}, follow=True)
    assert "May be told: education only, nothing about health. Lives apart" in words(page)
    row = FamilyMember.objects.get()
    page = client.get(at(circle, f"family/{row.pk}/"))
    assert 'value="Sal Zanderby"' in page.content.decode()
    client.post(
        at(circle, f"family/{row.pk}/"), {**given, "name": "Sally Zanderby", "may_be_told": "everything"}
    )
    assert [one.name for one in FamilyMember.objects.standing()] == ["Sally Zanderby"]
    late = client.post(at(circle, f"family/{row.pk}/"), given)
    assert late.status_code == 404, "the row that was open is not there any more"
    row = FamilyMember.objects.standing().get()
    page = client.post(at(circle, f"family/{row.pk}/out/"), {"because": "Moved away"}, follow=True)
    assert "Nobody of the family is on record" in words(page)


def test_the_team_by_form(circle):
    client = signed_in(circle.amina)
    page = client.post(at(circle, "team/"), {"who": ""})
    assert "Choose a colleague" in words(page)
    day = parts("from_on", circle.case.opened_on)
    who = {"who": f"safeguarding-lead:{circle.ada.pk}", "deputy": str(circle.dee.pk)}
    page = client.post(at(circle, "team/"), {**who, **day}, follow=True)
    assert "Ada Moss , Designated Safeguarding Lead" in words(page)
    assert "Dee Watts stands in" in words(page)
    row = Member.objects.get(user=circle.ada)
    page = client.post(at(circle, f"team/{row.pk}/deputy/"), {"deputy": ""}, follow=True)
    assert "Nobody is named to stand in" in words(page)
    row = Member.objects.standing().get(user=circle.ada)
    wrong = parts("last_on", date(2099, 1, 1))
    page = client.post(at(circle, f"team/{row.pk}/end/"), wrong)
    assert "Enter a day between the first day on the team and today" in words(page)
    ends = parts("last_on", NOW.date())
    client.post(at(circle, f"team/{row.pk}/end/"), ends, follow=True)
    assert Member.objects.standing().get(user=circle.ada).until_on == NOW.date()


def test_a_professionals_role_is_shown_to_some(circle):
    with pen():
        Professional.objects.create(
            case=circle.case, agency="Hospital school", name="Jo Frost", role="Oncology nurse",
            happened_on=NOW.date(), recorded_at=NOW,
        )  # fmt: skip
    assert "Oncology nurse" in words(signed_in(circle.amina).get(at(circle)))
    officer = signed_in(a_person(circle.school, Role.ATTENDANCE_OFFICER))
    page = words(officer.get(at(circle)))
    assert "Jo Frost" in page
    assert "Oncology" not in page
    row = Professional.objects.get()
    form = officer.get(at(circle, f"professionals/{row.pk}/")).content.decode()
    assert "Oncology" not in form
    officer.post(at(circle, f"professionals/{row.pk}/"), {"agency": "Hospital school", "name": "Jo F"})
    assert Professional.objects.standing().get().role == "Oncology nurse"


def test_siblings_are_suggested_confirmed_and_taken_back(circle):
    other = a_pupil(circle.school, "Sia", "Zanderby")
    a_contact(circle.pupil)
    a_contact(other)
    case = a_case(other)
    client = signed_in(circle.amina)
    assert "the same telephone number" in words(client.get(at(circle, "siblings/")))
    page = client.post(at(circle, f"siblings/{other.pk}/confirm/"), follow=True)
    assert f"/cases/{case.pk}/" in page.content.decode()
    bond = Sibling.objects.get()
    page = client.post(at(circle, f"siblings/{bond.pk}/out/"), {"because": "Cousins"}, follow=True)
    assert "None confirmed" in words(page)


def test_a_closed_case_shows_and_offers_nothing(circle):
    a_relative(circle)
    with pen():
        circle.case.state, circle.case.closed_on = "closed", NOW.date()
        circle.case.save()
    page = signed_in(circle.amina).get(at(circle)).content.decode()
    assert "Pat Zanderby" in page
    assert [part for part in ("Add somebody", "Change<", "Leaves the team") if part in page] == []


def test_who_may_not_change_is_offered_nothing(circle):
    officer = signed_in(a_person(circle.school, Role.ATTENDANCE_OFFICER))
    page = words(officer.get(at(circle)))
    assert "Add somebody to the family" in page
    assert "Add somebody to the team" not in page
    assert officer.get(at(circle, "team/")).status_code == 403


@pytest.mark.parametrize(("many", "light"), [(3, True), (15, True), (30, False)])
def test_a_page_costs_the_same_with_many(circle, many, light):
    """A child with 15 of each kind, 60 people in all, has a light page still; of 30 only the queries are held."""
    today = timezone.localdate()
    kept = {"happened_on": circle.case.opened_on, "recorded_at": NOW}
    for number in range(many):
        relative = a_relative(circle, f"Relative {number}", email=f"r{number}@home.example")
        a_contact(circle.pupil, f"Contact {number}", phone=f"0163296{number:04}")
        sibling = a_pupil(circle.school, f"Child {number}")
        a_case(sibling)
        colleague = a_person(circle.school, Role.SENCO, name=f"Colleague {number}")
        a_member(circle.case, colleague, Role.SENCO, deputy=circle.dee)
        with pen():
            Professional.objects.create(
                case=circle.case, agency=f"Agency {number}", phone="01632 960001", **kept
            )
            Sibling.objects.create(school=circle.school, pupil=circle.pupil, other=sibling, **kept)
            Away.objects.create(
                school=circle.school,
                user=colleague,
                last_on=today + timedelta(days=9),
                deputy=circle.dee,
                **kept,
            )
    client = signed_in(circle.hedy)
    row = Member.objects.filter(case=circle.case).first()
    for rest in (
        "",
        "team/",
        f"team/{row.pk}/end/",
        "family/",
        f"family/{relative.pk}/",
        "siblings/",
        "professionals/",
    ):
        with CaptureQueriesContext(connection) as asked:
            page = client.get(at(circle, rest))
        assert page.status_code == 200
        assert len(asked) <= 12, (rest, [one["sql"][:90] for one in asked])
        assert len(page.content) <= MOST_BYTES or not light, (rest, len(page.content))
    for path in ("cover/", "cover/away/", f"cover/{circle.dee.pk}/"):
        with CaptureQueriesContext(connection) as asked:
            page = client.get(f"/s/{circle.school.urn}/{path}")
        assert page.status_code == 200
        assert len(asked) <= 12, (path, [one["sql"][:90] for one in asked])
        assert len(page.content) <= MOST_BYTES, (path, len(page.content))


def test_a_death_is_shown_on_the_case_and_no_name_is_in_the_title(circle):
    a_death(circle.pupil)
    page = signed_in(circle.amina).get(at(circle))
    assert "Died 23 November 2026" in words(page)
    title = re.search(r"<title>(.*?)</title>", page.content.decode(), re.DOTALL)
    assert title
    assert "Zanderby" not in title[1]
