"""Every address of the house, found in the URL table itself, and how to fill in what it asks for.

When you add an address with an argument that no line of FILL knows, the walk fails until you add one: what a real
one of the first school is. Build the thing in tests/support/walkers.py.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.support.walkers import World

# An id that nothing has, a URN that no school has, and a token that no link has.
NOTHING = 2_000_000_000
NO_SCHOOL = 999_999
NO_TOKEN = "x" * 43

# "argument", "room argument" for all of a room, or "name argument" for one address: a real one of the first school.
FILL: dict[str, Callable[[World], Any]] = {
    "urn": lambda world: world.school.urn,
    "pupil_id": lambda world: world.pupil.pk,
    "case_id": lambda world: world.case.pk,
    "person_id": lambda world: world.governor.pk,
    "people:give_back person_id": lambda world: world.leaver.pk,
    "invitation_id": lambda world: world.invitation.id,
    "token": lambda world: world.invitation.token,
    "entry_id": lambda world: world.entry.pk,
    "calendar:restore entry_id": lambda world: world.withdrawn_entry.pk,
    "recount_id": lambda world: world.recount.pk,
    "group_id": lambda world: world.school.year_groups.first().pk,
    "school:tutor-group group_id": lambda world: world.school.tutor_groups.first().pk,
    "code_id": lambda world: world.code.pk,
    "import_id": lambda world: world.waiting.pk,
    "registers:columns import_id": lambda world: world.unread.pk,
    "registers:undo import_id": lambda world: world.written.pk,
    "registers:marks outcome": lambda world: "new",
    "registers:problems kind": lambda world: "future",
    "roll import_id": lambda world: world.roll.pk,
    "roll:columns import_id": lambda world: world.unread_roll.pk,
    "roll:pupils state": lambda world: "new",
    "roll:problems kind": lambda world: "left-out",
    "cases:move move": lambda world: "close",
    "timeline kind": lambda world: "contact",
    "timeline entry_id": lambda world: world.contact.pk,
    "timeline:download entry_id": lambda world: world.document.pk,
    "missing_id": lambda world: world.missing.pk,
    "statement_id": lambda world: world.statement.pk,
    "statements receipt_id": lambda world: world.receipt.pk,
    "statements link_id": lambda world: world.family_link.id,
    "statements arrangement_id": lambda world: world.statement.arrangement_id,
    "statements:paper audience": lambda world: "family",
    "statement:show token": lambda world: world.family_link.token,
    "packs row_id": lambda world: world.coming_pack.pk,
    "packs slug": lambda world: "england",
    "member_id": lambda world: world.round.member.pk,
    "relative_id": lambda world: world.round.relative.pk,
    "professional_id": lambda world: world.round.professional.pk,
    "bond_id": lambda world: world.round.bond.pk,
    "other_id": lambda world: world.round.other.pk,
    "away_id": lambda world: world.round.away.pk,
    "proposal_id": lambda world: world.round.proposal.pk,
    "cover person_id": lambda world: world.round.member.user_id,
    "message_id": lambda world: world.message.pk,
    "finding_id": lambda world: world.finding.pk,
    "snooze_id": lambda world: world.snooze.pk,
    "monitoring_id": lambda world: world.monitoring.pk,
    "policy pack": lambda world: "children-with-health-needs",
    "policy:behind duty": lambda world: "parents-first-contact",
    "policy:behind status": lambda world: "overdue",
    "policyregister version_id": lambda world: world.policy.published,
    "policyregister:step version_id": lambda world: world.policy.draft,
    "policyregister:withdraw version_id": lambda world: world.policy.draft,
    "policyregister:step step": lambda world: "reviewed",
    "policyregister:withdraw-step step_id": lambda world: world.policy.last_step,
    "policyregister briefing_id": lambda world: world.policy.briefing,
    "policyregister:answer topic": lambda world: "consultant-evidence",
    "public version": lambda world: "2026",
    "pk": lambda world: world.passkey.pk,
    "uidb36": lambda world: "1",
    "key": lambda world: "set-password",
}


@dataclass(frozen=True)
class Address:
    """One entry of the URL table."""

    name: str  # with its namespace: "people:show"
    arguments: tuple[str, ...]

    def path(self, world: World, **others: Any) -> str:
        """The path with real things of the first school; `others` puts something else in their place."""
        given = {name: self._real(world, name) for name in self.arguments}
        return reverse(self.name, kwargs=given | {k: v for k, v in others.items() if k in given})

    def path_to_nothing(self, world: World, *, urn: int) -> str:
        """The path within a school, with ids that nothing has."""
        nothing = {
            name: NO_TOKEN if isinstance(self._real(world, name), str) else NOTHING for name in self.arguments
        }
        return self.path(world, **nothing | {"urn": urn})

    @property
    def ids(self) -> tuple[str, ...]:
        """What it asks for besides the school."""
        return tuple(name for name in self.arguments if name != "urn")

    def _real(self, world: World, name: str) -> Any:
        room = self.name.partition(":")[0]
        fill = FILL.get(f"{self.name} {name}") or FILL.get(f"{room} {name}") or FILL.get(name)
        assert fill, (
            f"The address {self.name} asks for {name!r}, and this test knows no real one. Add a line to FILL in "
            f"tests/support/addresses.py that gives one of the first school, and build it in tests/support/walkers.py. "
            f"Then every role, a stranger and nobody at all will be sent there."
        )
        return fill(world)


def addresses() -> list[Address]:
    """Every address, in the order of the table. Fails for one without a name: nothing could link to it."""
    return list(_walk(get_resolver().url_patterns, (), ()))


def _walk(
    patterns: Iterable[URLPattern | URLResolver], namespaces: tuple[str, ...], arguments: tuple[str, ...]
) -> Iterator[Address]:
    for pattern in patterns:
        found = (*arguments, *_arguments(pattern))
        if isinstance(pattern, URLResolver):
            inner = (*namespaces, pattern.namespace) if pattern.namespace else namespaces
            yield from _walk(pattern.url_patterns, inner, found)
        else:
            assert pattern.name, f"Give the address {pattern.pattern} a name."
            yield Address(":".join((*namespaces, pattern.name)), found)


def _arguments(pattern: URLPattern | URLResolver) -> list[str]:
    text = str(pattern.pattern)
    return re.findall(r"\(\?P<(\w+)>", text) or re.findall(r"<(?:\w+:)?(\w+)>", text)
