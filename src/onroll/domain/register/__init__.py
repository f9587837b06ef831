"""Attendance codes, and the count of school days missed: by rule, explained session by session."""

from onroll.domain.register.bulk import Register, count_many
from onroll.domain.register.codequeries import (
    Stray,
    Unexplained,
    n_due_on,
    not_taken,
    old_unexplained,
    stray_marks,
)
from onroll.domain.register.codes import (
    CHAR_OF_CODE,
    CODE_OF_CHAR,
    CODES,
    NO_MARK,
    NOT_TAKEN,
    RETIRED,
    STATISTICAL,
    Category,
    Code,
    exact,
    is_blank,
    national,
)
from onroll.domain.register.counters import THRESHOLD_DAYS, Carried, Count, carried_spell, count
from onroll.domain.register.explain import Explained, days_in_words, explain
from onroll.domain.register.rules import HEALTH, RULE_VERSION, STATUTORY, Effect, Rule
from onroll.domain.register.share import Share, breakdown, missed_share
from onroll.domain.register.windows import Window, Windows, inside, narrowed

__all__ = [
    "CHAR_OF_CODE",
    "CODES",
    "CODE_OF_CHAR",
    "HEALTH",
    "NOT_TAKEN",
    "NO_MARK",
    "RETIRED",
    "RULE_VERSION",
    "STATISTICAL",
    "STATUTORY",
    "THRESHOLD_DAYS",
    "Carried",
    "Category",
    "Code",
    "Count",
    "Effect",
    "Explained",
    "Register",
    "Rule",
    "Share",
    "Stray",
    "Unexplained",
    "Window",
    "Windows",
    "breakdown",
    "carried_spell",
    "count",
    "count_many",
    "days_in_words",
    "exact",
    "explain",
    "inside",
    "is_blank",
    "missed_share",
    "n_due_on",
    "narrowed",
    "national",
    "not_taken",
    "old_unexplained",
    "stray_marks",
]
