"""What a file would change of a pupil: each fact, old and new, and what is to be written.

A blank cell says nothing: it never erases what is held.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import NamedTuple

from onroll.domain.identifiers import is_temporary_upn, upn_problem
from onroll.domain.names import folded
from onroll.domain.roll.given import ContactGiven, PupilGiven
from onroll.domain.roll.targets import Field, Part
from onroll.domain.roll.times import Dates, Time, planned

TIME_ON_ROLL = "time-on-roll"
CONTACT = "contact"


@dataclass(frozen=True, slots=True)
class Facts:
    """What a school holds of a pupil in one row. Groups by the names that the school gives them."""

    upn: str = ""
    former_upn: str = ""
    admission: str = ""
    surname: str = ""
    forename: str = ""
    known_as: str = ""
    born_on: date | None = None
    year_group: str = ""
    tutor_group: str = ""
    sen: str = ""
    ehcp: bool = False


@dataclass(frozen=True, slots=True)
class HeldContact:
    """A contact as held, or as it would be; id 0 for one to be added."""

    id: int
    name: str
    relationship: str = ""
    responsibility: bool = False
    lives_with: bool = False
    phone: str = ""
    email: str = ""
    priority: int = 1

    @property
    def words(self) -> str:
        """What is known of the contact besides the name, in one line."""
        parts = (
            self.relationship,
            "parental responsibility" if self.responsibility else "",
            "lives with the pupil" if self.lives_with else "",
            *(self.phone, self.email),
            f"number {self.priority} to call",
        )
        return ", ".join(part for part in parts if part)


@dataclass(frozen=True, slots=True)
class Held:
    """All that a roll can change of a pupil; empty for one who is new."""

    facts: Facts = Facts()
    times: tuple[Time, ...] = ()
    contacts: tuple[HeldContact, ...] = ()


class Difference(NamedTuple):
    """One fact that would change, by the key of its field. A date is ISO, a time on roll two dates with a slash.

    A contact that begins or ends is one difference; of one that stays, each fact is ("contact-phone").
    """

    field: str
    old: str
    new: str
    of: str = ""
    """The contact's name, where it is a contact's fact."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What would be held of a pupil, and how that differs from what is."""

    after: Held
    ended_contacts: tuple[int, ...]
    differences: tuple[Difference, ...]


def plan(given: PupilGiven, held: Held, *, leavers_named: bool, marked_from: date | None = None) -> Plan:
    """What the file makes of a pupil; raises `times.Misfit` when its dates do not fit.

    Groups in `given` stand under the school's own names (`groups.Groups.settled`).
    """
    times = planned(
        held.times, given.dates or (Dates(),), leavers_named=leavers_named, marked_from=marked_from
    )
    contacts, ended = _contacts(given.contacts, held.contacts)
    after = Held(_facts(given, held.facts), times, contacts)
    differences = (
        *_of_facts(held.facts, after.facts),
        *_of_times(held.times, times),
        *_of_contacts(held.contacts, contacts, ended),
    )
    return Plan(after, ended, differences)


def without_upn(made: Plan, held: Held) -> Plan:
    """The plan with the UPNs left as they are held."""
    facts = replace(made.after.facts, upn=held.facts.upn, former_upn=held.facts.former_upn)
    kept = tuple(one for one in made.differences if one.field not in (Field.UPN, Field.FORMER_UPN))
    return replace(made, after=replace(made.after, facts=facts), differences=kept)


def _facts(given: PupilGiven, held: Facts) -> Facts:
    upn = _upn(given.upn, held)
    return Facts(
        upn=upn,
        former_upn=_former_upn(given, held, upn),
        admission=given.admission or held.admission,
        surname=given.surname,
        forename=given.forename,
        known_as=_known_as(given, held),
        born_on=given.born_on or held.born_on,
        year_group=given.year_group or held.year_group,
        tutor_group="" if Field.TUTOR_GROUP in given.emptied else given.tutor_group or held.tutor_group,
        sen=given.sen or held.sen,
        ehcp=_ehcp(given, held),
    )


def _upn(new: str, held: Facts) -> str:
    """A right and permanent number gives way to another such only; one that the pupil had before never comes back."""
    if not new or not held.upn:
        return new or held.upn
    is_worse = _is_permanent(held.upn) and not _is_permanent(new)
    return held.upn if is_worse or new == held.former_upn else new


