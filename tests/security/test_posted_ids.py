"""An id that a form sends is of this case, this child, this school, or it is refused; one's own is taken."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest

from onroll.actions.cases.opening import open_case
from onroll.actions.circle.cover import hand_over, record_away
from onroll.actions.circle.siblings import confirm_sibling
from onroll.actions.circle.team import add_member, change_deputy
from onroll.actions.duties.putting_off import put_off
from onroll.actions.responsibility.issuing import issue_statement
from onroll.actions.responsibility.linking import make_link
from onroll.actions.responsibility.receiving import AcknowledgementGiven, acknowledge, explain
from onroll.actions.timeline.recording import record_contact, record_decision
from onroll.domain.casework.tiers import Tier
from onroll.domain.packs.stack import Stack
from onroll.domain.permissions import Role
from onroll.domain.vocabulary import Refusal, Refused
from onroll.queries.cover import carried_by, version_of
from onroll.queries.responsibility import arrangement_on
from onroll.records.base import pen
from onroll.records.cases.models import Case, Document, FamilyMember, Professional
from onroll.records.duties.models import Finding
from onroll.records.ledger.models import LedgerRow
from onroll.records.people.models import User
from onroll.records.pupils.models import Pupil
from tests.support.cast import NOW, a_case, a_member, a_person, a_pupil, a_school
from tests.support.circles import AT, TODAY, Circle, a_circle
from tests.support.entries import contact, decision
from tests.support.owed import a_finding
from tests.support.told import LASTS, a_relative

pytestmark = pytest.mark.django_db
KEPT = {"happened_on": TODAY, "recorded_at": NOW}


@dataclass
class Things:
    """What a form can name."""

    person: User
    pupil: Pupil
    case: Case
    relative: FamilyMember
    professional: Professional
    document: Document
    finding: Finding


def things(school, pupil: Pupil, case: Case, person: User) -> Things:
    a_member(case, person)
    with pen():
        return Things(
            person,
            a_pupil(school, "Wren", "Free", year=int(pupil.year_group.code)),
            case,
            a_relative(case, "Jo Marsh"),
            Professional.objects.create(case=case, agency="Hospital school", **KEPT),
            Document.objects.create(
                case=case, kind="letter", title="Letter", tier=Tier.EDUCATION.value, stored_as="0" * 32,
                media_type="application/pdf", bytes=1, sha256="0" * 64, scanned="clean", **KEPT,
            ),
            a_finding(school, case, due_on=TODAY),
        )  # fmt: skip


@dataclass
class World:
    circle: Circle
    own: Things
    far: Things  # another year of the school
    elsewhere: Things  # another school


@pytest.fixture
def world():
    circle = a_circle()
    mate = a_person(circle.school, Role.PROGRESS_LEADER, name="Cass Dorn")
    far_pupil = a_pupil(circle.school, "Ola", "Farrow", year=10)
    far = things(circle.school, far_pupil, a_case(far_pupil), circle.bea)
    school = a_school("Far Hill School")
    pupil = a_pupil(school, "Uma", "Stone")
    other = things(school, pupil, a_case(pupil), a_person(school, Role.PROGRESS_LEADER, name="Erin Stone"))
    return World(circle, things(circle.school, circle.pupil, circle.case, mate), far, other)


def statement(circle: Circle) -> int:
    standing = arrangement_on(circle.case.pk, TODAY)
    return issue_statement(circle.by, *circle.ids, seen_arrangement=standing.pk, stack=Stack(), **AT)


def answered(circle: Circle, **given: object) -> None:
    said = AcknowledgementGiven(**{"how": "paper", "happened_on": TODAY, **given})
    acknowledge(circle.by, *circle.ids, statement(circle), said, **AT)


def called(circle: Circle, **given: object) -> None:
    by = given.pop("made_by_id", circle.by.id)
    record_contact(circle.by, *circle.ids, given=contact(by, **given), form_key="", **AT)


def stood_in(circle: Circle, user_id: int) -> None:
    row = circle.case.team.get(user=circle.amina).pk
    change_deputy(circle.by, *circle.ids, row, deputy_id=user_id, **AT)


def handed(circle: Circle, to_id: int) -> None:
    seen = version_of(carried_by(circle.by, circle.school.pk, circle.amina.pk, on=TODAY))
    hand_over(circle.by, circle.school.pk, from_id=circle.amina.pk, to_id=to_id, seen=seen, **AT)


def away(circle: Circle, user_id: int, deputy_id: int | None) -> None:
    record_away(
        circle.by, circle.school.pk, user_id=user_id, first=TODAY, last=TODAY, deputy_id=deputy_id, **AT
    )


def joined(circle: Circle, user_id: int) -> None:
    role = {"role": Role.PROGRESS_LEADER, "deputy_id": None, "from_on": TODAY}
    for row in circle.case.team.exclude(user=circle.amina):
        with pen():
            row.delete()
    add_member(circle.by, *circle.ids, user_id=user_id, **role, **AT)


Post = Callable[[Circle, Things], object]
# What a form sends, and whether colleagues or children of another year of one's own school may be named in it.
POSTED: dict[str, tuple[Post, bool]] = {
    "a contact with a relative": (lambda c, it: called(c, family_id=it.relative.pk), False),
    "a contact with a professional": (
        lambda c, it: called(c, professional_id=it.professional.pk, with_parent=False), False,
    ),
    "a contact made by": (lambda c, it: called(c, made_by_id=it.person.pk), True),
    "decided by": (
        lambda c, it: record_decision(
            c.by, *c.ids, given=decision(decided_by_id=it.person.pk), form_key="", **AT
        ), True,
    ),
    "a link for": (
        lambda c, it: make_link(c.by, *c.ids, statement(c), family_id=it.relative.pk, lasts=LASTS, **AT), False,
    ),
    "answered by": (lambda c, it: answered(c, family_id=it.relative.pk), False),
    "answered on a paper": (
        lambda c, it: answered(c, family_id=a_relative(c.case, "Al").pk, document_id=it.document.pk), False,
    ),
    "explained by": (
        lambda c, it: explain(c.by, *c.ids, statement(c), by_id=it.person.pk, happened_on=TODAY, **AT), True,
    ),
    "on the team": (lambda c, it: joined(c, it.person.pk), True),
    "a deputy": (lambda c, it: stood_in(c, it.person.pk), True),
    "handed to": (lambda c, it: handed(c, it.person.pk), True),
    "away": (lambda c, it: away(c, it.person.pk, None), True),
    "standing in": (lambda c, it: away(c, c.amina.pk, it.person.pk), True),
    "a brother": (lambda c, it: confirm_sibling(c.by, *c.ids, other_id=it.pupil.pk, **AT), False),
    "a case for": (
        lambda c, it: open_case(c.by, c.school.pk, it.pupil.pk, reason="x", opened_on=TODAY, **AT), False,
    ),
    "a duty put off": (
        lambda c, it: put_off(
            c.by, c.school.pk, it.finding.pk, until_on=TODAY.replace(day=30), reason="x", **AT
        ), False,
    ),
    "a document of a proposal": (lambda c, it: c.propose(document_id=it.document.pk), False),
}  # fmt: skip


def refusal_of(world: World, post: Post, it: Things) -> Refusal | None:
    try:
        post(world.circle, it)
    except Refusal as refusal:
        return refusal
    return None


@pytest.mark.parametrize("whose", ["own", "far", "elsewhere"])
@pytest.mark.parametrize("name", POSTED)
def test_what_a_form_names_is_ones_own_or_refused(world, name, whose):
    post, any_year = POSTED[name]
    may = {"own": True, "far": any_year, "elsewhere": False}[whose]
    refusal = refusal_of(world, post, getattr(world, whose))
    assert (refusal is None) is may
    if refusal is not None:
        assert refusal.kind in {Refused.NOT_FOUND, Refused.INVALID}
        assert not {"Farrow", "Stone", "Free"} & set(refusal.message.split())
    rows = LedgerRow.objects.exclude(verb="statement-issued")
    assert rows.exists() is may, "what is refused leaves nothing behind"
