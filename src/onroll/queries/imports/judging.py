"""Judge what a file says: whose marks they are, which may stand, and which are turned away."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date

from onroll.domain.register import NO_MARK
from onroll.domain.register.comparison import Outcome, merged, places_with, sift
from onroll.domain.register.coverage import Coverage
from onroll.domain.register.files import Fault, PupilKey, PupilRow, Reading, Shape, verdict
from onroll.domain.register.pupil_match import By, Named
from onroll.domain.schoolcalendar import Session, SessionAt
from onroll.queries.imports.facts import Facts

Register = tuple[int, int]  # pupil id, school year
_EACH = 200  # pupils between two signs of life


@dataclass(frozen=True, slots=True)
class ToCheck:
    """A pupil whom a person must confirm: how they were found, by which line, and how many marks that decides."""

    by: By
    row: PupilRow
    pupil_id: int
    marks: int


@dataclass(slots=True)
class Contest:
    """A register for which the file names one pupil in two ways, and the places that it gives different marks."""

    line: int
    places: set[int] = field(default_factory=set)


@dataclass(slots=True)
class Judged:
    """What may go into the register, and everything that may not."""

    marks: dict[Register, str] = field(default_factory=dict)
    verdicts: dict[tuple[int, PupilKey], bytes] = field(default_factory=dict)
    strangers: dict[PupilKey, str] = field(default_factory=dict)  # and why nobody was found
    found: dict[PupilKey, int] = field(default_factory=dict)
    to_check: list[ToCheck] = field(default_factory=list)
    contested: dict[Register, Contest] = field(default_factory=dict)
    coverage: Coverage = field(default_factory=Coverage)

    @property
    def turns_away(self) -> bool:
        """Whether any line of the file is not used."""
        return bool(self.verdicts or self.strangers)


def judge(reading: Reading, facts: Facts, tell: Callable[[int, int], None]) -> Judged:
    """Whose marks the file holds, and which of them may stand. Asks nothing of the database."""
    judged = Judged()
    for number, (key, row) in enumerate(reading.pupils.items()):
        if number % _EACH == 0:
            tell(number, len(reading.pupils))
        match = facts.pupils.find(Named(row.upn, row.admission, row.surname, row.forename, row.dob))
        if match.pupil_id is None or match.by is None:
            judged.strangers[key] = match.why
            continue
        judged.found[key] = match.pupil_id
        marks = sum(
            _judge_register(judged, reading, facts, key, (match.pupil_id, year)) for year in reading.registers
        )
        if not match.by.is_sure:
            judged.to_check.append(ToCheck(match.by, row, match.pupil_id, marks))
    for (_, year), marks_of_year in judged.marks.items():
        judged.coverage.add(year, marks_of_year)
    for on, session in _places(reading, judged.coverage):
        judged.coverage.ask(on, session)
    return judged


def _places(reading: Reading, coverage: Coverage) -> Iterator[SessionAt]:
    """The sessions that the file has a place for, blank or not.

    A long file does not say so: there a date with a mark in one session stands for both.
    """
    if reading.layout.shape is Shape.LONG:
        days: Iterable[tuple[date, Session | None]] = ((on, None) for on in coverage.dates())
    else:
        days = ((column.date, column.session) for column in reading.layout.days)
    for on, one in days:
        for session in (one,) if one else Session:
            yield SessionAt(on, session)


def _judge_register(judged: Judged, reading: Reading, facts: Facts, key: PupilKey, register: Register) -> int:
    """Take in one pupil's school year, and say how many marks of it may stand."""
    pupil_id, year = register
    sessions, on_roll, past = facts.masks(pupil_id, year)
    sifted = sift(reading.marks(year, key), sessions=sessions, on_roll=on_roll, past=past)
    conflicts = reading.conflicts.get((year, key), {})
    if sifted.rejected or conflicts:
        judged.verdicts[year, key] = verdict(
            {
                Fault.NO_SESSION: sifted.no_session,
                Fault.OFF_ROLL: sifted.off_roll,
                Fault.FUTURE: sifted.future,
                Fault.CONFLICT: conflicts,
            }
        )
    other = judged.marks.get(register)
    if other is not None:
        contest = judged.contested.setdefault(register, Contest(reading.pupils[key].line))
        judged.marks[register] = _joined(contest, other, sifted.marks)
    else:
        judged.marks[register] = sifted.marks
    return len(sifted.marks) - sifted.marks.count(NO_MARK)


def _joined(contest: Contest, one: str, other: str) -> str:
    """Both sets of marks, but for those on which the two disagree."""
    contest.places.update(places_with(Outcome.CHANGED, one, other))
    grid = list(merged(one, other))
    for place in contest.places:
        grid[place] = NO_MARK
    return "".join(grid)
