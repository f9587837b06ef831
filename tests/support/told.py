"""Builders for who is responsible: a case with its team and family, a statement, a link."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from onroll.actions.responsibility.issuing import issue_statement
from onroll.actions.responsibility.linking import LinkMade, make_link
from onroll.actions.responsibility.receiving import mark_read
from onroll.domain.packs.stack import Stack
from onroll.domain.permissions import Role
from onroll.domain.vocabulary import Actor
from onroll.queries.responsibility import arrangement_on
from onroll.records.base import pen
from onroll.records.cases.models import Case, FamilyMember, Receipt, Statement
from onroll.records.people.models import User
from onroll.records.pupils.models import Death
from onroll.records.schools.models import School
from tests.support.cast import NOW, a_case, a_member, a_person, a_pupil, a_school, actor

TODAY = NOW.date()
LASTS = timedelta(days=14)


@dataclass
class Told:
    """A case whose responsibility is to be told: Amina leads it, Ada keeps watch, Pat is the parent."""

    school: School
    case: Case
    amina: User
    ada: User
    pat: FamilyMember

    @property
    def by(self) -> Actor:
        """Amina, the Progress Leader."""
        return actor(self.amina)

    @property
    def at(self) -> dict[str, object]:
        """Today, as every action is told it."""
        return {"on": TODAY, "at": NOW}

    def issue(self, *, on: date = TODAY, at: datetime = NOW) -> Statement:
        """Amina issues the statement."""
        standing = arrangement_on(self.case.pk, on)
        number = issue_statement(
            self.by, self.school.pk, self.case.pk,
            seen_arrangement=standing.pk if standing else None, stack=Stack(), on=on, at=at,
        )  # fmt: skip
        return Statement.objects.get(pk=number)

    def link(
        self, statement: Statement, relative: FamilyMember | None = None, at: datetime = NOW
    ) -> LinkMade:
        """Amina makes a link for the parent."""
        return make_link(
            self.by, self.school.pk, self.case.pk, statement.pk,
            family_id=(relative or self.pat).pk, lasts=LASTS, on=at.date(), at=at,
        )  # fmt: skip


def told(school: School | None = None, *, began: date = date(2026, 11, 9)) -> Told:
    """Build it, the case opened on the day given."""
    school = school or a_school()
    pupil = a_pupil(school, "Quillon", "Zanderby")
    case = a_case(pupil, opened_on=began)
    amina = a_person(school, Role.PROGRESS_LEADER, name="Amina Yusuf")
    ada = a_person(school, Role.SAFEGUARDING_LEAD, name="Ada Moss")
    a_member(case, amina)
    a_member(case, ada, Role.SAFEGUARDING_LEAD)
    return Told(school, case, amina, ada, a_relative(case, "Pat Zanderby"))


def a_relative(case: Case, name: str = "Pat Zanderby", **fields: object) -> FamilyMember:
    """Somebody of the family of a case's pupil."""
    fields = {"relationship": "parent", "parental_responsibility": True, "email": "pat@home.example"} | fields
    with pen():
        return FamilyMember.objects.create(
            pupil_id=case.pupil_id,
            school_id=case.school_id,
            name=name,
            happened_on=case.opened_on,
            recorded_at=NOW,
            **fields,
        )


def it_is_recorded_that_the_pupil_died(
    case: Case, at: datetime = datetime(2026, 11, 23, 10, tzinfo=UTC)
) -> None:
    """Without what the act of recording it does."""
    with pen():
        Death.objects.create(
            pupil_id=case.pupil_id, school_id=case.school_id, happened_on=at.date(), recorded_at=at
        )


def told_of(case: Case, amina: User, at: datetime) -> dict[str, object]:
    """For the walk through every address: of a case that is there, a statement, a receipt and a link that works."""
    one = Told(case.school, case, amina, amina, a_relative(case, "Jo Marsh"))
    statement = one.issue(on=at.date(), at=at)
    mark_read(one.by, case.school_id, case.pk, statement.pk, on=at.date(), at=at)
    return {
        "statement": statement,
        "receipt": Receipt.objects.get(statement=statement),
        "family_link": one.link(statement, at=at),
    }
