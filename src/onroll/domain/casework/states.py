"""The states of a case."""

from enum import StrEnum


class State(StrEnum):
    """Where a case stands. The value is stored; the words are for people."""

    words: str

    def __new__(cls, value: str, words: str) -> "State":
        member = str.__new__(cls, value)
        member._value_ = value
        member.words = words
        return member

    CONCERN = "concern", "Concern"
    SCHOOL = "school-arranging", "School arranging"
    REFERRED = "referred", "Referred"
    AUTHORITY = "authority-arranging", "Authority arranging"
    RETURNING = "returning", "Returning"
    SETTLED = "settled", "Settled"
    CLOSED = "closed", "Closed"

    @property
    def is_open(self) -> bool:
        """Whether the case still owes anybody anything."""
        return self is not State.CLOSED
