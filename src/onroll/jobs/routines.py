"""What the house does by itself, and how often."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from onroll.actions import queue

# name, how often, what
ROUTINES: tuple[tuple[str, timedelta, Callable[[datetime], Any]], ...] = (
    ("reap", timedelta(minutes=1), queue.reap),
)
