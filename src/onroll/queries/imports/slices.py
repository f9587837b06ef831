"""Which rows of a list are on a page."""

PAGE = 25


def start(first: int, total: int) -> int:
    """Where the page begins that was asked for, or the last page when the list ends before it."""
    return min(first, (max(total, 1) - 1) // PAGE * PAGE)
