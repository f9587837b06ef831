"""`parents-first-contact`, as a table of examples. The reference Monday is 9 November 2026."""

import pytest

from onroll.domain.casework.states import State
from onroll.domain.duties.finding import Looked
from onroll.domain.permissions import Role
from onroll.domain.schoolcalendar import SchoolCalendar
from tests.domain.duties.given import (
    COVER,
    DEPUTY,
    OTHER_LEADER,
    SENCO,
    a_case,
    contact,
    day,
    found,
    member,
)
from tests.domain.reference import YEAR_2026, entry

ID = "parents-first-contact"
LED = {"team": (member(deputy=DEPUTY),)}
AWAY = {"team": (member(deputy=DEPUTY, away=(("2026-11-09", "2026-11-13", COVER),)),)}
MONDAY_CLOSED = SchoolCalendar([*YEAR_2026, entry("closure", "2026-11-10", name="Snow")])

EXAMPLES = [
    # applies, and not
    pytest.param(a_case(state=State.CLOSED), "2026-11-30", "not-applicable", None, id="a closed case asks nothing"),
    pytest.param(a_case(died_on=day("2026-11-12")), "2026-11-30", "not-applicable", None, id="the pupil has died"),
    pytest.param(a_case(), "2026-11-09", "due", "2026-11-11", id="opened on a Monday, due by Wednesday"),
    # dates
    pytest.param(a_case(), "2026-11-11", "due", "2026-11-11", id="the last day is in time until midnight"),
    pytest.param(a_case(), "2026-11-12", "overdue", "2026-11-11", id="overdue from the day after"),
    pytest.param(a_case("2026-11-13"), "2026-11-14", "due", "2026-11-17", id="a weekend does not count"),
    pytest.param(a_case("2026-11-14"), "2026-11-14", "due", "2026-11-17", id="opened on a Saturday"),
    pytest.param(a_case("2026-10-22"), "2026-11-03", "due", "2026-11-03", id="half-term and training day inside"),
    pytest.param(a_case("2026-10-28"), "2026-10-30", "due", "2026-11-04", id="opened in the holidays"),
    pytest.param(a_case("2026-12-18"), "2027-01-06", "due", "2027-01-06", id="Christmas and training day inside"),
    pytest.param(a_case("2027-07-20"), "2027-09-03", "due", "2027-09-03", id="the summer inside"),
    pytest.param(a_case("2027-04-30"), "2027-05-05", "due", "2027-05-05", id="a bank holiday inside"),
    pytest.param(a_case("2028-02-28"), "2028-03-01", "due", "2028-03-01", id="29 February counts as a day"),
    pytest.param(a_case("2028-02-28"), "2028-03-02", "overdue", "2028-03-01", id="and the day after 1 March is late"),
    pytest.param(a_case(calendar=MONDAY_CLOSED), "2026-11-12", "due", "2026-11-12", id="a closure is no school day"),
    pytest.param(a_case("2026-11-09", opened_before_absence=True), "2026-11-12", "overdue", "2026-11-11",
                 id="a planned operation: counted from the opening, not from the absence"),
    pytest.param(a_case("2028-03-30"), "2028-04-03", "needs-judgement", None, id="the calendar ends before"),
    pytest.param(a_case(calendar=SchoolCalendar(())), "2026-11-12", "needs-judgement", None, id="no calendar at all"),
    # who and how
    pytest.param(a_case(**LED, contacts=(contact("2026-11-10"),)), "2026-11-10", "met", "2026-11-11",
                 id="the Progress Leader of the team"),
    pytest.param(a_case(**LED, contacts=(contact("2026-11-09"),)), "2026-11-20", "met", "2026-11-11",
                 id="on the day of the opening"),
    pytest.param(a_case(**LED, contacts=(contact("2026-11-20"),)), "2026-11-20", "met", "2026-11-11",
                 id="late is met too, and says so"),
    pytest.param(a_case(**LED, contacts=(contact("2026-11-10", DEPUTY),)), "2026-11-12", "met", "2026-11-11",
                 id="the named deputy"),
    pytest.param(a_case(**AWAY, contacts=(contact("2026-11-10", COVER),)), "2026-11-12", "met", "2026-11-11",
                 id="whoever stands in for an absence"),
    pytest.param(a_case(**AWAY, contacts=(contact("2026-11-16", COVER),)), "2026-11-16", "overdue", "2026-11-11",
                 id="who stood in, after the absence has ended"),
    pytest.param(a_case(**LED, contacts=(contact("2026-11-10", SENCO),)), "2026-11-12", "overdue", "2026-11-11",
                 id="somebody else does not count"),
    pytest.param(a_case(**LED, contacts=(contact("2026-11-10", OTHER_LEADER),)), "2026-11-12", "overdue", "2026-11-11",
                 id="another Progress Leader does not count where the team names one"),
    pytest.param(a_case(contacts=(contact("2026-11-10", OTHER_LEADER),)), "2026-11-12", "met", "2026-11-11",
                 id="any Progress Leader of the pupil where the team names none"),
    pytest.param(a_case(team=(member(since="2026-11-16"),), contacts=(contact("2026-11-10"),)), "2026-11-16", "met",
                 "2026-11-11", id="who joined the team later, and led the year before"),
    pytest.param(a_case(team=(member(until="2026-11-09"), member(SENCO, since="2026-11-10")),
                        contacts=(contact("2026-11-10", SENCO),)), "2026-11-12", "met", "2026-11-11",
                 id="who took over on the team"),
    pytest.param(a_case(**LED, contacts=(contact("2026-11-10", two_way=False),)), "2026-11-12", "overdue",
                 "2026-11-11", id="a call that nobody answered"),
    pytest.param(a_case(**LED, contacts=(contact("2026-11-10", parent=False),)), "2026-11-12", "overdue",
                 "2026-11-11", id="a conversation with somebody else"),
    pytest.param(a_case(**LED, contacts=(contact("2026-11-06"),)), "2026-11-12", "overdue", "2026-11-11",
                 id="before the case was opened"),
    pytest.param(a_case(**LED, calendar=SchoolCalendar(()), contacts=(contact("2026-11-10"),)), "2026-11-12", "met",
                 None, id="met without a calendar"),
]  # fmt: skip


