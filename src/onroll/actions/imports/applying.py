"""Approve an import, and write it: the one moment at which the register changes, in one transaction.

Staged marks were compared with the register when the file was read. Under the lock they are compared with the
register as it is now, so a mark that came in between is amended like any other, and never lost unseen.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from django.utils import timezone

from onroll.actions.change import change
from onroll.actions.imports.holding import (
    APPLY,
    KIND,
    Told,
    import_to_change,
    in_hand,
    move,
    queue,
    subject,
)
from onroll.actions.recount import Moved, recount_school
from onroll.domain.register import CODE_OF_CHAR
from onroll.domain.register.comparison import NO_MARKS, Outcome, Tally, compare, merged, places_with
from onroll.domain.register.coverage import stored_mask
from onroll.domain.register.import_states import ImportState, Move
from onroll.domain.register.pupil_match import to_check
from onroll.domain.schoolcalendar import session_at
from onroll.domain.vocabulary import Actor, Refusal, Refused
from onroll.queries.imports.staged import HeldRegister, StagedMarks, registers_held, staged_batches
from onroll.queries.imports.year_groups import groups_then
from onroll.records.attendance import bulk
from onroll.records.attendance.models import Amendment, Import, RegisterYear, StagedRegister
from onroll.records.schools.models import School


def approve(actor: Actor, import_id: int, *, version: int, names_checked: bool = False, at: datetime) -> None:
    """Let a read file into the register; the worker writes it. Refuses where names are still to be checked."""
    with change(actor.id, "import_approved", at) as entry:
        row = import_to_change(actor, import_id, version=version)
        entry.school_id, entry.subject = row.school_id, subject(row.pk)
        if to_check(row.counts) and not names_checked:
            raise Refusal(
                Refused.INVALID,
                "Some pupils were not found by their UPN. "
                "Check that each is the right pupil, and say so when you approve.",
            )
        fields = [*move(row, Move.APPROVE), *queue(row, APPLY, actor_id=actor.id, at=at)]
        row.approved_by_id, row.approved_at, row.problem = actor.id, at, ""
        row.save(update_fields=[*fields, "approved_by", "approved_at", "problem"])
        entry.detail = {"counts": row.counts}


def apply(import_id: int, *, at: datetime, tell: Told) -> None:
    """Write an approved import into the register: all of it or nothing. Does nothing when it was cancelled."""
    tell(0, 1, "Writing the register")
    with change(_approver(import_id), "import_applied", at) as entry:
        row = in_hand(import_id, ImportState.APPLYING)
        if row is None:
            entry.nothing_changed = True
            return
        School.objects.select_for_update(no_key=True).get(pk=row.school_id)
        swap = Swap(row, at)
        swap.compare()
        swap.write()
        moved = recount_school(row.school_id, pupil_ids=swap.pupil_ids)
        row.outcome = swap.outcome(moved)
        row.applied_at = at
        row.save(update_fields=[*move(row, Move.APPLY), "outcome", "applied_at"])
        entry.school_id, entry.subject, entry.detail = row.school_id, subject(row.pk), row.outcome


def hand_back(import_id: int, *, kind: str = KIND, problem: str, at: datetime) -> None:
    """Put an import that could not be written back to where it waits for approval. Nothing of it was written."""
    with change(None, "import_handed_back", at) as entry:
        row = in_hand(import_id, ImportState.APPLYING, kind=kind)
        if row is None:
            entry.nothing_changed = True
            return
        row.problem = problem
        row.save(update_fields=[*move(row, Move.HAND_BACK), "problem"])
        entry.school_id, entry.subject = row.school_id, subject(row.pk)


def _approver(import_id: int) -> int | None:
    return Import.objects.filter(pk=import_id).values_list("approved_by_id", flat=True).first()


@dataclass(slots=True)
class Swap:
    """What one import writes. Compare first, then write; nothing is asked mark by mark."""

    row: Import
    at: datetime
    pupil_ids: set[int] = field(default_factory=set)
    _tallies: dict[Outcome, int] = field(default_factory=lambda: dict.fromkeys(Outcome, 0))
    _updates: list[tuple[int, str]] = field(default_factory=list)
    _fresh: list[tuple[int, int, str]] = field(default_factory=list)  # pupil, year, marks
    _amended: list[tuple[int, int, str, str]] = field(default_factory=list)  # pupil, year, before, brought
    _moved_on: list[tuple[int, str | None, int, int, int, int]] = field(default_factory=list)

    def compare(self) -> None:
        """Hold every staged register against the register as it is, and lock that."""
        for batch in staged_batches(self.row.pk):
            held = registers_held(((one.pupil_id, one.year) for one in batch), lock=True)
            for one in batch:
                self._compare_one(one, held.get((one.pupil_id, one.year)))

    def write(self) -> None:
        """Write registers, amendments, and what the staged rows must remember to be undone."""
        bulk.update(RegisterYear, ("marks",), self._updates)
        bulk.insert(RegisterYear, ("pupil", "school", "year", "year_group", "marks"), self._fresh_rows())
        bulk.insert(Amendment, _AMENDMENT, self._amendments())
        bulk.update(StagedRegister, ("before", "new", "same", "changed", "kept"), self._moved_on)

    def outcome(self, moved: Moved) -> dict[str, Any]:
        """What was done, for the import's page and the ledger."""
        done = {str(key): count for key, count in self._tallies.items()}
        seen = {key: self.row.counts.get(key, 0) for key in done}
        return {
            **done,
            "registers": len(self._updates) + len(self._fresh),
            "moved": len(moved.moves),
            "newly_reached": moved.newly_reached,
            "previewed": seen if seen != done else None,
        }

    def _compare_one(self, one: StagedMarks, held: HeldRegister | None) -> None:
        now = held.marks if held else None
        tally = one.tally if now == one.before else self._compare_again(one, now)
        for outcome in Outcome:
            self._tallies[outcome] += getattr(tally, outcome)
        if not tally.writes:
            return
        self.pupil_ids.add(one.pupil_id)
        after = merged(now or NO_MARKS, one.marks)
        if held:
            self._updates.append((held.id, after))
        else:
            self._fresh.append((one.pupil_id, one.year, after))
        if tally.changed and now:
            self._amended.append((one.pupil_id, one.year, now, one.marks))

    def _compare_again(self, one: StagedMarks, now: str | None) -> Tally:
        """The register moved on after the file was read: what the staged row remembers must be what is there."""
        tally = compare(now or NO_MARKS, one.marks, stored_mask(self.row.covered, one.year))
        self._moved_on.append((one.id, now, tally.new, tally.same, tally.changed, tally.kept))
        return tally

    def _fresh_rows(self) -> list[tuple[int, int, int, int | None, str]]:
        if not self._fresh:
            return []
        school_id = self.row.school_id
        group_of = groups_then(school_id, timezone.localdate(self.at))
        return [
            (pupil_id, school_id, year, group_of(pupil_id, year), marks)
            for pupil_id, year, marks in self._fresh
        ]

    def _amendments(self) -> Iterator[tuple[Any, ...]]:
        source = (self.at, self.row.approved_by_id, self.row.pk, None)
        for pupil_id, year, before, brought in self._amended:
            for place in places_with(Outcome.CHANGED, before, brought):
                old, new = CODE_OF_CHAR[before[place]], CODE_OF_CHAR[brought[place]]
                yield (pupil_id, self.row.school_id, *_on(year, place), old, new, *source)


@lru_cache(maxsize=8192)
def _on(year: int, place: int) -> tuple[date, str]:
    on, session = session_at(year, place)
    return on, str(session)


_AMENDMENT = ("pupil", "school", "on", "session", "old", "new", "at", "by_id", "import_id", "undone_at")
