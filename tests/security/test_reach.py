"""Nobody widens their own reach, and an id of another case opens nothing through one's own."""

import pytest
from django.test import Client
from django.urls import reverse

from onroll.domain.permissions import Role
from onroll.records.base import pen
from onroll.records.cases.models import (
    Arrangement,
    Away,
    Case,
    LeavingProposal,
    Member,
    Receipt,
    Statement,
    StatementLink,
)
from onroll.records.ledger.models import LedgerRow, Look
from tests.support.cast import NOW, a_case, a_member, a_person, a_pupil, actor
from tests.support.circles import a_circle, a_round
from tests.support.timelines import written_on
from tests.support.told import told_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _house(settings, monkeypatch):
    settings.ONROLL_SECOND_FACTOR = False
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)


@pytest.fixture
def circle():
    return a_circle()


def signed_in(user) -> Client:
    client = Client()
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def days_away(user, deputy) -> dict[str, str]:
    given = {"user": str(user.pk), "deputy": str(deputy.pk) if deputy else ""}
    for name, day in (("first", "23"), ("last", "27")):
        given |= {f"{name}_day": day, f"{name}_month": "11", f"{name}_year": "2026"}
    return given


# ---------------------------------------------------------------- days away
def case_address(circle) -> str:
    return reverse("cases:show", args=[circle.school.urn, circle.case.pk])


def say_away(circle, by, *given):
    return signed_in(by).post(reverse("cover:away", args=[circle.school.urn]), days_away(*given))


def test_nobody_limited_to_a_year_lets_themselves_into_another_by_days_away(circle):
    """Standing in opens the cases of whoever is away: it is not for the one who wants in to say so."""
    assert signed_in(circle.bea).get(case_address(circle)).status_code == 404
    answer = say_away(circle, circle.bea, circle.amina, circle.bea)
    assert answer.status_code == 409
    assert not Away.objects.exists()
    assert signed_in(circle.bea).get(case_address(circle)).status_code == 404
    # Whoever has the whole school may, and so may the one who goes away.
    for by in (circle.ada, circle.amina):
        assert say_away(circle, by, circle.amina, circle.bea).status_code == 302
    assert signed_in(circle.bea).get(case_address(circle)).status_code == 200


def test_nor_by_way_of_a_third_person_or_of_whoever_has_the_whole_school(circle):
    year = circle.school.year_groups.get(code="11")
    cass = a_person(circle.school, Role.PROGRESS_LEADER, name="Cass Dorn", year_groups=[year])
    for away, deputy in ((circle.amina, cass), (circle.ada, circle.bea), (circle.ada, cass)):
        assert say_away(circle, circle.bea, away, deputy).status_code == 409
    assert not Away.objects.exists()
    # Without a deputy nothing is opened to anybody: that anyone on the team may write down.
    assert say_away(circle, circle.bea, circle.amina, None).status_code == 302


def test_a_colleague_of_the_same_year_is_covered_by_whoever_shares_it(circle):
    year = circle.school.year_groups.get(code="9")
    manager = a_person(circle.school, Role.PASTORAL_MANAGER, name="Moe Hart", year_groups=[year])
    assert say_away(circle, manager, circle.amina, manager).status_code == 302
    # Unless one of the cases lies elsewhere: a team may reach over years.
    far = a_case(a_pupil(circle.school, "Wren", "Farrow", year=10))
    a_member(far, circle.amina)
    with pen():
        Away.objects.all().delete()
    assert say_away(circle, manager, circle.amina, manager).status_code == 409
    address = reverse("cases:show", args=[circle.school.urn, far.pk])
    assert signed_in(manager).get(address).status_code == 404


# ---------------------------------------------------------------- ids of another case
# Addresses of a case that name a row by its id, by what the row is.
NAMED = {
    "timeline:entry contact": ("contact", "contact"),
    "timeline:correct contact": ("contact", "contact"),
    "timeline:withdraw contact": ("contact", "contact"),
    "timeline:entry document": ("document", "document"),
    "timeline:download": ("document", ""),
    "circle:relative": ("relative", ""),
    "circle:relative-out": ("relative", ""),
    "circle:professional": ("professional", ""),
    "circle:professional-out": ("professional", ""),
    "circle:deputy": ("member", ""),
    "circle:end-member": ("member", ""),
    "circle:sibling-out": ("bond", ""),
    "statements:kept": ("statement", ""),
    "statements:explained": ("statement", ""),
    "statements:acknowledge": ("statement", ""),
    "statements:link": ("statement", ""),
    "statements:withdraw": ("statement", ""),
    "statements:withdraw-receipt": ("receipt", ""),
    "statements:withdraw-arrangement": ("arrangement", ""),
    "leaving:decide": ("proposal", ""),
    "leaving:withdraw": ("proposal", ""),
}
POSTED = {
    "statements:read": "statement",
    "statements:end-link": "family_link",
    "leaving:leave": "proposal",
    "timeline:withdraw contact": "contact",
    "circle:relative-out": "relative",
    "circle:end-member": "member",
}


@pytest.fixture
def both(circle):
    """The rows of Amina's case, and those of one in Year 10 that she does not reach."""
    far = a_case(a_pupil(circle.school, "Wren", "Farrow", year=10))
    a_member(far, circle.bea)
    return circle, rows_of(circle.case, circle.amina, circle.dee), rows_of(far, circle.bea, circle.dee)


def rows_of(case: Case, leader, deputy) -> dict[str, int]:
    found = vars(a_round(case, leader, deputy)) | written_on(case, actor(leader)) | told_of(case, leader, NOW)
    ids = {name: getattr(row, "pk", None) or row.id for name, row in found.items()}
    return ids | {"arrangement": Arrangement.objects.get(case=case).pk}


def address_of(circle, name: str, kind: str, row_id: int) -> str:
    view = name.partition(" ")[0]
    more = [kind, row_id] if kind else [row_id]
    return reverse(view, args=[circle.school.urn, circle.case.pk, *more])


@pytest.mark.parametrize("name", NAMED)
def test_an_id_of_another_case_is_not_found_through_ones_own(both, name):
    circle, mine, far = both
    row, kind = NAMED[name]
    client = signed_in(circle.hedy if name == "leaving:decide" else circle.amina)
    assert client.get(address_of(circle, name, kind, mine[row])).status_code == 200
    looks = Look.objects.count()
    answer = client.get(address_of(circle, name, kind, far[row]))
    assert answer.status_code == 404
    assert b"Farrow" not in answer.content
    assert not [look for look in Look.objects.all()[looks:] if f",{far['other']}," in look.pupil_ids]


@pytest.mark.parametrize("name", POSTED)
def test_an_id_of_another_case_is_not_changed_through_ones_own(both, name):
    circle, _, far = both
    kind = "contact" if " contact" in name else ""
    before = LedgerRow.objects.count()
    said = {"reason": "x", "because": "x", "last_on_day": "23", "last_on_month": "11", "last_on_year": "2026"}
    answer = signed_in(circle.amina).post(address_of(circle, name, kind, far[POSTED[name]]), said)
    assert answer.status_code == 404
    assert LedgerRow.objects.count() == before
    assert StatementLink.objects.filter(withdrawn_at=None).count() == 2
    assert Receipt.objects.count() == Statement.objects.count() == 2
    assert Member.objects.filter(withdrawn_at=None).count() == 4
    assert LeavingProposal.objects.filter(withdrawn_at=None, agreed=None).count() == 2
