"""Packs, and the policy register."""

from collections.abc import Callable
from datetime import date, timedelta

from onroll.actions.packs import choosing as packs
from onroll.actions.policy import differences, keeping, reading, reminding, steps, versions
from onroll.domain.vocabulary import Actor
from onroll.queries.digests import Place
from onroll.queries.packs import shipped, stack_of
from onroll.queries.policy.texts import TextKey
from onroll.records.policies.models import Briefing, PackInUse, PolicyStep
from tests.support import cast
from tests.support.killed_actions.world import AT, TODAY, Act, World, killed

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


@killed("policy/reminding.queue_reminders")
def _(world: World) -> Act:
    school, on = world.told.school, date(2026, 12, 5)  # within 60 days of the review
    place = Place(school.pk, school.urn, school.name)
    return lambda: reminding.queue_reminders(place, on=on, at=cast.NOW)
