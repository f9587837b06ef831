"""All that became of a case: its moves, who provided education, and every change that the ledger holds."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from onroll.domain.casework.moves import CONDITIONS, RULES, Move
from onroll.domain.casework.states import State
from onroll.domain.ledger_words import verb_in_words
from onroll.queries.responsibility import Arranged, arrangements_of
from onroll.records.cases.models import CaseMove
from onroll.records.ledger.models import LedgerRow
from onroll.records.people.models import User

CHANGES = 50
_SYSTEM = "Onroll itself"


@dataclass(frozen=True, slots=True)
class Moved:
    """One move of the case."""

    words: str  # "Referred to the authority"
    to_state: State
    happened_on: date
    recorded_at: datetime
    by: str
    reason: str
    passed_over: tuple[str, ...]  # what was so all the same: "a duty was overdue"
    because: str


@dataclass(frozen=True, slots=True)
class Change:
    """One change that touched the case."""

    at: datetime
    by: str
    did: str
    detail: str


@dataclass(frozen=True, slots=True)
class History:
    """Newest first, all of it."""

    moves: tuple[Moved, ...]
    arrangements: tuple[Arranged, ...]
    changes: tuple[Change, ...]
    changes_in_all: int


def history_of(case_id: int, *, first: int = 0, medical: bool) -> History:
    """A case's history, with one page of its changes from `first` on. Call behind a door. Six queries.

    Without `medical`, what people wrote is left out: a reason may say what the child has.
    """
    moves = list(CaseMove.objects.filter(case_id=case_id).order_by("-id"))
    ledger = LedgerRow.objects.filter(subject=f"case:{case_id}")
    rows = list(ledger.order_by("-number")[first : first + CHANGES])
    names = _names([one.recorded_by_id for one in moves] + [one.actor_id for one in rows])
    return History(
        moves=tuple(_moved(one, names, medical=medical) for one in moves),
        arrangements=tuple(_arranged(one, medical=medical) for one in arrangements_of(case_id)),
        changes=tuple(
            Change(row.at, _name(row.actor_id, names), verb_in_words(row.verb), _detail(row.detail))
            for row in rows
        ),
        changes_in_all=ledger.count() if first or len(rows) == CHANGES else len(rows),
    )


def _moved(row: CaseMove, names: Mapping[int, str], *, medical: bool) -> Moved:
    return Moved(
        words=RULES[Move(row.move)].done,
        to_state=State(row.to_state),
        happened_on=row.happened_on,
        recorded_at=row.recorded_at,
        by=_name(row.recorded_by_id, names),
        reason=row.reason if medical else "",
        passed_over=tuple(CONDITIONS[key].otherwise for key in row.passed_over if key in CONDITIONS),
        because=row.passed_over_because if medical else "",
    )


def _arranged(one: Arranged, *, medical: bool) -> Arranged:
    return one if medical else replace(one, said=replace(one.said, provided_by=""))


def _names(ids: Iterable[int | None]) -> dict[int, str]:
    return dict(User.objects.filter(pk__in={one for one in ids if one}).values_list("pk", "name"))


def _name(number: int | None, names: Mapping[int, str]) -> str:
    return _SYSTEM if number is None else names.get(number, f"person {number}")


_STATE_KEYS = frozenset({"from", "to", "state"})
_STATE_WORDS: Mapping[str, str] = {state.value: state.words for state in State}


def _detail(text: str) -> str:
    """A ledger row's detail for people: "from: Concern; to: Referred"."""
    found = json.loads(text)
    if not isinstance(found, dict):
        return ""
    said = [(key.replace("_", " "), _value(key, value)) for key, value in found.items() if value != ""]
    return "; ".join(f"{key}: {value}" for key, value in said)


def _value(key: str, value: object) -> str:
    if not isinstance(value, str):
        return json.dumps(value, ensure_ascii=False)
    return _STATE_WORDS.get(value, value) if key in _STATE_KEYS else value
