"""Every action on cases, packs, policy, duties and the outbox: how to set it up, and how to call it.

A set-up gets the world and returns the call that is then killed at each of its writes in turn.
"""

import io
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from typing import Any

from onroll.actions import deaths
from onroll.actions.cases import moving, needing, opening
from onroll.actions.circle import cover, family, professionals, siblings, team
from onroll.actions.duties import alarm, putting_off, sweep
from onroll.actions.duties.asking import REFRESH_SCHOOL
from onroll.actions.leaving import deciding, proposing
from onroll.actions.outbox import choosing as rhythms
from onroll.actions.outbox import digests
from onroll.actions.oversight import signing
from onroll.actions.packs import choosing as packs
from onroll.actions.policy import differences, keeping, reading, steps, versions
from onroll.actions.responsibility import by_link, issuing, linking, providing, receiving, understanding
from onroll.actions.timeline import documents, recording, taking_back
from onroll.domain.casework.entries import Entry
from onroll.domain.casework.family import ProfessionalGiven, RelativeGiven
from onroll.domain.casework.moves import Move
from onroll.domain.digests import Rhythm
from onroll.domain.duties.facts import Provider
from onroll.domain.permissions import Permission, Role
from onroll.domain.vocabulary import Actor
from onroll.queries import doors
from onroll.queries.cover import carried_by, version_of
from onroll.queries.digests import Place
from onroll.queries.packs import shipped, stack_of
from onroll.queries.policy.texts import TextKey
from onroll.records.base import pen
from onroll.records.cases.models import ContactMade, Receipt
from onroll.records.duties.models import Finding, Snooze
from onroll.records.policies.models import Briefing, Monitoring, PackInUse, PolicyStep
from onroll.records.work.models import Work
from tests.support import cast, entries
from tests.support.circles import Round, a_round
from tests.support.policy import with_policy
from tests.support.told import Told, a_relative

TODAY = cast.NOW.date()
AT = {"on": TODAY, "at": cast.NOW}
Act = Callable[[], object]
SETUPS: dict[str, Callable[["World"], Act]] = {}


def killed(*names: str) -> Callable[[Callable[["World"], Act]], Callable[["World"], Act]]:
    """Register the set-up of an action, named "folder/module.function"."""

    def register(setup: Callable[["World"], Act]) -> Callable[["World"], Act]:
        for name in names:
            SETUPS[name] = setup
        return setup

    return register


@dataclass
class World:
    """A school that keeps the shipped policy, its head and its people, and a case with a team and a family."""

    told: Told = field(init=False)
    outdated: bool = False  # whether the act is to find duties that nobody judged yet

    def __post_init__(self) -> None:
        school = with_policy(cast.a_school())
        self.dee = cast.a_person(school, Role.DEPUTY_HEAD, name="Dee Watts")
        self.hedy = cast.a_person(school, Role.HEADTEACHER, name="Hedy Marsh")
        self.keeper = cast.a_person(school, Role.ADMINISTRATOR, name="Kim Ash")
        amina = cast.a_person(school, Role.PROGRESS_LEADER, name="Amina Yusuf")
        ada = cast.a_person(school, Role.SAFEGUARDING_LEAD, name="Ada Moss")
        case = cast.a_case(cast.a_pupil(school, "Quillon", "Zanderby"))
        cast.a_member(case, amina, deputy=ada)
        self.told = Told(school, case, amina, ada, a_relative(case))

    @cached_property
    def head(self) -> Actor:
        return cast.actor(self.hedy)

    @property
    def by(self) -> Actor:
        return self.told.by

    @property
    def school(self) -> int:
        return self.told.school.pk

    @property
    def ids(self) -> tuple[int, int]:
        return self.school, self.told.case.pk

    @cached_property
    def round(self) -> Round:
        """One of everybody round the child."""
        return a_round(self.told.case, self.told.amina, self.told.ada)

    def refreshed(self) -> None:
        """Judge everything now, unless the act is to do that."""
        if not self.outdated:
            sweep.sweep_school(self.school, **AT)

    def worker_does_what_is_asked(self) -> None:
        """Judge the school again if the act asked the worker for it, as at its own day."""
        if Work.objects.filter(kind=REFRESH_SCHOOL, subject_id=self.school, state="waiting").exists():
            sweep.sweep_school(self.school, **AT)


