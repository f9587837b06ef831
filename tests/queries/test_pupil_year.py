"""Which school year of a pupil is shown."""

from datetime import UTC, datetime

import pytest

from onroll.domain.permissions import Permission, Role
from onroll.queries import doors
from onroll.queries.pupil_year import pupil_year
from tests.support.cast import a_person, a_pupil, a_school, actor

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("at", "year"),
    [
        pytest.param(datetime(2026, 7, 31, 22, 30, tzinfo=UTC), 2025, id="half past eleven in the evening"),
        pytest.param(datetime(2026, 7, 31, 23, 30, tzinfo=UTC), 2026, id="half past midnight, British time"),
    ],
)
def test_without_marks_the_school_year_of_the_day_in_england_is_shown(at, year):
    school = a_school()
    head = actor(a_person(school, Role.HEADTEACHER))
    seen = doors.school(head, school.urn, Permission.PUPIL_SEE)
    assert pupil_year(head, seen, a_pupil(school).pk, year=None, at=at).year == year
