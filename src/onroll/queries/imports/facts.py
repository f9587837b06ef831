"""What must be known of a school to judge the marks that a file brings."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial

from onroll.domain.register import Window, Windows, national
from onroll.domain.register.files import CodeBook, Fault
from onroll.domain.register.masks import on_roll_mask, until_mask
from onroll.domain.register.pupil_match import KnownPupil, PupilIndex
from onroll.domain.schoolcalendar import SchoolCalendar, Session, SessionAt
from onroll.queries.calendars import calendars_of
from onroll.queries.imports.year_groups import groups_then
from onroll.records.attendance.models import CodeMeaning
from onroll.records.pupils.models import Enrolment, Pupil

_KNOWN = ("pk", "upn", "former_upn", "admission_number", "surname", "forename", "known_as", "born_on")


@dataclass(frozen=True, slots=True)
class Facts:
    """A school as reading a file on one date needs it."""

    on: date
    pupils: PupilIndex
    code_map: dict[str, str]
    calendars: dict[int | None, SchoolCalendar]
    group_then: Callable[[int, int], int | None]
    periods: dict[int, Windows]  # a pupil without any is taken to be on roll throughout

    def code_book(self) -> CodeBook:
        """Reads marks as this school writes them."""
        return code_book(self.code_map)

    def half_day(self, on: date) -> bool:
        """Whether the school has a morning only on this date."""
        return half_days(self.calendars[None])(on)

    def masks(self, pupil_id: int, year: int) -> tuple[bytes, bytes, bytes]:
        """Where the pupil's year has sessions, where the pupil is on roll, and which sessions have come."""
        calendar = self.calendars.get(self.group_then(pupil_id, year)) or self.calendars[None]
        return (
            calendar.mask(year),
            on_roll_mask(self.periods.get(pupil_id), year),
            until_mask(self.on, year),
        )

    def words(self, fault: Fault, at: SessionAt) -> str:
        """Why a session of the file is not used, in words that name nobody."""
        if fault is Fault.NO_SESSION:
            return f"The school has no session then: {self._why(at)}. If it has, put the calendar right and read again."
        if fault is Fault.OFF_ROLL:
            return "The pupil was not on roll then. If they were, put the roll right and read again."
        return "The date is in the future."

    def _why(self, at: SessionAt) -> str:
        calendar = self.calendars[None]
        if calendar.is_session(at.date, at.session):
            return "closed for the pupil's year group"
        return calendar.why(at.date, at.session)


def facts_of(school_id: int, on: date) -> Facts:
    """The facts of a school as at a date. Seven queries, however many pupils."""
    return Facts(
        on=on,
        pupils=pupil_index(school_id),
        code_map=code_map(school_id),
        calendars=calendars_of(school_id),
        group_then=groups_then(school_id, on),
        periods=periods_on_roll(school_id),
    )


def pupil_index(school_id: int) -> PupilIndex:
    """The school's pupils, to be found by what a file says. One query."""
    known = Pupil.objects.filter(school_id=school_id).values_list(*_KNOWN)
    return PupilIndex(KnownPupil(*one) for one in known)


def code_map(school_id: int) -> dict[str, str]:
    """What the school's own codes mean nationally. One query."""
    return dict(CodeMeaning.objects.filter(school_id=school_id).values_list("raw", "national"))


def code_book(meanings: dict[str, str]) -> CodeBook:
    """Reads marks as a school with these codes writes them."""
    return CodeBook(partial(national, code_map=meanings))


def half_days(calendar: SchoolCalendar) -> Callable[[date], bool]:
    """A function that says of a date whether the school has a morning only."""
    return lambda on: calendar.is_session(on, Session.AM) and not calendar.is_session(on, Session.PM)


def periods_on_roll(school_id: int) -> dict[int, Windows]:
    """When each pupil was on roll; one who is not here is taken to have been throughout. One query."""
    found: dict[int, tuple[Window, ...]] = {}
    rows = Enrolment.objects.filter(school_id=school_id).order_by("first_on")
    for pupil_id, first_on, last_on in rows.values_list("pupil_id", "first_on", "last_on"):
        found[pupil_id] = (*found.get(pupil_id, ()), Window(first_on, last_on))
    return dict(found)