# ---------------------------------------------------------------- cases
@killed("cases/opening.open_case")
def _(world: World) -> Act:
    pupil = cast.a_pupil(world.told.school)
    return lambda: opening.open_case(world.head, world.school, pupil.pk, reason="Ill.", opened_on=TODAY, **AT)


@killed("cases/moving.move_case")
def _(world: World) -> Act:
    return lambda: moving.move_case(
        world.head, *world.ids, Move.TAKE_OVER, reason="Agreed.", passing=_ALL, because="Told so.", **AT
    )


@killed("cases/moving.close_case")
def _(world: World) -> Act:
    return lambda: _close(world)


@killed("cases/moving.reopen_case")
def _(world: World) -> Act:
    _close(world)
    return lambda: moving.reopen_case(world.head, *world.ids, reason="Ill again.", **AT)


@killed("cases/needing.change_need")
def _(world: World) -> Act:
    version = world.told.case.version
    return lambda: needing.change_need(
        world.head, *world.ids, need="Words.", expected_from=None, seen_version=version, **AT
    )


_ALL = frozenset({"arrangement-recorded", "parent-spoken-with", "no-duty-overdue", "ten-days-back"})


def _close(world: World) -> None:
    moving.close_case(world.head, *world.ids, reason="Back.", passing=_ALL, because="Agreed with home.", **AT)


# ---------------------------------------------------------------- the timeline
@killed("timeline/recording.record_contact")
def _(world: World) -> Act:
    given = entries.contact(world.by.id)
    return lambda: recording.record_contact(world.by, *world.ids, given=given, form_key="one", **AT)


@killed("timeline/recording.record_decision")
def _(world: World) -> Act:
    return lambda: recording.record_decision(
        world.by, *world.ids, given=entries.decision(), form_key="one", **AT
    )


@killed("timeline/recording.record_note")
def _(world: World) -> Act:
    return lambda: recording.record_note(world.by, *world.ids, given=entries.note(), form_key="one", **AT)


@killed("timeline/documents.add_document")
def _(world: World) -> Act:
    seen = doors.school(world.by, world.told.school.urn, Permission.SCHOOL_SEE)
    return lambda: documents.add_document(
        world.by,
        seen,
        world.told.case.pk,
        given=entries.paper(),
        source=io.BytesIO(entries.PDF),
        form_key="one",
        **AT,
    )


@killed("timeline/taking_back.withdraw")
def _(world: World) -> Act:
    row = _a_contact(world)
    return lambda: taking_back.withdraw(
        world.by, *world.ids, Entry.CONTACT, row, reason="Another child.", **AT
    )


@killed("timeline/taking_back.correct")
def _(world: World) -> Act:
    row, given = _a_contact(world), entries.contact(world.by.id, said="Better words.")
    return lambda: taking_back.correct(world.by, *world.ids, row, given=given, form_key="two", **AT)


def _a_contact(world: World) -> int:
    recording.record_contact(world.by, *world.ids, given=entries.contact(world.by.id), form_key="one", **AT)
    return ContactMade.objects.get(case=world.told.case).pk


# ---------------------------------------------------------------- who is responsible
_CHECKS = {"checks": Role.SAFEGUARDING_LEAD, "decides": "authority"}


@killed("responsibility/providing.change_provider")
def _(world: World) -> Act:
    given = providing.ArrangementGiven(provider=Provider.AUTHORITY, from_on=TODAY, **_CHECKS)
    return lambda: providing.change_provider(world.by, *world.ids, given, **AT)


@killed("responsibility/providing.withdraw_arrangement")
def _(world: World) -> Act:
    given = providing.ArrangementGiven(provider=Provider.AUTHORITY, from_on=TODAY, **_CHECKS)
    providing.change_provider(world.by, *world.ids, given, **AT)
    row = world.told.case.arrangements.order_by("pk").last().pk
    return lambda: providing.withdraw_arrangement(world.by, *world.ids, row, because="A mistake.", **AT)


