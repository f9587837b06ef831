"""What the school recorded that it does where its policy and national guidance differ."""

from dataclasses import dataclass
from datetime import date

from onroll.records.people.models import User
from onroll.records.policies.models import PackChoice


@dataclass(frozen=True, slots=True)
class Answer:
    """What the school does about one difference."""

    topic: str
    follows: str  # slug of a pack, or "own"
    words: str
    reason: str
    on: date
    by: str


def answers(school_id: int, on: date) -> dict[str, Answer]:
    """By topic. Two queries."""
    rows = PackChoice.objects.filter(school_id=school_id, happened_on__lte=on).standing().order_by("id")
    names = User.objects.filter(pk__in=rows.values("recorded_by_id")).values_list("pk", "name")
    found = list(rows)
    by = dict(names) if found else {}
    return {
        row.topic: Answer(
            topic=row.topic,
            follows=row.follows,
            words=row.words,
            reason=row.reason,
            on=row.happened_on,
            by=by.get(row.recorded_by_id or 0, ""),
        )
        for row in found
    }
