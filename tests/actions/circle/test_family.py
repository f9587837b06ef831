"""The family, professionals and siblings: kept, changed, taken out; nothing overwritten."""

from datetime import timedelta

import pytest

from onroll.actions.circle.family import add_relative, change_relative, take_over, withdraw_relative
from onroll.actions.circle.professionals import add_professional, change_professional, withdraw_professional
from onroll.actions.circle.siblings import confirm_sibling, withdraw_sibling
from onroll.domain.casework.family import ProfessionalGiven, RelativeGiven
from onroll.domain.permissions import Permission, Role
from onroll.domain.vocabulary import Refusal
from onroll.queries import doors
from onroll.queries.circle import family_of, professionals_of, roll_contacts, siblings_of
from onroll.queries.siblings import suggested
from onroll.records.base import pen
from onroll.records.cases.models import FamilyMember, Sibling, Statement, StatementLink
from onroll.records.ledger.models import LedgerRow, Look
from onroll.records.outbox.models import Message
from onroll.records.pupils.models import Contact
from tests.support.cast import NOW, a_case, a_person, a_pupil, actor
from tests.support.circles import AT, TODAY, a_circle, a_contact

pytestmark = pytest.mark.django_db(transaction=True)
PAT = RelativeGiven(name="Pat Zanderby", relationship="Mother", phone="01632 960001")


@pytest.fixture
def circle():
    return a_circle()


def seen(circle):
    return doors.school(circle.by, circle.school.urn, Permission.CASE_SEE)


def test_the_rolls_contacts_are_taken_over_once(circle):
    a_contact(circle.pupil)
    a_contact(circle.pupil, "Gone", ended_at=NOW)
    assert [one.name for one in roll_contacts(circle.pupil.pk)] == ["Pat Zanderby"]
    assert take_over(circle.by, *circle.ids, **AT) == 1
    (pat,) = family_of(circle.pupil.pk)
    assert (pat.name, pat.dialled, pat.parental_responsibility) == ("Pat Zanderby", "07700900123", True)
    rows = LedgerRow.objects.count()
    assert take_over(circle.by, *circle.ids, **AT) == 0
    assert LedgerRow.objects.count() == rows
    withdraw_relative(circle.by, *circle.ids, pat.id, because="Not family", **AT)
    assert roll_contacts(circle.pupil.pk) == (), "who was taken out does not come back from the roll"
    assert Contact.objects.count() == 2


def test_a_changed_relative_takes_the_place_of_the_row(circle):
    first = add_relative(circle.by, *circle.ids, given=PAT, **AT)
    stop = RelativeGiven(name="Pat Zanderby", do_not_contact=True, do_not_contact_because="Court order")
    second = change_relative(circle.by, *circle.ids, first, given=stop, **AT)
    (pat,) = family_of(circle.pupil.pk)
    assert (pat.id, pat.do_not_contact, pat.phone, pat.dialled) == (second, True, "", "")
    assert FamilyMember.objects.get(pk=second).replaces_id == first
    with pytest.raises(Refusal, match="Somebody changed this"):
        change_relative(circle.by, *circle.ids, first, given=PAT, **AT)
    before = family_of(circle.pupil.pk, NOW - timedelta(seconds=1))
    assert before == ()


@pytest.mark.parametrize(
    ("given", "words"),
    [
        pytest.param(RelativeGiven(name=" "), "Enter a name", id="no name"),
        pytest.param(RelativeGiven(name="P", do_not_contact=True), "must not be contacted", id="stop without reason"),
        pytest.param(RelativeGiven(name="P", may_be_told="nothing"), "may not be told everything", id="no reason"),
        pytest.param(RelativeGiven(name="P", may_be_told="much"), "Choose what", id="no such answer"),
    ],
)  # fmt: skip
def test_a_relative_that_cannot_be_is_refused(circle, given, words):
    with pytest.raises(Refusal, match=words):
        add_relative(circle.by, *circle.ids, given=given, **AT)
    add_relative(circle.by, *circle.ids, given=PAT, **AT)
    assert len(family_of(circle.pupil.pk)) == 1


def test_a_do_not_contact_number_is_never_dialled(circle):
    given = RelativeGiven(name="P", phone="01632 960001", do_not_contact=True, do_not_contact_because="Asked")
    add_relative(circle.by, *circle.ids, given=given, **AT)
    assert family_of(circle.pupil.pk)[0].dialled == ""


def a_link_and_a_letter(circle, relative_id) -> None:
    statement = Statement.objects.create(
        case=circle.case,
        arrangement=circle.case.arrangements.get(),
        words="{}",
        happened_on=TODAY,
        recorded_at=NOW,
    )
    StatementLink.objects.create(
        statement=statement, family_id=relative_id, token_digest="x", made_at=NOW, expires_at=NOW
    )
    Message.objects.create(
        school=circle.school, address="Pat@home.example", kind="statement", key="k", subject="S", body="B",
        pupil=circle.pupil, queued_at=NOW, send_after=NOW,
    )  # fmt: skip


