"""Pupils on roll whom a roll does not name: asked about, never removed."""

from collections.abc import Iterable
from datetime import date, datetime

from onroll.queries.roll.known import on_roll
from onroll.records.base import need_pen
from onroll.records.pupils.models import MissingFromRoll

NAMED, STILL_HERE, LEFT = "named", "still-here", "left"


def open_questions(school_id: int, import_id: int, named: Iterable[int], *, on: date, at: datetime) -> int:
    """Ask about everybody on roll whom the file does not name, unless that is asked already. Inner."""
    need_pen("MissingFromRoll")
    asked = MissingFromRoll.objects.filter(school_id=school_id, decision="").values("pupil_id")
    missing = on_roll(school_id, on).exclude(pk__in=list(named)).exclude(pk__in=asked)
    rows = [
        MissingFromRoll(pupil_id=pupil_id, school_id=school_id, import_id=import_id, noticed_at=at)
        for pupil_id in missing.values_list("pk", flat=True)
    ]
    MissingFromRoll.objects.bulk_create(rows, batch_size=500)
    return len(rows)


def close_questions(school_id: int, named: Iterable[int], *, at: datetime) -> int:
    """Close the question about everybody whom a file names: they are in the roll again. Inner."""
    need_pen("MissingFromRoll")
    open_ones = MissingFromRoll.objects.filter(school_id=school_id, decision="", pupil_id__in=list(named))
    return open_ones.update(decision=NAMED, decided_at=at)
