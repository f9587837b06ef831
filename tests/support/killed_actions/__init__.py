"""Every action on cases, packs, policy, duties and the outbox: how to set it up, and how to call it.

A set-up gets the world and returns the call that is then killed at each of its writes in turn.
"""

from tests.support.killed_actions import (  # noqa: F401 - importing them registers their actions
    cases,
    circle,
    duties,
    leaving,
    policy,
    responsibility,
    timeline,
)
from tests.support.killed_actions.world import SETUPS, TODAY, World

__all__ = ["SETUPS", "TODAY", "World"]
