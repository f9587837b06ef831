"""Say which pupil of the school each pupil of a file is.

A number decides only where name or birth date does not speak against it; name and birth date alone never
decide: a person does (domain research R27). Records are never merged.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from enum import StrEnum
from typing import NamedTuple

from onroll.domain.identifiers import is_temporary_upn, upn_problem
from onroll.domain.names import folded
from onroll.domain.register.pupil_match import KnownPupil
from onroll.domain.roll.given import PupilGiven


class Verdict(StrEnum):
    """What a pupil of the file is to the school. The value is stored."""

    KNOWN = "known"
    NEW = "new"
    ASK = "ask"  # a person must say
    TWICE = "twice"  # another line of the file means the same pupil: neither is used


class Match(NamedTuple):
    """What was found. Where a person must say, `candidates` are whom it may be, and `why` is asked."""

    verdict: Verdict
    pupil_id: int | None = None
    candidates: tuple[int, ...] = ()
    may_be_new: bool = True
    why: str = ""


_SAME_NAME = "The surname and the date of birth are those of a pupil here, but no number is the same."
_UPN_OF_OTHER = "The UPN is that of a pupil here whose name and date of birth are not the same."
_ADMISSION_OF_OTHER = (
    "The admission number is that of a pupil here, but the UPN, the name or the date of birth is not."
)


def match(
    given: Sequence[PupilGiven], known: Iterable[KnownPupil], taken: frozenset[int] = frozenset()
) -> list[Match]:
    """A match for each pupil of the file, in order. `taken`: pupils whom lines mean that are not used."""
    index = _Index(known)
    found = [index.by_number(one) for one in given]
    sure = Counter(one.pupil_id for one in found if one is not None and one.pupil_id is not None)
    taken |= frozenset(sure)
    matches = []
    for one, match_ in zip(given, found, strict=True):
        if match_ is None:
            match_ = index.by_name(one, taken)
        elif match_.pupil_id is not None and sure[match_.pupil_id] > 1:
            match_ = Match(Verdict.TWICE, match_.pupil_id)
        elif match_.verdict is Verdict.ASK and taken.issuperset(match_.candidates):
            match_ = Match(Verdict.TWICE, match_.candidates[0])
        matches.append(match_)
    return matches


class _Index:
    def __init__(self, known: Iterable[KnownPupil]) -> None:
        self._by_upn: dict[str, KnownPupil] = {}
        self._by_former: dict[str, list[KnownPupil]] = {}
        self._by_admission: dict[str, KnownPupil] = {}
        self._by_number: dict[str, list[KnownPupil]] = {}
        self._by_surname: dict[str, list[KnownPupil]] = {}
        for one in known:
            self._add(one)

    def by_number(self, given: PupilGiven) -> Match | None:
        """The pupil by UPN, former UPN or admission number; None when no number says."""
        for upn in filter(None, (given.upn, given.former_upn)):
            found = self._with_upn(upn)
            if found:
                return _known(found) if _fits(given, found) else _ask(found, _UPN_OF_OTHER)
        found = self._with_admission(given.admission)
        if found is None:
            return None
        if _fits_well(given, found) and _upn_may_follow(given.upn, found.upn):
            return _known(found)
        return _ask(found, _ADMISSION_OF_OTHER)

    def by_name(self, given: PupilGiven, taken: frozenset[int]) -> Match:
        """New, unless surname and birth date are those of pupils whom no other line of the file means."""
        found = [
            one
            for one in self._by_surname.get(folded(given.surname), ())
            if one.id not in taken and _may_be(given, one)
        ]
        if not found:
            return Match(Verdict.NEW)
        return Match(Verdict.ASK, candidates=tuple(one.id for one in found), why=_SAME_NAME)

    def _add(self, one: KnownPupil) -> None:
        if one.upn:
            self._by_upn[one.upn] = one
        if one.former_upn:
            self._by_former.setdefault(one.former_upn, []).append(one)
        if one.admission:
            self._by_admission[one.admission.upper()] = one
            self._by_number.setdefault(one.admission.upper().lstrip("0"), []).append(one)
        self._by_surname.setdefault(folded(one.surname), []).append(one)

    def _with_upn(self, upn: str) -> KnownPupil | None:
        return self._by_upn.get(upn) or _only(self._by_former.get(upn, ()))

    def _with_admission(self, admission: str) -> KnownPupil | None:
        number = admission.upper()
        return self._by_admission.get(number) or _only(self._by_number.get(number.lstrip("0"), ()))


def _known(found: KnownPupil) -> Match:
    return Match(Verdict.KNOWN, found.id)


def _ask(found: KnownPupil, why: str) -> Match:
    return Match(Verdict.ASK, candidates=(found.id,), may_be_new=False, why=why)


def _only(found: Sequence[KnownPupil]) -> KnownPupil | None:
    return found[0] if len(found) == 1 else None


def _may_be(given: PupilGiven, held: KnownPupil) -> bool:
    """Of two with one surname, whether the birth date agrees or, where one is not known, the forename does."""
    born = _same_birth(given, held)
    return _same_forename(given, held) if born is None else born


def _fits(given: PupilGiven, held: KnownPupil) -> bool:
    """Whether a UPN may decide: the birth date agrees, or both names do; one name where a birth date is not known."""
    born = _same_birth(given, held)
    if born is None:
        return _same_surname(given, held) or _same_forename(given, held)
    return born or (_same_surname(given, held) and _same_forename(given, held))


def _fits_well(given: PupilGiven, held: KnownPupil) -> bool:
    """Whether an admission number may decide: the birth date agrees or, where one is not known, both names do."""
    born = _same_birth(given, held)
    return _same_surname(given, held) and _same_forename(given, held) if born is None else born


def _same_birth(given: PupilGiven, held: KnownPupil) -> bool | None:
    return given.born_on == held.born_on if given.born_on and held.born_on else None


def _same_surname(given: PupilGiven, held: KnownPupil) -> bool:
    return folded(given.surname) == folded(held.surname)


def _same_forename(given: PupilGiven, held: KnownPupil) -> bool:
    names = {folded(name) for name in (held.forename, held.known_as) if name}
    return any(folded(name) in names for name in (given.forename, given.known_as) if name)


def _upn_may_follow(new: str, old: str) -> bool:
    """Whether the UPNs may be of one pupil: one is not known or mistyped, or the old one was temporary."""
    if not new or not old or new == old or is_temporary_upn(old):
        return True
    return upn_problem(old) is not None or upn_problem(new) is not None
