"""What SQL says of a finding's group is what the rule says."""

from datetime import date, timedelta

import pytest

from onroll.domain.duties.finding import Status
from onroll.domain.duties.week import Group, Week, group_of
from onroll.queries import owed
from onroll.records.duties.models import Finding
from tests.support.cast import a_case, a_pupil, a_school
from tests.support.owed import a_finding, put_off

pytestmark = pytest.mark.django_db
ON = date(2026, 11, 18)
WEEK = Week(date(2026, 11, 22))
DATES = [None, *(ON + timedelta(days=days) for days in (-30, -1, 0, 1, 4, 5, 40))]


def test_sql_and_rule_put_every_finding_in_the_same_group():
    school = a_school()
    for status in Status:
        for due_on in DATES:
            a_finding(school, a_case(a_pupil(school)), status=status, due_on=due_on)
    rows = owed.to_do(school.pk).annotate(group=owed.group(ON, WEEK))
    by_sql = {row.pk: Group(row.group) for row in rows}
    by_rule = {
        row.pk: group
        for row in Finding.objects.all()
        if (group := group_of(Status(row.status), row.due_on, ON, WEEK)) is not None
    }
    assert by_sql == by_rule
    assert set(by_rule.values()) == set(Group)


@pytest.mark.parametrize(("until", "off"), [
    pytest.param("2026-11-19", True, id="until tomorrow"),
    pytest.param("2026-11-18", False, id="until today: it is back"),
])  # fmt: skip
@pytest.mark.parametrize("of_case", [True, False], ids=["of a case", "of the school"])
def test_only_what_was_named_is_put_off(of_case, until, off):
    school, other = a_school(), a_school("Far Hill")
    case = a_case(a_pupil(school)) if of_case else None
    wanted = a_finding(school, case)
    a_finding(school, case, duty="another-duty")
    a_finding(school, case, pack="another-pack")
    a_finding(school, a_case(a_pupil(school)))
    a_finding(other, a_case(a_pupil(other)) if of_case else None)
    put_off(wanted, date.fromisoformat(until))
    found = Finding.objects.filter(owed.is_put_off(ON)).values_list("pk", flat=True)
    assert list(found) == ([wanted.pk] if off else [])
