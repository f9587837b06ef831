"""A line of the timeline in words: what it is headed, what it says, and its facts."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from types import MappingProxyType

from onroll.domain.casework.entries import METHODS, Entry, Method, Paper
from onroll.domain.casework.states import State
from onroll.domain.casework.tiers import Tier
from onroll.domain.duties.facts import Provider
from onroll.domain.names import folded
from onroll.domain.permissions import ROLES, Role
from onroll.queries.timeline.rows import Row, opened

NOTHING_SAID = "Nothing was written down"


@dataclass(frozen=True, slots=True)
class TakenBack:
    """Who took an entry back, when and why."""

    at: datetime
    by: str
    because: str


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that happened. `facts` are labelled texts; the first of them, `text`, is what it is about."""

    kind: Entry
    id: int
    on: date
    title: str
    text: str = ""
    facts: tuple[tuple[str, str], ...] = ()
    dates: tuple[tuple[str, date], ...] = ()
    clock: time | None = None
    at: datetime | None = None  # when it was recorded
    by_id: int | None = None
    by: str = ""  # who recorded it
    tier: Tier = Tier.EDUCATION
    taken_back: TakenBack | None = None
    replaces_id: int | None = None

    def holds(self, words: list[str]) -> bool:
        """Whether it says every one of these folded words."""
        said = folded(" ".join((self.title, self.text, self.by, *(text for _, text in self.facts))))
        return all(word in said for word in words)


@dataclass(slots=True)
class _Told:
    title: str
    text: str = ""
    facts: list[tuple[str, str]] = field(default_factory=list)
    until: str = ""  # what the date is called


def told(row: Row, *, medical: bool) -> Line:
    """A row in words. Without `medical`, what a step or an arrangement says of health is left out."""
    words = _TELL[Entry(row.kind)](row, medical)
    back = None
    if row.withdrawn_at is not None:
        # Of what has no tier of its own, the reason may say what the child has.
        reads = medical or Entry(row.kind).is_written
        because = opened(row, "because") if reads else ""
        back = TakenBack(row.withdrawn_at, row.withdrawn_by or "Onroll", because)
    return Line(
        kind=Entry(row.kind),
        id=row.id,
        on=row.on,
        title=words.title,
        text=words.text,
        facts=tuple((label, text) for label, text in words.facts if text),
        dates=((words.until, row.until),) if row.until and words.until else (),
        clock=row.clock,
        at=row.at,
        by_id=row.by_id,
        by=row.by or "Onroll",
        tier=Tier(row.tier),
        taken_back=back,
        replaces_id=row.replaces_id,
    )


def _contact(row: Row, _medical: bool) -> _Told:
    method = METHODS[Method(row.word or "")]
    reached = method.answered if row.flag1 else method.unanswered
    told = _Told(f"{method.words} with {_whom(row)}: {reached}", opened(row, "sealed1"), until="Next step by")
    told.facts = [("Next step", opened(row, "sealed2"))]
    if row.name4 != row.by:
        told.facts.append(("Made by", row.name4 or ""))
    return told


def _whom(row: Row) -> str:
    named = ", ".join(filter(None, (row.name2, row.name3))) or row.name1 or opened(row, "sealed3")
    others = [named] if named else []
    if row.flag2:
        others.append("the pupil")
    if not others and row.flag3:
        others.append("a parent or carer")
    return " and ".join(others) or "somebody"


def _decision(row: Row, _medical: bool) -> _Told:
    others = opened(row, "sealed6")
    by = " and ".join(filter(None, (row.name1, others)))
    return _Told(
        f"Decision: {opened(row, 'sealed1')}",
        opened(row, "sealed2"),
        [
            ("Why", opened(row, "sealed3")),
            ("Options looked at", opened(row, "sealed4")),
            ("Evidence", opened(row, "sealed5")),
            ("Decided by", by),
        ],
    )


def _note(row: Row, _medical: bool) -> _Told:
    return _Told("Note", opened(row, "sealed1"))


def _document(row: Row, _medical: bool) -> _Told:
    scanned = "clean" if row.name2 == "clean" else "not scanned for viruses"
    size = max(1, (row.number or 0) // 1024)
    facts = [("From", opened(row, "sealed2")), ("File", f"{size:,} KB, {scanned}")]
    return _Told(f"{Paper(row.word or '').words}: {opened(row, 'sealed1')}", "", facts, "Valid until")


def _move(row: Row, medical: bool) -> _Told:
    to = State(row.name2 or "").words
    title = f"Step of the case: {State(row.name1).words} to {to}" if row.name1 else f"Case opened: {to}"
    told = _Told(title)
    if medical:
        told.text, told.facts = opened(row, "sealed1"), [("Passed over because", opened(row, "sealed2"))]
    return told


def _arrangement(row: Row, medical: bool) -> _Told:
    told = _Told(_PROVIDES[Provider(row.word or "")], until="Decision due")
    told.text = opened(row, "sealed1") if medical else ""
    told.facts = [("Checks on the pupil", _role(row.name1)), ("Decides next", _role(row.name2))]
    return told


def _statement(_row: Row, _medical: bool) -> _Told:
    return _Told("Statement of who is responsible was issued")


def _role(key: str | None) -> str:
    if not key:
        return ""
    return ROLES[Role(key)].title if key in set(Role) else "The local authority"


_PROVIDES = {
    Provider.SCHOOL: "The school provides education",
    Provider.AUTHORITY: "The local authority provides education",
    Provider.NOBODY: "Nobody provides education for now",
}
_TELL: Mapping[Entry, Callable[[Row, bool], _Told]] = MappingProxyType({
    Entry.CONTACT: _contact,
    Entry.DECISION: _decision,
    Entry.NOTE: _note,
    Entry.DOCUMENT: _document,
    Entry.MOVE: _move,
    Entry.ARRANGEMENT: _arrangement,
    Entry.STATEMENT: _statement,
})  # fmt: skip
