"""Say which of a school's pupils a line of a file means: by UPN, else by admission number, else by name and birth."""

from collections.abc import Hashable, Iterable, Mapping
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from onroll.domain.names import folded


class By(StrEnum):
    """How a pupil was found. The value is stored."""

    UPN = "upn"
    ADMISSION = "admission"
    # A person must check these before the file is let into the register.
    OTHER_UPN = "other-upn"  # by admission number, though the file gives another UPN
    NAME = "by-name"

    @property
    def is_sure(self) -> bool:
        """Whether nobody needs to check it."""
        return self in {By.UPN, By.ADMISSION}


def to_check(counts: Mapping[str, int]) -> int:
    """How many pupils of a read file a person must confirm, from its counts by kind."""
    return sum(counts.get(by, 0) for by in By if not by.is_sure)


class KnownPupil(NamedTuple):
    """What the school knows a pupil by."""

    id: int
    upn: str
    former_upn: str
    admission: str
    surname: str
    forename: str
    known_as: str
    born_on: date | None


class Named(NamedTuple):
    """What a file says about who a pupil is; a UPN in capitals without spaces."""

    upn: str = ""
    admission: str = ""
    surname: str = ""
    forename: str = ""
    dob: date | None = None


class Match(NamedTuple):
    """The pupil that was found and how; or None and why not, in words that repeat nothing of the file."""

    pupil_id: int | None
    by: By | None
    why: str = ""


class PupilIndex:
    """A school's pupils, to be found by what a file says. What two pupils share finds neither."""

    def __init__(self, pupils: Iterable[KnownPupil]) -> None:
        known = list(pupils)
        self._by_upn = _index((one.upn, one.id) for one in known)
        self._by_former_upn = _index((one.former_upn, one.id) for one in known)
        self._by_admission = _index((one.admission.upper(), one.id) for one in known)
        self._by_number = _index((_number(one.admission), one.id) for one in known)
        self._by_name = _index((key, one.id) for one in known for key in _name_keys(one))

    def find(self, named: Named) -> Match:
        """The pupil whom the file means."""
        found = _only(self._by_upn, named.upn) or _only(self._by_former_upn, named.upn)
        if found:
            return Match(found, By.UPN)
        admission = named.admission.upper()
        found = _only(self._by_admission, admission) or _only(self._by_number, _number(admission))
        if found:
            return Match(found, By.OTHER_UPN if named.upn else By.ADMISSION)
        key = (folded(named.surname), folded(named.forename), named.dob)
        if all(key):
            found = _only(self._by_name, key)
            if found:
                return Match(found, By.NAME)
            if key in self._by_name:
                return Match(None, None, "Two pupils of the school have this name and date of birth.")
        return Match(None, None, _why(named))


def _index(pairs: Iterable[tuple[Hashable, int]]) -> dict[Hashable, set[int]]:
    found: dict[Hashable, set[int]] = {}
    for key, pupil_id in pairs:
        if key != "":
            found.setdefault(key, set()).add(pupil_id)
    return found


def _only(index: dict[Hashable, set[int]], key: Hashable) -> int | None:
    ids = index.get(key, ())
    return next(iter(ids)) if len(ids) == 1 else None


def _number(admission: str) -> str:
    """An admission number without the zeros that a spreadsheet drops from its front."""
    return admission.upper().lstrip("0")


def _name_keys(one: KnownPupil) -> set[tuple[str, str, date]]:
    forenames = {folded(one.forename), folded(one.known_as)} - {""}
    return {(folded(one.surname), name, one.born_on) for name in forenames} if one.born_on else set()


def _why(named: Named) -> str:
    if named.upn:
        return "No pupil of the school has this UPN."
    if named.admission:
        return "No pupil of the school has this admission number."
    return "No pupil of the school has this name and date of birth."
