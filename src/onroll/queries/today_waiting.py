"""What else waits on Today besides duties: imports, pupils missing from the roll; and how fresh the duties are."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Max, QuerySet, Value

from onroll.domain.permissions import Permission
from onroll.domain.vocabulary import Actor
from onroll.queries.doors import SchoolSeen
from onroll.queries.sweeps import SWEEP_OLD
from onroll.records.attendance.models import Import
from onroll.records.duties.models import Sweep
from onroll.records.pupils.models import MissingFromRoll

_MOST = 10


@dataclass(frozen=True, slots=True)
class Waiting:
    """An import that waits for a person."""

    id: int
    kind: str
    file_name: str
    state: str
    uploaded_at: datetime


@dataclass(frozen=True, slots=True)
class Rest:
    """What else there is."""

    waiting: tuple[Waiting, ...]
    missing_from_roll: int
    swept_at: datetime | None

    def sweep_is_old(self, at: datetime) -> bool:
        """Whether the duties were last gone through more than 26 hours ago. A school that is new has nothing old."""
        return self.swept_at is not None and at - self.swept_at > SWEEP_OLD


def rest_of(actor: Actor, seen: SchoolSeen) -> Rest:
    """All of it in one query, of which each part has the same five columns."""
    parts = [_sweep(seen)]
    if actor.may(Permission.REGISTER_IMPORT, seen.id):
        parts.append(_imports(seen))
    if actor.may(Permission.ROLL_IMPORT, seen.id):
        parts.append(_missing(seen))
    waiting, missing, swept_at = [], 0, None
    for kind, number, text, state, moment in parts[0].union(*parts[1:], all=True) if parts[1:] else parts[0]:
        if kind == "sweep":
            swept_at = moment
        elif kind == "missing":
            missing = number
        else:
            waiting.append(Waiting(number, kind, text, state, moment))
    waiting.sort(key=lambda one: (one.uploaded_at, one.id))
    return Rest(tuple(waiting[:_MOST]), missing, swept_at)


def _sweep(seen: SchoolSeen) -> "QuerySet[Any, Any]":
    rows = Sweep.objects.filter(school_id=seen.id).order_by()
    return rows.values_list(Value("sweep"), "cases", Value(""), Value(""), "swept_at")


def _imports(seen: SchoolSeen) -> "QuerySet[Any, Any]":
    rows = Import.objects.filter(school_id=seen.id, state__in=["mapping", "ready"]).order_by()
    return rows.values_list("kind", "pk", "file_name", "state", "uploaded_at")


def _missing(seen: SchoolSeen) -> "QuerySet[Any, Any]":
    rows = MissingFromRoll.objects.filter(school_id=seen.id, decision="").order_by()
    counted = rows.values("school_id").annotate(number=Count("pk"), moment=Max("noticed_at"))
    return counted.values_list(Value("missing"), "number", Value(""), Value(""), "moment")
