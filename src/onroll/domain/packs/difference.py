"""What changed between two packs, or two profiles: added, removed, changed, with the old value and the new."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from onroll.domain.packs.asks import EVALUATORS_ASK
from onroll.domain.packs.pack import Duty, Pack
from onroll.domain.packs.profile import Profile
from onroll.domain.packs.words import TERMS
from onroll.domain.permissions import ROLES, Role


class How(StrEnum):
    """How one thing differs."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class Change:
    """One difference. Of a thing that was added or removed there is one, without a field."""

    group: str  # key of GROUPS
    key: str  # "welfare-checks"
    title: str  # "3.b Somebody checks on the child"
    how: How
    field: str = ""  # in words: "school days to the first check"
    old: str = ""
    new: str = ""


GROUPS: Mapping[str, str] = {
    "about": "About it",
    "duties": "Duties",
    "paragraphs": "Paragraphs",
    "roles": "What roles are called",
    "terms": "What other things are called",
    "linked": "Linked policies",
    "guidance": "Law and guidance",
    "positions": "Positions on which packs may disagree",
    "gaps": "Where it differs from national guidance",
    "services": "Services",
    "sickness_return": "Sickness return",
    "referral": "Referral",
    "asks": "What the referral asks",
    "evidence": "Evidence",
    "part_time": "Part-time timetables",
    "officer": "Designated officer’s post",
    "reviews": "Reviews",
    "notices": "What the authority is told",
}

_Things = dict[tuple[str, str], tuple[str, dict[str, str]]]  # (group, key) -> title, field -> value
_PACK_LISTS = {"linked": "key", "guidance": "key", "positions": "topic", "gaps": "key"}
_PROFILE_LISTS = {"services": "key", "evidence": "key", "notices": "key"}
_PROFILE_TABLES = ("sickness_return", "referral", "part_time", "officer")


def difference(old: Pack | Profile, new: Pack | Profile) -> tuple[Change, ...]:
    """Every difference, by group in the order of GROUPS, then as the packs have them."""
    before, after = _things(old), _things(new)
    found = [
        change
        for key in dict.fromkeys([*before, *after])
        for change in _compared(key, before.get(key), after.get(key))
    ]
    order = list(GROUPS)
    return tuple(sorted(found, key=lambda change: order.index(change.group)))


def _compared(
    key: tuple[str, str],
    old: tuple[str, dict[str, str]] | None,
    new: tuple[str, dict[str, str]] | None,
) -> Iterator[Change]:
    if old is None and new is not None:
        yield Change(*key, new[0], How.ADDED, new=_in_short(new[1]))
    elif new is None and old is not None:
        yield Change(*key, old[0], How.REMOVED, old=_in_short(old[1]))
    elif old is not None and new is not None:
        for name in dict.fromkeys([*old[1], *new[1]]):
            was, now = old[1].get(name, ""), new[1].get(name, "")
            if was != now:
                yield Change(*key, new[0], How.CHANGED, name, was, now)


def _in_short(values: Mapping[str, str]) -> str:
    return "; ".join(f"{name}: {value}" if name else value for name, value in values.items())


def _things(one: Pack | Profile) -> _Things:
    return dict(_of_profile(one) if isinstance(one, Profile) else _of_pack(one))


def _of_pack(pack: Pack) -> Iterator[tuple[tuple[str, str], tuple[str, dict[str, str]]]]:
    yield ("about", pack.slug), (pack.title, _values(pack))
    for duty in pack.duties:
        yield ("duties", duty.id), (f"{duty.paragraph} {duty.title}", _duty(duty))
    for section in pack.sections:
        for paragraph in section.paragraphs:
            yield ("paragraphs", paragraph.id), (f"{paragraph.id} {section.title}", {"": paragraph.words})
    for role, words in pack.roles.items():
        yield ("roles", role), (ROLES[role].title, {"": words})
    for term, words in pack.terms.items():
        yield ("terms", term), (TERMS.get(term, term), {"": words})
    yield from _lists(pack, _PACK_LISTS)


def _of_profile(profile: Profile) -> Iterator[tuple[tuple[str, str], tuple[str, dict[str, str]]]]:
    yield ("about", profile.slug), (profile.title, _values(profile))
    for table in _PROFILE_TABLES:
        yield (table, table), (GROUPS[table], _values(getattr(profile, table)))
    for asked in profile.referral.asks:
        yield ("asks", asked.key), (asked.question, _values(asked))
    for review, weeks in profile.reviews.items():
        yield ("reviews", review), (review.replace("_", " "), {"": str(weeks)})
    yield from _lists(profile, _PROFILE_LISTS)


def _lists(
    one: Pack | Profile, lists: Mapping[str, str]
) -> Iterator[tuple[tuple[str, str], tuple[str, dict[str, str]]]]:
    for name, key in lists.items():
        for item in getattr(one, name):
            title = getattr(item, "title", "") or getattr(item, "name", "") or getattr(item, key)
            yield (name, getattr(item, key)), (title, _values(item))


def _duty(duty: Duty) -> dict[str, str]:
    numbers = EVALUATORS_ASK[duty.evaluator].numbers if duty.evaluator in EVALUATORS_ASK else {}
    values = _values(duty)
    values |= {numbers.get(name, name): _value(number) for name, number in duty.thresholds.items()}
    return values


def _values(one: Any) -> dict[str, str]:
    """The plain fields of a dataclass that have a value, in words."""
    found = ((field.name, getattr(one, field.name)) for field in fields(one))
    return {
        name.replace("_", " "): _value(value)
        for name, value in found
        if not _is_compound(value) and value not in {"", None} and name not in {"id", "key", "topic", "slug"}
    }


def _is_compound(value: Any) -> bool:
    return isinstance(value, (tuple, Mapping)) or is_dataclass(value)


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Role):
        return ROLES[value].title
    if isinstance(value, date):
        return f"{value.day} {value:%B %Y}"
    return f"{value:g}" if isinstance(value, float) else str(value)
