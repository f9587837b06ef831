"""Builders of invented schools, people and pupils, for tests. They take the pen themselves."""

import itertools
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime

from onroll.domain.casework.states import State
from onroll.domain.identifiers import upn_check_letter
from onroll.domain.names import search_text
from onroll.domain.permissions import Role
from onroll.domain.register import CHAR_OF_CODE, NO_MARK
from onroll.domain.schoolcalendar import GRID_LENGTH, Kind, Session, grid_position, school_year
from onroll.domain.vocabulary import Actor
from onroll.queries.people import actor_of
from onroll.records.attendance.models import RegisterYear
from onroll.records.base import pen
from onroll.records.cases.models import Arrangement, Case, CaseMove, Member
from onroll.records.people.models import Appointment, User
from onroll.records.pupils.models import Enrolment, Pupil
from onroll.records.schools.models import CalendarDay, LocalAuthority, School, TutorGroup, YearGroup

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
PASSWORD = "a long test password, opens nothing"
_numbers = itertools.count(1)
_schools = itertools.count(1)  # apart, so that a DfE number keeps its four figures through the longest run

# The reference calendar of the counting rules, 2026/27: 190 pupil days.
TERMS = (
    ("term", "2026-09-01", "2026-10-23", "Term 1"),
    ("inset", "2026-09-01", "2026-09-02", "Staff training"),
    ("term", "2026-11-02", "2026-12-18", "Term 2"),
    ("inset", "2026-11-02", "2026-11-02", "Staff training"),
    ("term", "2027-01-04", "2027-02-12", "Term 3"),
    ("inset", "2027-01-04", "2027-01-04", "Staff training"),
    ("term", "2027-02-22", "2027-03-25", "Term 4"),
    ("term", "2027-04-12", "2027-05-28", "Term 5"),
    ("term", "2027-06-07", "2027-07-21", "Term 6"),
    ("inset", "2027-07-21", "2027-07-21", "Staff training"),
)


def a_school(name: str = "Elm Grove School", *, calendar: bool = True) -> School:
    """A school with Years 7 to 11, two tutor groups a year and the reference calendar."""
    number = next(_schools)
    with pen():
        authority, _ = LocalAuthority.objects.get_or_create(
            code="865", defaults={"name": "Invented Authority"}
        )
        school = School.objects.create(
            urn=900000 + number, dfe_number=f"865/{1000 + number}", name=name, authority=authority
        )
        for year in range(7, 12):
            YearGroup.objects.create(school=school, code=str(year), name=f"Year {year}", position=year)
            for tutor in ("Ash", "Oak"):
                TutorGroup.objects.create(school=school, name=f"{year} {tutor}")
        if calendar:
            for kind, first, last, words in TERMS:
                a_calendar_entry(
                    school, Kind(kind), date.fromisoformat(first), date.fromisoformat(last), words
                )
    return school


def a_calendar_entry(
    school: School,
    kind: Kind,
    first: date,
    last: date,
    name: str = "",
    *,
    year_group: YearGroup | None = None,
) -> CalendarDay:
    """One line of a school's calendar."""
    with pen():
        return CalendarDay.objects.create(
            school=school,
            kind=kind,
            first_on=first,
            last_on=last,
            name=name,
            year_group=year_group,
            recorded_at=NOW,
        )


def a_person(
    school: School | None, *roles: Role, name: str = "Sam Reed", year_groups: Iterable[YearGroup] = ()
) -> User:
    """Somebody who can sign in with PASSWORD and holds these roles."""
    user = User.objects.create_user(f"person{next(_numbers)}@example.org", PASSWORD, name=name)
    with pen():
        for role in roles:
            assert school is not None
            post = Appointment.objects.create(user=user, school=school, role=role, began_at=NOW)
            post.year_groups.set(year_groups)
    return user


def actor(user: User) -> Actor:
    """The actor that the person is now."""
    return actor_of(user.pk, user.name)


def a_pupil(
    school: School,
    forename: str = "Robin",
    surname: str = "Quill",
    *,
    year: int = 9,
    tutor: str = "Ash",
    born_on: date | None = None,
    first_on: date = date(2024, 9, 2),
    last_on: date | None = None,
    **fields: object,
) -> Pupil:
    """A pupil on roll, with a correct and plainly invented UPN unless one is given."""
    number = next(_numbers)
    body = f"86549992{number % 10_000:04}"
    fields.setdefault("upn", upn_check_letter(body) + body)
    with pen():
        pupil = Pupil.objects.create(
            school=school,
            forename=forename,
            surname=surname,
            born_on=born_on or date(2026 - year - 5, 1, 15),
            admission_number=str(10000 + number),
            year_group=YearGroup.objects.get(school=school, code=str(year)),
            tutor_group=TutorGroup.objects.get(school=school, name=f"{year} {tutor}"),
            search_text=search_text(
                forename=forename,
                surname=surname,
                known_as=str(fields.get("known_as", "")),
                upn=str(fields["upn"]),
                former_upn="",
                admission_number=str(10000 + number),
            ),
            **fields,
        )
        Enrolment.objects.create(pupil=pupil, school=school, first_on=first_on, last_on=last_on)
    return pupil


def marks(given: Mapping[tuple[str, str], str], *, year: int = 2026) -> str:
    """A register string from {("2026-10-05", "AM"): "I", ...}; every other session has no mark."""
    grid = [NO_MARK] * GRID_LENGTH
    for (day, session), code in given.items():
        on = date.fromisoformat(day)
        assert school_year(on) == year
        grid[grid_position(on, Session(session))] = CHAR_OF_CODE.get(code, code)
    return "".join(grid)


def whole_days(days: Iterable[date], code: str) -> dict[tuple[str, str], str]:
    """The same code for AM and PM of each day, as `marks` wants it."""
    return {(day.isoformat(), session): code for day in days for session in ("AM", "PM")}


def a_register(pupil: Pupil, marks_of_year: str, *, year: int = 2026) -> RegisterYear:
    """A pupil's stored marks of a school year."""
    with pen():
        return RegisterYear.objects.create(
            pupil=pupil,
            school_id=pupil.school_id,
            year=year,
            year_group=pupil.year_group,
            marks=marks_of_year,
        )


def a_case(
    pupil: Pupil,
    *,
    state: State = State.SCHOOL,
    opened_on: date = date(2026, 11, 9),
    expected_from: date | None = None,
    provider: str = "school",
    at: datetime = NOW,
) -> Case:
    """An open case in one state, with its opening on record and who provides since then."""
    with pen():
        case = Case.objects.create(
            school_id=pupil.school_id,
            pupil=pupil,
            state=state.value,
            opened_on=opened_on,
            closed_on=None if state.is_open else opened_on,
            expected_from=expected_from,
            recorded_at=at,
        )
        CaseMove.objects.create(
            case=case, move="open", to_state=state.value, happened_on=opened_on, recorded_at=at
        )
        if provider:
            Arrangement.objects.create(
                case=case,
                provider=provider,
                checks_role=Role.SAFEGUARDING_LEAD.value,
                decides=Role.PROGRESS_LEADER.value,
                happened_on=opened_on,
                recorded_at=at,
            )
    return case


def a_member(
    case: Case,
    user: User,
    role: Role = Role.PROGRESS_LEADER,
    *,
    deputy: User | None = None,
    from_on: date | None = None,
    at: datetime = NOW,
) -> Member:
    """Somebody on a case's team."""
    with pen():
        return Member.objects.create(
            case=case,
            user=user,
            role=role.value,
            deputy=deputy,
            happened_on=from_on or case.opened_on,
            recorded_at=at,
        )
