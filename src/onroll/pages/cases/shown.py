"""What the pages of a case say, made from what the queries found."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from django.urls import NoReverseMatch, reverse

from onroll.domain.casework.moves import Move
from onroll.domain.casework.responsibility import AUTHORITY, Responsibility
from onroll.domain.duties.facts import Provider
from onroll.domain.duties.finding import Status
from onroll.domain.packs.pack import Pack
from onroll.domain.permissions import Role
from onroll.pages.duty_lines import duty_line
from onroll.pages.parts import DutyLine
from onroll.pages.wording import count_of, day_number, long_date
from onroll.queries.case_page import CasePage, Health, Offer
from onroll.queries.findings import FindingSeen, unrecorded
from onroll.queries.packs import Stack

NEXT = 3
# What wants somebody first stands first.
_URGENCY = {
    status: place
    for place, status in enumerate(
        (
            Status.OVERDUE,
            Status.NEEDS_JUDGEMENT,
            Status.DUE,
            Status.BREACHED,
            Status.MET,
            Status.NOT_APPLICABLE,
        )
    )
}
_TO_DO = frozenset({Status.OVERDUE, Status.DUE, Status.NEEDS_JUDGEMENT})


def href_to(view: str, *args: object, query: str = "") -> str:
    """An address of another room; empty while that room is not built."""
    try:
        return reverse(view, args=args) + query
    except NoReverseMatch:
        return ""


def paragraph_href(urn: int, stack: Stack, pack: str, paragraph: str) -> str:
    """The paragraph on its page: the school's policy, or a layer behind it. Empty where the pack is in use no more."""
    if not paragraph or stack.pack(pack) is None:
        return ""
    anchor = f"#p-{paragraph}"
    if stack.packs[0].slug == pack:
        return href_to("policy:show", urn, query=anchor)
    return href_to("policy:layer", urn, pack, query=anchor)


def line_of(
    found: FindingSeen, urn: int, stack: Stack, on: date, *, may_do: bool, looked: bool = False
) -> DutyLine:
    """One duty of a case, with its paragraph."""
    return duty_line(
        found,
        urn,
        on,
        paragraph_href=paragraph_href(urn, stack, found.pack, found.paragraph),
        may_do=may_do,
        with_looked_at=looked,
    )


def by_urgency(findings: Iterable[FindingSeen]) -> list[FindingSeen]:
    """Overdue first, then what waits for an answer, then what is due, each by its date."""
    return sorted(findings, key=lambda one: (_URGENCY[one.status], one.due_on or date.max))


def to_do(findings: Iterable[FindingSeen]) -> list[FindingSeen]:
    """What somebody can still do something about, the most urgent first."""
    return [one for one in by_urgency(findings) if one.status in _TO_DO]


@dataclass(frozen=True, slots=True)
class SectionShown:
    """A section of one pack with the duties under it."""

    title: str
    lines: tuple[DutyLine, ...]


@dataclass(frozen=True, slots=True)
class PackShown:
    """One pack's duties about this case."""

    title: str
    sections: tuple[SectionShown, ...]
    unrecorded: tuple[tuple[str, str], ...]  # (paragraph, title) of what Onroll cannot yet record

    @property
    def unrecorded_words(self) -> str:
        """The summary of the fold: "27 duties are not yet recorded in Onroll"."""
        return f"{count_of(len(self.unrecorded), 'duty,duties')} of this policy not yet recorded in Onroll"


def packs_shown(page: CasePage, urn: int, on: date, *, may_do: bool) -> list[PackShown]:
    """Every duty of the case under its pack and section, in the order of the policy."""
    missing: dict[str, list[tuple[str, str]]] = {}
    for pack, duty in unrecorded(page.stack):
        if duty.scope.value == "case":
            missing.setdefault(pack.slug, []).append((duty.paragraph, duty.title))
    return [
        PackShown(
            pack.title,
            tuple(
                _sections(
                    page, pack, lambda one: line_of(one, urn, page.stack, on, may_do=may_do, looked=True)
                )
            ),
            tuple(missing.get(pack.slug, ())),
        )
        for pack in page.stack.packs
    ]


def _sections(page: CasePage, pack: Pack, line: Callable[[FindingSeen], DutyLine]) -> Iterable[SectionShown]:
    found = [one for one in page.findings if one.pack == pack.slug]
    titles = {section.id: section.title for section in pack.sections}
    order = [duty.id for duty in pack.duties]
    place = {duty.id: duty.section for duty in pack.duties}
    keys = list(dict.fromkeys([*titles, *(place.get(one.duty, "") for one in found)]))
    for key in keys:
        of_section = [one for one in found if place.get(one.duty, "") == key]
        of_section.sort(key=lambda one: order.index(one.duty) if one.duty in order else len(order))
        if of_section:
            yield SectionShown(titles.get(key, "Other duties"), tuple(line(one) for one in of_section))


@dataclass(frozen=True, slots=True)
class MoveShown:
    """One line of the menu of moves. Without an address it cannot be made, and `why_not` says why."""

    words: str
    href: str
    why_not: str


def moves_shown(offers: Iterable[Offer], urn: int, case_id: int) -> list[MoveShown]:
    """The moves out of the state, each with what stands against it."""
    shown = []
    for offer in offers:
        href = reverse("cases:move", args=[urn, case_id, offer.move.value]) if offer.passable else ""
        shown.append(MoveShown(offer.words, href, why_not(offer)))
    return shown


def why_not(offer: Offer) -> str:
    """What stands against a move: "Cannot close yet. A duty is overdue: …". Empty when nothing does."""
    if not offer.obstacles:
        return ""
    cannot = "Cannot close yet." if offer.move is Move.CLOSE else "Not yet."
    way = " You can go on all the same, with a reason." if offer.passable else ""
    return f"{cannot} {' '.join(one.words for one in offer.obstacles)}{way}"


_PROVIDERS = {Provider.SCHOOL: "The school", Provider.AUTHORITY: "The authority", Provider.NOBODY: "Nobody"}


def provided(said: Responsibility, role: Callable[[Role], str]) -> str:
    """Who provided education under one arrangement, who checked on the child and who was to decide."""
    words = _PROVIDERS[said.provider] if said.provider else "Nobody has said who"
    exactly = f" ({said.provided_by})" if said.provided_by else ""
    checks = f"; {role(said.checks)} checks on the child" if said.checks else ""
    decides = (
        "the authority" if said.decides == AUTHORITY else role(Role(said.decides)) if said.decides else ""
    )
    by = f" by {long_date(said.decides_on)}" if said.decides_on else ""
    return f"{words}{exactly}{checks}{f'; {decides} decides next{by}' if decides else ''}"


def health_sentence(health: Health, threshold: float) -> str:
    """The small clock in words."""
    limit = day_number(threshold)
    said = f"{day_number(health.days)} of {limit} school days missed for health reasons"
    if health.since:
        said += f", away since {long_date(health.since)}"
    if not health.reached and health.forecast_on:
        said += f". If the absence goes on, {limit} is reached on {long_date(health.forecast_on)}"
    return f"{said}."
