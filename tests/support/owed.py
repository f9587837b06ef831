"""Findings as the engine would keep them, written by hand, and what hangs on them."""

from datetime import date, datetime

from onroll.domain.duties.finding import RULE_VERSION, Status
from onroll.domain.permissions import Role
from onroll.records.base import pen
from onroll.records.cases.models import Case
from onroll.records.duties.models import Finding, Snooze
from onroll.records.people.models import User
from onroll.records.schools.models import School
from tests.support.cast import NOW

PACK = "children-with-health-needs"
# A policy with words and numbers of its own.
THIRD_PACK = """
kind = "policy"
slug = "third"
layer = "school"
title = "Absence through illness at Birch House"
version = "3"
issuer = "Birch House"
approving_authority = "Local governing body"
approved_on = 2026-09-01
next_due_on = 2027-09-01
review_months = 12

[roles]
progress-leader = "Year Guardian"
deputy-head = "Vice Principal"

[[sections]]
id = "7"
title = "First steps"

[[sections.paragraphs]]
id = "7.2"
words = "The Year Guardian rings home before anything else."

[[duties]]
id = "parents-first-contact"
paragraph = "7.2"
title = "Ring home before anything else"
holder = "progress-leader"
evaluator = "parents-first-contact"
scope = "case"
cadence = "the next school day"
thresholds = { within_days = 1, escalate_after_days = 1 }
"""


def a_finding(
    school: School,
    case: Case | None,
    *,
    duty: str = "parents-first-contact",
    status: Status = Status.DUE,
    due_on: date | None = None,
    held_by: User | None = None,
    holder: Role = Role.PROGRESS_LEADER,
    paragraph: str = "3.1.b",
    reason: str = "No conversation with a parent is on record since Monday 9 November 2026.",
    pack: str = PACK,
    at: datetime = NOW,
) -> Finding:
    """A finding that stands: one thing that somebody owes a child, or the school."""
    with pen():
        return Finding.objects.create(
            school=school,
            case=case,
            pack=pack,
            version="1",
            duty=duty,
            paragraph=paragraph,
            status=status.value,
            due_on=due_on,
            holder=holder.value,
            held_by=held_by,
            reason=reason,
            rule_version=RULE_VERSION,
            found_on=at.date(),
            found_at=at,
        )


def put_off(finding: Finding, until_on: date, *, by: User | None = None, reason: str = "A reason") -> Snooze:
    """Somebody put the finding off until a day."""
    with pen():
        return Snooze.objects.create(
            school=finding.school,
            case=finding.case,
            pack=finding.pack,
            duty=finding.duty,
            until_on=until_on,
            reason=reason,
            happened_on=NOW.date(),
            recorded_at=NOW,
            recorded_by_id=by.pk if by else None,
        )
