"""The people room: what it shows, and that it changes what its buttons say."""

import re

import pytest
from allauth.mfa.models import Authenticator
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from onroll.domain.permissions import Role
from onroll.queries.appointments import held, version_of
from onroll.records.base import pen
from onroll.records.people.models import Appointment, Invitation, User
from tests.support.cast import NOW, a_person, actor


@pytest.fixture
def admin(house) -> Client:
    client = Client()
    client.force_login(house.admin)
    return client


def at(house, path: str = "") -> str:
    return f"/s/{house.school.urn}/people/{path}"


def page(client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def version(house, person) -> str:
    return version_of(held(house.school.pk, person.pk))


def test_the_list_shows_roles_second_step_and_last_sign_in(house, admin):
    Authenticator.objects.create(user=house.leader, type="totp", data={})
    text = page(admin, at(house))
    assert "Progress Leader (Year 9)" in text
    assert "4 people" in text
    assert house.stranger.name not in text
    row = text[text.index("Carys Webb") :]
    assert re.search(r'data-label="Second step">Yes<', row)
    assert re.search(r'data-label="Last sign-in">Not yet<', row)
    assert text.count("Not yet</strong>") == 2  # both administrators need one; the governor needs none


def test_a_person_is_found_by_any_part_of_name_or_address(house, admin):
    a_person(house.school, Role.CLERK, name="Zoë O’Neill")
    assert "Zoë O’Neill" in page(admin, at(house, "?q=oneill+zoe"))
    assert "Carys Webb" not in page(admin, at(house, "?q=oneill+zoe"))
    assert "Carys Webb" in page(admin, at(house, f"?q={house.leader.email}"))
    assert "Nobody found" in page(admin, at(house, "?q=nobody+of+this+name"))


def test_a_long_list_comes_in_pages(house, admin):
    for number in range(30):
        a_person(house.school, Role.TEACHER, name=f"Teacher {number:02}")
    first, second = page(admin, at(house)), page(admin, at(house, "?page=2"))
    assert (first.count("onroll-name"), second.count("onroll-name")) == (25, 9)


@pytest.mark.parametrize("path", ["", "invited/", "ended/", "invite/"])
def test_a_page_asks_no_more_of_the_database_for_more_people(house, admin, path):
    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as asked:
            admin.get(at(house, path))
        return len(asked)

    few = queries()
    for _ in range(20):
        a_person(house.school, Role.TEACHER)
    assert queries() == few <= 12


def test_an_invitation_is_sent_and_its_link_shown_once(house, admin):
    year = house.year("10").pk
    words = {
        "name": "Noor Amin",
        "email": "noor@school.example",
        "roles": ["progress-leader", "clerk"],
        "groups_progress-leader": [str(year)],
    }
    text = admin.post(at(house, "invite/"), words).content.decode()
    link = re.search(r'value="(http://127\.0\.0\.1:8000/join/[\w-]{43}/)"', text)
    assert link, text
    assert "If e-mail is slow, give them this link yourself" in text
    row = Invitation.objects.get()
    assert row.roles == [
        {"role": "progress-leader", "year_groups": [year]},
        {"role": "clerk", "year_groups": []},
    ]
    listed = page(admin, at(house, "invited/"))
    assert "Progress Leader (Year 10)" in listed
    assert "On its way" in listed
    assert link[1] not in listed


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        pytest.param({"name": ""}, "Enter their name", id="no name"),
        pytest.param({"email": "noor"}, "like name@school.example", id="no address"),
        pytest.param({"roles": []}, "Choose at least one role", id="no role"),
        pytest.param({"roles": ["king"]}, "Select a valid choice", id="a role that is none"),
        pytest.param({"roles": ["progress-leader"]}, "or every year group", id="no reach said"),
        pytest.param(
            {"roles": ["progress-leader"], "groups_progress-leader": ["every", "YEAR"]},
            "not both",
            id="two reaches",
        ),
    ],
)
def test_an_invitation_that_cannot_be_keeps_what_was_typed(house, admin, changes, error):
    words = {"name": "Noor Amin", "email": "noor@school.example", "roles": ["clerk"], **changes}
    year = str(house.year("9").pk)
    words = {key: [year if one == "YEAR" else one for one in value] if isinstance(value, list) else value
             for key, value in words.items()}  # fmt: skip
    text = admin.post(at(house, "invite/"), words).content.decode()
    assert error in text
    assert f'value="{words["name"] or words["email"]}"' in text
    assert not Invitation.objects.exists()


def test_whoever_is_here_already_is_told_of_beside_the_question(house, admin):
    words = {"name": "Carys Webb", "email": house.leader.email.upper(), "roles": ["clerk"]}
    text = admin.post(at(house, "invite/"), words).content.decode()
    assert "at the school already" in text
    assert 'value="Carys Webb"' in text


