"""Texts that are in use, parsed once for each process."""

from collections.abc import Iterable

from onroll.domain.packs import Pack, Profile, read_kept
from onroll.records.policies.models import PackInUse

_MOST = 512
_parsed: dict[str, Pack | Profile] = {}  # by digest: a text never changes, so neither does what it says


def parsed(digests: Iterable[str]) -> dict[str, Pack | Profile]:
    """Packs and profiles by the digest of their text. No query for those that this process has met before."""
    wanted = set(digests)
    if missing := wanted - _parsed.keys():
        rows = (
            PackInUse.objects.filter(digest__in=missing).order_by().values_list("digest", "text").distinct()
        )
        for digest, text in rows:
            remember(digest, read_kept(text))
    return {digest: _parsed[digest] for digest in wanted if digest in _parsed}


def remember(digest: str, found: Pack | Profile) -> None:
    """Keep what a text says, for this process."""
    if len(_parsed) >= _MOST:
        _parsed.clear()
    _parsed[digest] = found
