"""The fifteen grounds on which a pupil's name may be taken off the admission register, in our own words.

Source: regulation 9(1)(a) to (o) of the School Attendance (Pupil Registration) (England) Regulations 2024,
SI 2024/208, in force from 19 August 2024. Our words are shorter than the law: each sends the reader to it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

REGULATIONS = "School Attendance (Pupil Registration) (England) Regulations 2024, SI 2024/208"
NOT_A_GROUND = (
    "Illness is not a ground. A certificate that a pupil was not fit for school was one under earlier "
    "regulations; the regulations of 2024 do not have it."
)


@dataclass(frozen=True, slots=True)
class Ground:
    """One ground: what it says, and what to have in hand before it is used."""

    letter: str
    title: str
    evidence: str

    @property
    def source(self) -> str:
        """Where the law says it."""
        return f"Regulation 9(1)({self.letter})"


_ALL = (
    Ground(
        "a",
        "Registered at another school",
        "The other school’s word that the pupil is on its register, and from when",
    ),
    Ground(
        "b",
        "Nursery pupil who is not moving up into the school",
        "The place that was offered or refused, and the parent’s answer",
    ),
    Ground(
        "c",
        "Registered at two schools, and the other school agrees",
        "The other school’s agreement in writing",
    ),
    Ground("d", "A school attendance order now names another school", "The order as it was changed"),
    Ground("e", "The school attendance order was revoked", "The notice that it was revoked"),
    Ground(
        "f",
        "The parent gave written notice of education otherwise than at school",
        "The parent’s own notice, in writing, with its date",
    ),
    Ground("g", "Moved away, too far to attend", "The new address, when they moved, and who confirmed it"),
    Ground(
        "h",
        "Did not come back after a leave of absence",
        "The leave that was given, its end, and what was done to find out why",
    ),
    Ground(
        "i",
        "Absent without a break for 20 school days or more",
        "The register, and the enquiries that school and authority made together",
    ),
    Ground("j", "Sentenced to detention", "The court’s order"),
    Ground("k", "The pupil has died", "Recorded in Onroll by somebody who may"),
    Ground(
        "l",
        "Will be over compulsory school age, and is not staying for the sixth form",
        "The date of birth, and what the pupil will do next",
    ),
    Ground("m", "Boarder whose fees were not paid", "The account, and the end of the term it is about"),
    Ground(
        "n",
        "No longer a pupil of an independent or non-maintained special school",
        "The agreement that ended, and when",
    ),
    Ground("o", "Permanently excluded", "The decision, and that every review of it has ended"),
)
GROUNDS: Mapping[str, Ground] = MappingProxyType({ground.letter: ground for ground in _ALL})
