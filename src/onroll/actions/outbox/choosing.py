"""Somebody chooses how often they are written to about a school."""

from datetime import date, datetime

from onroll.actions.change import change
from onroll.domain.digests import Rhythm
from onroll.domain.permissions import Permission
from onroll.domain.vocabulary import Actor, not_allowed, not_found
from onroll.records.outbox.models import DigestChoice
from onroll.records.people.models import User


def choose_rhythm(actor: Actor, school_id: int, rhythm: Rhythm, *, on: date, at: datetime) -> None:
    """Keep the actor's own choice; the one before is taken back. The same choice again changes nothing."""
    with change(actor.id, "digest-chosen", at, school_id=school_id) as entry:
        if school_id not in actor.school_ids():
            raise not_found()
        if not actor.may(Permission.TODAY_SEE, school_id):
            raise not_allowed(Permission.TODAY_SEE)
        User.objects.select_for_update().get(pk=actor.id)  # two pages of one person, one after the other
        entry.subject, entry.detail = f"user:{actor.id}", {"rhythm": rhythm.value}
        standing = DigestChoice.objects.standing().filter(user_id=actor.id, school_id=school_id)
        last = standing.order_by("-pk").first()
        if last is not None and last.rhythm == rhythm.value:
            entry.nothing_changed = True
            return
        standing.update(withdrawn_at=at, withdrawn_by_id=actor.id)
        DigestChoice.objects.create(
            user_id=actor.id,
            school_id=school_id,
            rhythm=rhythm.value,
            happened_on=on,
            recorded_at=at,
            recorded_by_id=actor.id,
            replaces=last,
        )
