"""Lists come 25 to a page: which page, how many, and which page links to show."""

from dataclasses import dataclass

PAGE_SIZE = 25
_EACH_SIDE = 1


@dataclass(frozen=True, slots=True)
class Paging:
    """Where a reader is in a list of `total` things. Pages are numbered from 1."""

    number: int
    total: int
    size: int = PAGE_SIZE

    @classmethod
    def of(cls, asked: str | None, total: int, size: int = PAGE_SIZE) -> "Paging":
        """Read the page asked for in a URL. Nonsense gives the first page, too far gives the last."""
        number = int(asked) if asked and asked.isascii() and asked.isdigit() and len(asked) < 9 else 1
        last = max(1, -(-total // size))
        return cls(min(max(number, 1), last), total, size)

    @property
    def pages(self) -> int:
        """Count the pages; an empty list still has one."""
        return max(1, -(-self.total // self.size))

    @property
    def offset(self) -> int:
        """Say how many things come before this page."""
        return (self.number - 1) * self.size

    @property
    def first(self) -> int:
        """Number of the first thing on this page, counted from 1; 0 when the list is empty."""
        return min(self.offset + 1, self.total)

    @property
    def last(self) -> int:
        """Number of the last thing on this page."""
        return min(self.offset + self.size, self.total)

    def slots(self) -> list[int | None]:
        """List the page numbers to link to; None stands for a gap."""
        near = range(self.number - _EACH_SIDE, self.number + _EACH_SIDE + 1)
        wanted = sorted({1, self.pages, *(n for n in near if 1 <= n <= self.pages)})
        slots: list[int | None] = []
        for n in wanted:
            before = slots[-1] if slots else None
            if before is not None and n - before == 2:
                slots.append(n - 1)
            elif before is not None and n - before > 2:
                slots.append(None)
            slots.append(n)
        return slots