def _former_upn(given: PupilGiven, held: Facts, upn: str) -> str:
    if held.upn and upn != held.upn:
        return held.upn
    older = given.former_upn or (given.upn if upn_problem(given.upn) is None else "")
    return held.former_upn or (older if older != upn else "")


def _is_permanent(upn: str) -> bool:
    return upn_problem(upn) is None and not is_temporary_upn(upn)


def _known_as(given: PupilGiven, held: Facts) -> str:
    """Systems fill "preferred" with the forename where nothing else is: then the pupil is known by that."""
    if Field.KNOWN_AS in given.emptied or given.known_as == given.forename:
        return ""
    return given.known_as or held.known_as


def _ehcp(given: PupilGiven, held: Facts) -> bool:
    if given.ehcp is not None:
        return given.ehcp
    return given.sen == "E" if given.sen else held.ehcp


def _contacts(
    given: Sequence[ContactGiven], held: Sequence[HeldContact]
) -> tuple[tuple[HeldContact, ...], tuple[int, ...]]:
    """The contacts as they would be, and those that end. Where the file names none, all stay."""
    if not given:
        return tuple(held), ()
    rest = {folded(one.name): one for one in held}
    after = []
    for place, one in enumerate(given, 1):
        after.append(_contact(one, rest.pop(folded(one.name), None), place))
    kept = {one.id for one in after}
    return tuple(after), tuple(one.id for one in held if one.id not in kept)


def _contact(given: ContactGiven, held: HeldContact | None, place: int) -> HeldContact:
    before = held or HeldContact(0, given.name, priority=place)
    return HeldContact(
        before.id,
        given.name,
        given.relationship or before.relationship,
        before.responsibility if given.responsibility is None else given.responsibility,
        before.lives_with if given.lives_with is None else given.lives_with,
        given.phone or before.phone,
        given.email or before.email,
        given.priority or before.priority,
    )


_FIELD_OF = {
    "upn": Field.UPN, "former_upn": Field.FORMER_UPN, "admission": Field.ADMISSION, "surname": Field.SURNAME,
    "forename": Field.FORENAME, "known_as": Field.KNOWN_AS, "born_on": Field.BORN_ON,
    "year_group": Field.YEAR_GROUP, "tutor_group": Field.TUTOR_GROUP, "sen": Field.SEN, "ehcp": Field.EHCP,
}  # fmt: skip


_PART_OF = {
    Part.NAME: "name", Part.RELATIONSHIP: "relationship", Part.RESPONSIBILITY: "responsibility",
    Part.LIVES_WITH: "lives_with", Part.PHONE: "phone", Part.EMAIL: "email", Part.PRIORITY: "priority",
}  # fmt: skip


def _of_facts(old: Facts, new: Facts) -> Iterator[Difference]:
    for one in fields(Facts):
        before, after = getattr(old, one.name), getattr(new, one.name)
        if before != after:
            yield Difference(str(_FIELD_OF[one.name]), _text(before), _text(after))


def _of_times(old: Sequence[Time], new: Sequence[Time]) -> Iterator[Difference]:
    held = {time.id: time for time in old}
    for time in new:
        before = held.get(time.id) if time.id is not None else None
        if before is None:
            yield Difference(TIME_ON_ROLL, "", f"{time.first.isoformat()}/{_text(time.last)}")
            continue
        if before.first != time.first:
            yield Difference(str(Field.JOINED_ON), _text(before.first), _text(time.first))
        if before.last != time.last:
            yield Difference(str(Field.LEFT_ON), _text(before.last), _text(time.last))


def _of_contacts(
    old: Sequence[HeldContact], new: Sequence[HeldContact], ended: Sequence[int]
) -> Iterator[Difference]:
    held = {one.id: one for one in old}
    for one in new:
        before = held.get(one.id)
        if before is None:
            yield Difference(CONTACT, "", one.words, one.name)
            continue
        for part, name in _PART_OF.items():
            was, is_now = getattr(before, name), getattr(one, name)
            if was != is_now:
                yield Difference(f"{CONTACT}-{part}", _text(was), _text(is_now), before.name)
    for contact_id in ended:
        yield Difference(CONTACT, held[contact_id].words, "", held[contact_id].name)


def _text(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value or "")
