"""`kept-on-roll` (R23), as a table of examples. The case was opened on Monday 9 November 2026."""

from dataclasses import replace

import pytest

from onroll.domain.casework.states import State
from onroll.domain.duties.finding import Looked
from onroll.domain.permissions import Role
from onroll.domain.schoolcalendar import SchoolCalendar
from tests.domain.duties.given import HEAD, LEADER, Arrangement, Leaving, Provider, a_case, day, found

ID = "kept-on-roll"
ON_ROLL = ((day("2024-09-02"), None),)
LEFT = ((day("2024-09-02"), day("2026-12-04")),)
BASE = a_case(on_roll=ON_ROLL)
PROPOSED = Leaving(4, "g", day("2026-12-04"), LEADER, evidence=True)
AGREED = replace(PROPOSED, decided_on=day("2026-11-30"), decided_by_id=HEAD, agreed=True)
DECLINED = replace(AGREED, agreed=False)
BY_AUTHORITY = {"arrangements": (Arrangement(1, Provider.AUTHORITY, day("2026-11-09")),)}


def proposing(*leavings, **more):
    return replace(BASE, leavings=leavings, **more)


def gone(*leavings, **more):
    return proposing(*leavings, **{"on_roll": LEFT} | more)


EXAMPLES = [
    # applies, and not
    pytest.param(replace(BASE, state=State.CLOSED), "2026-11-30", "not-applicable", None, id="a closed case"),
    pytest.param(gone(died_on=day("2026-12-04")), "2026-12-07", "not-applicable", None, id="the pupil has died"),
    pytest.param(BASE, "2026-11-30", "met", None, id="on roll"),
    pytest.param(a_case(), "2026-11-30", "met", None, id="no times on roll are known: on roll"),
    pytest.param(a_case(on_roll=((day("2026-11-02"), None),)), "2026-11-30", "met", None, id="joined in mid-year"),
    pytest.param(a_case(on_roll=((day("2022-09-01"), day("2024-07-19")), (day("2026-01-05"), None))), "2026-11-30",
                 "met", None, id="left once, and came back"),
    pytest.param(proposing(on_roll=LEFT), "2026-12-04", "met", None, id="the last day on roll is still on roll"),
    # missing from a new roll
    pytest.param(replace(BASE, missing_from_roll_since=day("2026-11-13")), "2026-11-17", "needs-judgement",
                 "2026-11-17", id="missing from a new roll: somebody says what happened"),
    pytest.param(replace(BASE, missing_from_roll_since=day("2026-11-13")), "2026-11-18", "overdue", "2026-11-17",
                 id="and nobody did in 2 school days"),
    pytest.param(replace(BASE, missing_from_roll_since=day("2026-10-23")), "2026-11-04", "needs-judgement",
                 "2026-11-04", id="half-term and a training day inside"),
    pytest.param(replace(BASE, missing_from_roll_since=day("2026-11-13"), calendar=SchoolCalendar(())), "2026-11-30",
                 "needs-judgement", None, id="without a calendar it waits"),
    # proposed
    pytest.param(proposing(PROPOSED), "2026-12-01", "needs-judgement", "2026-12-04",
                 id="complete: the headteacher decides"),
    pytest.param(proposing(PROPOSED), "2026-12-04", "needs-judgement", "2026-12-04", id="on the day itself still"),
    pytest.param(proposing(PROPOSED), "2026-12-05", "overdue", "2026-12-04",
                 id="the day has passed without a decision"),
    pytest.param(proposing(replace(PROPOSED, ground="")), "2026-12-01", "due", "2026-12-04", id="no ground"),
    pytest.param(proposing(replace(PROPOSED, ground="z")), "2026-12-01", "due", "2026-12-04", id="no such ground"),
    pytest.param(proposing(replace(PROPOSED, evidence=False)), "2026-12-01", "due", "2026-12-04", id="no evidence"),
    pytest.param(proposing(replace(PROPOSED, leaving_on=None)), "2026-12-01", "due", None, id="no leaving date"),
    pytest.param(proposing(replace(PROPOSED, proposed_by_id=None)), "2026-12-01", "due", "2026-12-04",
                 id="a roll file’s wish, which nobody has made their own"),
    pytest.param(proposing(PROPOSED, **BY_AUTHORITY), "2026-12-01", "due", "2026-12-04",
                 id="the authority was not asked"),
    pytest.param(proposing(replace(PROPOSED, authority_agrees=False), **BY_AUTHORITY), "2026-12-01", "due",
                 "2026-12-04", id="the authority does not agree"),
    pytest.param(proposing(replace(PROPOSED, authority_agrees=True), **BY_AUTHORITY), "2026-12-01", "needs-judgement",
                 "2026-12-04", id="the authority agrees"),
    pytest.param(proposing(PROPOSED, missing_from_roll_since=day("2026-11-13")), "2026-12-01", "needs-judgement",
                 "2026-12-04", id="missing from the roll, and a proposal answers it"),
    # decided
    pytest.param(proposing(AGREED), "2026-12-01", "met", "2026-12-04", id="agreed, the day has not come"),
    pytest.param(proposing(DECLINED), "2026-12-01", "met", None, id="turned down: stays on roll"),
    pytest.param(proposing(DECLINED, PROPOSED), "2026-12-01", "needs-judgement", "2026-12-04", id="proposed again"),
    pytest.param(proposing(replace(AGREED, decided_by_id=LEADER)), "2026-12-01", "due", "2026-12-04",
                 id="agreed by the person who proposed it"),
    # gone
    pytest.param(gone(AGREED), "2026-12-05", "met", "2026-12-04", id="left as it was agreed"),
    pytest.param(gone(), "2026-12-05", "breached", "2026-12-04", id="gone without a proposal"),
    pytest.param(gone(PROPOSED), "2026-12-05", "breached", "2026-12-04", id="gone without a decision"),
    pytest.param(gone(DECLINED), "2026-12-05", "breached", "2026-12-04", id="gone although it was turned down"),
    pytest.param(gone(replace(AGREED, decided_on=day("2026-12-07"))), "2026-12-07", "breached", "2026-12-04",
                 id="agreed afterwards: a name cannot be taken off in retrospect"),
    pytest.param(gone(replace(AGREED, ground="")), "2026-12-05", "breached", "2026-12-04",
                 id="gone without a ground"),
    pytest.param(gone(replace(AGREED, decided_by_id=LEADER)), "2026-12-05", "breached", "2026-12-04",
                 id="gone by one person’s word"),
    pytest.param(gone(AGREED, **BY_AUTHORITY), "2026-12-05", "breached", "2026-12-04",
                 id="gone without the authority, which provides"),
    pytest.param(gone(replace(AGREED, leaving_on=day("2026-12-11"))), "2026-12-05", "breached", "2026-12-04",
                 id="gone before the day that was agreed"),
]  # fmt: skip


