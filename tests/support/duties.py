"""Duties in tests: a small pack in use at a school, and what stands and what would be found anew."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from onroll.domain.packs.pack import Duty, Pack, Scope
from onroll.domain.permissions import Role
from onroll.queries import judged
from onroll.queries.judged import judged_cases, judged_schools
from onroll.queries.packs import Stack
from onroll.queries.standing import compared, standing_of_cases, standing_of_schools
from onroll.records.base import pen
from onroll.records.cases.models import Case
from onroll.records.duties.models import Finding
from onroll.records.policies.models import PackInUse
from onroll.records.schools.models import School
from tests.support import cast

CASE_DUTIES = ("parents-first-contact", "responsibilities-understood", "kept-on-roll")
SCHOOL_DUTIES = ("la-officer-known", "monitored", "policy-reviewed")
BEGAN = date(2026, 9, 1)


def a_pack(slug: str = "ours", version: str = "1", **numbers: float) -> Pack:
    """A pack of a few duties. `numbers` are thresholds that every duty gets."""
    duties = [_duty(name, Scope.CASE, numbers) for name in CASE_DUTIES]
    duties += [_duty(name, Scope.SCHOOL, numbers) for name in SCHOOL_DUTIES]
    return Pack(slug, version, "A policy", "school", duties=tuple(duties), next_due_on=date(2027, 1, 29))


def use(monkeypatch: Any, *packs: Pack) -> None:
    """Let these packs be in use at every school, whatever is on record."""

    def stacks_of(school_ids: Iterable[int], on: date, known_at: object = None) -> dict[int, Stack]:
        return {school_id: Stack(packs) for school_id in school_ids}

    monkeypatch.setattr(judged, "stacks_of", stacks_of)


def began(school: School, on: date = BEGAN) -> None:
    """Put on record that a pack applies at the school from a day on."""
    with pen():
        PackInUse.objects.create(
            school=school, kind="policy", slug="ours", version="1", text="", digest="", happened_on=on,
            recorded_at=cast.NOW,
        )  # fmt: skip


def standing(of: Case | School) -> dict[str, str]:
    """What stands for a case or for a school itself: duty -> status."""
    return {row.duty: row.status for row in rows_of(of) if row.until_at is None}


def rows_of(of: Case | School) -> list[Finding]:
    """Every finding there ever was, the oldest first."""
    mine = {"case": of} if isinstance(of, Case) else {"school": of, "case": None}
    return list(Finding.objects.filter(**mine).order_by("pk"))


def differing(on: date) -> list[str]:
    """The duties whose stored finding is not what it would be if it were found anew. Empty: all agree."""
    cases = list(Case.objects.filter(closed_on=None).values_list("pk", flat=True))
    schools = list(School.objects.values_list("pk", flat=True))
    of_cases = compared(standing_of_cases(cases), judged_cases(cases, on=on))
    of_schools = compared(standing_of_schools(schools), judged_schools(schools, on=on))
    return [one.finding.duty for found in (of_cases, of_schools) for one in found.new] + [
        f"row {old.id}" for found in (of_cases, of_schools) for old in found.ended
    ]


def _duty(name: str, scope: Scope, numbers: dict[str, float]) -> Duty:
    return Duty(name, "3.a", f"About {name}", Role.PROGRESS_LEADER, name, scope, thresholds=numbers)
