"""Whom a contact can be with, for the chooser of a form: the family, the pupil, professionals, anybody else."""

from collections.abc import Iterator
from dataclasses import dataclass

from onroll.domain.casework.family import MayBeTold
from onroll.queries.circle import Relative, family_of, professionals_of, roll_contacts

PARENT, PUPIL, OTHER = "parent", "pupil", "other"


@dataclass(frozen=True, slots=True)
class Whom:
    """One choice. `name` is written down where no row of ours names them."""

    key: str
    label: str
    is_parent: bool = False
    name: str = ""
    family_id: int | None = None
    professional_id: int | None = None
    may_be_rung: bool = True


def people_to_contact(pupil_id: int, case_id: int) -> tuple[Whom, ...]:
    """In the order in which to ring: the family, the roll's other contacts, the pupil, professionals. Four queries."""
    return (
        *_family(pupil_id),
        *_of_roll(pupil_id),
        Whom(PARENT, "A parent or carer not listed", is_parent=True),
        Whom(PUPIL, "The pupil"),
        *(
            Whom(f"professional-{one.id}", one.words, professional_id=one.id)
            for one in professionals_of(case_id)
        ),
        Whom(OTHER, "Somebody else"),
    )


def first_parent(people: tuple[Whom, ...]) -> Whom:
    """Whom a call is most likely with: the first with parental responsibility who may be rung."""
    return next(one for one in people if one.is_parent and one.may_be_rung)


def _family(pupil_id: int) -> Iterator[Whom]:
    for one in family_of(pupil_id):
        label = _label(one.name, one.relationship, is_parent=one.parental_responsibility)
        yield Whom(
            f"family-{one.id}",
            ": ".join(filter(None, (label, ", ".join(_to_know(one))))),
            is_parent=one.parental_responsibility,
            family_id=one.id,
            may_be_rung=not one.do_not_contact,
        )


def _of_roll(pupil_id: int) -> Iterator[Whom]:
    for one in roll_contacts(pupil_id):
        label = _label(one.name, one.relationship, is_parent=one.parental_responsibility)
        name = f"{one.name} ({one.relationship})" if one.relationship else one.name
        yield Whom(f"roll-{one.id}", label, is_parent=one.parental_responsibility, name=name)


def _label(name: str, relationship: str, *, is_parent: bool) -> str:
    more = [relationship] if relationship else []
    if is_parent:
        more.append("parental responsibility")
    return f"{name} ({', '.join(more)})" if more else name


def _to_know(one: Relative) -> Iterator[str]:
    """What to know before getting in touch."""
    if one.do_not_contact:
        yield "do not contact"
    if one.may_be_told != MayBeTold.EVERYTHING:
        yield (
            f"may be told {one.may_be_told} only"
            if one.may_be_told == MayBeTold.EDUCATION
            else "tell nothing"
        )
    if one.interpreter:
        yield f"interpreter: {one.interpreter}"
