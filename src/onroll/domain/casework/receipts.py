"""Who has had the statement, who has not, and the one thing to do next."""

from dataclasses import dataclass
from enum import StrEnum


class Step(StrEnum):
    """The next thing to do about who is responsible."""

    SAY = "say"  # who provides education
    ISSUE = "issue"  # the statement of what stands
    READ = "read"  # the reader's own turn
    PARENT = "parent"  # somebody of the family acknowledges
    JUDGE = "judge"  # is the pupil to be told themselves?
    EXPLAIN = "explain"  # to the pupil
    TEAM = "team"  # others of the team have not read it
    DONE = "done"


@dataclass(frozen=True, slots=True)
class Had:
    """What is on record about the statement of the arrangement that stands."""

    arranged: bool = True
    issued: bool = True
    acknowledged: bool = False  # by at least one of the family
    unread: tuple[str, ...] = ()  # names of those on the team who have not read it
    mine_unread: bool = False  # the reader of the page is on the team and has not read it
    understands: bool | None = None
    explained: bool = False


def next_step(had: Had) -> Step:
    """The first thing that is missing. The family comes before the pupil, and one's own reading before both."""
    if not had.arranged:
        return Step.SAY
    if not had.issued:
        return Step.ISSUE
    if had.mine_unread:
        return Step.READ
    if not had.acknowledged:
        return Step.PARENT
    if had.understands is None and not had.explained:
        return Step.JUDGE
    if had.understands and not had.explained:
        return Step.EXPLAIN
    return Step.TEAM if had.unread else Step.DONE
