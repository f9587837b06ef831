"""What every page of the register begins with."""

from datetime import date

from django.utils import timezone

from onroll.domain.permissions import Permission
from onroll.domain.policy import Step
from onroll.domain.policy.life import steps_from
from onroll.domain.vocabulary import not_found
from onroll.pages.parts import Link
from onroll.pages.policy_parts import policy_parts
from onroll.pages.requests import OnrollRequest
from onroll.queries import doors
from onroll.queries.doors import SchoolSeen
from onroll.queries.packs import Stack, stack_of
from onroll.queries.policy.kept import Register, VersionSeen, register

ASKS = ("GET", "HEAD", "POST")


def school_of(
    request: OnrollRequest, urn: int, permission: Permission = Permission.POLICY_EDIT
) -> SchoolSeen:
    """The school, for who keeps the register; or, asked so, for who may read it."""
    return doors.school(request.actor, urn, permission)


def today() -> date:
    """The day on which something is recorded."""
    return timezone.localdate()


def stack_here(school: SchoolSeen) -> Stack:
    """The packs in use today."""
    return stack_of(school.id, today())


def parts_of(school: SchoolSeen, stack: Stack, current: str) -> list[Link]:
    """The row of links."""
    return policy_parts(school.urn, stack.packs, current)


def version_of(school: SchoolSeen, version_id: int) -> tuple[Register, VersionSeen]:
    """The register and one of its versions."""
    held = register(school.id)
    seen = held.one(version_id)
    if seen is None:
        raise not_found()
    return held, seen


def next_steps(seen: VersionSeen) -> tuple[Step, ...]:
    """What can be done to a version now, the way forward first."""
    steps = steps_from(seen.stage, reviewed=seen.reviewed)
    return tuple(sorted(steps, key=lambda step: step is Step.RETURNED))
