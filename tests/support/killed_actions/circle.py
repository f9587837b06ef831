"""The people round a child."""

from onroll.actions.circle import cover, family, professionals, siblings, team
from onroll.domain.casework.family import ProfessionalGiven, RelativeGiven
from onroll.domain.permissions import Role
from onroll.queries.cover import carried_by, version_of
from onroll.records.base import pen
from tests.support import cast
from tests.support.killed_actions.world import AT, TODAY, Act, World, killed


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
