"""The packs and profiles that come with Onroll."""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from onroll.domain.packs import Profile, read

FOLDERS = ("policies", "authorities")


@dataclass(frozen=True, slots=True)
class Shipped:
    """One shipped file."""

    kind: str  # as PackInUse has it: "policy" or "authority"
    slug: str
    title: str
    version: str
    text: str
    layer: str = ""  # "school" or "nation"; empty for a profile
    example: bool = False


def shipped() -> tuple[Shipped, ...]:
    """Every pack and profile in settings.ONROLL_PACKS_DIR: packs first, each kind by its slug."""
    return read_folder(settings.ONROLL_PACKS_DIR)


def shipped_one(slug: str) -> Shipped | None:
    """The shipped pack or profile of a slug. No pack has the slug of a profile."""
    return next((one for one in shipped() if one.slug == slug), None)


@lru_cache(maxsize=4)
def read_folder(folder: Path) -> tuple[Shipped, ...]:
    """The packs and profiles of one folder. Raises PackProblems when one is not in order."""
    files = [path for name in FOLDERS for path in sorted((folder / name).glob("*.toml"))]
    return tuple(_shipped(path) for path in files)


def _shipped(path: Path) -> Shipped:
    text = path.read_text(encoding="utf-8")
    found = read(text, f"packs/{path.parent.name}/{path.name}")
    if isinstance(found, Profile):
        return Shipped("authority", found.slug, found.title, found.version, text, example=found.example)
    return Shipped("policy", found.slug, found.title, found.version, text, layer=found.layer)
