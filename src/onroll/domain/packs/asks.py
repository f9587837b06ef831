"""What a pack may name: each evaluator, what it is about, and the numbers it asks a duty for.

A pack that named an evaluator or a number that nobody asks for would change nothing, silently; so it is an error.
An evaluator of this table that is not built yet (`domain.duties.EVALUATORS`) is shown as "not yet recorded in Onroll".
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from onroll.domain.packs.pack import Scope


@dataclass(frozen=True, slots=True)
class Asks:
    """One evaluator: its scope and its numbers, each with what it counts."""

    scope: Scope
    numbers: Mapping[str, str]


def _case(**numbers: str) -> Asks:
    return Asks(Scope.CASE, numbers)


def _school(**numbers: str) -> Asks:
    return Asks(Scope.SCHOOL, numbers)


_WITHIN = "school days within which it is done"
_EVERY = "school days after which it is done again"
_AFTER = "school days after which it begins to apply"
_BEFORE = "school days before the expected return by which it is done"
_MONTHS = "months for which it holds"
_FIRST = "days after the pack begins to apply, for what was never recorded in Onroll"

# Numbers that every duty may have, whatever its evaluator.
EVERY_DUTY: Mapping[str, str] = MappingProxyType(
    {"escalate_after_days": "school days overdue after which the Deputy Headteacher is written to"}
)
EVALUATORS_ASK: Mapping[str, Asks] = MappingProxyType({
    # whose duty is it now
    "suitable-education": _case(gap_days="school days without education that make it overdue"),
    "responsibilities-understood": _case(within_days=_WITHIN),
    "school-first": _case(
        days="school days up to which the school tries to provide",
        warn_at_days="count at which the first warning comes",
        warn_again_at_days="count at which the second warning comes",
        forecast_days="school days before the forecast 15th at which a decision is asked for",
    ),
    "la-takes-over": _case(within_days=_WITHIN),
    # for every pupil
    "kept-on-roll": _case(answer_within_days="school days to say why a roll file misses the pupil"),
    "included-in-planning": _case(),
    "welfare-checks": _case(
        within_days="school days to the first check",
        every_days="school days between checks while away in full",
        every_days_part_time="school days between checks while part-time",
        unseen_times="checks without seeing the child after which it is passed on",
    ),
    "work-provided": _case(
        within_days=_WITHIN, every_days=_EVERY, most_days="length in school days of the absence that it is for"
    ),
    "plan-coordinated": _case(),
    "partial-attendance-monitored": _case(every_days=_EVERY),
    "reintegration-monitored": _case(for_days="school days after the return for which it applies"),
    "agencies-liaison": _case(after_days=_AFTER, every_days=_EVERY),
    "rep-registered": _case(),
    "first-line-support": _case(within_days=_WITHIN),
    "ap-monitored": _case(
        attendance_every_days="school days between the provider’s attendance reports",
        review_every_days="school days between reviews",
    ),
    "health-plan": _case(within_days=_WITHIN),
    "health-plan-reviewed": _case(months=_MONTHS),
    "reasonable-adjustments": _case(within_days=_WITHIN),
    "sen-in-plan": _case(),
    "social-events": _case(),
    "exam-arrangements": _case(),
    "peer-liaison": _case(after_days=_AFTER, every_days=_EVERY),
    # while the school provides, and the return
    "parents-first-contact": _case(within_days=_WITHIN),
    "provision-suggested": _case(within_days=_WITHIN),
    "return-meeting": _case(),
    "return-plan": _case(),
    "part-time-limits": _case(
        most_weeks="weeks that a part-time timetable lasts at most",
        first_review_weeks="weeks to its first review",
        review_every_weeks="weeks between later reviews",
    ),
    "fit-for-remote": _case(every_days=_EVERY),
    # while the authority arranges
    "consultant-evidence": _case(chase_every_days="school days between reminders"),
    "la-referral": _case(within_days=_WITHIN, chase_after_days="school days after which an answer is asked for"),
    "work-with-la": _case(every_days=_EVERY),
    "information-shared": _case(within_days=_WITHIN),
    "provision-effective": _case(),
    "consistent-curriculum": _case(),
    "in-touch": _case(every_days=_EVERY),
    "tailored-reintegration": _case(before_days=_BEFORE),
    "adjustments-considered": _case(before_days=_BEFORE),
    # the nation's own
    "sickness-return": _case(days="school days coded as illness, missed or expected", within_days=_WITHIN),
    "cumulative-count": _case(days="school days away for health reasons over the school year", within_days=_WITHIN),
    "referral-not-delayed": _case(within_days=_WITHIN),
    "part-time-reviewed": _case(review_every_weeks="weeks between reviews"),
    "complaint-route-told": _case(within_days=_WITHIN),
    # the school itself
    "la-officer-known": _school(months=_MONTHS, first_days=_FIRST),
    "equality-duties-understood": _school(months=_MONTHS, first_days=_FIRST),
    "guidance-current": _school(months=_MONTHS, first_days=_FIRST),
    "monitored": _school(look_back_months="months after which a month that was missed is history"),
    "policy-reviewed": _school(
        months=_MONTHS,
        remind_days="days before the review is due at which it is first something to do",
        remind_again_days="days before the review is due at which a second reminder goes out",
    ),
    "policy-approved": _school(remind_days="days before approval is due at which it is something to do"),
    "policy-published": _school(within_days=_WITHIN),
    "linked-policies": _school(months=_MONTHS, first_days=_FIRST),
})  # fmt: skip
