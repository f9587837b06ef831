"""Policy packs and authority profiles: what a place's policy says, as data."""

from onroll.domain.packs.pack import Duty, Pack, Scope

__all__ = ["Duty", "Pack", "Scope"]
