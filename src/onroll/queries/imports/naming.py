"""Turn what a second reading finds into rows to stage: so many of each kind, and the count of all of them."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from onroll.domain.register.files import Fault, Layout, Problem, PupilKey, Shape
from onroll.domain.register.files.lines import Identity
from onroll.domain.register.pupil_match import By
from onroll.queries.imports.judging import Judged

MOST_OF_A_KIND = 10_000
"""Lines of one kind that are kept to be shown and downloaded; all are counted."""

_RAW = 300
_REASON = 300
_COLUMN = 80

Named = tuple[str, int, str, str, str, int | None, int]  # kind, line, column, reason, raw, pupil id, times


@dataclass(slots=True)
class Namer:
    """Counts problems by kind, and hands out those that are kept."""

    layout: Layout
    found: Mapping[PupilKey, int]
    counts: Counter[str] = field(default_factory=Counter)

    def rows(self, problems: Iterable[Problem]) -> Iterator[Named]:
        """The problems to keep, as rows."""
        identity = Identity(self.layout)
        for problem in problems:
            self.counts[problem.fault] += 1
            if self.counts[problem.fault] <= MOST_OF_A_KIND:
                key = None if problem.fault is Fault.UNKNOWN_PUPIL else self._whose(identity, problem)
                yield (
                    str(problem.fault),
                    problem.line,
                    _column(problem),
                    problem.reason[:_REASON],
                    _raw(problem.cells),
                    self.found.get(key) if key else None,
                    1,
                )

    def checks(self, judged: Judged) -> Iterator[Named]:
        """Pupils whom a person must confirm, and those whom the file names in two ways."""
        for one in judged.to_check:
            self.counts[one.by] += 1
            said = (one.row.upn, one.row.admission, one.row.surname, one.row.forename, str(one.row.dob or ""))
            yield str(one.by), one.row.line, "", _CHECK[one.by], _raw(said), one.pupil_id, one.marks
        for (pupil_id, _), contest in judged.contested.items():
            if contest.places:
                self.counts[Fault.CONFLICT] += len(contest.places)
                yield str(Fault.CONFLICT), contest.line, "", _TWICE, "", pupil_id, len(contest.places)

    def _whose(self, identity: Identity, problem: Problem) -> PupilKey | None:
        cells = problem.cells
        if self.layout.shape is not Shape.LONG and problem.column is not None:
            # The cells are those that name the pupil, in the order of the roles, and the one at fault.
            places = list(self.layout.columns.values())
            if len(cells) != len(places) + 1:
                return None
            row = [""] * (max(places) + 1)
            for place, cell in zip(places, cells, strict=False):
                row[place] = cell
            return identity.key(row)
        return identity.key(cells)


def _column(problem: Problem) -> str:
    if problem.column is None:
        return ""
    return (problem.heading or f"column {problem.column + 1}")[:_COLUMN]


def _raw(cells: Iterable[str]) -> str:
    return " | ".join(cell for cell in cells if cell)[:_RAW]


_CHECK: Mapping[By, str] = MappingProxyType(
    {
        By.NAME: "Found by surname, forename and date of birth. Check that it is the right pupil.",
        By.OTHER_UPN: "Found by admission number, but the file gives another UPN. Check that it is the right pupil.",
    }
)
_TWICE = "The file names this pupil in two ways, and gives some sessions different marks. None of those marks is used."
