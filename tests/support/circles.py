"""Builders for the people round a case and for leaving the roll."""

from dataclasses import dataclass
from datetime import date

from onroll.actions.leaving.proposing import LeavingGiven, propose_leaving
from onroll.domain.permissions import Role
from onroll.domain.vocabulary import Actor
from onroll.records.base import pen
from onroll.records.cases.models import (
    Away,
    Case,
    FamilyMember,
    LeavingProposal,
    Member,
    Professional,
    Sibling,
)
from onroll.records.people.models import User
from onroll.records.pupils.models import Contact, Death, Pupil
from onroll.records.schools.models import School
from tests.support.cast import NOW, a_case, a_member, a_person, a_pupil, a_school, actor

TODAY = NOW.date()
LATER = date(2026, 12, 18)
AT = {"on": TODAY, "at": NOW}


@dataclass
class Circle:
    """A case that Amina leads; Bea leads another year, Ada keeps watch, Hedy is the head and Dee her deputy."""

    school: School
    pupil: Pupil
    case: Case
    amina: User
    bea: User
    ada: User
    hedy: User
    dee: User

    @property
    def by(self) -> Actor:
        """Amina, Progress Leader of Year 9 alone."""
        return actor(self.amina)

    @property
    def head(self) -> Actor:
        return actor(self.hedy)

    @property
    def ids(self) -> tuple[int, int]:
        """The school and the case, as actions take them."""
        return self.school.pk, self.case.pk

    def propose(self, by: Actor | None = None, **said: object) -> LeavingProposal:
        """Amina proposes that the pupil leaves for another school."""
        given = LeavingGiven(
            **{"ground": "a", "leaving_on": LATER, "evidence": "Fenwick School wrote", **said}
        )
        return LeavingProposal.objects.get(pk=propose_leaving(by or self.by, *self.ids, given=given, **AT))


def a_circle(**case: object) -> Circle:
    """Build it."""
    school = a_school()
    years = {group.code: group for group in school.year_groups.all()}
    pupil = a_pupil(school, "Quillon", "Zanderby")
    amina = a_person(school, Role.PROGRESS_LEADER, name="Amina Yusuf", year_groups=[years["9"]])
    bea = a_person(school, Role.PROGRESS_LEADER, name="Bea Lund", year_groups=[years["10"]])
    ada = a_person(school, Role.SAFEGUARDING_LEAD, name="Ada Moss")
    hedy = a_person(school, Role.HEADTEACHER, name="Hedy Marsh")
    dee = a_person(school, Role.DEPUTY_HEAD, name="Dee Watts")
    made = a_case(pupil, **case)
    a_member(made, amina)
    return Circle(school, pupil, made, amina, bea, ada, hedy, dee)


def a_contact(pupil: Pupil, name: str = "Pat Zanderby", **facts: object) -> Contact:
    """A contact as a roll gives it."""
    with pen():
        return Contact.objects.create(
            pupil=pupil,
            school_id=pupil.school_id,
            name=name,
            **{"phone": "07700 900123", "email": "", "parental_responsibility": True, **facts},
        )


def a_death(pupil: Pupil, on: date = TODAY) -> Death:
    """It is recorded that the pupil died."""
    with pen():
        return Death.objects.create(pupil=pupil, school_id=pupil.school_id, happened_on=on, recorded_at=NOW)


@dataclass
class Round:
    """At least one of everything that an address of the circle can name."""

    member: Member
    relative: FamilyMember
    professional: Professional
    other: Pupil
    bond: Sibling
    away: Away
    proposal: LeavingProposal


def a_round(case: Case, leader: User, deputy: User) -> Round:
    """Build it, for a case that somebody leads."""
    kept = {"happened_on": case.opened_on, "recorded_at": NOW, "recorded_by_id": leader.pk}
    other = a_pupil(case.school, "Ola", "Sibling")
    with pen():
        return Round(
            member=Member.objects.create(case=case, user=leader, role=Role.PROGRESS_LEADER, **kept),
            relative=FamilyMember.objects.create(
                pupil=case.pupil, school=case.school, name="Pat Round", phone="07700 900123", **kept
            ),
            professional=Professional.objects.create(case=case, agency="Hospital school", **kept),
            other=other,
            bond=Sibling.objects.create(school=case.school, pupil=case.pupil, other=other, **kept),
            away=Away.objects.create(
                school=case.school, user=leader, last_on=date(2099, 1, 1), deputy=deputy, **kept
            ),
            proposal=LeavingProposal.objects.create(
                case=case, ground="a", leaving_on=date(2099, 1, 1), evidence="A letter", **kept
            ),
        )
