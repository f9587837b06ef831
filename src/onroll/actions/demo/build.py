"""Write an invented authority in bulk, each school in a change of its own."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.contrib.auth.hashers import make_password
from django.utils import timezone

from onroll.actions.change import change
from onroll.actions.demo import words
from onroll.actions.demo.cases import open_cases
from onroll.actions.demo.register import keep_register, keep_trend
from onroll.actions.demo.registers import Marker, terms
from onroll.actions.duties.refresh import refresh_school
from onroll.actions.packs.using import use_shipped
from onroll.actions.recount import recount_school
from onroll.domain.identifiers import upn_check_letter
from onroll.domain.names import search_text
from onroll.domain.permissions import ROLES, Role
from onroll.domain.schoolcalendar import school_year, year_start
from onroll.queries.calendars import calendar_of
from onroll.records.attendance.bulk import insert
from onroll.records.attendance.models import RegisterYear
from onroll.records.base import Record
from onroll.records.people.models import Appointment, User
from onroll.records.pupils.models import Contact, Enrolment, Pupil
from onroll.records.schools.models import CalendarDay, LocalAuthority, School, Trust, TutorGroup, YearGroup

PASSWORD = "invented-people-only"  # noqa: S105 - printed on every start of a demonstration
SIGN_INS = tuple((ROLES[role].title, f"{role.value}@demo.example") for role in Role)
YEARS = range(7, 12)
PACKS = ("children-with-health-needs", "england", "wiltshire")
_FIRST_URN = 990001
_LA = "899"  # no authority of England has this code
_BATCH = 2000


@dataclass(frozen=True, slots=True)
class Made:
    """What one demo school came to."""

    school: str
    pupils: int


def make_demo(*, schools: int, pupils: int, seed: int, at: datetime, marks_to: date) -> Iterator[Made]:
    """Make `schools` invented schools with `pupils` pupils between them; yields each as it is written.

    The same seed, day and sizes give the same people and marks. Sign-ins for every role are made at the first
    school; the Progress Leader and the headteacher also work at the second.
    """
    chance = random.Random(seed)  # noqa: S311 - the same seed must give the same school
    with change(None, "demo-begun", at) as entry:
        entry.detail = {"schools": schools, "pupils": pupils, "seed": seed}
        authority, _ = LocalAuthority.objects.get_or_create(code=_LA, defaults={"name": "Invented County"})
        trust, _ = Trust.objects.get_or_create(name="Hedgerow Learning Trust")
    taken = School.objects.filter(authority=authority).count()
    for index in range(schools):
        share = pupils // schools + (index < pupils % schools)
        with change(None, "demo-school-made", at) as entry:
            school = _school(taken + index, authority, trust if index % 2 == 0 else None)
            entry.school_id, entry.subject = school.pk, f"school:{school.pk}"
            began = year_start(school_year(marks_to))
            known_at = min(_morning(began), at)  # long before the cases, so that their past can be worked out
            _calendar(school, school_year(marks_to), known_at)
            use_shipped(school.pk, PACKS, from_on=began, by_id=None, at=known_at)
            _pupils(school, share, chance, marks_to)
            if taken + index < 2:
                _people(school, first=taken + index == 0, at=known_at)
            recount_school(school.pk)
            on = timezone.localdate(at)
            if open_cases(school, taken + index, on=on, at=at):
                keep_register(school, began, on=on, moment=lambda day: min(_morning(day), at))
                keep_trend(school, began, on=on)
            refresh_school(school.pk, on=on, at=at)
        yield Made(school.name, share)


def _morning(on: date) -> datetime:
    """The morning of a day in school time."""
    return timezone.make_aware(datetime.combine(on, time(9)))


def real_schools() -> int:
    """How many schools of the house are not invented ones."""
    return School.objects.exclude(authority__code=_LA).count()


def _school(number: int, authority: LocalAuthority, trust: Trust | None) -> School:
    stem = words.SCHOOLS[number % len(words.SCHOOLS)]
    kind = words.KINDS[number // len(words.SCHOOLS) % len(words.KINDS)]
    repeat = number // (len(words.SCHOOLS) * len(words.KINDS))
    school = School.objects.create(
        urn=_FIRST_URN + number,
        dfe_number=f"{_LA}/{4001 + number}",
        name=f"{stem} {kind}" + (f" {repeat + 1}" if repeat else ""),
        authority=authority,
        trust=trust,
    )
    YearGroup.objects.bulk_create(
        [YearGroup(school=school, code=str(year), name=f"Year {year}", position=year) for year in YEARS]
    )
    TutorGroup.objects.bulk_create(
        [TutorGroup(school=school, name=f"{year} {tutor}") for year in YEARS for tutor in words.TUTORS]
    )
    return school


def _calendar(school: School, year: int, at: datetime) -> None:
    CalendarDay.objects.bulk_create([
        CalendarDay(
            school=school, kind=one.kind, first_on=one.first, last_on=one.last, name=one.name, recorded_at=at
        )
        for of_year in (year - 1, year, year + 1)
        for one in terms(of_year)
    ])  # fmt: skip


def _pupils(school: School, count: int, chance: random.Random, marks_to: date) -> None:
    year = school_year(marks_to)
    calendar = calendar_of(school.pk)
    marker, last_year = (Marker(calendar, of, marks_to, chance) for of in (year, year - 1))
    years = list(YearGroup.objects.filter(school=school))
    tutors = {group.name: group for group in TutorGroup.objects.filter(school=school)}
    for start in range(0, count, _BATCH):
        rows = [
            _pupil(school, number, years, tutors, chance, year)
            for number in range(start, min(start + _BATCH, count))
        ]
        Pupil.objects.bulk_create(rows, batch_size=500)
        _keep([_enrolment(pupil, chance, year) for pupil in rows])
        _keep([one for pupil in rows for one in _contacts(pupil, chance)])
        registers = [
            RegisterYear(
                pupil=pupil,
                school=school,
                year=year,
                year_group=pupil.year_group,
                marks=marker.one((start + n) % 60),
            )
            for n, pupil in enumerate(rows)
        ]
        # Last year's register for those with a lasting need: a spell may run on across the summer.
        registers += [
            RegisterYear(pupil=pupil, school=school, year=year - 1, marks=last_year.one((start + n) % 60))
            for n, pupil in enumerate(rows)
            if (start + n) % 60 in {7, 23}
        ]
        _keep(registers)


def _keep(rows: Sequence[Record]) -> None:
    """Write new rows, all of one model, whose ids nobody asks for: Django's own way takes half of the whole time."""
    model = type(rows[0])
    columns = [column for column in model._meta.concrete_fields if not column.primary_key]
    values = ([getattr(row, column.attname) for column in columns] for row in rows)
    insert(model, [column.name for column in columns], values)


