"""In which of a school's year groups its pupils were in the years that a file speaks of."""

from collections.abc import Callable
from datetime import date

from onroll.domain.register.year_groups import code_then, roll_year
from onroll.records.pupils.models import Pupil
from onroll.records.schools.models import YearGroup


def groups_then(school_id: int, on: date) -> Callable[[int, int], int | None]:
    """A function of (pupil id, school year) to the year group's id; None where nothing says it. Two queries.

    `on` is the date on which the roll was last known to be right.
    """
    codes = dict(YearGroup.objects.filter(school_id=school_id).values_list("pk", "code"))
    ids = {code: pk for pk, code in codes.items()}
    now = dict(Pupil.objects.filter(school_id=school_id).values_list("pk", "year_group_id"))

    def then(pupil_id: int, year: int) -> int | None:
        code = codes.get(now.get(pupil_id) or 0)
        was = code_then(code, roll_year(on) - year) if code else None
        return ids.get(was) if was else None

    return then
