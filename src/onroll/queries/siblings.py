"""Brothers and sisters at the school: those that somebody has confirmed, and those that might be."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet, Value
from django.db.models.functions import Lower, Replace

from onroll.domain.names import shown_name
from onroll.domain.permissions import Permission
from onroll.domain.phones import tail
from onroll.domain.vocabulary import Actor
from onroll.queries import doors
from onroll.queries.doors import SchoolSeen
from onroll.records.cases.models import FamilyMember, Sibling
from onroll.records.pupils.models import Contact, Pupil

# A number that more pupils share than that is an office's, not a family's.
MOST = 6


@dataclass(frozen=True, slots=True)
class SiblingSeen:
    """A brother or sister whom the reader may see. `id` is that of the confirmed bond, None for a suggestion."""

    id: int | None
    pupil_id: int
    name: str
    year_group: str
    tutor_group: str
    case_id: int | None = None  # their open case, where the reader may see it
    because: str = ""  # of a suggestion: what the two share


def siblings_of(actor: Actor, seen: SchoolSeen, pupil_id: int, *, at: datetime) -> tuple[SiblingSeen, ...]:
    """Confirmed brothers and sisters whom the actor may see, eldest year first; the look at them is logged."""
    bonds: dict[int, int] = {}
    rows = Sibling.objects.standing().filter(Q(pupil_id=pupil_id) | Q(other_id=pupil_id), school_id=seen.id)
    for pk, one, other in rows.values_list("pk", "pupil_id", "other_id"):
        bonds[other if one == pupil_id else one] = pk
    found = _seen(actor, seen, bonds)
    doors.looked(actor, seen, page="case-people", pupil_ids=[one.pupil_id for one in found], at=at)
    return tuple(found)


def suggested(actor: Actor, seen: SchoolSeen, pupil_id: int, *, at: datetime) -> tuple[SiblingSeen, ...]:
    """Pupils on record with a contact's telephone number or e-mail of this pupil's, whom nobody has judged yet.

    A bond that somebody took back is not suggested again. The look is logged.
    """
    numbers, addresses = _ways_to_reach(pupil_id)
    shared = _who_shares(seen.id, numbers, addresses)
    judged = Sibling.objects.filter(Q(pupil_id=pupil_id) | Q(other_id=pupil_id))
    known = {pk for pair in judged.values_list("pupil_id", "other_id") for pk in pair}
    others = {pk: words for pk, words in shared.items() if pk not in known | {pupil_id}}
    if not others or len(shared) > MOST:
        return ()
    found = _seen(actor, seen, dict.fromkeys(others), others)
    doors.looked(actor, seen, page="case-people", pupil_ids=[one.pupil_id for one in found], at=at)
    return tuple(found)


def _ways_to_reach(pupil_id: int) -> tuple[set[str], set[str]]:
    """Figures and e-mail addresses of the pupil's contacts, in lower case. Two queries."""
    rows = [
        *Contact.objects.filter(pupil_id=pupil_id, ended_at=None).values_list("phone", "email"),
        *FamilyMember.objects.standing().filter(pupil_id=pupil_id).values_list("phone", "email"),
    ]
    return {tail(phone) for phone, _ in rows} - {""}, {email.lower() for _, email in rows} - {""}


def _who_shares(school_id: int, numbers: Iterable[str], addresses: set[str]) -> dict[int, str]:
    """Pupils with such a contact, and what they share, in words. Two queries."""
    asked = Q(mail__in=addresses)
    for number in numbers:
        asked |= Q(plain__endswith=number)
    if not numbers and not addresses:
        return {}
    found: dict[int, str] = {}
    contacts = Contact.objects.filter(school_id=school_id, ended_at=None)
    relatives = FamilyMember.objects.standing().filter(school_id=school_id)
    both: tuple[QuerySet[Any], ...] = (contacts, relatives)
    for rows in both:
        for pupil_id, mail in _plain(rows).filter(asked).values_list("pupil_id", "mail"):
            found[pupil_id] = "the same e-mail address" if mail in addresses else "the same telephone number"
    return found


def _plain(rows: "QuerySet[Any]") -> "QuerySet[Any]":
    """The rows with `plain`, the number without what people write between its figures, and `mail`."""
    plain = Replace("phone", Value(" "))
    for mark in "-()./":
        plain = Replace(plain, Value(mark))
    found: QuerySet[Any] = rows.annotate(plain=plain, mail=Lower("email"))
    return found


def _seen(
    actor: Actor,
    seen: SchoolSeen,
    bonds: dict[int, int] | dict[int, None],
    because: dict[int, str] | None = None,
) -> list[SiblingSeen]:
    """Those of the pupils whom the actor may see. Two queries; none when there is nobody."""
    if not bonds:
        return []
    rows: QuerySet[Pupil] = doors.pupils(actor, seen.id, Permission.PUPIL_SEE).filter(pk__in=list(bonds))
    rows = rows.select_related("year_group", "tutor_group").order_by(
        "-year_group__position", "forename", "pk"
    )
    cases = doors.cases(actor, seen.id, Permission.CASE_SEE).filter(pupil_id__in=list(bonds), closed_on=None)
    open_case = dict(cases.values_list("pupil_id", "pk"))
    return [
        SiblingSeen(
            bonds[row.pk],
            row.pk,
            shown_name(row.forename, row.surname, row.known_as),
            row.year_group.name if row.year_group else "",
            row.tutor_group.name if row.tutor_group else "",
            open_case.get(row.pk),
            (because or {}).get(row.pk, ""),
        )
        for row in rows
    ]
