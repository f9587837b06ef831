"""How the packs room says packs, profiles and their differences."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from onroll.domain.duties import EVALUATORS
from onroll.domain.packs import Pack, Profile
from onroll.domain.packs.difference import GROUPS, Change
from onroll.domain.packs.stack import Stack
from onroll.domain.packs.words import TERMS
from onroll.domain.permissions import ROLES, Role
from onroll.pages.parts import SummaryRow
from onroll.pages.wording import count_of, medium_date

UNKNOWN = "Not known: ask the authority"
_LONGEST = 240  # characters of an old or a new value on the page
_MOST = 80  # differences on the page
_LAYERS = {"school": "A school’s own policy", "nation": "The national layer"}


@dataclass(frozen=True, slots=True)
class Thing:
    """One thing that differs: a duty, a paragraph, a word."""

    title: str  # empty where it would only repeat the heading of its group
    how: str
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """The differences of one kind."""

    title: str
    things: tuple[Thing, ...]


def pack_rows(pack: Pack) -> list[SummaryRow]:
    """What a pack is."""
    judged = sum(duty.evaluator in EVALUATORS for duty in pack.duties)
    rows = [
        SummaryRow("What it is", _LAYERS.get(pack.layer, "")),
        SummaryRow("Version", pack.version),
        SummaryRow("From", pack.issuer),
        SummaryRow("Approved by", pack.approving_authority),
        SummaryRow("Approved on", _on(pack.approved_on)),
        SummaryRow("Next review due", _on(pack.next_due_on)),
        SummaryRow("Duties", f"{len(pack.duties)}, {judged} of which Onroll judges by now"),
    ]
    return [row for row in rows if row.value]


def profile_rows(profile: Profile) -> list[SummaryRow]:
    """How an authority wants things done; what the profile does not know is said to be unknown."""
    sickness, referral, part_time = profile.sickness_return, profile.referral, profile.part_time
    services = "; ".join(one.name for one in profile.services)
    return [
        SummaryRow("Authority", profile.authority),
        SummaryRow("Version", profile.version),
        SummaryRow("Services", services or UNKNOWN),
        SummaryRow("Sickness return", _joined(sickness.how, sickness.how_often) or UNKNOWN),
        SummaryRow("Referral", _joined(referral.tool, referral.made_by, referral.decided) or UNKNOWN),
        SummaryRow("Criteria", referral.criteria or UNKNOWN),
        SummaryRow("Evidence", "; ".join(_evidence(profile)) or UNKNOWN),
        SummaryRow(
            "Part-time timetable", _joined(part_time.plan, _weeks(profile), part_time.told) or UNKNOWN
        ),
        SummaryRow(
            "Reviews",
            "; ".join(
                f"{_REVIEWS[name]}: every {count_of(weeks, 'week')}"
                for name, weeks in profile.reviews.items()
            )
            or UNKNOWN,
        ),
        SummaryRow("Designated officer", _joined(profile.officer.post, profile.officer.service) or UNKNOWN),
    ]


def rows_of(found: Pack | Profile) -> list[SummaryRow]:
    """What a pack or a profile is."""
    return profile_rows(found) if isinstance(found, Profile) else pack_rows(found)


def grouped(changes: tuple[Change, ...]) -> tuple[list[Group], int]:
    """The differences by kind, and how many more there are than the page shows."""
    shown = [_short(one) for one in changes[:_MOST]]
    groups = [
        Group(GROUPS[group], tuple(_things(GROUPS[group], list(of_group))))
        for group, of_group in groupby(shown, key=lambda one: one.group)
    ]
    return groups, len(changes) - len(shown)


def _things(heading: str, changes: list[Change]) -> Iterator[Thing]:
    for _, of_thing in groupby(changes, key=lambda one: (one.key, one.how)):
        same = tuple(of_thing)
        yield Thing("" if same[0].title == heading else same[0].title, same[0].how, same)


def role_words(stack: Stack) -> list[tuple[str, str]]:
    """What each role is called in Onroll, and here."""
    return [(ROLES[role].title, stack.role(role)) for role in Role]


def term_words(stack: Stack) -> list[tuple[str, str]]:
    """What each other thing is called in Onroll, and here."""
    return [(ours, stack.term(key)) for key, ours in TERMS.items()]


_REVIEWS = {
    "joint_weeks": "With school and provider",
    "provision_weeks": "Of the provision",
    "refused_weeks": "Of a refused request",
}


def _evidence(profile: Profile) -> Iterator[str]:
    for one in profile.evidence:
        yield f"{one.title}{' (expected)' if one.expected else ''}"


def _weeks(profile: Profile) -> str:
    limits = profile.part_time
    said = []
    if limits.most_weeks:
        said.append(f"at most {count_of(limits.most_weeks, 'week')}")
    if limits.first_review_weeks:
        said.append(f"first review after {count_of(limits.first_review_weeks, 'week')}")
    if limits.review_every_weeks:
        said.append(f"then every {count_of(limits.review_every_weeks, 'week')}")
    return ", ".join(said)


def _joined(*parts: str) -> str:
    """Parts as sentences, one after another."""
    return ". ".join(f"{part[0].upper()}{part[1:]}".rstrip(".") for part in parts if part)


def _on(on: date | None) -> str:
    return medium_date(on) if on else ""


def _short(change: Change) -> Change:
    return Change(
        change.group, change.key, change.title, change.how, change.field, _cut(change.old), _cut(change.new)
    )


def _cut(words: str) -> str:
    return words if len(words) <= _LONGEST else f"{words[: _LONGEST - 1].rstrip()}…"
