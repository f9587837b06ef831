"""The packs that apply at a school on a day, one on another, with the authority's profile."""

from dataclasses import dataclass

from onroll.domain.packs.pack import Duty, Pack
from onroll.domain.packs.profile import Profile
from onroll.domain.packs.words import TERMS
from onroll.domain.permissions import ROLES, Role


@dataclass(frozen=True, slots=True)
class Stack:
    """Packs in their order: the school's own first, then the nation's. Where both have a word, the first says it."""

    packs: tuple[Pack, ...] = ()
    authority: Profile | None = None

    def role(self, role: Role) -> str:
        """What this place calls a role."""
        return next((pack.roles[role] for pack in self.packs if role in pack.roles), ROLES[role].title)

    def term(self, key: str) -> str:
        """What this place calls a thing, by its key in `words.TERMS`; an unknown key is given back."""
        ours = TERMS.get(key, key)
        return next((pack.terms[key] for pack in self.packs if key in pack.terms), ours)

    def pack(self, slug: str) -> Pack | None:
        """The pack of a slug, if it is in use."""
        return next((pack for pack in self.packs if pack.slug == slug), None)

    def duty(self, pack_slug: str, duty_id: str) -> Duty | None:
        """A duty of a pack in use."""
        pack = self.pack(pack_slug)
        return pack.duty(duty_id) if pack else None
