"""Counts of children for readers who may not see children: small numbers hidden, and no way to work them out.

Rule R28 and section 10 of the domain research: fewer than five is shown as that, nought is shown as nought.
"""

from collections.abc import Sequence
from dataclasses import dataclass

FEWEST = 5
"""The smallest count that is shown as it is."""


@dataclass(frozen=True, slots=True)
class Shown:
    """One count as a reader sees it. `number` is None where it is hidden."""

    words: str
    number: int | None = None

    @property
    def is_nought(self) -> bool:
        """Whether there is nothing to tell."""
        return self.number == 0


def plain(counts: Sequence[int]) -> tuple[Shown, ...]:
    """Counts as they are, for readers who may see the children behind them."""
    return tuple(Shown(f"{count:,}", count) for count in counts)


def hidden(counts: Sequence[int], *, fewest: int = FEWEST) -> tuple[Shown, ...]:
    """Counts that together make one whole, such as the states of one duty, with small ones hidden.

    The reader may know the whole from elsewhere. Where that would give a hidden count away, the smallest of the
    others is hidden with it; where even that would, none but the noughts are told, and none is called small.
    """
    small = {place for place, count in enumerate(counts) if 0 < count < fewest}
    secret: set[int] = set()
    rest = sorted((count, place) for place, count in enumerate(counts) if count >= fewest)
    while _gives_away(counts, small, secret, fewest):
        if not rest:
            small, secret = set(), {place for place, count in enumerate(counts) if count}
            break
        secret.add(rest.pop(0)[1])
    return tuple(_shown(count, place in small, place in secret, fewest) for place, count in enumerate(counts))


def _gives_away(counts: Sequence[int], small: set[int], secret: set[int], fewest: int) -> bool:
    """Whether a reader who knows the whole could work out one of the counts that are called small."""
    whole = sum(counts)
    if not small or whole < fewest:  # a whole that small is told nowhere
        return False
    left = sum(counts[place] for place in small | secret)
    least = dict.fromkeys(small, 1) | dict.fromkeys(secret, fewest)
    most = dict.fromkeys(small, fewest - 1) | dict.fromkeys(secret, whole)
    for place in small:
        low = max(least[place], left - sum(most[other] for other in most if other != place))
        high = min(most[place], left - sum(least[other] for other in least if other != place))
        if low >= high:
            return True
    return False


def _shown(count: int, is_small: bool, is_secret: bool, fewest: int) -> Shown:
    if is_small:
        return Shown(f"fewer than {fewest}")
    if is_secret:
        return Shown("some")
    return Shown(f"{count:,}", count)
