"""Who is responsible."""

from onroll.actions.responsibility import by_link, issuing, linking, providing, receiving, understanding
from onroll.domain.duties.facts import Provider
from onroll.domain.permissions import Role
from onroll.records.cases.models import Receipt
from tests.support import cast
from tests.support.killed_actions.world import AT, TODAY, Act, World, killed

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
