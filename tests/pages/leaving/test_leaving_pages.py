"""The roll page of a case, the roll room beside it, and the page on which a death is recorded."""

import re
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from onroll.domain.permissions import Role
from onroll.records.base import pen
from onroll.records.cases.models import LeavingProposal
from onroll.records.pupils.models import Death, Enrolment, MissingFromRoll
from tests.support.cast import NOW, a_person, a_register, actor, marks, whole_days
from tests.support.circles import a_circle
from tests.support.rolls import a_line, applied, line_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _house(settings, tmp_path):
    settings.ONROLL_SECOND_FACTOR = False
    settings.UPLOAD_DIR = tmp_path / "uploads"


@pytest.fixture
def circle():
    return a_circle()


@pytest.fixture
def officer(circle):
    return a_person(circle.school, Role.ATTENDANCE_OFFICER)


def signed_in(user) -> Client:
    client = Client()
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def at(circle, rest: str = "") -> str:
    return f"/s/{circle.school.urn}/cases/{circle.case.pk}/roll/{rest}"


def words(answer) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def parts(name, on) -> dict[str, str]:
    return {f"{name}_{part}": str(getattr(on, part)) for part in ("day", "month", "year")}


def propose(client, circle, on=None, **said):
    given = {"ground": "a", "evidence": "Fenwick School wrote", "authority": "", **said}
    return client.post(
        at(circle, "propose/"), given | parts("leaving_on", on or timezone.localdate()), follow=True
    )


def test_medical_is_no_ground_and_the_page_says_so(circle):
    page = signed_in(circle.amina).get(at(circle))
    assert "Illness is not a ground" in words(page)
    assert len(re.findall(r"<li>\([a-o]\)", page.content.decode())) == 15
    form = signed_in(circle.amina).get(at(circle, "propose/"))
    assert "Illness is not a ground" in words(form)
    assert len(re.findall(r'name="ground"', form.content.decode())) == 15
    refused = propose(signed_in(circle.amina), circle, ground="medical")
    assert "medical is not one of the available choices" in words(refused)


def test_from_the_proposal_to_the_end_of_the_time_on_roll(circle):
    amina, head = signed_in(circle.amina), signed_in(circle.hedy)
    page = propose(amina, circle)
    assert "On roll: leaving is proposed" in words(page)
    assert "never whoever proposed it" in words(page)
    row = LeavingProposal.objects.get()
    assert amina.get(at(circle, f"{row.pk}/decide/")).status_code == 403
    page = head.post(at(circle, f"{row.pk}/decide/"), {"agree": "yes"})
    assert "Enter why you decide so" in words(page)
    page = head.post(at(circle, f"{row.pk}/decide/"), {"agree": "yes", "because": "Confirmed"}, follow=True)
    assert "Leaves the roll on" in words(page)
    page = amina.post(at(circle, f"{row.pk}/leave/"), follow=True)
    assert "Last day on roll" in words(page)
    assert Enrolment.objects.get(pupil=circle.pupil).last_on == timezone.localdate()


def test_a_day_that_has_gone_and_an_empty_evidence_are_told_at_their_questions(circle):
    page = propose(signed_in(circle.amina), circle, on=timezone.localdate() - timedelta(days=1), evidence="")
    assert "it cannot be in the past" in words(page)
    assert "Enter the evidence" in words(page)
    assert not LeavingProposal.objects.exists()


def test_what_speaks_against_it_must_have_been_read(circle):
    days = [date(2026, 10, 5) + timedelta(days=n) for n in range(12) if n % 7 < 5]
    a_register(circle.pupil, marks(whole_days(days, "O")))
    propose(signed_in(circle.amina), circle, ground="i")
    row, head = LeavingProposal.objects.get(), signed_in(circle.hedy)
    page = words(head.get(at(circle)))
    assert "What speaks against it" in page
    assert "is 10 school days, from 5 October 2026 to 16 October 2026; it takes 20" in page
    answer = {"agree": "yes", "because": "All the same"}
    page = head.post(at(circle, f"{row.pk}/decide/"), answer)
    assert "Confirm that you have read what speaks against it" in words(page)
    head.post(at(circle, f"{row.pk}/decide/"), answer | {"weighed": "on"})
    row.refresh_from_db()
    assert row.agreed is True


def test_where_the_authority_has_not_agreed_the_head_cannot(circle):
    with pen():
        circle.case.arrangements.update(provider="authority")
    propose(signed_in(circle.amina), circle)
    row, head = LeavingProposal.objects.get(), signed_in(circle.hedy)
    page = head.post(at(circle, f"{row.pk}/decide/"), {"agree": "yes", "because": "Yes"})
    assert "This cannot be agreed to as it stands" in words(page)
    page = head.post(at(circle, f"{row.pk}/decide/"), {"agree": "no", "because": "Not yet"}, follow=True)
    assert "Turned down by Hedy Marsh" in words(page)


