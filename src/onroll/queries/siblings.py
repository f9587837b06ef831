"""Brothers and sisters at the school: those that somebody has confirmed, and those that might be."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Exists, IntegerField, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Lower, Replace

from onroll.domain.names import shown_name
from onroll.domain.permissions import Permission
from onroll.domain.phones import tail
from onroll.domain.vocabulary import Actor
from onroll.queries import doors
from onroll.queries.doors import SchoolSeen
from onroll.records.cases.models import FamilyMember, Sibling
from onroll.records.pupils.models import Contact

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
    """Confirmed brothers and sisters whom the actor may see, eldest year first; the look at them is logged.

    One query, and one for the look when there are any.
    """
    bonds = Sibling.objects.standing().filter(
        Q(pupil_id=pupil_id, other_id=OuterRef("pk")) | Q(other_id=pupil_id, pupil_id=OuterRef("pk"))
    )
    rows = _rows(actor, seen).annotate(bond_id=Subquery(bonds.values("pk")[:1])).filter(bond_id__isnull=False)
    return _seen(actor, seen, rows, {}, at)


def suggested(actor: Actor, seen: SchoolSeen, pupil_id: int, *, at: datetime) -> tuple[SiblingSeen, ...]:
    """Pupils on record with a contact's telephone number or e-mail of this pupil's, whom nobody has judged yet.

    A bond that somebody took back is not suggested again. The look is logged. Up to four queries.
    """
    numbers, addresses = _ways_to_reach(pupil_id)
    shared = _who_shares(seen.id, numbers, addresses)
    if len(shared) > MOST or not shared.keys() - {pupil_id}:
        return ()
    judged = Sibling.objects.filter(
        Q(pupil_id=pupil_id, other_id=OuterRef("pk")) | Q(other_id=pupil_id, pupil_id=OuterRef("pk"))
    )
    rows = _rows(actor, seen).filter(~Exists(judged), pk__in=shared.keys() - {pupil_id})
    return _seen(actor, seen, rows.annotate(bond_id=Value(None, IntegerField())), shared, at)


def _ways_to_reach(pupil_id: int) -> tuple[set[str], set[str]]:
    """Figures and e-mail addresses of the pupil's contacts, in lower case. One query."""
    contacts = Contact.objects.filter(pupil_id=pupil_id, ended_at=None).values_list("phone", "email")
    family = (
        FamilyMember.objects.standing().filter(pupil_id=pupil_id).order_by().values_list("phone", "email")
    )
    rows = list(contacts.order_by().union(family))
    return {tail(phone) for phone, _ in rows} - {""}, {email.lower() for _, email in rows} - {""}


def _who_shares(school_id: int, numbers: set[str], addresses: set[str]) -> dict[int, str]:
    """Pupils with such a contact, and what they share, in words. One query."""
    if not numbers and not addresses:
        return {}
    asked = Q(mail__in=addresses)
    for number in numbers:
        asked |= Q(plain__endswith=number)
    contacts = _plain(Contact.objects.filter(school_id=school_id, ended_at=None)).filter(asked)
    family = _plain(FamilyMember.objects.standing().filter(school_id=school_id)).filter(asked)
    return {
        pupil_id: "the same e-mail address" if mail in addresses else "the same telephone number"
        for pupil_id, mail in contacts.union(family)
    }


def _plain(rows: "QuerySet[Any]") -> "QuerySet[Any]":
    """Pupil and e-mail of contacts, to be asked by `mail` or by `plain`, the number without what people write in it."""
    plain: Any = "phone"
    for mark in " -()./":
        plain = Replace(plain, Value(mark))
    found: QuerySet[Any] = (
        rows.order_by().annotate(plain=plain, mail=Lower("email")).values_list("pupil_id", "mail")
    )
    return found


def _rows(actor: Actor, seen: SchoolSeen) -> "QuerySet[Any]":
    """The pupils whom the actor may see, each with the open case that they may see."""
    cases = doors.cases(actor, seen.id, Permission.CASE_SEE).filter(pupil_id=OuterRef("pk"), closed_on=None)
    rows: QuerySet[Any] = doors.pupils(actor, seen.id, Permission.PUPIL_SEE)
    rows = rows.select_related("year_group", "tutor_group")
    rows = rows.annotate(open_case_id=Subquery(cases.values("pk")[:1]))
    return rows.order_by("-year_group__position", "forename", "pk")


def _seen(
    actor: Actor, seen: SchoolSeen, rows: "QuerySet[Any]", because: Mapping[int, str], at: datetime
) -> tuple[SiblingSeen, ...]:
    found = tuple(
        SiblingSeen(
            row.bond_id,
            row.pk,
            shown_name(row.forename, row.surname, row.known_as),
            row.year_group.name if row.year_group else "",
            row.tutor_group.name if row.tutor_group else "",
            row.open_case_id,
            because.get(row.pk, ""),
        )
        for row in rows
    )
    doors.looked(actor, seen, page="case-people", pupil_ids=[one.pupil_id for one in found], at=at)
    return found
