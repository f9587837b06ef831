"""What the register holds beside the versions: officer, briefings, guidance, linked policies, who has read."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, OuterRef, Q, Subquery

from onroll.domain.packs.pack import Guidance, Linked, Pack
from onroll.domain.policy.dates import next_due
from onroll.domain.policy.standing import (
    CHECK_MONTHS,
    GuidanceLooked,
    LinkLooked,
    Standing,
    guidance_standing,
    link_standing,
)
from onroll.records.people.models import Appointment, User
from onroll.records.policies.models import (
    AuthorityOfficer,
    Briefing,
    GuidanceCheck,
    LinkedPolicy,
    PolicyRead,
)


@dataclass(frozen=True, slots=True)
class OfficerSeen:
    """The authority's designated officer as last confirmed."""

    name: str
    post: str
    service: str
    phone: str
    email: str
    contact_public: bool
    confirmed_on: date
    by: str

    @property
    def confirm_again_on(self) -> date:
        """The day by which somebody should look again."""
        return next_due(self.confirmed_on, CHECK_MONTHS)


@dataclass(frozen=True, slots=True)
class BriefingSeen:
    """One briefing of staff."""

    id: int
    on: date
    given_by: str
    covered: str
    attended: tuple[str, ...]
    others: int
    withdrawn_at: datetime | None = None
    withdrawn_because: str = ""

    @property
    def came(self) -> int:
        """How many came."""
        return len(self.attended) + self.others


@dataclass(frozen=True, slots=True)
class BriefingTold:
    """One briefing of staff, for everybody at the school: how many came."""

    on: date
    given_by: str
    covered: str
    came: int


@dataclass(frozen=True, slots=True)
class GuidanceSeen:
    """One cited law or piece of guidance, and how it stands."""

    cited: Guidance
    pack_title: str
    standing: Standing
    looked_on: date | None = None
    by: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class LinkSeen:
    """One linked policy, and how it stands."""

    linked: Linked
    standing: Standing
    held: bool | None = None
    dated_on: date | None = None
    review_due_on: date | None = None
    address: str = ""
    looked_on: date | None = None
    by: str = ""


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody at the school, and when they read the version; None: not yet."""

    user_id: int
    name: str
    on: date | None


def officer(school_id: int) -> OfficerSeen | None:
    """The officer as last confirmed."""
    return next(iter(officers(school_id, last=1)), None)


def officers(school_id: int, last: int = 10) -> tuple[OfficerSeen, ...]:
    """The officer as confirmed, the latest first. One query."""
    rows = AuthorityOfficer.objects.filter(school_id=school_id).standing().order_by("-happened_on", "-id")
    return tuple(
        OfficerSeen(
            name=row.name,
            post=row.post,
            service=row.service,
            phone=row.phone,
            email=row.email,
            contact_public=row.contact_public,
            confirmed_on=row.happened_on,
            by=row.by or "",
        )
        for row in rows.annotate(by=_writer())[:last]
    )


def briefings(school_id: int) -> tuple[BriefingSeen, ...]:
    """Briefings on reasonable adjustments, the newest first; those taken back too. Two queries."""
    rows = Briefing.objects.filter(school_id=school_id).order_by("-happened_on", "-id")
    return tuple(
        BriefingSeen(
            id=row.pk,
            on=row.happened_on,
            given_by=row.given_by,
            covered=row.covered,
            attended=tuple(sorted(user.name for user in row.attended.all())),
            others=row.others,
            withdrawn_at=row.withdrawn_at,
            withdrawn_because=row.withdrawn_because,
        )
        for row in rows.prefetch_related("attended")
    )


def briefings_told(school_id: int, last: int = 5) -> tuple[BriefingTold, ...]:
    """The latest briefings that stand, without names of who came. One query."""
    rows = Briefing.objects.filter(school_id=school_id).standing().order_by("-happened_on", "-id")
    return tuple(
        BriefingTold(row.happened_on, row.given_by, row.covered, row.signed_in + row.others)
        for row in rows.annotate(signed_in=Count("attended"))[:last]
    )


def guidance(school_id: int, packs: tuple[Pack, ...], on: date) -> tuple[GuidanceSeen, ...]:
    """What the packs cite, each once, with the last check of it. One query."""
    rows = {
        row.key: row
        for row in GuidanceCheck.objects.filter(school_id=school_id)
        .standing()
        .annotate(by=_writer())
        .order_by("happened_on", "id")
    }
    cited = {one.key: (one, pack.title) for pack in reversed(packs) for one in reversed(pack.guidance)}
    seen = []
    for key, (one, title) in reversed(cited.items()):
        row = rows.get(key)
        last = GuidanceLooked(row.happened_on, current=row.current, successor=row.successor) if row else None
        seen.append(
            GuidanceSeen(
                one,
                title,
                guidance_standing(one, last, on),
                row.happened_on if row else None,
                (row.by or "") if row else "",
                row.note if row else "",
            )
        )
    return tuple(seen)


def linked(school_id: int, packs: tuple[Pack, ...], on: date) -> tuple[LinkSeen, ...]:
    """The policies that the school's own links to, each with the last check of it. One query."""
    rows = {
        row.key: _Looked(row, row.by or "")
        for row in LinkedPolicy.objects.filter(school_id=school_id)
        .standing()
        .annotate(by=_writer())
        .order_by("happened_on", "id")
    }
    return tuple(
        _link(one, rows.get(one.key), on)
        for one in {one.key: one for pack in packs for one in pack.linked}.values()
    )


def readers(school_id: int, version_id: int) -> tuple[Reader, ...]:
    """Everybody with a role at the school, by name, and when they read a version."""
    read = dict(
        PolicyRead.objects.filter(policy_id=version_id).standing().values_list("user_id", "happened_on")
    )
    here = Appointment.objects.filter(school_id=school_id, ended_at=None).values("user_id")
    people = User.objects.filter(Q(pk__in=here) | Q(pk__in=read.keys())).order_by("name", "pk")
    return tuple(Reader(pk, name, read.get(pk)) for pk, name in people.values_list("pk", "name"))


def staff(school_id: int) -> list[tuple[int, str]]:
    """Who holds a role at the school, by name: for choosers."""
    here = Appointment.objects.filter(school_id=school_id, ended_at=None).values("user_id")
    return list(User.objects.filter(pk__in=here).order_by("name", "pk").values_list("pk", "name"))


@dataclass(frozen=True, slots=True)
class _Looked:
    row: LinkedPolicy
    by: str


def _link(one: Linked, looked: _Looked | None, on: date) -> LinkSeen:
    if looked is None:
        return LinkSeen(one, link_standing(None, on))
    row = looked.row
    last = LinkLooked(row.happened_on, row.held, row.dated_on, row.review_due_on)
    return LinkSeen(
        one,
        link_standing(last, on),
        row.held,
        row.dated_on,
        row.review_due_on,
        row.address,
        row.happened_on,
        looked.by,
    )


def _writer() -> Subquery:
    """The name of whoever recorded a row."""
    return Subquery(User.objects.filter(pk=OuterRef("recorded_by_id")).values("name")[:1])