TABLES = {ID: EXAMPLES}


@pytest.mark.parametrize(("facts", "on", "status", "due_on"), EXAMPLES)
def test_parents_first_contact(facts, on, status, due_on):
    finding = found(facts, ID, on)
    assert (finding.status, finding.due_on) == (status, day(due_on) if due_on else None)


def test_the_number_of_days_is_the_packs():
    assert found(a_case(), ID, "2026-11-09", within_days=5).due_on == day("2026-11-16")
    assert found(a_case(), ID, "2026-11-09", within_days=0).due_on == day("2026-11-09")


def test_the_holder_is_the_packs():
    facts = a_case(contacts=(contact("2026-11-10", SENCO),))
    assert found(facts, ID, "2026-11-10", holder=Role.SENCO).status == "met"


@pytest.mark.parametrize(
    ("facts", "on", "reason"),
    [
        pytest.param(
            a_case(), "2026-11-10",
            "No conversation of the Progress Leader, or of a named deputy, with a parent is on record since the case "
            "was opened on 9 November 2026. It is due by 11 November 2026, 2 school days after.", id="nothing yet",
        ),
        pytest.param(
            a_case(**LED, contacts=(contact("2026-11-10"),)), "2026-11-10",
            "The Progress Leader, or a named deputy, spoke with a parent on 10 November 2026, by the due date, "
            "11 November 2026.", id="met",
        ),
        pytest.param(
            a_case(**LED, contacts=(contact("2026-11-12"),)), "2026-11-12",
            "The Progress Leader, or a named deputy, spoke with a parent on 12 November 2026, after the due date, "
            "11 November 2026.", id="met late",
        ),
    ],
)  # fmt: skip
def test_the_reason_has_its_dates(facts, on, reason):
    assert found(facts, ID, on).reason == reason


def test_the_reason_tells_what_came_near():
    tried = (
        contact("2026-11-05", pk=1), contact("2026-11-09", two_way=False, pk=2),
        contact("2026-11-10", two_way=False, pk=3), contact("2026-11-10", SENCO, pk=4),
    )  # fmt: skip
    finding = found(a_case(**LED, contacts=tried), ID, "2026-11-10")
    assert finding.reason.endswith(
        " Somebody else spoke with a parent on 10 November 2026; that does not count."
        " 2 attempts without an answer, the last on 10 November 2026."
        " A conversation on 5 November 2026 was before the case was opened and does not count."
    )
    assert finding.looked_at == tuple(Looked("contact", number) for number in (1, 2, 3, 4))


def test_nothing_is_written_again_because_a_day_has_passed():
    assert found(a_case(), ID, "2026-11-09") == found(a_case(), ID, "2026-11-11")
    assert found(a_case(), ID, "2026-11-12") == found(a_case(), ID, "2027-02-11")
