"""Year groups and tutor groups: which of a school's a file means, and which would have to be made."""

from collections.abc import Iterable
from dataclasses import replace
from typing import NamedTuple

from onroll.domain.roll.given import Note, NoteKind, PupilGiven
from onroll.domain.roll.targets import Field
from onroll.domain.roll.values import year_code, year_name


class Year(NamedTuple):
    """A year group by its code and the name that the school gives it."""

    code: str
    name: str


class Groups:
    """The groups of a school, and those that files speak of and the school has not."""

    def __init__(self, years: Iterable[Year], tutor_groups: Iterable[str]) -> None:
        self._years: dict[str, Year] = {}
        for year in years:
            self._years[year.code.casefold()] = year
            self._years[year.name.casefold()] = year
        self._tutor_groups = {name.casefold(): name for name in tutor_groups}
        self.new_years: dict[str, Year] = {}
        """By name: year groups that would be made."""
        self.new_tutor_groups: dict[str, str] = {}
        """By name in lower case: tutor groups that would be made."""

    def settled(self, given: PupilGiven) -> tuple[PupilGiven, Note | None]:
        """The pupil with groups under the school's own names; a note when the year group is none."""
        year = self._year(given.year_group) if given.year_group else None
        note = None
        if given.year_group and year is None:
            reason = "This is no year group and was left out. Write 9 or Year 9."
            note = Note(NoteKind.LOOK, given.line, Field.YEAR_GROUP.words, reason)
        tutor = self._tutor_group(given.tutor_group) if given.tutor_group else ""
        return replace(given, year_group=year.name if year else "", tutor_group=tutor), note

    def _year(self, text: str) -> Year | None:
        found = self._years.get(text.casefold())
        code = year_code(text)
        if found is None and code:
            found = self._years.get(code.casefold())
            if found is None:
                found = self.new_years.setdefault(year_name(code), Year(code, year_name(code)))
        return found

    def _tutor_group(self, text: str) -> str:
        key = text.casefold()
        return self._tutor_groups.get(key) or self.new_tutor_groups.setdefault(key, text)