@killed("responsibility/issuing.issue_statement")
def _(world: World) -> Act:
    return world.told.issue


@killed("responsibility/issuing.withdraw_statement")
def _(world: World) -> Act:
    statement = world.told.issue()
    world.told.link(statement)
    return lambda: issuing.withdraw_statement(world.by, *world.ids, statement.pk, because="A mistake.", **AT)


@killed("responsibility/linking.make_link")
def _(world: World) -> Act:
    statement = world.told.issue()
    return lambda: world.told.link(statement)


@killed("responsibility/linking.withdraw_link")
def _(world: World) -> Act:
    link = world.told.link(world.told.issue())
    return lambda: linking.withdraw_link(world.by, *world.ids, link.id, **AT)


@killed("responsibility/by_link.open_by_link")
def _(world: World) -> Act:
    link = world.told.link(world.told.issue())
    return lambda: by_link.open_by_link(link.token, at=cast.NOW)


@killed("responsibility/by_link.acknowledge_by_link")
def _(world: World) -> Act:
    link = world.told.link(world.told.issue())
    return lambda: by_link.acknowledge_by_link(link.token, message="Please ring.", **AT)


@killed("responsibility/receiving.acknowledge")
def _(world: World) -> Act:
    statement = world.told.issue()
    given = receiving.AcknowledgementGiven(
        family_id=world.told.pat.pk, how="conversation", happened_on=TODAY, spoke_id=world.by.id
    )
    return lambda: receiving.acknowledge(world.by, *world.ids, statement.pk, given, **AT)


@killed("responsibility/receiving.mark_read")
def _(world: World) -> Act:
    statement = world.told.issue()
    return lambda: receiving.mark_read(world.by, *world.ids, statement.pk, **AT)


@killed("responsibility/receiving.explain")
def _(world: World) -> Act:
    statement = world.told.issue()
    return lambda: receiving.explain(
        world.by, *world.ids, statement.pk, by_id=world.by.id, happened_on=TODAY, **AT
    )


@killed("responsibility/receiving.withdraw_receipt")
def _(world: World) -> Act:
    receiving.mark_read(world.by, *world.ids, world.told.issue().pk, **AT)
    row = Receipt.objects.get().pk
    return lambda: receiving.withdraw_receipt(world.by, *world.ids, row, because="A mistake.", **AT)


@killed("responsibility/understanding.judge_understanding")
def _(world: World) -> Act:
    return lambda: understanding.judge_understanding(
        world.by, *world.ids, understands=True, reason="Is fourteen.", happened_on=TODAY, **AT
    )


# ---------------------------------------------------------------- the people round a child
@killed("circle/team.add_member")
def _(world: World) -> Act:
    return lambda: team.add_member(
        world.head,
        *world.ids,
        user_id=world.dee.pk,
        role=Role.DEPUTY_HEAD,
        deputy_id=None,
        from_on=TODAY,
        **AT,
    )


@killed("circle/team.change_deputy")
def _(world: World) -> Act:
    row = world.told.case.team.get().pk
    return lambda: team.change_deputy(world.head, *world.ids, row, deputy_id=world.dee.pk, **AT)


@killed("circle/team.end_member")
def _(world: World) -> Act:
    row = world.told.case.team.get().pk
    return lambda: team.end_member(world.head, *world.ids, row, last_on=TODAY, **AT)


@killed("circle/cover.record_away")
def _(world: World) -> Act:
    return lambda: _away(world)


@killed("circle/cover.withdraw_away")
def _(world: World) -> Act:
    row = _away(world)
    return lambda: cover.withdraw_away(world.head, world.school, row, because="Came after all.", **AT)


def _away(world: World) -> int:
    return cover.record_away(
        world.head, world.school, user_id=world.told.amina.pk, first=TODAY, last=TODAY, deputy_id=world.dee.pk, **AT
    )  # fmt: skip


@killed("circle/cover.hand_over")
def _(world: World) -> Act:
    cass = cast.a_person(world.told.school, Role.PROGRESS_LEADER, name="Cass Dorn")
    seen = version_of(carried_by(world.head, world.school, world.told.amina.pk, on=TODAY))
    return lambda: cover.hand_over(
        world.head, world.school, from_id=world.told.amina.pk, to_id=cass.pk, seen=seen, **AT
    )


