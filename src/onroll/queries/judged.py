"""What the duties of cases and schools come to, worked out anew: facts, packs and rules joined. Writes nothing."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from onroll.domain.duties.evaluate import evaluate
from onroll.domain.duties.facts import CaseFacts, SchoolFacts
from onroll.domain.duties.finding import Finding
from onroll.domain.duties.holders import holder_of
from onroll.queries.facts import case_facts, school_facts
from onroll.queries.packs import Stack, stacks_of

BATCH = 500  # cases, or schools, whose facts are in memory at once


@dataclass(frozen=True, slots=True)
class Fresh:
    """One finding as it is worked out now. `case_id` None: a duty of the school itself."""

    school_id: int
    case_id: int | None
    finding: Finding
    held_by_id: int | None


def judged_cases(case_ids: Collection[int], *, on: date, known_at: datetime | None = None) -> Iterator[Fresh]:
    """Every finding of these cases. A fixed number of queries; give at most BATCH cases at a time."""
    facts = case_facts(case_ids, on=on, known_at=known_at)
    stacks = stacks_of({one.school_id for one in facts.values()}, on, known_at)
    for case_id, one in facts.items():
        yield from _judged(one, stacks.get(one.school_id), case_id, on)


def judged_schools(
    school_ids: Collection[int], *, on: date, known_at: datetime | None = None
) -> Iterator[Fresh]:
    """Every finding about these schools themselves, not about their cases."""
    facts = school_facts(school_ids, on=on, known_at=known_at)
    stacks = stacks_of(set(facts), on, known_at)
    for school_id, one in facts.items():
        yield from _judged(one, stacks.get(school_id), None, on)


def _judged(
    facts: CaseFacts | SchoolFacts, stack: Stack | None, case_id: int | None, on: date
) -> Iterator[Fresh]:
    for pack in stack.packs if stack else ():
        for finding in evaluate(facts, pack, on):
            yield Fresh(facts.school_id, case_id, finding, holder_of(finding.holder, facts, on))