@pytest.mark.parametrize(
    "limit",
    [
        pytest.param({"do_not_contact": True, "do_not_contact_because": "Court order"}, id="do not contact"),
        pytest.param({"may_be_told": "nothing", "may_be_told_because": "Court order"}, id="told nothing"),
        pytest.param(None, id="taken out"),
    ],
)
def test_who_is_not_to_be_written_to_gets_nothing_that_waits(circle, limit):
    given = {"name": "Pat", "email": "pat@home.example"}
    first = add_relative(circle.by, *circle.ids, given=RelativeGiven(**given), **AT)
    with pen():
        a_link_and_a_letter(circle, first)
    plain = RelativeGiven(**given, phone="01632 960001")
    second = change_relative(circle.by, *circle.ids, first, given=plain, **AT)
    link, letter = StatementLink.objects.get(), Message.objects.get()
    assert (link.family_id, link.withdrawn_at, letter.stopped_at) == (second, None, None), (
        "a link goes with them"
    )
    if limit is None:
        withdraw_relative(circle.by, *circle.ids, second, because="Not family", **AT)
    else:
        change_relative(circle.by, *circle.ids, second, given=RelativeGiven(**given, **limit), **AT)
    link.refresh_from_db()
    letter.refresh_from_db()
    assert (link.withdrawn_at, letter.stopped_at, letter.stopped_because) == (NOW, NOW, "not-needed")


def test_the_family_of_another_pupil_is_not_found(circle):
    other = a_circle()
    theirs = add_relative(other.by, *other.ids, given=PAT, **AT)
    with pytest.raises(Refusal, match="does not exist"):
        change_relative(circle.by, *circle.ids, theirs, given=PAT, **AT)
    with pytest.raises(Refusal, match="does not exist"):
        withdraw_relative(circle.by, *circle.ids, theirs, because="No", **AT)


def test_a_professionals_role_is_for_those_who_see_medical_information(circle):
    nurse = ProfessionalGiven(agency="Children’s hospital", name="Jo", role="Oncology nurse")
    officer = actor(a_person(circle.school, Role.ATTENDANCE_OFFICER))
    with pytest.raises(Refusal, match="see medical information"):
        add_professional(officer, *circle.ids, given=nurse, **AT)
    first = add_professional(circle.by, *circle.ids, given=nurse, **AT)
    kept = ProfessionalGiven(agency="Children’s hospital", name="Jo Frost", role=None)
    second = change_professional(officer, *circle.ids, first, given=kept, **AT)
    (jo,) = professionals_of(circle.case.pk)
    assert (jo.id, jo.name, jo.role, jo.words) == (
        second,
        "Jo Frost",
        "Oncology nurse",
        "Jo Frost, Children’s hospital",
    )
    withdraw_professional(circle.by, *circle.ids, second, because="Moved on", **AT)
    assert professionals_of(circle.case.pk) == ()
    with pytest.raises(Refusal, match="Enter the agency"):
        add_professional(circle.by, *circle.ids, given=ProfessionalGiven(agency=""), **AT)


def test_a_shared_number_suggests_and_a_person_confirms(circle):
    sister = a_pupil(circle.school, "Sia", "Zanderby", year=9)
    a_pupil(circle.school, "Nobody", "Else", year=9)
    a_contact(circle.pupil, phone="07700 900 123")
    a_contact(sister, "P Zanderby", phone="+44 7700 900123")
    assert [
        (one.name, one.because) for one in suggested(circle.by, seen(circle), circle.pupil.pk, at=NOW)
    ] == [("Sia Zanderby", "the same telephone number")]
    assert siblings_of(circle.by, seen(circle), circle.pupil.pk, at=NOW) == ()
    bond = confirm_sibling(circle.by, *circle.ids, other_id=sister.pk, **AT)
    assert confirm_sibling(circle.by, *circle.ids, other_id=sister.pk, **AT) == bond
    case = a_case(sister)
    (found,) = siblings_of(circle.by, seen(circle), circle.pupil.pk, at=NOW)
    assert (found.id, found.pupil_id, found.case_id) == (bond, sister.pk, case.pk)
    assert str(sister.pk) in Look.objects.latest("pk").pupil_ids
    assert [one.pupil_id for one in siblings_of(circle.by, seen(circle), sister.pk, at=NOW)] == [
        circle.pupil.pk
    ]
    assert suggested(circle.by, seen(circle), circle.pupil.pk, at=NOW) == ()
    withdraw_sibling(circle.by, *circle.ids, bond, because="Cousins", **AT)
    assert Sibling.objects.standing().count() == 0
    assert suggested(circle.by, seen(circle), circle.pupil.pk, at=NOW) == (), "not suggested twice"


def test_a_shared_e_mail_suggests_too_whatever_its_capitals(circle):
    brother = a_pupil(circle.school, "Bo", "Zanderby", year=9)
    a_contact(circle.pupil, phone="", email="Pat@home.example")
    a_contact(brother, phone="", email="pat@HOME.example")
    (found,) = suggested(circle.by, seen(circle), circle.pupil.pk, at=NOW)
    assert found.because == "the same e-mail address"


def test_a_number_that_many_share_is_an_offices(circle):
    a_contact(circle.pupil)
    for number in range(6):
        a_contact(a_pupil(circle.school, f"Child {number}"))
    assert suggested(circle.by, seen(circle), circle.pupil.pk, at=NOW) == ()


def test_a_sibling_in_another_year_is_shown_only_to_those_who_see_that_year(circle):
    brother = a_pupil(circle.school, "Bo", "Zanderby", year=10)
    with pytest.raises(Refusal, match="does not exist"):
        confirm_sibling(circle.by, *circle.ids, other_id=brother.pk, **AT)
    confirm_sibling(circle.head, *circle.ids, other_id=brother.pk, **AT)
    assert siblings_of(circle.by, seen(circle), circle.pupil.pk, at=NOW) == ()
    assert [one.name for one in siblings_of(circle.head, seen(circle), circle.pupil.pk, at=NOW)] == [
        "Bo Zanderby"
    ]
    with pytest.raises(Refusal, match="not their own"):
        confirm_sibling(circle.head, *circle.ids, other_id=circle.pupil.pk, **AT)