@killed("circle/family.take_over")
def _(world: World) -> Act:
    with pen():
        world.told.case.pupil.contacts.create(
            school_id=world.school, name="Ola Quill", phone="07700 900123", parental_responsibility=True
        )
    return lambda: family.take_over(world.by, *world.ids, **AT)


@killed("circle/family.add_relative")
def _(world: World) -> Act:
    return lambda: family.add_relative(world.by, *world.ids, given=_RELATIVE, **AT)


@killed("circle/family.change_relative")
def _(world: World) -> Act:
    return lambda: family.change_relative(world.by, *world.ids, world.told.pat.pk, given=_RELATIVE, **AT)


@killed("circle/family.withdraw_relative")
def _(world: World) -> Act:
    return lambda: family.withdraw_relative(
        world.by, *world.ids, world.told.pat.pk, because="A mistake.", **AT
    )


_RELATIVE = RelativeGiven(name="Ola Quill", phone="07700 900123")
_NURSE = ProfessionalGiven(agency="Hospital school", name="Lee Marsh", role="Teacher")


@killed("circle/professionals.add_professional")
def _(world: World) -> Act:
    return lambda: professionals.add_professional(world.by, *world.ids, given=_NURSE, **AT)


@killed("circle/professionals.change_professional")
def _(world: World) -> Act:
    row = world.round.professional.pk
    return lambda: professionals.change_professional(world.by, *world.ids, row, given=_NURSE, **AT)


@killed("circle/professionals.withdraw_professional")
def _(world: World) -> Act:
    row = world.round.professional.pk
    return lambda: professionals.withdraw_professional(world.by, *world.ids, row, because="Moved on.", **AT)


@killed("circle/siblings.confirm_sibling")
def _(world: World) -> Act:
    other = cast.a_pupil(world.told.school, "Ola", "Zanderby")
    return lambda: siblings.confirm_sibling(world.by, *world.ids, other_id=other.pk, **AT)


@killed("circle/siblings.withdraw_sibling")
def _(world: World) -> Act:
    row = world.round.bond.pk
    return lambda: siblings.withdraw_sibling(world.by, *world.ids, row, because="Cousins.", **AT)


# ---------------------------------------------------------------- leaving the roll, and a death
_GIVEN = proposing.LeavingGiven(ground="a", leaving_on=date(2026, 12, 18), evidence="Fenwick School wrote")


@killed("leaving/proposing.propose_leaving")
def _(world: World) -> Act:
    return lambda: proposing.propose_leaving(world.by, *world.ids, given=_GIVEN, **AT)


@killed("leaving/proposing.withdraw_leaving")
def _(world: World) -> Act:
    row = proposing.propose_leaving(world.by, *world.ids, given=_GIVEN, **AT)
    return lambda: proposing.withdraw_leaving(world.by, *world.ids, row, because="They stay.", **AT)


@killed("leaving/deciding.decide_leaving")
def _(world: World) -> Act:
    row = proposing.propose_leaving(world.by, *world.ids, given=_GIVEN, **AT)
    return lambda: _agree(world, row)


@killed("leaving/deciding.carry_out")
def _(world: World) -> Act:
    row = proposing.propose_leaving(world.by, *world.ids, given=_GIVEN, **AT)
    _agree(world, row)
    when = {"on": _GIVEN.leaving_on, "at": datetime(2026, 12, 18, 9, tzinfo=UTC)}
    return lambda: deciding.carry_out(world.by, *world.ids, row, **when)


def _agree(world: World, row: int) -> None:
    deciding.decide_leaving(world.head, *world.ids, row, agree=True, because="Confirmed.", weighed=True, **AT)


@killed("deaths.record_death")
def _(world: World) -> Act:
    world.told.link(world.told.issue())
    return lambda: _death(world)


@killed("deaths.take_back_death")
def _(world: World) -> Act:
    row, pupil = _death(world), world.told.case.pupil_id
    return lambda: deaths.take_back_death(world.head, world.school, pupil, row, because="A mistake.", **AT)


