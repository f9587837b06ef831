"""The policy as everybody may read it: published versions alone, and never how the school keeps them."""

from dataclasses import dataclass
from datetime import date

from onroll.domain.packs import Pack
from onroll.domain.policy import Stage, Step
from onroll.domain.vocabulary import not_found
from onroll.queries.policy.kept import Register, VersionSeen, register
from onroll.queries.policy.standing import officer
from onroll.queries.policy.texts import TextKey, pack_of
from onroll.records.policies.models import LinkedPolicy
from onroll.records.schools.models import School


@dataclass(frozen=True, slots=True)
class Amended:
    """One line of the amendment record."""

    version: str
    amendment: str
    approved_on: date
    has_page: bool


@dataclass(frozen=True, slots=True)
class PublicOfficer:
    """The authority's officer; `reach` only where the school chose to show the name and how to reach them."""

    post: str
    service: str
    reach: str


@dataclass(frozen=True, slots=True)
class PublicPolicy:
    """One published version."""

    urn: int
    school: str
    pack: Pack
    version: str
    approved_on: date | None
    next_due_on: date | None
    published_on: date
    is_current: bool
    amendments: tuple[Amended, ...]
    officer: PublicOfficer | None  # of the version in force alone
    links: tuple[tuple[str, str], ...]  # linked policies: title, address


def published(urn: int, version: str | None = None) -> PublicPolicy:
    """The version in force, or a published version by its name; what is not published does not exist."""
    school = School.objects.filter(urn=urn).values("pk", "name").first()
    if school is None:
        raise not_found()
    held = register(school["pk"])
    asked = held.current if version is None else _named(held, version)
    text = TextKey.of(asked.pack_slug, asked.pack_version) if asked else None
    step = asked.last(Step.PUBLISHED) if asked else None
    pack = pack_of(school["pk"], text, step.recorded_at) if text and step else None
    if asked is None or step is None or pack is None:
        raise not_found()
    is_current = held.current is not None and asked.id == held.current.id
    approval = asked.approval
    return PublicPolicy(
        urn=urn,
        school=school["name"],
        pack=pack,
        version=asked.version,
        approved_on=approval.on if approval else None,
        next_due_on=approval.next_due_on if approval else None,
        published_on=step.on,
        is_current=is_current,
        amendments=_amendments(held, asked),
        officer=_officer(school["pk"]) if is_current else None,
        links=_links(school["pk"], pack),
    )


def _officer(school_id: int) -> PublicOfficer | None:
    found = officer(school_id)
    if found is None:
        return None
    reach = (found.name, found.phone, found.email) if found.contact_public else ()
    return PublicOfficer(found.post, found.service, ", ".join(filter(None, reach)))


def _named(held: Register, version: str) -> VersionSeen | None:
    return next(
        (one for one in held.versions if one.version == version and one.stage is Stage.PUBLISHED), None
    )


def _amendments(held: Register, asked: VersionSeen) -> tuple[Amended, ...]:
    """What was approved up to this version, the newest first."""
    until = asked.approval.on if asked.approval else asked.begun_on
    found = [
        Amended(
            one.version, one.amendment, one.approval.on, one.stage is Stage.PUBLISHED and bool(one.pack_slug)
        )
        for one in held.versions
        if one.approval and one.approval.on <= until
    ]
    return tuple(sorted(found, key=lambda one: one.approved_on, reverse=True))


def _links(school_id: int, pack: Pack) -> tuple[tuple[str, str], ...]:
    rows = LinkedPolicy.objects.filter(school_id=school_id).standing().order_by("happened_on", "id")
    addresses = {row.key: row.address if row.held else "" for row in rows}
    return tuple((one.title, addresses.get(one.key, "")) for one in pack.linked)
