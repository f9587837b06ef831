"""The page "Looks and changes": who looked at whom, and who changed what, at one school.

Whoever may see it sees numbers of pupils and never a name, so showing it is no look at a pupil and is not
logged as one. Taking the list away as a file is a row in the ledger (`actions.ledger_files`); see ADR 3.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils import timezone

from onroll.domain.identifiers import normal_upn
from onroll.domain.ledger_words import page_in_words, subject_in_words, verb_in_words
from onroll.queries.doors import SchoolSeen
from onroll.records.ledger.models import LedgerRow, Look
from onroll.records.people.models import User
from onroll.records.pupils.models import Pupil

if TYPE_CHECKING:
    from django.db.models import QuerySet

SYSTEM = "Onroll itself"
_AT_ONCE = 2_000


@dataclass(frozen=True, slots=True)
class Asked:
    """What the list is narrowed to."""

    person_id: int | None = None
    pupil_id: int | None = None
    first: date | None = None  # both ends included, days of school time
    last: date | None = None


@dataclass(frozen=True, slots=True)
class LookSeen:
    """One page that somebody opened."""

    at: datetime
    person: str
    page: str
    pupil_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class ChangeSeen:
    """One row of the ledger in words."""

    number: int
    at: datetime
    person: str
    did: str
    subject: str
    pupil_id: int | None  # when the subject is a pupil
    detail: str  # "counted: 900; moved: 3"


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who holds or held a role at the school."""

    id: int
    name: str


def people(school: SchoolSeen) -> list[Person]:
    """Everybody who holds or held a role at the school, by name. One query."""
    rows = User.objects.filter(appointments__school_id=school.id).order_by("name", "pk").distinct()
    return [Person(*row) for row in rows.values_list("pk", "name")]


def pupil_by_upn(school: SchoolSeen, typed: str) -> int | None:
    """The number of the pupil with this UPN, held now or before; None when the school has none."""
    upn = normal_upn(typed)
    found = Pupil.objects.filter(Q(upn=upn) | Q(former_upn=upn), school_id=school.id).exclude(
        upn="", former_upn=""
    )
    return found.values_list("pk", flat=True).first() if upn else None


def has_pupil(school: SchoolSeen, pupil_id: int) -> bool:
    """Say whether a pupil of this number is the school's."""
    return Pupil.objects.filter(pk=pupil_id, school_id=school.id).exists()


# ---------------------------------------------------------------- looks
def looks(school: SchoolSeen, asked: Asked, *, offset: int, size: int) -> tuple[list[LookSeen], int]:
    """The newest looks first, and how many there are. Three queries."""
    found = _looks(school, asked)
    rows = list(found[offset : offset + size])
    names = _names({row.actor_id for row in rows})
    return [_look(row, names) for row in rows], found.count()


def all_looks(school: SchoolSeen, asked: Asked) -> Iterator[LookSeen]:
    """Every look that was asked for, newest first, a batch at a time."""
    names = _names(None)
    return (_look(row, names) for row in _looks(school, asked).iterator(chunk_size=_AT_ONCE))


def count_looks(school: SchoolSeen, asked: Asked) -> int:
    """How many looks there are."""
    return _looks(school, asked).count()


def _looks(school: SchoolSeen, asked: Asked) -> "QuerySet[Look]":
    found = Look.objects.filter(_between(asked), school_id=school.id)
    if asked.person_id is not None:
        found = found.filter(actor_id=asked.person_id)
    if asked.pupil_id is not None:
        found = found.filter(pupil_ids__contains=f",{asked.pupil_id},")
    return found.order_by("-at", "-pk")


def _look(row: Look, names: dict[int, str]) -> LookSeen:
    pupils = tuple(int(number) for number in row.pupil_ids.strip(",").split(","))
    return LookSeen(row.at, names.get(row.actor_id, _nobody(row.actor_id)), page_in_words(row.page), pupils)


# ---------------------------------------------------------------- changes
def changes(school: SchoolSeen, asked: Asked, *, offset: int, size: int) -> tuple[list[ChangeSeen], int]:
    """The newest changes first, and how many there are. Three queries."""
    found = _changes(school, asked)
    rows = list(found[offset : offset + size])
    names = _names({row.actor_id for row in rows if row.actor_id is not None})
    return [_change(row, names) for row in rows], found.count()


def all_changes(school: SchoolSeen, asked: Asked) -> Iterator[ChangeSeen]:
    """Every change that was asked for, newest first, a batch at a time."""
    names = _names(None)
    return (_change(row, names) for row in _changes(school, asked).iterator(chunk_size=_AT_ONCE))


def count_changes(school: SchoolSeen, asked: Asked) -> int:
    """How many changes there are."""
    return _changes(school, asked).count()


def _changes(school: SchoolSeen, asked: Asked) -> "QuerySet[LedgerRow]":
    here = Q(school_id=school.id)
    person = asked.person_id
    if person is not None:
        # Signing in belongs to no school; of somebody who holds a role here it is shown when asked for.
        theirs = User.objects.filter(pk=person, appointments__school_id=school.id).exists()
        about = Q(actor_id=person) | Q(subject=f"user:{person}")
        here = (here | Q(school_id=None)) & about if theirs else here & about
    found = LedgerRow.objects.filter(here & _between(asked))
    if asked.pupil_id is not None:
        found = found.filter(subject=f"pupil:{asked.pupil_id}")
    return found.order_by("-number")


def _change(row: LedgerRow, names: dict[int, str]) -> ChangeSeen:
    kind, _, number = row.subject.partition(":")
    return ChangeSeen(
        number=row.number,
        at=row.at,
        person=SYSTEM if row.actor_id is None else names.get(row.actor_id, _nobody(row.actor_id)),
        did=verb_in_words(row.verb),
        subject=subject_in_words(row.subject),
        pupil_id=int(number) if kind == "pupil" and number.isdigit() else None,
        detail=_in_words(row.detail),
    )


def _in_words(detail: str) -> str:
    found = json.loads(detail)
    if not isinstance(found, dict):
        return ""
    return "; ".join(
        f"{key.replace('_', ' ')}: {_value(value)}" for key, value in found.items() if value != ""
    )


def _value(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


# ---------------------------------------------------------------- both
def _between(asked: Asked) -> Q:
    within = Q()
    if asked.first is not None:
        within &= Q(at__gte=_midnight(asked.first))
    if asked.last is not None and asked.last < date.max:  # after the last day of all nothing comes
        within &= Q(at__lt=_midnight(asked.last + timedelta(days=1)))
    return within


def _midnight(on: date) -> datetime:
    return timezone.make_aware(datetime.combine(on, time.min))


def _names(ids: Iterable[int] | None) -> dict[int, str]:
    rows = User.objects.all() if ids is None else User.objects.filter(pk__in=list(ids))
    return dict(rows.values_list("pk", "name"))


def _nobody(number: int) -> str:
    return f"person {number}"