def _death(world: World) -> int:
    return deaths.record_death(world.head, world.school, world.told.case.pupil_id, died_on=TODAY, **AT)


# ---------------------------------------------------------------- packs
_ENGLAND = "england"


@killed("packs/choosing.put_in_use")
def _(world: World) -> Act:
    text = next(one.text for one in shipped() if one.slug == "children-with-health-needs")
    newer = text.replace('version = "2026"', 'version = "2027"', 1)
    return lambda: packs.put_in_use(world.head, world.school, text=newer, kind="policy", from_on=TODAY, **AT)


@killed("packs/choosing.stop_using")
def _(world: World) -> Act:
    return lambda: packs.stop_using(world.head, world.school, slug=_ENGLAND, from_on=TODAY, **AT)


@killed("packs/choosing.withdraw")
def _(world: World) -> Act:
    packs.stop_using(world.head, world.school, slug=_ENGLAND, from_on=TODAY + timedelta(days=9), **AT)
    row = PackInUse.objects.order_by("pk").last().pk
    return lambda: packs.withdraw(world.head, world.school, row, **AT)


# ---------------------------------------------------------------- the policy register
@killed("policy/differences.answer_difference")
def _(world: World) -> Act:
    said = {"follows": _ENGLAND, "words": "We refer at once.", "reason": "It is quicker."}
    return lambda: differences.answer_difference(
        world.head, world.school, "consultant-evidence", **said, **AT
    )


@killed("policy/keeping.confirm_officer")
def _(world: World) -> Act:
    officer = keeping.Officer(post="Officer", name="A. Person", service="Service", phone="01225 000000")
    return lambda: keeping.confirm_officer(world.head, world.school, officer, confirmed_on=TODAY, **AT)


@killed("policy/keeping.record_briefing")
def _(world: World) -> Act:
    return lambda: _briefing(world)


@killed("policy/keeping.withdraw_briefing")
def _(world: World) -> Act:
    _briefing(world)
    row = Briefing.objects.get().pk
    return lambda: keeping.withdraw_briefing(world.head, world.school, row, reason="A mistake.", **AT)


def _briefing(world: World) -> None:
    briefed = keeping.Briefed(given_by="Dee Watts", attended=(world.dee.pk,), others=3)
    keeping.record_briefing(world.head, world.school, briefed, held_on=TODAY, **AT)


@killed("policy/keeping.check_guidance")
def _(world: World) -> Act:
    found = {key: keeping.Found(current=True) for key in _keys(world, "guidance")[:2]}
    return lambda: keeping.check_guidance(world.head, world.school, found, **AT)


@killed("policy/keeping.check_linked")
def _(world: World) -> Act:
    found = {key: keeping.Held(held=True, dated_on=TODAY) for key in _keys(world, "linked")[:2]}
    return lambda: keeping.check_linked(world.head, world.school, found, **AT)


def _keys(world: World, part: str) -> list[str]:
    return [one.key for pack in stack_of(world.school, TODAY).packs for one in getattr(pack, part)]


_TEXT = TextKey("children-with-health-needs", "2026")
_BEGUN = versions.Begun(version="2027", amendment="Shorter words.", text=_TEXT)


@killed("policy/versions.begin_version")
def _(world: World) -> Act:
    return lambda: _version(world)


@killed("policy/versions.enter_past_version")
def _(world: World) -> Act:
    past = versions.Past(approved_on=date(2025, 1, 30), minute="7/25")
    begun = versions.Begun(version="2025", amendment="First.", text=None)
    return lambda: versions.enter_past_version(world.head, world.school, begun, past, **AT)


@killed("policy/versions.withdraw_version")
def _(world: World) -> Act:
    row = _version(world)
    return lambda: versions.withdraw_version(world.head, world.school, row, reason="A mistake.", **AT)


@killed("policy/reading.read_policy")
def _(world: World) -> Act:
    row = _stepped(world, "")
    return lambda: reading.read_policy(world.head, world.school, row, **AT)


def _version(world: World) -> int:
    return versions.begin_version(world.head, world.school, _BEGUN, **AT)


