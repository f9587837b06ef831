"""`responsibilities-understood`, as a table of examples. The arrangement stands since Monday 9 November 2026."""

from dataclasses import replace

import pytest

from onroll.domain.casework.states import State
from onroll.domain.duties.finding import Looked
from tests.domain.duties.given import (
    COVER,
    DEPUTY,
    LEADER,
    SENCO,
    Arrangement,
    Provider,
    Statement,
    a_case,
    day,
    found,
    member,
)

ID = "responsibilities-understood"
SCHOOL = Arrangement(1, Provider.SCHOOL, day("2026-11-09"))
AUTHORITY = Arrangement(2, Provider.AUTHORITY, day("2026-11-20"))
ISSUED = Statement(5, 1, day("2026-11-10"))
DONE = replace(
    ISSUED,
    parent_acknowledged_on=day("2026-11-11"),
    pupil_explained_on=day("2026-11-12"),
    read_by=frozenset({LEADER, SENCO}),
)
TEAM = (member(), member(SENCO))
BASE = a_case(arrangements=(SCHOOL,), team=TEAM)


def with_statement(*statements, **more):
    return replace(BASE, statements=statements, **more)


ILL = ("2026-11-09", "2026-11-20", None)
UNEXPLAINED = replace(DONE, pupil_explained_on=None)

EXAMPLES = [
    # applies, and not
    pytest.param(replace(BASE, state=State.CLOSED), "2026-11-30", "not-applicable", None, id="a closed case"),
    pytest.param(replace(BASE, died_on=day("2026-11-12")), "2026-11-30", "not-applicable", None,
                 id="the pupil has died"),
    # dates
    pytest.param(BASE, "2026-11-16", "due", "2026-11-16", id="nothing issued, the last day"),
    pytest.param(BASE, "2026-11-17", "overdue", "2026-11-16", id="nothing issued, the day after"),
    pytest.param(a_case("2026-10-20", arrangements=(replace(SCHOOL, from_on=day("2026-10-20")),)), "2026-11-04", "due",
                 "2026-11-04", id="half-term and a training day inside"),
    pytest.param(a_case("2026-11-14", arrangements=(replace(SCHOOL, from_on=day("2026-11-14")),)), "2026-11-20", "due",
                 "2026-11-20", id="arranged on a Saturday"),
    pytest.param(a_case("2026-11-11"), "2026-11-18", "due", "2026-11-18",
                 id="no arrangement on record: counted from the opening"),
    pytest.param(a_case("2026-11-11"), "2026-11-19", "overdue", "2026-11-18", id="and overdue after it"),
    pytest.param(a_case("2028-03-28"), "2028-03-28", "needs-judgement", None, id="the calendar ends before"),
    pytest.param(replace(BASE, arrangements=(SCHOOL, AUTHORITY), statements=(DONE,)), "2026-11-27", "due", "2026-11-27",
                 id="a new arrangement asks for a new statement, 5 days after it"),
    pytest.param(replace(BASE, arrangements=(SCHOOL, AUTHORITY), statements=(DONE,)), "2026-11-30", "overdue",
                 "2026-11-27", id="and is overdue without one"),
    # what has to be done
    pytest.param(with_statement(DONE), "2026-11-13", "met", "2026-11-16", id="acknowledged, read by all, explained"),
    pytest.param(with_statement(DONE), "2027-03-01", "met", "2026-11-16",
                 id="stays met while the arrangement stands"),
    pytest.param(with_statement(ISSUED), "2026-11-13", "due", "2026-11-16", id="only issued"),
    pytest.param(with_statement(replace(DONE, parent_acknowledged_on=None)), "2026-11-17", "overdue", "2026-11-16",
                 id="no parent has acknowledged it"),
    pytest.param(with_statement(replace(DONE, read_by=frozenset({LEADER}))), "2026-11-17", "overdue", "2026-11-16",
                 id="one of the team has not read it"),
    pytest.param(with_statement(DONE, team=()), "2026-11-17", "overdue", "2026-11-16", id="nobody is on the team"),
    pytest.param(with_statement(DONE, team=(*TEAM, member(COVER, since="2026-11-18"))), "2026-11-18", "overdue",
                 "2026-11-16", id="who joins the team has to read it too"),
    pytest.param(with_statement(DONE, team=(*TEAM, member(COVER, until="2026-11-12"))), "2026-11-13", "met",
                 "2026-11-16", id="who has left the team need not"),
    pytest.param(with_statement(replace(DONE, read_by=frozenset({SENCO, DEPUTY})),
                                team=(member(deputy=DEPUTY, away=(ILL,)), member(SENCO))),
                 "2026-11-13", "met", "2026-11-16", id="away: the deputy reads it"),
    pytest.param(with_statement(replace(DONE, read_by=frozenset({SENCO, DEPUTY})),
                                team=(member(deputy=DEPUTY), member(SENCO))),
                 "2026-11-13", "due", "2026-11-16", id="there: the deputy’s reading is not enough"),
    pytest.param(with_statement(UNEXPLAINED), "2026-11-13", "needs-judgement", "2026-11-16",
                 id="nobody has judged whether the pupil is to be told"),
    pytest.param(with_statement(UNEXPLAINED), "2026-11-30", "needs-judgement", "2026-11-16",
                 id="and a person must say so first, however late it is"),
    pytest.param(with_statement(UNEXPLAINED, pupil_understands=False), "2026-11-13", "met", "2026-11-16",
                 id="judged not of an age and understanding"),
    pytest.param(with_statement(UNEXPLAINED, pupil_understands=True), "2026-11-13", "due", "2026-11-16",
                 id="judged to be, and not told yet"),
    pytest.param(with_statement(DONE, replace(ISSUED, id=6, issued_on=day("2026-11-13"))), "2026-11-16", "due",
                 "2026-11-16", id="issued again with other words: acknowledged again"),
]  # fmt: skip


