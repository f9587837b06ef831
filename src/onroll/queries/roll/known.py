"""What a school holds that a roll is compared with. A fixed number of queries for each thousand pupils."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from onroll.domain.register import NO_MARK
from onroll.domain.register.pupil_match import KnownPupil
from onroll.domain.roll.comparison import Facts, Held, HeldContact
from onroll.domain.roll.groups import Groups, Year
from onroll.domain.roll.times import Time
from onroll.domain.schoolcalendar import session_at
from onroll.records.attendance.models import RegisterYear
from onroll.records.pupils.models import Contact, Enrolment, Pupil
from onroll.records.schools.models import TutorGroup, YearGroup

_KNOWN = (
    *("pk", "upn", "former_upn", "admission_number"),
    *("surname", "forename", "known_as", "born_on"),
)
_FACTS = (
    *("pk", "upn", "former_upn", "admission_number", "surname", "forename", "known_as", "born_on"),
    *("year_group__name", "tutor_group__name", "sen_status", "has_ehcp"),
)
_CONTACT = (
    *("pupil_id", "pk", "name", "relationship", "parental_responsibility", "lives_with_pupil"),
    *("phone", "email", "priority"),
)


def known_pupils(school_id: int) -> list[KnownPupil]:
    """Every pupil that the school has or had, by what a file may name them. One query."""
    rows = Pupil.objects.filter(school_id=school_id).order_by("pk").values_list(*_KNOWN)
    return [KnownPupil(*row) for row in rows]


def groups_of(school_id: int) -> Groups:
    """The school's year groups and tutor groups. Two queries."""
    years = YearGroup.objects.filter(school_id=school_id).values_list("code", "name")
    tutor_groups = TutorGroup.objects.filter(school_id=school_id).values_list("name", flat=True)
    return Groups([Year(*row) for row in years], tutor_groups)


def held_of(pupil_ids: Sequence[int]) -> dict[int, Held]:
    """All that a roll can change of these pupils. Three queries."""
    if not pupil_ids:
        return {}
    times: dict[int, list[Time]] = defaultdict(list)
    enrolments = Enrolment.objects.filter(pupil_id__in=pupil_ids).order_by("first_on", "pk")
    for pupil_id, pk, first_on, last_on in enrolments.values_list("pupil_id", "pk", "first_on", "last_on"):
        times[pupil_id].append(Time(first_on, last_on, pk))
    contacts: dict[int, list[HeldContact]] = defaultdict(list)
    standing = Contact.objects.filter(pupil_id__in=pupil_ids, ended_at=None).order_by("priority", "pk")
    for pupil_id, *values in standing.values_list(*_CONTACT):
        contacts[pupil_id].append(HeldContact(*values))
    return {
        pk: Held(facts, tuple(times.get(pk, ())), tuple(contacts.get(pk, ())))
        for pk, facts in _facts(pupil_ids)
    }


def marked_from(pupil_ids: Sequence[int]) -> dict[int, date]:
    """The first day with a mark, of those pupils who have any. One query."""
    found: dict[int, date] = {}
    rows = RegisterYear.objects.filter(pupil_id__in=pupil_ids).order_by("pupil_id", "-year")
    for pupil_id, year, marks in rows.values_list("pupil_id", "year", "marks"):
        blank = len(marks) - len(marks.lstrip(NO_MARK))
        if blank < len(marks):
            found[pupil_id] = session_at(year, blank).date
    return found


def on_roll(school_id: int, on: date) -> "QuerySet[Pupil]":
    """Pupils on roll on a day; one of whom no time on roll is known is."""
    times = Enrolment.objects.filter(pupil=OuterRef("pk"))
    today = times.filter(Q(last_on=None) | Q(last_on__gte=on), first_on__lte=on)
    return Pupil.objects.filter(Exists(today) | ~Exists(times), school_id=school_id)


def _facts(pupil_ids: Sequence[int]) -> Iterator[tuple[int, Facts]]:
    for row in Pupil.objects.filter(pk__in=pupil_ids).values_list(*_FACTS):
        pk, upn, former, admission, surname, forename, known_as, born_on, year, tutor, sen, ehcp = row
        yield (
            pk,
            Facts(
                upn,
                former,
                admission,
                surname,
                forename,
                known_as,
                born_on,
                year or "",
                tutor or "",
                sen,
                ehcp,
            ),
        )
