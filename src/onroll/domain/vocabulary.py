"""Words that every floor shares: who acts, and how the house says no."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from onroll.domain.permissions import ROLES, Permission, Role


@dataclass(frozen=True, slots=True)
class Post:
    """One role that a person holds at one school.

    `year_group_ids` narrows the pupils the role reaches; empty means the whole school.
    """

    school_id: int
    role: Role
    year_group_ids: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class SchoolName:
    """A school in a list of schools."""

    id: int
    urn: int
    name: str


@dataclass(frozen=True, slots=True)
class Actor:
    """The person on whose behalf something is read or changed."""

    id: int
    name: str
    posts: tuple[Post, ...] = ()
    schools: tuple[SchoolName, ...] = ()  # at which a role is held, by name

    def posts_at(self, school_id: int) -> tuple[Post, ...]:
        """The roles held at one school; empty for a stranger."""
        return tuple(post for post in self.posts if post.school_id == school_id)

    def may(self, permission: Permission, school_id: int) -> bool:
        """Say whether any role held at the school carries the permission."""
        return any(permission in ROLES[post.role].permissions for post in self.posts_at(school_id))

    def year_groups(self, permission: Permission, school_id: int) -> frozenset[int] | None:
        """Year groups within which the permission holds; None means every pupil of the school."""
        reach: set[int] = set()
        for post in self.posts_at(school_id):
            if permission in ROLES[post.role].permissions:
                if not post.year_group_ids:
                    return None
                reach |= post.year_group_ids
        return frozenset(reach)

    def school_ids(self) -> tuple[int, ...]:
        """Schools at which the person holds any role, without repeats, in the order given."""
        return tuple(dict.fromkeys(post.school_id for post in self.posts))


class Refused(StrEnum):
    """Why the house says no; the middleware turns each into its page."""

    NOT_FOUND = "not-found"  # does not exist, or not yours to know of: the answers are the same
    NOT_ALLOWED = "not-allowed"  # inside your own school, but not your role's to see or do
    INVALID = "invalid"  # what was asked for cannot be done as asked
    STALE = "stale"  # somebody changed it since the page was opened
    CONFLICT = "conflict"  # its state does not allow this now


@dataclass(eq=False)
class Refusal(Exception):
    """The one exception that actions and queries raise on purpose.

    `message` says what happened and what to do, and never names a child or a condition:
    it may reach a log. `ask` says who can help.
    """

    kind: Refused
    message: str
    ask: str = ""

    def __str__(self) -> str:
        return self.message


def not_found() -> Refusal:
    """The answer for what does not exist and for what belongs to others."""
    return Refusal(Refused.NOT_FOUND, "This page does not exist or is not yours to see.")


def not_allowed(permission: Permission, school_name: str = "") -> Refusal:
    """The answer to a member of the school whose roles do not reach this part."""
    holders = roles_with(permission)
    at = f" at {school_name}" if school_name else ""
    return Refusal(
        Refused.NOT_ALLOWED,
        f"Your role{at} does not let you {permission.words}.",
        ask=f"These roles can: {in_words(holders)}. An administrator can change your role.",
    )


def roles_with(permission: Permission) -> list[str]:
    """Titles of the roles that carry a permission, in the order of the role table."""
    return [facts.title for facts in ROLES.values() if permission in facts.permissions]


def in_words(items: Iterable[str]) -> str:
    """Join as English: "a, b and c"."""
    *rest, last = list(items) or ["nobody yet"]
    return f"{', '.join(rest)} and {last}" if rest else last
