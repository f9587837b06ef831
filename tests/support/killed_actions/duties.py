"""Duties, oversight and the outbox."""

from datetime import timedelta
from typing import Any

from onroll.actions.duties import alarm, putting_off, sweep
from onroll.actions.outbox import choosing as rhythms
from onroll.actions.outbox import digests
from onroll.actions.oversight import signing
from onroll.domain.digests import Rhythm
from onroll.queries.digests import Place
from onroll.records.duties.models import Finding, Snooze
from onroll.records.policies.models import Monitoring
from tests.support import cast
from tests.support.killed_actions.world import AT, TODAY, Act, World, killed


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
