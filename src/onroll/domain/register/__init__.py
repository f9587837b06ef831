"""Attendance codes, and the count of school days missed: by rule, explained session by session."""

from onroll.domain.register.bulk import Register, count_many
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
from onroll.domain.register.rules import HEALTH, RULE_VERSION, STATUTORY, Effect, Rule
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
    "Register",
    "Rule",
    "Window",
    "Windows",
    "carried_spell",
    "count",
    "count_many",
    "exact",
    "inside",
    "is_blank",
    "narrowed",
    "national",
]
