"""What the policy asks of the school itself: its officer, its briefings, its guidance and its linked policies."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from onroll.actions.cases.changing import school_duty_change
from onroll.actions.policy.holding import not_in_future
from onroll.domain.permissions import Permission
from onroll.domain.vocabulary import Actor, Refusal, Refused, not_found
from onroll.queries.packs import stack_of
from onroll.records.people.models import Appointment
from onroll.records.policies.models import AuthorityOfficer, Briefing, GuidanceCheck, LinkedPolicy


@dataclass(frozen=True, slots=True, kw_only=True)
class Officer:
    """The authority's designated officer, as somebody found them."""

    post: str
    name: str = ""
    service: str = ""
    phone: str = ""
    email: str = ""
    contact_public: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Briefed:
    """One briefing of staff. `others`: how many came who have no sign-in."""

    given_by: str
    covered: str = ""
    attended: Sequence[int] = ()
    others: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What somebody found of one cited guidance."""

    current: bool
    successor: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """What somebody found of one linked policy."""

    held: bool
    dated_on: date | None = None
    review_due_on: date | None = None
    address: str = ""


def confirm_officer(
    actor: Actor, school_id: int, officer: Officer, *, confirmed_on: date, on: date, at: datetime
) -> None:
    """Keep who the officer is, confirmed on a day. Each confirmation stands beside those before it."""
    with school_duty_change(actor, school_id, "officer-confirmed", Permission.POLICY_EDIT, on=on, at=at):
        not_in_future(confirmed_on, on)
        AuthorityOfficer.objects.create(
            school_id=school_id,
            post=officer.post,
            name=officer.name,
            service=officer.service,
            phone=officer.phone,
            email=officer.email,
            contact_public=officer.contact_public,
            happened_on=confirmed_on,
            recorded_at=at,
            recorded_by_id=actor.id,
        )


def record_briefing(
    actor: Actor, school_id: int, briefed: Briefed, *, held_on: date, on: date, at: datetime
) -> None:
    """Keep that staff were briefed, by whom, and who attended."""
    with school_duty_change(
        actor, school_id, "briefing-recorded", Permission.POLICY_EDIT, on=on, at=at
    ) as entry:
        not_in_future(held_on, on)
        staff = Appointment.objects.filter(school_id=school_id, user_id__in=briefed.attended)
        if set(briefed.attended) - set(staff.values_list("user_id", flat=True)):
            raise Refusal(
                Refused.INVALID, "Somebody on this list is not at this school. Open the form again."
            )
        if not briefed.attended and not briefed.others:
            raise Refusal(Refused.INVALID, "Say who attended: choose people, or give a number of others.")
        row = Briefing.objects.create(
            school_id=school_id,
            given_by=briefed.given_by,
            covered=briefed.covered,
            others=briefed.others,
            happened_on=held_on,
            recorded_at=at,
            recorded_by_id=actor.id,
        )
        row.attended.set(briefed.attended)
        entry.detail = {"attended": len(briefed.attended) + briefed.others}


def withdraw_briefing(
    actor: Actor, school_id: int, briefing_id: int, *, reason: str, on: date, at: datetime
) -> None:
    """Take back a briefing that was recorded wrongly."""
    with school_duty_change(actor, school_id, "briefing-withdrawn", Permission.POLICY_EDIT, on=on, at=at):
        row = Briefing.objects.filter(school_id=school_id, pk=briefing_id, withdrawn_at=None).first()
        if row is None:
            raise not_found()
        row.withdrawn_at, row.withdrawn_by_id, row.withdrawn_because = at, actor.id, reason
        row.save(update_fields=["withdrawn_at", "withdrawn_by_id", "withdrawn_because"])


def check_guidance(
    actor: Actor, school_id: int, found: Mapping[str, Found], *, on: date, at: datetime
) -> None:
    """Keep what somebody found today of the laws and guidance that the policy stands on."""
    with school_duty_change(
        actor, school_id, "guidance-checked", Permission.POLICY_EDIT, on=on, at=at
    ) as entry:
        cited = {one.key for pack in stack_of(school_id, on).packs for one in pack.guidance}
        _known(found, cited)
        for key, one in found.items():
            GuidanceCheck.objects.create(
                school_id=school_id,
                key=key,
                current=one.current,
                successor=one.successor,
                note=one.note,
                happened_on=on,
                recorded_at=at,
                recorded_by_id=actor.id,
            )
        entry.detail = {"checked": len(found)}


def check_linked(actor: Actor, school_id: int, found: Mapping[str, Held], *, on: date, at: datetime) -> None:
    """Keep what somebody found today of the policies that this one links to."""
    with school_duty_change(
        actor, school_id, "linked-policies-checked", Permission.POLICY_EDIT, on=on, at=at
    ) as entry:
        linked = {one.key for pack in stack_of(school_id, on).packs for one in pack.linked}
        _known(found, linked)
        for key, one in found.items():
            not_in_future(one.dated_on, on)
            LinkedPolicy.objects.create(
                school_id=school_id,
                key=key,
                held=one.held,
                dated_on=one.dated_on,
                review_due_on=one.review_due_on,
                address=one.address,
                happened_on=on,
                recorded_at=at,
                recorded_by_id=actor.id,
            )
        entry.detail = {"checked": len(found)}


def _known(found: Mapping[str, object], keys: set[str]) -> None:
    if not found or set(found) - keys:
        raise Refusal(
            Refused.INVALID, "The policy has changed since this page was opened. Open the page again."
        )
