"""Change how a school counts: its threshold, its health codes, and what an appointment does."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from onroll.actions.recounted import Outcome, recounted_change
from onroll.actions.school.naming import fresh
from onroll.domain.permissions import Permission
from onroll.domain.register import CODES
from onroll.domain.vocabulary import Actor, Refusal, Refused
from onroll.records.schools.models import School

MOST_DAYS = 100
_ILLNESS = "I"


@dataclass(frozen=True, slots=True)
class Counting:
    """How a school wants to count. `threshold` is in school days, by halves."""

    threshold: Decimal
    health_codes: frozenset[str]
    appointment_breaks_statutory: bool


def change_counting(
    actor: Actor, school_id: int, wanted: Counting, *, saw: int, at: datetime, rehearse: bool = False
) -> Outcome:
    """Count by these rules from now on, count everybody again, and say what moved.

    `saw` is the version of the settings that the actor was looking at; an older one is refused as stale.
    """
    _check(wanted)
    with recounted_change(
        actor, school_id, "school-counting-changed", Permission.SCHOOL_EDIT, at=at, rehearse=rehearse
    ) as doing:
        school = fresh(doing.school, saw)
        before = _detail(school)
        school.threshold_days = wanted.threshold
        school.health_codes = _written(wanted.health_codes)
        school.appointment_breaks_statutory = wanted.appointment_breaks_statutory
        if _detail(school) == before:
            doing.nothing_to_do()
        else:
            school.version += 1
            school.save(
                update_fields=["threshold_days", "health_codes", "appointment_breaks_statutory", "version"]
            )
            doing.entry.subject = f"school:{school.pk}"
            doing.entry.detail = {"was": before, "now": _detail(school)}
    return doing.outcome


def _check(wanted: Counting) -> None:
    if not 0 < wanted.threshold <= MOST_DAYS or wanted.threshold * 2 % 1:
        raise Refusal(Refused.INVALID, f"Enter a threshold in whole or half school days, up to {MOST_DAYS}.")
    if _ILLNESS not in wanted.health_codes or not wanted.health_codes <= CODES.keys():
        raise Refusal(
            Refused.INVALID, "Choose national codes that count for health; I is always one of them."
        )


def _written(codes: frozenset[str]) -> str:
    """The codes in the order of the national table, illness first."""
    return ",".join(sorted(codes, key=lambda code: (code != _ILLNESS, list(CODES).index(code))))


def _detail(school: School) -> dict[str, object]:
    return {
        "threshold": float(school.threshold_days),
        "health_codes": sorted(school.health_codes.split(",")),
        "appointment_breaks": school.appointment_breaks_statutory,
    }
