"""Hold the pupils of a file against the school: who each is, and what would be written.

Made once when the file is read, to be shown, and once more under the lock when it is written: only when both
say the same is anything written.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from typing import NamedTuple

from onroll.domain.register.pupil_match import KnownPupil, PupilIndex
from onroll.domain.roll import comparison
from onroll.domain.roll.comparison import Difference, Held, Plan
from onroll.domain.roll.given import Note, NoteKind, PupilGiven
from onroll.domain.roll.groups import Groups
from onroll.domain.roll.matching import Match, Verdict, match
from onroll.domain.roll.targets import Field
from onroll.domain.roll.times import Misfit, on_roll
from onroll.queries.roll.known import groups_of, held_of, known_pupils, marked_from

BATCH = 1000


class Decision(NamedTuple):
    """What a person said of a pupil whom no number found. `pupil_id`: the same child as this one."""

    what: str  # "same" | "new" | "leave-out"
    pupil_id: int | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    """One pupil of the file: who it is, and what would be written; no plan while a person must say who it is."""

    given: PupilGiven
    match: Match
    plan: Plan | None
    held: Held = field(default_factory=Held)

    @property
    def state(self) -> str:
        """How it is staged: new, same, changed, or ask."""
        if self.match.verdict is Verdict.KNOWN and self.plan:
            return "changed" if self.plan.differences else "same"
        return str(self.match.verdict)

    @property
    def new_upn_is_mistyped(self) -> bool:
        """Whether it would give the pupil a UPN whose check letter is wrong: only when a person says so."""
        after = self.plan.after.facts.upn if self.plan else ""
        return self.given.upn_mistyped and after not in ("", self.held.facts.upn)

    @property
    def differences(self) -> tuple[Difference, ...]:
        """What changes of a pupil who is known."""
        return self.plan.differences if self.plan and self.match.pupil_id is not None else ()


@dataclass(frozen=True, slots=True)
class Drafted:
    """All of a file, held against the school."""

    drafts: tuple[Draft, ...]
    notes: tuple[Note, ...]
    groups: Groups


def drafted(
    school_id: int,
    given: Sequence[PupilGiven],
    *,
    leavers_named: bool,
    on: date,
    taken: frozenset[int] = frozenset(),
    decisions: Mapping[int, Decision] | None = None,
) -> Drafted:
    """Say of each pupil of the file who it is and what would change.

    `decisions` by line; a line that a person left out stays undecided. `taken` are the pupils whom lines mean that
    cannot be used. What does not fit becomes a note of its own, in `notes`.
    """
    known = known_pupils(school_id)
    groups = groups_of(school_id)
    matches = [
        _decided(one, found, (decisions or {}).get(one.line))
        for one, found in zip(given, match(given, known, taken), strict=True)
    ]
    notes: list[Note] = []
    drafts: list[Draft] = []
    twice = _twice(given, matches)
    for batch in _batched(zip(given, matches, strict=True)):
        drafts += _batch(batch, groups, notes, twice, leavers_named=leavers_named, on=on)
    drafts = _without_collisions(drafts, known, notes)
    return Drafted(tuple(drafts), tuple(notes), groups)


def _decided(given: PupilGiven, found: Match, decision: Decision | None) -> Match:
    if found.verdict is not Verdict.ASK or decision is None:
        return found
    if decision.what == "same" and decision.pupil_id in found.candidates:
        return Match(Verdict.KNOWN, decision.pupil_id)
    if decision.what == "new" and found.may_be_new:
        return Match(Verdict.NEW)
    return found


def _twice(given: Sequence[PupilGiven], matches: Sequence[Match]) -> dict[int, list[int]]:
    """Lines that mean a pupil whom another line means too, by pupil."""
    times = Counter(one.pupil_id for one in matches if one.pupil_id is not None)
    lines: dict[int, list[int]] = {}
    for one, found in zip(given, matches, strict=True):
        if found.pupil_id is not None and (times[found.pupil_id] > 1 or found.verdict is Verdict.TWICE):
            lines.setdefault(found.pupil_id, []).append(one.line)
    return lines


def _batch(
    batch: Sequence[tuple[PupilGiven, Match]],
    groups: Groups,
    notes: list[Note],
    twice: Mapping[int, list[int]],
    *,
    leavers_named: bool,
    on: date,
) -> Iterator[Draft]:
    held = held_of([found.pupil_id for _, found in batch if found.pupil_id is not None])
    marks = marked_from(list(_whose_start_moves(batch, held)))
    for given, found in batch:
        pupil_id = found.pupil_id or 0
        if pupil_id in twice:
            notes.append(_twice_note(given, twice[pupil_id]))
            continue
        settled, note = groups.settled(given)
        if note:
            notes.append(note)
        if found.verdict is Verdict.ASK:
            yield Draft(given, found, None)
            continue
        before = held.get(pupil_id, Held())
        try:
            plan = comparison.plan(
                settled, before, leavers_named=leavers_named, marked_from=marks.get(pupil_id)
            )
        except Misfit as misfit:
            notes.append(_misfit_note(given, misfit))
            continue
        if before.times and not leavers_named and not on_roll(plan.after.times, on):
            notes.append(_left_here(given))
        yield Draft(given, found, plan, before)


def _whose_start_moves(batch: Sequence[tuple[PupilGiven, Match]], held: Mapping[int, Held]) -> Iterator[int]:
    """Pupils whose admission date in the file is later than the one held: only of these the marks are asked."""
    for given, found in batch:
        pupil_id = found.pupil_id or 0
        times = held[pupil_id].times if pupil_id in held else ()
        joined = [dates.joined for dates in given.dates if dates.joined]
        if any(time.first < on for on in joined for time in times):
            yield pupil_id


def _without_collisions(
    drafts: Sequence[Draft], known: Sequence[KnownPupil], notes: list[Note]
) -> list[Draft]:
    """Drop what would give a pupil a number that another pupil of the school has or gets.

    A pupil whose line is dropped keeps their numbers, which may take one from the next: until none is left.
    """
    kept = list(drafts)
    while True:
        collisions = dict(_collisions(kept, known))
        if not collisions:
            return kept
        for at, words in collisions.items():
            given = kept[at].given
            reason = "Another pupil here has this number."
            notes.append(Note(NoteKind.LEFT_OUT, given.line, words, reason, given.named))
        kept = [draft for at, draft in enumerate(kept) if at not in collisions]


def _collisions(drafts: Sequence[Draft], known: Sequence[KnownPupil]) -> Iterator[tuple[int, str]]:
    planned = {draft.match.pupil_id for draft in drafts if draft.plan}
    for number, words in (("upn", Field.UPN.words), ("admission", Field.ADMISSION.words)):
        taken = Counter(getattr(one, number) for one in known if one.id not in planned)
        taken.update(getattr(draft.plan.after.facts, number) for draft in drafts if draft.plan)
        for at, draft in enumerate(drafts):
            value = getattr(draft.plan.after.facts, number) if draft.plan else ""
            if value and taken[value] > 1 and value != getattr(draft.held.facts, number):
                yield at, words


def meant(school_id: int, notes: Iterable[Note]) -> dict[int, int]:
    """The pupils of the school whom lines mean that are not used, by line. One query."""
    index = PupilIndex(known_pupils(school_id))
    found = {note.line: index.find(note.who).pupil_id for note in notes if note.kind is NoteKind.LEFT_OUT}
    return {line: pupil_id for line, pupil_id in found.items() if pupil_id is not None}


def _twice_note(given: PupilGiven, lines: Sequence[int]) -> Note:
    others = [str(line) for line in lines if line != given.line]
    where = f"on line {others[0]}" if others else "elsewhere in the file"
    reason = f"The same pupil of the school stands {where} too. Neither line is used."
    return Note(NoteKind.LEFT_OUT, given.line, "", reason, given.named)


def _misfit_note(given: PupilGiven, misfit: Misfit) -> Note:
    column = Field.LEFT_ON if misfit.leaving else Field.JOINED_ON
    return Note(NoteKind.LEFT_OUT, given.line, column.words, misfit.reason, given.named)


def _left_here(given: PupilGiven) -> Note:
    reason = "This pupil has left here, and the file has no leaving dates. The time on roll stays as it is."
    return Note(NoteKind.LOOK, given.line, Field.LEFT_ON.words, reason)


def _batched(pairs: Iterator[tuple[PupilGiven, Match]]) -> Iterator[list[tuple[PupilGiven, Match]]]:
    while batch := list(islice(pairs, BATCH)):
        yield batch
