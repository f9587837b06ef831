"""`policy-reviewed`, `policy-approved` and `policy-published` (R29), as tables. Approved on 29 January 2026."""

from dataclasses import replace

import pytest

from onroll.domain.duties.finding import Looked
from onroll.domain.packs.pack import Scope
from onroll.domain.schoolcalendar import SchoolCalendar
from tests.domain.duties.given import PolicyStep, a_school, day, duty, found, pack

APPROVED = {
    "approved_on": day("2026-01-29"),
    "next_due_on": day("2027-01-29"),
    "approving_authority": "governing board",
}


def of(evaluator, **more):
    return pack(duty(evaluator, scope=Scope.SCHOOL), **APPROVED | more)


REVIEWED = PolicyStep(1, "2027", "reviewed", day("2026-12-10"), amendment_recorded=True)
AGAIN = PolicyStep(2, "2027", "approved", day("2027-01-20"), minuted=True, next_due_on=day("2028-01-20"))
PUBLISHED = PolicyStep(3, "2027", "published", day("2027-01-25"))
UNKNOWN = {"approved_on": None, "next_due_on": None}
LEAP = PolicyStep(2, "2028", "approved", day("2028-02-29"), minuted=True)


def stepped(*steps, **more):
    return a_school(steps=steps, **more)


REVIEW = [
    pytest.param(a_school(), {}, "2026-11-29", "met", "2027-01-29", id="61 days before it is due"),
    pytest.param(a_school(), {}, "2026-11-30", "due", "2027-01-29", id="60 days before: something to do"),
    pytest.param(a_school(), {}, "2027-01-29", "due", "2027-01-29", id="the day itself"),
    pytest.param(a_school(), {}, "2027-01-30", "overdue", "2027-01-29", id="the day after"),
    pytest.param(a_school(), {"next_due_on": None}, "2027-01-30", "overdue", "2027-01-29", id="next due is reckoned"),
    pytest.param(a_school(), {"approved_on": None}, "2027-01-30", "overdue", "2027-01-29",
                 id="only next due is known"),
    pytest.param(a_school(), UNKNOWN, "2026-11-30", "needs-judgement", None, id="nothing is known"),
    pytest.param(stepped(REVIEWED), {}, "2027-01-30", "met", "2027-01-29", id="reviewed, with what changed"),
    pytest.param(stepped(replace(REVIEWED, amendment_recorded=False)), {}, "2026-12-11", "due", "2027-01-29",
                 id="reviewed, what changed is not on record"),
    pytest.param(stepped(replace(REVIEWED, amendment_recorded=False)), {}, "2027-01-30", "overdue", "2027-01-29",
                 id="and the date has passed"),
    pytest.param(stepped(REVIEWED, AGAIN), {}, "2027-02-01", "met", "2028-01-20", id="approved again: a year on"),
    pytest.param(stepped(REVIEWED, AGAIN), {}, "2028-01-21", "overdue", "2028-01-20", id="and a year has passed"),
    pytest.param(stepped(LEAP), UNKNOWN, "2029-03-01", "overdue", "2029-02-28", id="approved on 29 February"),
    pytest.param(stepped(replace(REVIEWED, on=day("2025-12-01"))), {}, "2027-01-30", "overdue", "2027-01-29",
                 id="a review from before the approval"),
    pytest.param(stepped(replace(REVIEWED, pack="theirs")), {}, "2027-01-30", "overdue", "2027-01-29",
                 id="a step of another pack’s policy"),
    pytest.param(stepped(replace(AGAIN, on=day("2024-01-20"), next_due_on=day("2025-01-20"))), {}, "2026-11-01", "met",
                 "2027-01-29", id="the pack knows of a later approval"),
]  # fmt: skip
APPROVAL = [
    pytest.param(a_school(), {}, "2026-11-30", "met", "2027-01-29", id="approved, as the pack says"),
    pytest.param(a_school(), {}, "2027-01-29", "met", "2027-01-29", id="the day itself"),
    pytest.param(a_school(), {}, "2027-01-30", "overdue", "2027-01-29", id="the day after, without a review"),
    pytest.param(a_school(), UNKNOWN, "2026-11-30", "needs-judgement", None, id="nothing is known"),
    pytest.param(stepped(REVIEWED), {}, "2027-01-29", "due", "2027-01-29", id="reviewed, waits for governors"),
    pytest.param(stepped(REVIEWED), {}, "2027-01-30", "overdue", "2027-01-29", id="and the date has passed"),
    pytest.param(stepped(REVIEWED, AGAIN), {}, "2027-02-01", "met", "2028-01-20", id="approved, with its minute"),
    pytest.param(stepped(REVIEWED, replace(AGAIN, minuted=False)), {}, "2027-02-01", "due", "2028-01-20",
                 id="approved, no minute"),
    pytest.param(stepped(REVIEWED, AGAIN, replace(REVIEWED, on=day("2027-12-01"))), {}, "2028-01-21", "overdue",
                 "2028-01-20", id="the next review waits too long"),
    pytest.param(stepped(LEAP), UNKNOWN, "2029-02-28", "met", "2029-02-28", id="approved on 29 February"),
    pytest.param(a_school(), {"approved_on": None}, "2026-11-30", "met", "2027-01-29", id="only next due is known"),
]  # fmt: skip
PUBLICATION = [
    pytest.param(a_school(), UNKNOWN, "2026-11-30", "not-applicable", None, id="nothing is in force"),
    pytest.param(a_school(), {}, "2026-09-09", "due", "2026-09-09",
                 id="approved before it came into use: counted from then, training days left out"),
    pytest.param(a_school(), {}, "2026-09-10", "overdue", "2026-09-09", id="the day after"),
    pytest.param(stepped(replace(PUBLISHED, version="1", on=day("2026-09-08"))), {}, "2026-11-30", "met", None,
                 id="published"),
    pytest.param(stepped(REVIEWED, AGAIN), {}, "2027-01-27", "due", "2027-01-27", id="5 school days after approval"),
    pytest.param(stepped(REVIEWED, AGAIN), {}, "2027-01-28", "overdue", "2027-01-27", id="the sixth"),
    pytest.param(stepped(REVIEWED, AGAIN, PUBLISHED), {}, "2027-02-01", "met", None, id="the new version is public"),
    pytest.param(stepped(replace(PUBLISHED, version="1", on=day("2026-09-08")), REVIEWED, AGAIN), {}, "2027-01-28",
                 "overdue", "2027-01-27", id="only the older version is public"),
    pytest.param(stepped(replace(AGAIN, on=day("2027-02-11"))), {}, "2027-02-25", "due", "2027-02-25",
                 id="half-term inside"),
    pytest.param(a_school(calendar=SchoolCalendar(())), {}, "2026-09-10", "needs-judgement", None, id="no calendar"),
]  # fmt: skip


