"""Adding a school from the console."""

import pytest

from onroll.actions.people.accept import accept_as_new
from onroll.actions.schools.add import add_school
from onroll.domain.permissions import Role
from onroll.domain.vocabulary import Refusal
from onroll.records.people.models import Invitation, User
from onroll.records.schools.models import LocalAuthority, School
from tests.support.cast import NOW, actor

pytestmark = pytest.mark.django_db
FACTS = {
    "urn": 123456,
    "dfe_number": "8654000",
    "name": "Elm Grove School",
    "authority_code": "865",
    "authority_name": "Invented Authority",
    "admin_name": "Amina Shah",
    "admin_email": "amina@school.example",
}


def test_a_school_begins_with_an_invitation_to_its_first_administrator():
    added = add_school(**FACTS, at=NOW)
    school = School.objects.get(pk=added.school_id)
    assert (school.urn, school.dfe_number, school.authority.code) == (123456, "865/4000", "865")
    accept_as_new(added.token, password="four words that differ", at=NOW)
    posts = actor(User.objects.get()).posts
    assert [(post.school_id, post.role) for post in posts] == [(school.pk, Role.ADMINISTRATOR)]


def test_two_schools_share_their_authority():
    add_school(**FACTS, at=NOW)
    add_school(**FACTS | {"urn": 123457, "dfe_number": "865/4001"}, at=NOW)
    assert LocalAuthority.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        pytest.param({"urn": 12345}, "six digits", id="a URN of five digits"),
        pytest.param({"dfe_number": "865/400"}, "seven digits", id="a DfE number that is too short"),
        pytest.param({"dfe_number": "866/4000"}, "authority's code", id="a DfE number of another authority"),
        pytest.param({"name": " "}, "school's name", id="no name"),
        pytest.param({"admin_email": "nobody"}, "e-mail address", id="no address"),
    ],
)
def test_a_school_that_cannot_be_is_refused_and_leaves_nothing(changes, words):
    with pytest.raises(Refusal, match=words):
        add_school(**FACTS | changes, at=NOW)
    assert not School.objects.exists()
    assert not Invitation.objects.exists()


@pytest.mark.parametrize(
    "changes", [{"dfe_number": "865/4001"}, {"urn": 123457}], ids=["same URN", "same DfE number"]
)
def test_a_school_is_added_once(changes):
    add_school(**FACTS, at=NOW)
    with pytest.raises(Refusal, match="here already"):
        add_school(**FACTS | changes, at=NOW)