def _pupil(
    school: School,
    number: int,
    years: list[YearGroup],
    tutors: dict[str, TutorGroup],
    chance: random.Random,
    year: int,
) -> Pupil:
    group = years[number % len(years)]
    age = int(group.code) + 4
    born_on = date(year - age - 1, 9, 1) + timedelta(days=chance.randrange(365))
    forename, surname = chance.choice(words.FORENAMES), chance.choice(words.SURNAMES)
    known_as = forename[:4].rstrip("aeiou") if chance.random() < 0.04 else ""
    establishment = school.dfe_number.partition("/")[2]
    body = f"{_LA}{establishment}{(year - 1 - int(group.code) + 5) % 100:02}{number % 1000:03}"
    upn = upn_check_letter(body) + body
    if number >= 1000:  # a serial has three figures; beyond them pupils have no UPN yet
        upn = ""
    sen = "K" if chance.random() < 0.13 else "E" if chance.random() < 0.04 else "N"
    admission = f"{number + 1:05}"
    return Pupil(
        school=school,
        upn=upn,
        admission_number=admission,
        forename=forename,
        surname=surname,
        known_as=known_as,
        born_on=born_on,
        year_group=group,
        tutor_group=tutors[f"{group.code} {words.TUTORS[number // len(years) % len(words.TUTORS)]}"],
        sen_status=sen,
        has_ehcp=sen == "E",
        search_text=search_text(
            forename=forename,
            surname=surname,
            known_as=known_as,
            upn=upn,
            former_upn="",
            admission_number=admission,
        ),
    )


def _enrolment(pupil: Pupil, chance: random.Random, year: int) -> Enrolment:
    code = int(pupil.year_group.code) if pupil.year_group else 7
    first_on = date(year - (code - 7), 9, 1)
    if chance.random() < 0.02:  # joined in the autumn of this year
        first_on = date(year, 10, 5)
    return Enrolment(pupil=pupil, school=pupil.school, first_on=first_on)


def _contacts(pupil: Pupil, chance: random.Random) -> list[Contact]:
    how_many = 1 + (chance.random() < 0.6)
    return [
        Contact(
            pupil=pupil,
            school=pupil.school,
            name=f"{chance.choice(words.FORENAMES)} {pupil.surname}",
            relationship=words.RELATIONSHIPS[chance.randrange(len(words.RELATIONSHIPS))],
            parental_responsibility=priority < 3,
            lives_with_pupil=priority == 1,
            phone=f"01632 960{chance.randrange(1000):03}",  # a range kept free for invention
            priority=priority,
        )
        for priority in range(1, how_many + 1)
    ]


def _people(school: School, *, first: bool, at: datetime) -> None:
    password = make_password(PASSWORD)
    for role, name in zip(Role, words.STAFF, strict=True):
        if not first and role not in {Role.PROGRESS_LEADER, Role.HEADTEACHER}:
            continue
        user, made = User.objects.get_or_create(email=f"{role.value}@demo.example", defaults={"name": name})
        if made:
            user.password = password
            user.save(update_fields=["password"])
        post = Appointment.objects.create(user=user, school=school, role=role, began_at=at)
        if role is Role.PROGRESS_LEADER:
            post.year_groups.set(YearGroup.objects.filter(school=school, code__in=["9", "10"]))
