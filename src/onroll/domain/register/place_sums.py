"""Add up, session by session, how many registers of a group have something there."""

from onroll.domain.schoolcalendar import GRID_LENGTH

_FULL = 255  # as many masks can be added up in one byte a session
_ONES = int.from_bytes(b"\x01" * GRID_LENGTH, "little")


class PlaceSums:
    """How many of the masks that were added have 0xFF at each place of the grid."""

    __slots__ = ("_added", "_counts", "_sum")

    def __init__(self) -> None:
        self._counts = [0] * GRID_LENGTH
        self._added, self._sum = 0, 0

    def add(self, mask: int) -> None:
        """Add a mask, given as a number with its first place lowest."""
        self._added += 1
        self._sum += mask & _ONES
        if self._added == _FULL:
            self._flush()

    def counts(self) -> list[int]:
        """How many masks have each place."""
        self._flush()
        return self._counts

    def _flush(self) -> None:
        if self._added:
            fresh = self._sum.to_bytes(GRID_LENGTH, "little")
            self._counts = [one + more for one, more in zip(self._counts, fresh, strict=True)]
            self._added, self._sum = 0, 0