TABLES = {ID: EXAMPLES}


@pytest.mark.parametrize(("facts", "on", "status", "due_on"), EXAMPLES)
def test_responsibilities_understood(facts, on, status, due_on):
    finding = found(facts, ID, on)
    assert (finding.status, finding.due_on) == (status, day(due_on) if due_on else None)


def test_the_number_of_days_is_the_packs():
    assert found(BASE, ID, "2026-11-09", within_days=3).due_on == day("2026-11-12")


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        pytest.param(
            with_statement(DONE),
            "The arrangement stands since 9 November 2026; its statement was issued on 10 November 2026, acknowledged "
            "by a parent on 11 November 2026 and explained to the pupil on 12 November 2026.", id="met",
        ),
        pytest.param(
            with_statement(replace(ISSUED, read_by=frozenset({SENCO})), pupil_understands=True),
            "The arrangement stands since 9 November 2026; its statement was issued on 10 November 2026. Still to "
            "come: no parent has acknowledged it, 1 of the 2 people on the case team has not read it and nobody has "
            "explained it to the pupil. It is due by 16 November 2026, 5 school days after.", id="due",
        ),
        pytest.param(
            with_statement(UNEXPLAINED),
            "The arrangement stands since 9 November 2026; its statement was issued on 10 November 2026 and "
            "acknowledged by a parent on 11 November 2026. Still to come: nobody has said whether the pupil is of an "
            "age and understanding to be told themselves, nor is it recorded that somebody explained it to them.",
            id="needs a judgement",
        ),
        pytest.param(
            a_case("2026-11-11"),
            "The case was opened on 11 November 2026. Still to come: who provides education now is not recorded. "
            "It is due by 18 November 2026, 5 school days after.", id="no arrangement",
        ),
    ],
)  # fmt: skip
def test_the_reason_has_its_dates(facts, reason):
    assert found(facts, ID, "2026-11-13").reason == reason


def test_it_says_what_it_looked_at():
    assert found(with_statement(DONE), ID, "2026-11-13").looked_at == (
        Looked("arrangement", 1),
        Looked("statement", 5),
    )


def test_nothing_is_written_again_because_a_day_has_passed():
    assert found(BASE, ID, "2026-11-10") == found(BASE, ID, "2026-11-16")
    assert found(BASE, ID, "2026-11-17") == found(BASE, ID, "2027-02-11")
