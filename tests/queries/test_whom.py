"""Whom a contact can be with: in the order in which to ring, and whom the form begins with."""

import pytest

from onroll.queries.whom import first_parent, people_to_contact
from onroll.records.base import pen
from onroll.records.cases.models import FamilyMember, Professional
from onroll.records.pupils.models import Contact
from tests.support.cast import NOW, a_case, a_pupil, a_school

pytestmark = pytest.mark.django_db
ALWAYS = ["A parent or carer not listed", "The pupil", "Somebody else"]


@pytest.fixture
def case():
    return a_case(a_pupil(a_school()))


def relative(case, name, **more):
    with pen():
        FamilyMember.objects.create(
            pupil=case.pupil, school=case.school, name=name, happened_on=NOW.date(), recorded_at=NOW, **more
        )


def labels(case):
    return [one.label for one in people_to_contact(case.pupil_id, case.pk)]


def test_there_is_always_somebody_to_choose(case):
    assert labels(case) == ALWAYS
    assert first_parent(people_to_contact(case.pupil_id, case.pk)).key == "parent"


@pytest.mark.parametrize(
    ("facts", "label"),
    [
        pytest.param({}, "Ann Quill", id="a name"),
        pytest.param({"relationship": "aunt"}, "Ann Quill (aunt)", id="a relationship"),
        pytest.param(
            {"parental_responsibility": True}, "Ann Quill (parental responsibility)", id="responsible"
        ),
        pytest.param({"do_not_contact": True}, "Ann Quill: do not contact", id="not to be contacted"),
        pytest.param({"may_be_told": "education"}, "Ann Quill: may be told education only", id="less"),
        pytest.param({"may_be_told": "nothing"}, "Ann Quill: tell nothing", id="nothing"),
        pytest.param(
            {"interpreter": "Polish", "may_be_told": "nothing"}, "Ann Quill: tell nothing, interpreter: Polish",
            id="two things",
        ),
    ],
)  # fmt: skip
def test_what_to_know_beforehand_stands_beside_the_name(case, facts, label):
    relative(case, "Ann Quill", **facts)
    assert labels(case)[0] == label


def test_the_form_begins_with_the_first_parent_who_may_be_rung(case):
    relative(case, "Uncle", priority=1)
    relative(case, "Father", priority=2, parental_responsibility=True, do_not_contact=True)
    relative(case, "Mother", priority=3, parental_responsibility=True)
    relative(case, "Carer", priority=4, parental_responsibility=True)
    assert first_parent(people_to_contact(case.pupil_id, case.pk)).label.startswith("Mother")


def test_the_rolls_contacts_and_professionals_stand_there_too(case):
    relative(case, "Mother", parental_responsibility=True)
    with pen():
        Contact.objects.create(pupil=case.pupil, school=case.school, name="Gran", relationship="grandmother")
        Contact.objects.create(pupil=case.pupil, school=case.school, name="Gone", ended_at=NOW)
        Professional.objects.create(
            case=case, agency="Hospital school", name="Jo Hart", role="nurse", happened_on=NOW.date(), recorded_at=NOW
        )  # fmt: skip
    assert labels(case) == [
        "Mother (parental responsibility)", "Gran (grandmother)", *ALWAYS[:2], "Jo Hart, Hospital school", ALWAYS[2],
    ]  # fmt: skip
