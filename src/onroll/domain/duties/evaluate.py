"""Judge every duty of a pack that can be judged from these facts."""

from datetime import date

from onroll.domain.duties.evaluators import EVALUATORS
from onroll.domain.duties.facts import CaseFacts, SchoolFacts
from onroll.domain.duties.finding import Finding
from onroll.domain.packs.pack import Pack, Scope

__all__ = ["EVALUATORS", "evaluate"]


def evaluate(facts: CaseFacts | SchoolFacts, pack: Pack, on: date) -> list[Finding]:
    """Findings in the pack's order, for its duties about a case or about the school, whichever the facts are of.

    A duty whose evaluator is not built yet has no finding: pages say "not yet recorded in Onroll".
    """
    scope = Scope.CASE if isinstance(facts, CaseFacts) else Scope.SCHOOL
    found = []
    for duty in pack.duties:
        evaluator = EVALUATORS.get(duty.evaluator)
        if evaluator is None or duty.scope is not scope:
            continue
        judged = evaluator(facts, duty, pack, on)
        found.append(
            Finding(
                duty=duty.id,
                paragraph=duty.paragraph,
                status=judged.status,
                due_on=judged.due_on,
                holder=duty.holder,
                reason=judged.reason,
                looked_at=judged.looked_at,
                pack=pack.slug,
                version=pack.version,
            )
        )
    return found