def test_possible_off_rolling_is_flagged(circle):
    page = propose(signed_in(circle.amina), circle, ground="f")
    assert "Possible off-rolling" in words(page)
    assert "For the Deputy Headteacher" in words(page)


def test_a_proposal_is_taken_back_with_its_reason(circle):
    client = signed_in(circle.amina)
    propose(client, circle)
    row = LeavingProposal.objects.get()
    assert "Enter why" in words(client.post(at(circle, f"{row.pk}/withdraw/"), {"because": ""}))
    page = client.post(at(circle, f"{row.pk}/withdraw/"), {"because": "They stay"}, follow=True)
    assert "They stay" in words(page)
    assert "Propose that the pupil leaves" in words(page)


def test_a_roll_file_tells_on_the_case_and_in_the_roll_room(circle, officer):

    row = applied(actor(officer), circle.school, line_of(circle.pupil, Leaving_date="2026-11-20"))
    client = signed_in(officer)
    assert "1 leaving date of a pupil with an open case was held back" in words(
        client.get(f"/s/{circle.school.urn}/roll/{row.pk}/")
    )
    page = signed_in(circle.amina).get(at(circle))
    assert "A roll file gave 20 November 2026 as the leaving date" in words(page)
    said = LeavingProposal.objects.get()
    page = signed_in(circle.amina).post(
        at(circle, f"{said.pk}/withdraw/"), {"because": "Wrong date"}, follow=True
    )
    assert "as the leaving date." not in words(page)


def test_the_roll_room_leads_to_the_case_instead_of_ending_the_time(circle, officer):

    applied(actor(officer), circle.school, a_line())
    client = signed_in(officer)
    page = client.get(f"/s/{circle.school.urn}/roll/missing/")
    assert at(circle) in page.content.decode()
    assert "Has an open case" in words(page)
    missing = MissingFromRoll.objects.get(pupil=circle.pupil)
    address = f"/s/{circle.school.urn}/roll/missing/{missing.pk}/left/"
    assert "Illness is not a ground" in words(client.get(address))
    answer = client.post(address, {"reason": "Ill", **parts("left_on", timezone.localdate())})
    assert answer.status_code == 409
    assert "only on a day that the headteacher has agreed to" in words(answer)
    assert Enrolment.objects.get(pupil=circle.pupil).last_on is None
    assert "does not name this pupil" in words(signed_in(circle.amina).get(at(circle)))


@pytest.mark.parametrize("many", [3, 30])
def test_the_page_costs_the_same_with_many_proposals(circle, many):
    with pen():
        for number in range(many):
            LeavingProposal.objects.create(
                case=circle.case, ground="a", leaving_on=date(2026, 12, 1), evidence=f"Letter {number}",
                happened_on=NOW.date(), recorded_at=NOW, recorded_by_id=circle.amina.pk,
                withdrawn_at=NOW, withdrawn_by_id=circle.amina.pk, withdrawn_because="Taken back",
            )  # fmt: skip
        row = LeavingProposal.objects.create(
            case=circle.case, ground="i", leaving_on=date(2099, 1, 1), evidence="Letter", happened_on=NOW.date(),
            recorded_at=NOW, recorded_by_id=circle.amina.pk,
        )  # fmt: skip
    client = signed_in(circle.hedy)
    for rest in ("", "propose/", f"{row.pk}/decide/", f"{row.pk}/withdraw/"):
        with CaptureQueriesContext(connection) as asked:
            page = client.get(at(circle, rest))
        assert page.status_code == 200
        assert len(page.content) <= 60 * 1024
        assert len(asked) <= 12, (rest, [one["sql"][:100] for one in asked])


def test_a_death_takes_one_day_and_one_confirmation(circle):
    client, address = signed_in(circle.hedy), f"/s/{circle.school.urn}/pupils/{circle.pupil.pk}/loss/"
    pupil_page = f"/s/{circle.school.urn}/pupils/{circle.pupil.pk}/"
    assert address in client.get(pupil_page).content.decode()
    day = parts("died_on", timezone.localdate())
    assert "Enter today or an earlier day" in words(client.post(address, parts("died_on", date(2099, 1, 1))))
    page = client.post(address, day)
    assert "Is this right?" in words(page)
    assert not Death.objects.exists(), "the first step records nothing"
    posted = dict(re.findall(r'type="hidden" name="(\w+)" value="(\w+)"', page.content.decode()))
    page = client.post(address, posted, follow=True)
    assert "Quillon Zanderby died on" in words(page)
    assert "Record that this pupil has died" not in words(page)
    assert "Recorded by Hedy Marsh" in words(client.get(address))
    page = client.post(address, {"because": "Another pupil"}, follow=True)
    assert "The record is taken back" in words(page)
    assert not Death.objects.standing().exists()


def test_the_way_to_record_a_death_is_not_offered_to_everybody(circle):
    address = f"/s/{circle.school.urn}/pupils/{circle.pupil.pk}/"
    assert "has died" not in words(signed_in(circle.amina).get(address))
    assert signed_in(circle.amina).get(f"{address}loss/").status_code == 403
