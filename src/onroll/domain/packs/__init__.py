"""Policy packs and authority profiles: what a place's policy says, as data."""

from onroll.domain.packs.pack import Duty, Pack, Scope
from onroll.domain.packs.problems import PackProblems, Problem
from onroll.domain.packs.profile import Profile
from onroll.domain.packs.reading import read, read_kept, read_pack, read_profile

__all__ = [
    "Duty",
    "Pack",
    "PackProblems",
    "Problem",
    "Profile",
    "Scope",
    "read",
    "read_kept",
    "read_pack",
    "read_profile",
]
