"""What a file's marks do to a register: new, same, changed, kept; and which of them have no session to stand in.

Both sides are the marks of one pupil's school year, a character a session. A character of the file that is
NO_MARK says nothing, and never erases. Everything is done on whole years at once, as large numbers: an
import has millions of marks.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from onroll.domain.register.codes import CHAR_OF_CODE, NO_MARK, NOT_TAKEN
from onroll.domain.schoolcalendar import GRID_LENGTH

NO_MARKS = NO_MARK * GRID_LENGTH
"""A school year of which nothing is known, as it is stored."""

SILENT = frozenset({NOT_TAKEN, CHAR_OF_CODE["#"], CHAR_OF_CODE["Z"]})
"""Characters that say there is no session; where there is none they are passed over in silence."""

_EVERYWHERE = b"\xff" * GRID_LENGTH
_MARKED = bytes(0x00 if chr(char) == NO_MARK else 0xFF for char in range(256))
_SPOKEN = bytes(0x00 if chr(char) in SILENT or chr(char) == NO_MARK else 0xFF for char in range(256))
_ON = 0xFF


class Outcome(StrEnum):
    """What becomes of one session of a register when a file is read into it."""

    NEW = "new"  # no mark was held
    SAME = "same"  # the file says what was held
    CHANGED = "changed"  # the file says something else
    KEPT = "kept"  # the file is blank where a mark is held: the mark stays


@dataclass(frozen=True, slots=True)
class Tally:
    """How many sessions of a register have each outcome."""

    new: int = 0
    same: int = 0
    changed: int = 0
    kept: int = 0

    @property
    def writes(self) -> bool:
        """Whether the register would be another one afterwards."""
        return self.new > 0 or self.changed > 0


@dataclass(frozen=True, slots=True)
class Sifted:
    """A file's marks that have a session to stand in, and the places of those that have not, by reason."""

    marks: str
    no_session: tuple[int, ...] = ()
    off_roll: tuple[int, ...] = ()
    future: tuple[int, ...] = ()

    @property
    def rejected(self) -> bool:
        """Whether any mark was turned away."""
        return bool(self.no_session or self.off_roll or self.future)


def compare(held: str, brought: str, covered: bytes = _EVERYWHERE) -> Tally:
    """Count the outcomes. `covered` has 0xFF at the places that the file speaks of: nothing else can be kept."""
    if held == NO_MARKS:
        return Tally(new=GRID_LENGTH - brought.count(NO_MARK))
    before, after = _marked(held), _marked(brought)
    both = before & after
    changed = both & _different(held, brought)
    return Tally(
        new=_places_in(after & ~before),
        same=_places_in(both) - _places_in(changed),
        changed=_places_in(changed),
        kept=_places_in(before & ~after & _number(covered)),
    )


def merged(held: str, brought: str) -> str:
    """The register with the file's marks over those that were held."""
    if held == NO_MARKS:
        return brought
    return _chosen(_marked(brought), brought, held)


def touched(held: str, brought: str) -> bytes:
    """GRID_LENGTH bytes: 0xFF where reading the file writes another mark, else 0x00."""
    return (_marked(brought) & _different(held, brought)).to_bytes(GRID_LENGTH, "little")


def unmerged(now: str, before: str, brought: str) -> str:
    """The register as it is now, with what reading the file wrote put back to what was held before."""
    return _chosen(_number(touched(before, brought)), before, now)


def places_with(outcome: Outcome, held: str, brought: str, covered: bytes = _EVERYWHERE) -> Iterator[int]:
    """The places of the grid that have one outcome, in the order of time."""
    before, after, different = _marked(held), _marked(brought), _different(held, brought)
    match outcome:
        case Outcome.NEW:
            found = after & ~before
        case Outcome.SAME:
            found = after & before & ~different
        case Outcome.CHANGED:
            found = after & before & different
        case Outcome.KEPT:
            found = before & ~after & _number(covered)
    return places_on(found.to_bytes(GRID_LENGTH, "little"))


def places_on(mask: bytes) -> Iterator[int]:
    """The places of a mask that are 0xFF."""
    place = mask.find(_ON)
    while place >= 0:
        yield place
        place = mask.find(_ON, place + 1)


def marked(marks: str) -> bytes:
    """GRID_LENGTH bytes: 0xFF where there is a mark, `-` included, else 0x00."""
    return marks.encode("ascii").translate(_MARKED)


def sift(brought: str, *, sessions: bytes, on_roll: bytes, past: bytes) -> Sifted:
    """Keep the marks that stand where the school has a session, the pupil is on roll, and the day has come.

    Each mask has 0xFF where that is so. A mark is turned away for the first of the three that fails; one of
    the SILENT characters is dropped without a word.
    """
    school, roll, come = _number(sessions), _number(on_roll), _number(past)
    stays = school & roll & come
    if not _marked(brought) & ~stays:
        return Sifted(brought)
    spoken = int.from_bytes(brought.encode("ascii").translate(_SPOKEN), "little")
    return Sifted(
        marks=_chosen(stays, brought, NO_MARKS),
        no_session=_listed(spoken & ~school),
        off_roll=_listed(spoken & school & ~roll),
        future=_listed(spoken & school & roll & ~come),
    )


def _marked(marks: str) -> int:
    return int.from_bytes(marked(marks), "little")


def _number(mask: bytes) -> int:
    return int.from_bytes(mask, "little")


def _different(one: str, other: str) -> int:
    """A number with 0xFF at each place where the two differ."""
    apart = int.from_bytes(one.encode("ascii"), "little") ^ int.from_bytes(other.encode("ascii"), "little")
    return int.from_bytes(apart.to_bytes(GRID_LENGTH, "little").translate(_NOT_ZERO), "little")


_NOT_ZERO = bytes([0x00]) + bytes([0xFF]) * 255


def _chosen(where: int, one: str, other: str) -> str:
    """`one` where the mask says so, `other` elsewhere."""
    first, second = (int.from_bytes(text.encode("ascii"), "little") for text in (one, other))
    return ((first & where) | (second & ~where)).to_bytes(GRID_LENGTH, "little").decode("ascii")


def _places_in(mask: int) -> int:
    return mask.bit_count() // 8


def _listed(mask: int) -> tuple[int, ...]:
    return tuple(places_on(mask.to_bytes(GRID_LENGTH, "little"))) if mask else ()
