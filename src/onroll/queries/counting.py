"""How each school counts, and the facts that counting needs: registers, periods on roll, birthdays."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from django.db.models import Q

from onroll.domain.compulsory_age import compulsory_age
from onroll.domain.register import HEALTH, STATUTORY, Register, Rule, Window, Windows, narrowed
from onroll.records.attendance.models import RegisterYear
from onroll.records.pupils.models import Enrolment
from onroll.records.schools.models import School


@dataclass(frozen=True, slots=True)
class Way:
    """How one school counts: its two rules and its threshold in days."""

    statutory: Rule
    health: Rule
    threshold: float


def way_of(school: School) -> Way:
    """The counting that a school's settings ask for."""
    codes = frozenset(code.strip() for code in school.health_codes.split(",") if code.strip())
    passes = frozenset[str]() if school.appointment_breaks_statutory else frozenset({"M"})
    return Way(
        Rule(STATUTORY.name, STATUTORY.adds, passes),
        Rule(HEALTH.name, codes or HEALTH.adds),
        float(school.threshold_days),
    )


@dataclass(frozen=True, slots=True)
class Held:
    """What is held of one pupil that a count needs."""

    years: Mapping[int, str]  # school year -> marks
    on_roll: Windows
    of_age: Windows  # on roll, and of compulsory school age: the statutory count looks nowhere else
    year_group_id: int | None

    @property
    def for_health(self) -> Register:
        """The register as the health count reads it."""
        return Register(self.years, self.on_roll)

    @property
    def for_statutory(self) -> Register:
        """The register as the statutory count reads it."""
        return Register(self.years, self.of_age)


def held(
    pupils: Mapping[int, tuple[date | None, int | None]], *, up_to_year: int, all_of: int | None = None
) -> dict[int, Held]:
    """Facts by pupil id, for pupils given as id -> (born on, year group id). Two queries a call.

    `all_of`: see `rows_of`.
    """
    ids = list(pupils)
    years: dict[int, dict[int, str]] = defaultdict(dict)
    group_then: dict[int, int | None] = {}
    marks = RegisterYear.objects.filter(rows_of(ids, all_of), year__lte=up_to_year).order_by("year")
    for pupil_id, year, group, row in marks.values_list("pupil_id", "year", "year_group_id", "marks"):
        years[pupil_id][year] = row
        group_then[pupil_id] = group
    roll = on_roll(ids, all_of)
    found = {}
    for pupil_id, (born_on, group_id) in pupils.items():
        windows = roll.get(pupil_id)
        of_age = windows if born_on is None else _of_age(windows, born_on)
        found[pupil_id] = Held(years.get(pupil_id, {}), windows, of_age, group_then.get(pupil_id) or group_id)
    return found


def on_roll(pupil_ids: Iterable[int], all_of: int | None = None) -> dict[int, tuple[Window, ...]]:
    """Periods on roll by pupil; a pupil without any is taken to be on roll throughout. `all_of`: see `rows_of`."""
    found: dict[int, list[Window]] = defaultdict(list)
    rows = Enrolment.objects.filter(rows_of(list(pupil_ids), all_of)).order_by("first_on")
    for pupil_id, first_on, last_on in rows.values_list("pupil_id", "first_on", "last_on"):
        found[pupil_id].append(Window(first_on, last_on))
    return {pupil_id: tuple(windows) for pupil_id, windows in found.items()}


def rows_of(pupil_ids: Sequence[int], all_of: int | None = None) -> Q:
    """Rows that are about these pupils, for any record with a pupil and a school.

    With `all_of`, a school's id, they must be all its pupils from the first number to the last, in order: to ask
    for a stretch costs a tenth of asking for a thousand numbers.
    """
    if all_of is None or not pupil_ids:
        return Q(pupil_id__in=pupil_ids)
    return Q(school_id=all_of, pupil_id__gte=pupil_ids[0], pupil_id__lte=pupil_ids[-1])


@lru_cache(maxsize=1 << 15)
def _of_age(windows: Windows, born_on: date) -> Windows:
    """Periods cut to compulsory school age. Kept: an authority has but two thousand birthdays."""
    return narrowed(windows, compulsory_age(born_on))
