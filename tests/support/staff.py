"""A school with two administrators, one Progress Leader and one governor; and a school elsewhere."""

from dataclasses import dataclass

from onroll.domain.permissions import Role
from onroll.domain.vocabulary import Actor
from onroll.records.people.models import User
from onroll.records.schools.models import School, YearGroup
from tests.support.cast import a_person, a_school, actor


@dataclass
class House:
    """The people of one school, and one of another."""

    school: School
    admin: User
    other_admin: User
    leader: User
    governor: User
    elsewhere: School
    stranger: User

    @property
    def by(self) -> Actor:
        return actor(self.admin)

    def year(self, code: str) -> YearGroup:
        return YearGroup.objects.get(school=self.school, code=code)


def a_house() -> House:
    """The standing cast of the people tests."""
    school, elsewhere = a_school("Elm Grove School"), a_school("Far Hill School")
    return House(
        school=school,
        admin=a_person(school, Role.ADMINISTRATOR, name="Amina Shah"),
        other_admin=a_person(school, Role.ADMINISTRATOR, name="Bryn Cole"),
        leader=a_person(
            school,
            Role.PROGRESS_LEADER,
            name="Carys Webb",
            year_groups=[YearGroup.objects.get(school=school, code="9")],
        ),
        governor=a_person(school, Role.GOVERNOR, name="Dev Patel"),
        elsewhere=elsewhere,
        stranger=a_person(elsewhere, Role.ADMINISTRATOR, Role.HEADTEACHER, name="Erin Stone"),
    )
