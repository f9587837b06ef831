"""Leaving the roll, and a death."""

from datetime import UTC, date, datetime

from onroll.actions import deaths
from onroll.actions.leaving import deciding, proposing
from tests.support.killed_actions.world import AT, TODAY, Act, World, killed

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
