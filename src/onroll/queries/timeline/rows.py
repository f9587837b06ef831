"""Everything that stands on a case's timeline, in one SQL statement however many tables it lies in.

Each kind fills the same columns; encrypted ones come as they lie and are opened only when they are shown.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from types import MappingProxyType
from typing import Any, NamedTuple

from django.db import models
from django.db.models import F, Field, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast

from onroll.domain.casework.entries import Entry
from onroll.domain.casework.tiers import Tier
from onroll.records.base import Record
from onroll.records.cases.models import (
    Arrangement,
    CaseMove,
    ContactMade,
    Decision,
    Document,
    Note,
    Statement,
)
from onroll.records.crypto import EncryptedTextField, decrypt
from onroll.records.people.models import User


class Row(NamedTuple):
    """One line as it lies. What `word`, the names and the sealed texts are depends on the kind: see SOURCES."""

    kind: str
    id: int
    on: date
    at: datetime
    by_id: int | None
    by: str | None
    withdrawn_at: datetime | None
    withdrawn_by: str | None
    because: str | None
    replaces_id: int | None
    tier: str
    word: str | None
    name1: str | None
    name2: str | None
    name3: str | None
    name4: str | None
    until: date | None
    clock: time | None
    flag1: bool | None
    flag2: bool | None
    flag3: bool | None
    number: int | None
    sealed1: str | None
    sealed2: str | None
    sealed3: str | None
    sealed4: str | None
    sealed5: str | None
    sealed6: str | None


def _type(name: str) -> "Field[Any, Any]":
    if name in {"id", "by_id", "replaces_id", "number"}:
        return models.BigIntegerField()
    if name in {"on", "until"}:
        return models.DateField()
    if name in {"at", "withdrawn_at"}:
        return models.DateTimeField()
    if name.startswith("flag"):
        return models.BooleanField()
    return models.TimeField() if name == "clock" else models.TextField()


@dataclass(frozen=True, slots=True)
class Source:
    """Where a kind lies, and which of its fields fill the columns that differ."""

    model: type[Record]
    columns: Mapping[str, str]
    is_kept: bool = True  # can be withdrawn
    has_tier: bool = False


_WRITTEN = {"has_tier": True}
SOURCES: Mapping[Entry, Source] = MappingProxyType({
    Entry.CONTACT: Source(ContactMade, {
        "word": "method", "name1": "family__name", "name2": "professional__name", "name3": "professional__agency",
        "name4": "made_by__name", "until": "next_on", "clock": "made_at", "flag1": "two_way", "flag2": "with_pupil",
        "flag3": "with_parent", "sealed1": "said", "sealed2": "next_step", "sealed3": "with_whom",
    }, **_WRITTEN),
    Entry.DECISION: Source(Decision, {
        "name1": "decided_by__name", "sealed1": "question", "sealed2": "decided", "sealed3": "reason",
        "sealed4": "options", "sealed5": "evidence", "sealed6": "decided_by_others",
    }, **_WRITTEN),
    Entry.NOTE: Source(Note, {"sealed1": "text"}, **_WRITTEN),
    Entry.DOCUMENT: Source(Document, {
        "word": "kind", "name1": "media_type", "name2": "scanned", "until": "valid_until", "number": "bytes",
        "sealed1": "title", "sealed2": "author",
    }, **_WRITTEN),
    Entry.MOVE: Source(CaseMove, {
        "word": "move", "name1": "from_state", "name2": "to_state", "sealed1": "reason",
        "sealed2": "passed_over_because",
    }, is_kept=False),
    Entry.ARRANGEMENT: Source(Arrangement, {
        "word": "provider", "name1": "checks_role", "name2": "decides", "until": "decides_on", "sealed1": "provided_by",
    }),
    Entry.STATEMENT: Source(Statement, {}),
})  # fmt: skip


def rows_of(
    case_id: int,
    kinds: Iterable[Entry],
    *,
    first: date | None = None,
    last: date | None = None,
    known_at: datetime | None = None,
    entry_id: int | None = None,
) -> list[Row]:
    """The rows of these kinds, in no order. What was taken back after `known_at` is not taken back yet."""
    wanted = Q(case_id=case_id)
    for name, value in (
        ("happened_on__gte", first), ("happened_on__lte", last), ("recorded_at__lte", known_at), ("pk", entry_id)
    ):  # fmt: skip
        if value is not None:
            wanted &= Q(**{name: value})
    parts = [_part(kind, wanted) for kind in SOURCES if kind in set(kinds)]
    if not parts:
        return []
    found = parts[0].union(*parts[1:], all=True) if parts[1:] else parts[0]
    return [_as_known(Row(*row), known_at) for row in found]


def opened(row: Row, column: str) -> str:
    """The plain text of one sealed column; "" where there is none."""
    token = getattr(row, column)
    return decrypt(token, _PURPOSES[row.kind, column]) if token else ""


def _part(kind: Entry, wanted: Q) -> "QuerySet[Any, Any]":
    source = SOURCES[kind]
    given: dict[str, Combinable | str] = {
        "kind": Value(kind.value),
        "id": "pk",
        "on": "happened_on",
        "at": "recorded_at",
        "by_id": "recorded_by_id",
        "by": _name_of("recorded_by_id"),
        "tier": "tier" if source.has_tier else Value(Tier.EDUCATION.value),
        **_taken_back(source),
        **source.columns,
    }
    columns = {f"c_{name}": Cast(_expression(given.get(name)), _type(name)) for name in Row._fields}
    rows = source.model.objects.filter(wanted).order_by()
    return rows.annotate(**columns).values_list(*columns)


def _taken_back(source: Source) -> dict[str, Combinable | str]:
    if not source.is_kept:
        return {}
    return {
        "withdrawn_at": "withdrawn_at",
        "withdrawn_by": _name_of("withdrawn_by_id"),
        "because": "withdrawn_because",
        "replaces_id": "replaces_id",
    }


def _expression(given: Combinable | str | None) -> Any:
    return F(given) if isinstance(given, str) else given or Value(None)


def _name_of(column: str) -> Subquery:
    return Subquery(User.objects.filter(pk=OuterRef(column)).values("name"))


def _as_known(row: Row, known_at: datetime | None) -> Row:
    if known_at is None or row.withdrawn_at is None or row.withdrawn_at <= known_at:
        return row
    return row._replace(withdrawn_at=None, withdrawn_by=None, because=None)


def _purposes() -> dict[tuple[str, str], str]:
    found = {}
    for kind, source in SOURCES.items():
        columns = {**source.columns, **({"because": "withdrawn_because"} if source.is_kept else {})}
        for column, name in columns.items():
            field = None if "__" in name else source.model._meta.get_field(name)
            if isinstance(field, EncryptedTextField):
                found[kind.value, column] = field.purpose
    return found


_PURPOSES = _purposes()
