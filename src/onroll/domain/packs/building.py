"""Tables that were read from TOML made into a Pack or a Profile. Takes what it can use: the checks are elsewhere."""

from collections.abc import Iterator, Mapping
from dataclasses import fields
from typing import Any, TypeVar

from onroll.domain.packs.pack import Duty, Gap, Guidance, Linked, Pack, Paragraph, Position, Scope, Section
from onroll.domain.packs.profile import (
    Asked,
    Evidence,
    Notice,
    Officer,
    PartTime,
    Profile,
    Referral,
    Service,
    SicknessReturn,
)
from onroll.domain.permissions import Role

T = TypeVar("T")
Read = Mapping[str, Any]


def build(data: Read) -> Pack | Profile:
    """The pack or profile that a table holds. What it does not know it leaves out."""
    return profile_of(data) if data.get("kind") == "authority" else pack_of(data)


def pack_of(data: Read) -> Pack:
    """A policy pack."""
    sections = tuple(_section(one) for one in data.get("sections", ()))
    stands_in = {paragraph.id: section.id for section in sections for paragraph in section.paragraphs}
    return _filled(
        Pack,
        data,
        sections=sections,
        duties=tuple(_duty(one, stands_in) for one in data.get("duties", ())),
        roles={Role(role): words for role, words in data.get("roles", {}).items()},
        linked=_many(Linked, data, "linked"),
        guidance=_many(Guidance, data, "guidance"),
        positions=_many(Position, data, "positions"),
        gaps=_many(Gap, data, "gaps"),
    )


def profile_of(data: Read) -> Profile:
    """An authority profile."""
    referral = data.get("referral", {})
    return _filled(
        Profile,
        data,
        services=_many(Service, data, "services"),
        sickness_return=_filled(SicknessReturn, data.get("sickness_return", {})),
        referral=_filled(Referral, referral, asks=_many(Asked, referral, "asks")),
        evidence=_many(Evidence, data, "evidence"),
        part_time=_filled(PartTime, data.get("part_time", {})),
        officer=_filled(Officer, data.get("officer", {})),
        notices=_many(Notice, data, "notices"),
    )


def _section(data: Read) -> Section:
    return _filled(Section, data, paragraphs=_many(Paragraph, data, "paragraphs"))


def _duty(data: Read, stands_in: Mapping[str, str]) -> Duty:
    return _filled(
        Duty,
        data,
        holder=Role(data["holder"]),
        scope=Scope(data["scope"]),
        section=stands_in.get(data["paragraph"], ""),
    )


def _many(kind: type[T], data: Read, key: str) -> tuple[T, ...]:
    return tuple(_filled(kind, one) for one in data.get(key, ()))


def _filled(kind: type[T], data: Read, **made: Any) -> T:
    """A dataclass from the keys of a table that are its fields; `made` stands before the table."""
    return kind(**{**dict(_known(kind, data)), **made})


def _known(kind: type[Any], data: Read) -> Iterator[tuple[str, Any]]:
    for one in fields(kind):
        if one.name in data:
            yield one.name, data[one.name]
