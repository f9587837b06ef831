"""What is medical, or refers to safeguarding, is read by those alone whose tier it is, on whatever way it came."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from onroll.actions.leaving.deciding import decide_leaving
from onroll.actions.responsibility.providing import ArrangementGiven, change_provider, withdraw_arrangement
from onroll.actions.timeline.recording import record_note
from onroll.actions.timeline.taking_back import correct
from onroll.domain.casework.tiers import Tier
from onroll.domain.duties.facts import Provider
from onroll.domain.permissions import Role
from onroll.records.base import pen
from onroll.records.cases.models import Note
from onroll.records.people.models import Appointment
from tests.support.cast import NOW, a_case, a_person, a_pupil, actor
from tests.support.circles import AT, TODAY, a_circle
from tests.support.entries import note

pytestmark = pytest.mark.django_db
WORD = "leukaemia"
LATER = {"on": TODAY, "at": NOW + timedelta(minutes=5)}


@pytest.fixture(autouse=True)
def _house(settings, monkeypatch):
    settings.ONROLL_SECOND_FACTOR = False
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW + timedelta(hours=1))


@pytest.fixture
def circle():
    return a_circle()


@pytest.fixture
def officer(circle):
    """Opens every case, and reads nothing that is medical."""
    return a_person(circle.school, Role.ATTENDANCE_OFFICER)


def signed_in(user) -> Client:
    client = Client()
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def pages(case, *entries) -> list[str]:
    """Every page of a case on which something that was written can stand, today and on another day."""
    here = [case.school.urn, case.pk]
    show = reverse("timeline:show", args=here)
    day = "on=2026-11-23&known="
    sheet = "first_day=1&first_month=9&first_year=2026&last_day=23&last_month=11&last_year=2026&tiers="
    return [
        show,
        *(f"{show}?{day}{known}" for known in ("then", "now")),
        *(f"{reverse('timeline:print', args=here)}?{sheet}{tier.value}" for tier in Tier),
        *(reverse(f"cases:{name}", args=here) for name in ("show", "duties", "history")),
        *(f"{reverse('cases:show', args=here)}?{day}{known}" for known in ("then", "now")),
        reverse("statements:show", args=here),
        reverse("circle:show", args=here),
        reverse("leaving:show", args=here),
        *(reverse("timeline:entry", args=[*here, "note", one]) for one in entries),
    ]


def who_reads(user, case, *entries) -> list[str]:
    client = signed_in(user)
    return [one for one in pages(case, *entries) if WORD in client.get(one).content.decode()]


def noted(by, case, text, tier) -> int:
    given = note(text, tier=tier, happened_on=TODAY)
    return record_note(by, case.school_id, case.pk, given=given, form_key="", **AT)


def corrected(by, case, entry, text, tier) -> int:
    given = note(text, tier=tier, happened_on=TODAY)
    return correct(by, case.school_id, case.pk, entry, given=given, form_key="", **LATER)


# ---------------------------------------------------------------- corrected into a closer tier
def test_what_is_corrected_into_a_closer_tier_is_not_left_behind_for_everybody(circle, officer):
    """A diagnosis written among what all may read, and put right: the entry struck through holds it too."""
    first = noted(circle.by, circle.case, f"Has {WORD}.", Tier.EDUCATION)
    second = corrected(circle.by, circle.case, first, f"Has {WORD}, says mum.", Tier.EDUCATION)
    assert who_reads(officer, circle.case, first, second)
    third = corrected(circle.by, circle.case, second, f"Has {WORD}.", Tier.MEDICAL)
    assert who_reads(officer, circle.case, first, second, third) == []
    assert who_reads(circle.amina, circle.case, first, second, third)
    assert Note.objects.count() == 3, "nothing was removed"


def test_what_is_corrected_into_a_wider_tier_stays_closed_itself(circle, officer):
    first = noted(circle.by, circle.case, f"Has {WORD}.", Tier.MEDICAL)
    second = corrected(circle.by, circle.case, first, "Is at home.", Tier.EDUCATION)
    assert who_reads(officer, circle.case, first, second) == []
    assert who_reads(circle.amina, circle.case, first, second)


def test_from_medical_to_a_safeguarding_reference_too(circle):
    first = noted(circle.head, circle.case, f"See the file: {WORD}.", Tier.MEDICAL)
    assert who_reads(circle.amina, circle.case, first)
    second = corrected(circle.head, circle.case, first, f"See the file: {WORD}.", Tier.SAFEGUARDING)
    assert who_reads(circle.amina, circle.case, first, second) == []
    assert who_reads(circle.hedy, circle.case, first, second)


# ---------------------------------------------------------------- who is responsible
def test_why_an_arrangement_was_taken_back_is_medical_as_the_arrangement_is(circle, officer):
    given = ArrangementGiven(
        provider=Provider.AUTHORITY, from_on=TODAY, provided_by=f"{WORD} ward school",
        checks=Role.SAFEGUARDING_LEAD, decides=Role.PROGRESS_LEADER.value,
    )  # fmt: skip
    row = change_provider(circle.by, *circle.ids, given, **AT)
    assert who_reads(officer, circle.case) == []
    withdraw_arrangement(circle.by, *circle.ids, row, because=f"No {WORD} after all", **LATER)
    assert who_reads(officer, circle.case) == []
    assert who_reads(circle.amina, circle.case)


# ---------------------------------------------------------------- leaving the roll
def test_what_people_wrote_of_a_leaving_is_medical_and_its_ground_and_day_are_not(circle, officer):
    """Whoever keeps the roll must know that it is agreed, and for when."""
    row = circle.propose(evidence=f"Moves to be near the {WORD} ward", authority_words=f"{WORD} nurse rang")
    because = f"{WORD} is treated there"
    decide_leaving(circle.head, *circle.ids, row.pk, agree=True, because=because, weighed=True, **AT)
    assert who_reads(officer, circle.case) == []
    page = signed_in(officer).get(reverse("leaving:show", args=[circle.school.urn, circle.case.pk]))
    assert b"18 December 2026" in page.content
    assert b"Hedy Marsh" in page.content
    assert reverse("leaving:show", args=[circle.school.urn, circle.case.pk]) in who_reads(
        circle.amina, circle.case
    )


# ---------------------------------------------------------------- two roles
def test_a_tier_held_for_one_year_is_not_read_in_another_that_a_second_role_opens(circle, officer):
    """Attendance officer of the school, and Progress Leader of Year 10: Year 9's medical notes are not theirs."""
    with pen():
        post = Appointment.objects.create(
            user=officer, school=circle.school, role=Role.PROGRESS_LEADER, began_at=NOW
        )
        post.year_groups.set([circle.school.year_groups.get(code="10")])
    far = a_case(a_pupil(circle.school, "Wren", "Farrow", year=10))
    theirs = noted(actor(officer), far, f"Has {WORD}.", Tier.MEDICAL)
    assert who_reads(officer, far, theirs)
    first = noted(circle.by, circle.case, f"Has {WORD}.", Tier.MEDICAL)
    assert who_reads(officer, circle.case, first) == []
