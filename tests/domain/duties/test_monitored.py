"""`monitored`, as a table of examples. The pack applies from 1 September 2026."""

import pytest

from onroll.domain.duties.facts import Dated
from onroll.domain.duties.finding import Looked
from onroll.domain.schoolcalendar import SchoolCalendar
from tests.domain.duties.given import a_school, day, found

ID = "monitored"


def signed(*months, since="2026-09-01", **more):
    return a_school(
        since,
        monitored_months=frozenset(day(f"{month}-01") for month in months),
        monitorings=tuple(Dated(number, day(f"{month}-20")) for number, month in enumerate(months)),
        **more,
    )


TO_MARCH = ("2026-09", "2026-10", "2026-11", "2026-12", "2027-01", "2027-02", "2027-03")
TO_JULY = (*TO_MARCH, "2027-04", "2027-05", "2027-06", "2027-07")

EXAMPLES = [
    pytest.param(a_school(), "2026-09-30", "due", "2026-09-30", id="the first month, its last school day"),
    pytest.param(a_school(), "2026-10-01", "overdue", "2026-09-30", id="the day after"),
    pytest.param(signed("2026-09"), "2026-09-30", "met", "2026-09-30", id="signed in its month"),
    pytest.param(signed("2026-09"), "2026-10-01", "due", "2026-10-23", id="half-term ends October early"),
    pytest.param(signed("2026-09"), "2026-10-24", "overdue", "2026-10-23",
                 id="half-term has begun, October not signed"),
    pytest.param(signed("2026-09", "2026-11"), "2026-11-30", "overdue", "2026-10-23", id="a month was left out"),
    pytest.param(signed(*TO_MARCH, since="2026-09-01"), "2027-03-31", "met", "2027-03-25",
                 id="after the end of term"),
    pytest.param(signed(*TO_JULY), "2027-08-15", "met", None, id="August has no school day: the last month counts"),
    pytest.param(signed(*TO_MARCH), "2027-08-15", "overdue", "2027-04-30", id="August, and months were left out"),
    pytest.param(a_school("2026-10-24"), "2026-11-02", "due", "2026-11-30",
                 id="taken up after October’s last school day"),
    pytest.param(a_school("2026-11-30"), "2026-11-30", "due", "2026-11-30", id="taken up on the last day of a month"),
    pytest.param(a_school("2027-07-22"), "2027-08-15", "not-applicable", None, id="taken up in the summer"),
    pytest.param(signed("2028-01", since="2028-01-01"), "2028-02-29", "due", "2028-02-29",
                 id="29 February is the last day"),
    pytest.param(signed("2028-01", since="2028-01-01"), "2028-03-01", "overdue", "2028-02-29",
                 id="and 1 March is late"),
    pytest.param(a_school(calendar=SchoolCalendar(())), "2026-11-30", "not-applicable", None, id="no calendar"),
    pytest.param(a_school("2025-09-01"), "2026-11-30", "overdue", "2025-11-28", id="a year back and no further"),
]  # fmt: skip


TABLES = {ID: EXAMPLES}


@pytest.mark.parametrize(("facts", "on", "status", "due_on"), EXAMPLES)
def test_monitored(facts, on, status, due_on):
    finding = found(facts, ID, on)
    assert (finding.status, finding.due_on) == (status, day(due_on) if due_on else None)


def test_how_far_back_is_the_packs():
    assert found(a_school("2025-09-01"), ID, "2026-11-30", look_back_months=2).due_on == day("2026-09-30")


def test_the_reason_names_the_months():
    told = found(signed("2026-09"), ID, "2026-12-01")
    assert told.reason == (
        "The check of all open cases is not signed for October 2026 and November 2026. "
        "The first was due by 23 October 2026."
    )
    assert told.looked_at == (Looked("monitoring", 0),)
    assert found(a_school(), ID, "2026-09-10").reason == (
        "The check of all open cases for September 2026 is due by 30 September 2026, its last school day."
    )


def test_within_a_month_nothing_is_written_again():
    for facts in (a_school(), signed("2026-09"), signed("2026-09", "2026-11")):
        assert found(facts, ID, "2026-11-03") == found(facts, ID, "2026-11-27")
