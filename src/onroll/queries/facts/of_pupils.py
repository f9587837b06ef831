"""What duties ask of pupils: their time on roll, whether a roll file missed them, whether they have died."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date

from django.db.models import Q
from django.utils import timezone

from onroll.domain.roll.targets import Field
from onroll.queries.facts.when import When, first_of_each
from onroll.records.pupils.models import Death, Enrolment, MissingFromRoll, PupilChange

Times = tuple[tuple[date, date | None], ...]


def on_roll(pupil_ids: Collection[int], when: When) -> dict[int, Times]:
    """The times on roll of each pupil, as they were known. One query, or two for the past.

    A time on roll is overwritten when its end moves; the end that it had is read from the pupil's changes.
    """
    rows = Enrolment.objects.filter(pupil_id__in=pupil_ids, first_on__lte=when.on)
    found: dict[int, list[tuple[date, date | None]]] = defaultdict(list)
    for pupil_id, first, last in rows.order_by("first_on").values_list("pupil_id", "first_on", "last_on"):
        found[pupil_id].append((first, last))
    if when.known_at is not None:
        for pupil_id, end in _ends_before(pupil_ids, when).items():
            if times := found.get(pupil_id):
                times[-1] = (times[-1][0], end)
    return {pupil_id: tuple(times) for pupil_id, times in found.items()}


def _ends_before(pupil_ids: Collection[int], when: When) -> dict[int, date | None]:
    """The end that a pupil's last time on roll had, where it has moved since the moment asked about."""
    rows = PupilChange.objects.filter(
        pupil_id__in=pupil_ids, field=str(Field.LEFT_ON), at__gt=when.known_at
    ).order_by("at", "pk")
    found: dict[int, date | None] = {}
    for pupil_id, old in rows.values_list("pupil_id", "old"):
        found.setdefault(pupil_id, date.fromisoformat(old) if old else None)
    return found


def deaths(pupil_ids: Collection[int], when: When) -> dict[int, date]:
    """When each pupil died who has died. One query."""
    rows = when.of(Death.objects.filter(pupil_id__in=pupil_ids))
    return dict(rows.values_list("pupil_id", "happened_on"))


def missing_since(pupil_ids: Collection[int], when: When) -> dict[int, date]:
    """Since when a roll file misses a pupil of whom nobody had said anything by then. One query."""
    rows = MissingFromRoll.objects.filter(
        Q(decided_at=None) | Q(decided_at__gt=when.moment),
        pupil_id__in=pupil_ids,
        noticed_at__lte=when.moment,
    ).order_by("noticed_at")
    pairs = rows.values_list("pupil_id", "noticed_at")
    return first_of_each((pupil_id, timezone.localdate(at)) for pupil_id, at in pairs)