# The steps of a version in their order; each is killed after those before it.
_STEPS: dict[str, Callable[[Actor, int, int], object]] = {
    "record_review": lambda by, school, row: steps.record_review(by, school, row, reviewed_on=TODAY, **AT),
    "send_to_governors": lambda by, school, row: steps.send_to_governors(
        by, school, row, sent_on=TODAY, **AT
    ),
    "record_approval": lambda by, school, row: steps.record_approval(
        by, school, row, meeting_on=TODAY, minute="12/26", **AT
    ),
    "publish": lambda by, school, row: steps.publish(by, school, row, published_on=TODAY, **AT),
}


def _stepped(world: World, until: str) -> int:
    """A version with every step before this one."""
    row = _version(world)
    for name, step in _STEPS.items():
        if name == until:
            break
        step(world.head, world.school, row)
    return row


for _name in _STEPS:

    @killed(f"policy/steps.{_name}")
    def _(world: World, name: str = _name) -> Act:
        row = _stepped(world, name)
        return lambda: _STEPS[name](world.head, world.school, row)


@killed("policy/steps.record_return")
def _(world: World) -> Act:
    row = _stepped(world, "record_approval")
    return lambda: steps.record_return(
        world.head, world.school, row, returned_on=TODAY, note="Clearer.", **AT
    )


@killed("policy/steps.withdraw_step")
def _(world: World) -> Act:
    row = _stepped(world, "send_to_governors")
    step = PolicyStep.objects.get().pk
    return lambda: steps.withdraw_step(world.head, world.school, row, step, reason="A mistake.", **AT)


# ---------------------------------------------------------------- duties, oversight and the outbox
@killed("oversight/signing.withdraw_month")
def _(world: World) -> Act:
    by, month = cast.actor(world.dee), TODAY.replace(day=1)
    signing.sign_month(by, world.school, month=month, note="", **AT)
    row = Monitoring.objects.get().pk
    return lambda: signing.withdraw_month(by, world.school, row, reason="A mistake.", **AT)


@killed("oversight/signing.sign_month")
def _(world: World) -> Act:
    month = TODAY.replace(day=1)
    return lambda: signing.sign_month(cast.actor(world.dee), world.school, month=month, note="Seen.", **AT)


def _finding(world: World) -> Finding:
    world.refreshed()
    return Finding.objects.get(duty="parents-first-contact", until_at=None)


@killed("duties/putting_off.put_off")
def _(world: World) -> Act:
    row = _finding(world).pk
    return lambda: _put_off(world, row)


@killed("duties/putting_off.take_up")
def _(world: World) -> Act:
    _put_off(world, _finding(world).pk)
    row = Snooze.objects.get().pk
    return lambda: putting_off.take_up(world.head, world.school, row, **AT)


def _put_off(world: World, row: int) -> Any:
    until = TODAY + timedelta(days=2)
    return putting_off.put_off(world.head, world.school, row, until_on=until, reason="Family away.", **AT)


@killed("duties/sweep.sweep_school")
def _(world: World) -> Act:
    world.outdated = True
    return lambda: sweep.sweep_school(world.school, **AT)


@killed("duties/sweep.keep_sweep")
def _(world: World) -> Act:
    done = sweep.sweep_school(world.school, **AT)
    return lambda: sweep.keep_sweep([done], **AT)


@killed("duties/alarm.tell_of_old_sweep")
def _(world: World) -> Act:
    return lambda: alarm.tell_of_old_sweep(world.school, at=cast.NOW)


@killed("outbox/choosing.choose_rhythm")
def _(world: World) -> Act:
    rhythms.choose_rhythm(world.by, world.school, Rhythm.WEEKLY, **AT)
    return lambda: rhythms.choose_rhythm(world.by, world.school, Rhythm.DAILY, **AT)


@killed("outbox/digests.queue_digests")
def _(world: World) -> Act:
    place = _owing(world)
    return lambda: digests.queue_digests(place, **AT)


@killed("outbox/digests.queue_escalation")
def _(world: World) -> Act:
    place = _owing(world)
    return lambda: digests.queue_escalation(place, **AT)


def _owing(world: World) -> Place:
    world.refreshed()
    school = world.told.school
    return Place(school.pk, school.urn, school.name)