TABLES = {"policy-reviewed": REVIEW, "policy-approved": APPROVAL, "policy-published": PUBLICATION}


@pytest.mark.parametrize(
    ("evaluator", "facts", "more", "on", "status", "due_on"),
    [
        pytest.param(evaluator, *row.values, id=f"{evaluator}: {row.id}")
        for evaluator, rows in TABLES.items()
        for row in rows
    ],
)  # fmt: skip
def test_the_life_of_the_policy(evaluator, facts, more, on, status, due_on):
    finding = found(facts, evaluator, on, of(evaluator, **more))
    assert (finding.status, finding.due_on) == (status, day(due_on) if due_on else None)


def test_the_numbers_are_the_packs():
    soon = pack(duty("policy-reviewed", scope=Scope.SCHOOL, remind_days=14), **APPROVED)
    assert found(a_school(), "policy-reviewed", "2027-01-14", soon).status == "met"
    assert found(a_school(), "policy-reviewed", "2027-01-15", soon).status == "due"
    slow = pack(duty("policy-published", scope=Scope.SCHOOL, within_days=10), **APPROVED)
    assert found(a_school(), "policy-published", "2026-09-09", slow).due_on == day("2026-09-16")
    halves = of("policy-reviewed", next_due_on=None, review_months=6)
    assert found(a_school(), "policy-reviewed", "2026-07-01", halves).due_on == day("2026-07-29")


@pytest.mark.parametrize(
    ("evaluator", "steps", "reason"),
    [
        pytest.param("policy-reviewed", (REVIEWED,),
            "Version 2027 was reviewed on 10 December 2026, and what changed is on record.", id="reviewed"),
        pytest.param("policy-reviewed", (),
            "The policy was last approved on 29 January 2026; the next review is due by 29 January 2027.",
            id="waits"),
        pytest.param("policy-approved", (REVIEWED,),
            "Version 2027 was reviewed on 10 December 2026 and waits for the approval of the governing board, due by "
            "29 January 2027.", id="approval"),
        pytest.param("policy-published", (REVIEWED, AGAIN),
            "Version 2027 was approved on 20 January 2027 and is not published yet. It is due by 27 January 2027, "
            "5 school days after.", id="publication"),
    ],
)  # fmt: skip
def test_the_reason_has_its_dates(evaluator, steps, reason):
    assert found(stepped(*steps), evaluator, "2027-01-21", of(evaluator)).reason == reason


def test_it_says_what_it_looked_at():
    told = found(stepped(REVIEWED, AGAIN), "policy-approved", "2027-02-01", of("policy-approved"))
    assert told.looked_at == (Looked("policy-step", 2),)