TABLES = {ID: EXAMPLES}


@pytest.mark.parametrize(("facts", "on", "status", "due_on"), EXAMPLES)
def test_kept_on_roll(facts, on, status, due_on):
    finding = found(facts, ID, on, holder=Role.HEADTEACHER)
    assert (finding.status, finding.due_on) == (status, day(due_on) if due_on else None)


def test_the_number_of_days_is_the_packs():
    facts = replace(BASE, missing_from_roll_since=day("2026-11-13"))
    assert found(facts, ID, "2026-11-18", answer_within_days=5).status == "needs-judgement"


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        pytest.param(BASE, "The pupil has been on roll since 2 September 2024.", id="on roll"),
        pytest.param(
            proposing(DECLINED), "The pupil has been on roll since 2 September 2024. A proposal to leave was turned "
            "down on 30 November 2026.", id="turned down",
        ),
        pytest.param(
            replace(BASE, missing_from_roll_since=day("2026-11-30")),
            "A roll that was brought in on 30 November 2026 does not name the pupil. Nothing was removed. Say whether "
            "the pupil is still here; if not, propose the leaving with its ground.", id="missing",
        ),
        pytest.param(
            proposing(replace(PROPOSED, ground="", evidence=False)),
            "Leaving the roll on 4 December 2026 is proposed. The pupil stays on roll until there is: a ground of "
            "regulation 9(1), which a health need is not, evidence of the ground and the decision of the Headteacher.",
            id="what is missing",
        ),
        pytest.param(
            proposing(AGREED),
            "The pupil is to leave the roll on 4 December 2026: regulation 9(1)(g), agreed on 30 November 2026.",
            id="agreed",
        ),
    ],
)  # fmt: skip
def test_the_reason_says_what_is_missing(facts, reason):
    assert found(facts, ID, "2026-12-01", holder=Role.HEADTEACHER).reason == reason


def test_it_says_what_it_looked_at():
    assert found(proposing(AGREED), ID, "2026-12-01").looked_at == (Looked("leaving", 4),)


def test_nothing_is_written_again_because_a_day_has_passed():
    for facts in (BASE, gone(), gone(AGREED), proposing(replace(PROPOSED, leaving_on=None))):
        assert found(facts, ID, "2026-12-07") == found(facts, ID, "2027-03-01")
