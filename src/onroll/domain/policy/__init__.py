"""The life of a policy: its versions and their steps, when the next review is due, and what goes stale."""

from onroll.domain.policy.dates import REMINDERS, next_due, reminder
from onroll.domain.policy.life import STEPS, Need, Stage, Step, next_stage, stage_of

__all__ = [
    "REMINDERS",
    "STEPS",
    "Need",
    "Stage",
    "Step",
    "next_due",
    "next_stage",
    "reminder",
    "stage_of",
]
