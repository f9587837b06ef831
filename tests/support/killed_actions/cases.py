"""Cases."""

from onroll.actions.cases import moving, needing, opening
from onroll.domain.casework.moves import Move
from tests.support import cast
from tests.support.killed_actions.world import AT, TODAY, Act, World, killed


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
