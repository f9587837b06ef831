"""Looks, logged as pages log them."""

from datetime import datetime
from types import SimpleNamespace
from typing import Any

from onroll.domain.vocabulary import Actor
from onroll.queries import doors
from tests.support.cast import NOW

SOMEBODY = Actor(7, "Somebody")


def a_look(
    at: datetime = NOW, *, pupils: tuple[int, ...] = (1, 2), page: str = "pupil", school_id: int = 3
) -> None:
    """Somebody opened a page that shows these pupils."""
    seen: Any = SimpleNamespace(id=school_id)
    doors.looked(SOMEBODY, seen, page=page, pupil_ids=pupils, at=at)
