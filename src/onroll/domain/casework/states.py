"""The states of a case."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType


class State(StrEnum):
    """Where a case stands. The value is stored."""

    CONCERN = "concern"
    SCHOOL = "school-arranging"
    REFERRED = "referred"
    AUTHORITY = "authority-arranging"
    RETURNING = "returning"
    SETTLED = "settled"
    CLOSED = "closed"

    @property
    def words(self) -> str:
        """What people read."""
        return _WORDS[self]

    @property
    def is_open(self) -> bool:
        """Whether the case still owes anybody anything."""
        return self is not State.CLOSED


_WORDS: Mapping[State, str] = MappingProxyType({
    State.CONCERN: "Concern",
    State.SCHOOL: "School arranging",
    State.REFERRED: "Referred",
    State.AUTHORITY: "Authority arranging",
    State.RETURNING: "Returning",
    State.SETTLED: "Settled",
    State.CLOSED: "Closed",
})  # fmt: skip
