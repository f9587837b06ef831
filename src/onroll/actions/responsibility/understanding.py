"""Judge whether the pupil is of an age and understanding to be told themselves."""

from datetime import date, datetime

from onroll.actions.cases.changing import case_change
from onroll.actions.responsibility.finding import check_day
from onroll.domain.permissions import Permission
from onroll.domain.vocabulary import Actor
from onroll.records.cases.models import Understanding


def judge_understanding(
    actor: Actor,
    school_id: int,
    case_id: int,
    *,
    understands: bool,
    reason: str,
    happened_on: date,
    on: date,
    at: datetime,
) -> None:
    """Record the judgement and its reason. The last one counts; earlier ones stay as what was thought then."""
    with case_change(
        actor, school_id, case_id, "understanding-judged", Permission.CASE_WORK, on=on, at=at
    ) as doing:
        check_day(happened_on, since=doing.case.opened_on, on=on, before="the case was opened")
        row = Understanding.objects.create(
            case=doing.case,
            understands=understands,
            reason=reason.strip(),
            happened_on=happened_on,
            recorded_at=at,
            recorded_by_id=actor.id,
        )
        doing.entry.detail = {"understanding": row.pk}
