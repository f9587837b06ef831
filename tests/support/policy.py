"""Policy packs in use at a school of a test."""

from datetime import date

from onroll.actions.packs.using import use_pack, use_shipped
from onroll.domain.packs import Profile, read
from onroll.queries.packs import shipped
from onroll.records.base import pen
from onroll.records.schools.models import School
from tests.support import cast

BEGAN = date(2026, 9, 1)
SHIPPED = ("children-with-health-needs", "england", "wiltshire")


def a_text(of: str = SHIPPED[0], /, *, version: str = "", **changed: str) -> str:
    """A shipped text, as another version; `changed`: first lines by their key, as TOML has the value."""
    text = next(one.text for one in shipped() if one.slug == of)
    changed |= {"version": f'"{version}"'} if version else {}
    lines = text.splitlines()
    for key, value in changed.items():
        at = next(number for number, line in enumerate(lines) if line.startswith(f"{key} ="))
        lines[at] = f"{key} = {value}"
    return "\n".join(lines) + "\n"


def with_policy(school: School, *texts: str, from_on: date = BEGAN) -> School:
    """Put packs in use at a school from 1 September 2026: these texts, or the shipped packs and Wiltshire's profile."""
    with pen():
        if not texts:
            use_shipped(school.pk, SHIPPED, from_on=from_on, by_id=None, at=cast.NOW)
        for text in texts:
            kind = "authority" if isinstance(read(text, "test"), Profile) else "policy"
            use_pack(school.pk, text, kind=kind, from_on=from_on, by_id=None, at=cast.NOW)
    return school
