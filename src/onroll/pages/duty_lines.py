"""What a finding says on a page: the line of one duty with its one button. Today, the case and the policy share it."""

from collections.abc import Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import Protocol

from onroll.domain.duties.finding import Looked, Status
from onroll.domain.vocabulary import in_words
from onroll.pages.duty_ways import way_to
from onroll.pages.parts import DutyLine
from onroll.pages.wording import count_of, long_date

STATUS_KEYS: Mapping[Status, str] = MappingProxyType({
    Status.MET: "duty-met",
    Status.DUE: "duty-due",
    Status.OVERDUE: "duty-overdue",
    Status.BREACHED: "duty-breached",
    Status.NEEDS_JUDGEMENT: "duty-judgement",
    Status.NOT_APPLICABLE: "duty-none",
})  # fmt: skip
# Something can be done about these; a breached duty can only be explained.
OPEN = frozenset({Status.DUE, Status.OVERDUE, Status.NEEDS_JUDGEMENT})


class FindingShown(Protocol):
    """What a line needs of a finding; `queries.findings.FindingSeen` has it."""

    @property
    def case_id(self) -> int | None: ...
    @property
    def duty(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def status(self) -> Status: ...
    @property
    def due_on(self) -> date | None: ...
    @property
    def reason(self) -> str: ...
    @property
    def paragraph(self) -> str: ...
    @property
    def holder_words(self) -> str: ...
    @property
    def held_by_name(self) -> str: ...
    @property
    def looked_at(self) -> Sequence[Looked]: ...
    @property
    def snoozed_until(self) -> date | None: ...


def duty_line(
    found: FindingShown,
    urn: int,
    on: date,
    *,
    child: str = "",
    child_href: str = "",
    paragraph_href: str = "",
    may_do: bool = True,
    with_looked_at: bool = False,
    more: str = "",
    more_href: str = "",
) -> DutyLine:
    """The line of one finding as it stands `on` a day; `may_do` False leaves the button off."""
    way = way_to(found.duty, urn, found.case_id) if may_do and found.status in OPEN else None
    button, href = way or ("", "")
    return DutyLine(
        title=found.title,
        status=STATUS_KEYS[found.status],
        reason=found.reason,
        when=when(found.status, found.due_on, on),
        holder=", ".join(filter(None, (found.held_by_name, found.holder_words))),
        child=child,
        child_href=child_href,
        button=button,
        href=href,
        paragraph=found.paragraph,
        paragraph_href=paragraph_href,
        note=f"Put off until {long_date(found.snoozed_until)}" if found.snoozed_until else "",
        looked_at=looked_at_words(found.looked_at) if with_looked_at else "",
        more=more,
        more_href=more_href,
    )


def when(status: Status, due_on: date | None, on: date) -> str:
    """By when, in words; empty where a date says nothing."""
    if due_on is None or status is Status.NOT_APPLICABLE:
        return ""
    if status is Status.MET:
        return f"Next due {long_date(due_on)}" if due_on > on else ""
    if status in {Status.OVERDUE, Status.BREACHED} or due_on < on:
        return f"Was due {long_date(due_on)}"
    return "Due today" if due_on == on else f"Due {long_date(due_on)}"


def looked_at_words(looked: Sequence[Looked]) -> str:
    """What a finding rests on: "2 contacts and 1 statement"; it names nothing and nobody."""
    kinds: dict[str, int] = {}
    for one in looked:
        kinds[one.kind] = kinds.get(one.kind, 0) + 1
    return in_words(count_of(n, kind.replace("-", " ")) for kind, n in kinds.items()) if kinds else ""