def test_an_invitation_is_sent_again_and_withdrawn(house, admin):
    words = {"name": "Noor Amin", "email": "noor@school.example", "roles": ["clerk"]}
    admin.post(at(house, "invite/"), words)
    row = Invitation.objects.get()
    assert "again?" in page(admin, at(house, f"invited/{row.pk}/again/"))
    text = admin.post(at(house, f"invited/{row.pk}/again/")).content.decode()
    assert "/join/" in text
    assert "Withdraw the invitation" in page(admin, at(house, f"invited/{row.pk}/withdraw/"))
    answer = admin.post(at(house, f"invited/{row.pk}/withdraw/"), follow=True)
    assert "No invitation is waiting" in answer.content.decode()
    assert admin.post(at(house, f"invited/{row.pk}/withdraw/")).status_code == 409


def test_roles_are_shown_as_held_and_changed(house, admin):
    text = page(admin, at(house, f"{house.leader.pk}/roles/"))
    assert re.search(r'value="progress-leader" checked', text)
    words = {"seen": version(house, house.leader), "roles": ["senco"]}
    answer = admin.post(at(house, f"{house.leader.pk}/roles/"), words, follow=True)
    assert "roles are changed" in answer.content.decode()
    assert [post.role for post in actor(house.leader).posts] == [Role.SENCO]


def test_two_who_change_the_same_roles_are_told_and_nothing_typed_is_lost(house, admin):
    opened = version(house, house.governor)
    path = at(house, f"{house.governor.pk}/roles/")
    admin.post(path, {"seen": opened, "roles": ["clerk"]})
    text = admin.post(path, {"seen": opened, "roles": ["teacher"]}).content.decode()
    assert "Somebody changed these roles while your page was open" in text
    assert "The roles are now: Clerk to governors" in text
    assert re.search(r'value="teacher" checked', text)
    assert [post.role for post in actor(house.governor).posts] == [Role.CLERK]
    again = re.search(r'name="seen" value="([\d-]+)"', text)[1]
    admin.post(path, {"seen": again, "roles": ["teacher"]})
    assert [post.role for post in actor(house.governor).posts] == [Role.TEACHER]


@pytest.mark.parametrize(
    ("roles", "error"),
    [(["clerk"], "end your own administrator role"), (["administrator", "senco"], "sees pupils")],
    ids=["giving up one's own", "letting oneself in"],
)
def test_ones_own_roles_are_refused_beside_the_question(house, admin, roles, error):
    words = {"seen": version(house, house.admin), "roles": roles}
    text = admin.post(at(house, f"{house.admin.pk}/roles/"), words).content.decode()
    assert error in text
    assert [post.role for post in actor(house.admin).posts] == [Role.ADMINISTRATOR]


def test_access_is_ended_listed_and_given_back(house, admin):
    assert "End the access of Carys Webb?" in page(admin, at(house, f"{house.leader.pk}/end/"))
    words = {"seen": version(house, house.leader)}
    ended = admin.post(at(house, f"{house.leader.pk}/end/"), words, follow=True).content.decode()
    assert "Progress Leader (Year 9)" in ended
    assert "Carys Webb" not in page(admin, at(house)).replace("Carys Webb’s access has ended", "")
    assert not User.objects.get(pk=house.leader.pk).is_active
    assert admin.get(at(house, f"{house.leader.pk}/")).status_code == 404
    assert "again?" in page(admin, at(house, f"{house.leader.pk}/give-back/"))
    answer = admin.post(at(house, f"{house.leader.pk}/give-back/"), follow=True)
    assert "has access again" in answer.content.decode()
    assert "Nobody" in page(admin, at(house, "ended/"))


def test_the_confirm_page_says_why_access_cannot_be_ended(house, admin):
    text = page(admin, at(house, f"{house.admin.pk}/end/"))
    assert "You cannot end your own access" in text
    assert 'class="govuk-button govuk-button--warning"' not in text


def test_a_page_that_is_no_longer_true_ends_no_access(house, admin):
    answer = admin.post(at(house, f"{house.leader.pk}/end/"), {"seen": "0"})
    assert answer.status_code == 409
    assert "Somebody changed" in answer.content.decode()
    assert actor(house.leader).posts


def test_a_lost_second_step_is_forgotten(house, admin):
    Authenticator.objects.create(user=house.leader, type="totp", data={})
    assert "lost their second step" in page(admin, at(house, f"{house.leader.pk}/"))
    admin.post(at(house, f"{house.leader.pk}/second-step/"))
    assert not Authenticator.objects.exists()
    assert "They have lost" not in page(admin, at(house, f"{house.leader.pk}/"))


def test_a_person_of_two_schools_changes_between_them(house):
    with pen():
        Appointment.objects.create(user=house.governor, school=house.elsewhere, role=Role.CLERK, began_at=NOW)
    client = Client()
    client.force_login(house.governor)
    text = client.get(f"/s/{house.school.urn}/").content.decode()
    assert f'href="/s/{house.elsewhere.urn}/"' in text
    assert "Far Hill School" in text
    assert client.get(f"/s/{house.elsewhere.urn}/").status_code == 200


def test_a_colleague_without_the_permission_is_told_whom_to_ask(house):
    client = Client()
    client.force_login(house.leader)
    answer = client.get(at(house))
    assert answer.status_code == 403
    text = answer.content.decode()
    assert "Your role at Elm Grove School does not let you invite people and change roles" in text
    assert "These roles can: Administrator." in text
