"""Read a roll file into the staging area: short transactions, and no pupil is touched."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from django.utils import timezone

from onroll.actions.change import change
from onroll.actions.imports.holding import ROLL, Told, in_hand, move, subject
from onroll.actions.imports.reading import begin, fail
from onroll.actions.imports.staging import Interrupted, Stage
from onroll.domain.register.import_states import ImportState, Move
from onroll.domain.roll.columns import RollMap
from onroll.domain.roll.gathering import Roll, RollStopped, read_roll
from onroll.domain.roll.given import Note, NoteKind
from onroll.domain.roll.targets import Field, Target
from onroll.queries.imports import stored_file
from onroll.queries.roll.drafting import Draft, Drafted, drafted, meant
from onroll.queries.roll.heads import table_of
from onroll.queries.roll.known import on_roll
from onroll.queries.tables import TableProblem, brought
from onroll.records.attendance.models import Import, StagedProblem, StagedPupil

_PUPIL = (
    *("batch", "line", "state", "pupil", "given", "differences"),
    *("candidates", "may_be_new", "why", "decision"),
)
_PROBLEM = ("batch", "kind", "line", "column", "reason", "raw", "pupil", "times")
_READ = ("counts", "choices", "read_at", "problem")


def read(import_id: int, *, at: datetime, tell: Told) -> None:
    """Read and stage a roll, and leave it waiting for approval; or say on its page why it cannot be read."""
    row = begin(import_id, at, kind=ROLL)
    if row is None:
        return
    try:
        _read(row, Stage(row.pk, row.version, at, ROLL), at, tell)
    except TableProblem as problem:
        where = f" See line {problem.line} of the file." if problem.line else ""
        fail(row.pk, turn=row.version, kind=ROLL, problem=f"{problem.message}{where}", at=at)
    except RollStopped as stopped:
        words = f"{stopped.reason} See line {stopped.line} of the file."
        fail(row.pk, turn=row.version, kind=ROLL, problem=words, at=at)
    except Interrupted:
        return


def read_small_now(import_id: int, *, at: datetime) -> None:
    """Read a file that is small enough to wait for; does nothing when the worker has it, or it is not to be read."""
    waits = Import.objects.filter(pk=import_id, kind=ROLL, state=ImportState.READING, work_id=None)
    if waits.exists():
        read(import_id, at=at, tell=_nobody)


def leavers_named(row: Import) -> bool:
    """Whether the file has leaving dates."""
    return Target(Field.LEFT_ON) in RollMap.from_json(row.mapping or {}).columns


def _nobody(_done: int, _total: int, _note: str = "") -> None:
    """Nobody listens to the progress of what is done at once."""


def _read(row: Import, stage: Stage, at: datetime, tell: Told) -> None:
    on = timezone.localdate(at)
    stage.clear()
    tell(0, 100, "Reading the file")
    roll = _roll(row, at, tell)
    tell(50, 100, "Finding the pupils")
    unused = meant(row.school_id, roll.notes)
    made = drafted(
        row.school_id,
        roll.pupils,
        leavers_named=leavers_named(row),
        on=on,
        taken=frozenset(unused.values()),
    )
    tell(75, 100, "Keeping what was read")
    notes = sorted((*roll.notes, *made.notes), key=lambda note: note.line)
    unused |= meant(row.school_id, made.notes)
    stage.rows(StagedPupil, _PUPIL, map(_staged, made.drafts))
    stage.rows(StagedProblem, _PROBLEM, _problems(notes, roll, unused))
    named = _named(made) | set(unused.values())
    missing = on_roll(row.school_id, on).exclude(pk__in=named).count()
    _finish(row, made, notes, {"lines": roll.lines, "missing": missing}, at)


def _roll(row: Import, at: datetime, tell: Told) -> Roll:
    columns = RollMap.from_json(row.mapping or {})

    def watch(position: int) -> None:
        tell(50 * position // max(row.size, 1), 100, "Reading the file")

    with stored_file.opened(row.upload, row.size, watch) as stream, brought(stream, "The file") as tables:
        found = table_of(tables, columns)
        if found is None or found[1].layout is None:
            raise TableProblem("", "The columns that were chosen are not in the file. Choose them again.")
        table, laid = found
        with table.rows() as rows:
            roll = read_roll(rows, laid.layout, timezone.localdate(at)) if laid.layout else None
    if roll is None or not roll.pupils:
        raise TableProblem("", "No line of the file could be read as a pupil. Check which column is which.")
    return roll


def _staged(draft: Draft) -> tuple[Any, ...]:
    return (
        *(draft.given.line, draft.state, draft.match.pupil_id, draft.given.to_json()),
        *(list(map(list, draft.differences)), list(draft.match.candidates)),
        *(draft.match.may_be_new, draft.match.why, ""),
    )


def _problems(notes: Iterable[Note], roll: Roll, unused: dict[int, int]) -> Iterator[tuple[Any, ...]]:
    names = {one.line: f"{one.surname}, {one.forename}" for one in roll.pupils}
    for note in notes:
        left_out = ", ".join(filter(None, (note.who.surname, note.who.forename)))
        yield (
            *(str(note.kind), note.line, note.column[:80], note.reason[:300]),
            *(left_out or names.get(note.line, ""), unused.get(note.line), note.times),
        )


def _named(made: Drafted) -> set[int]:
    """Pupils of the school whom used lines name, or may name."""
    return {
        pupil_id
        for draft in made.drafts
        for pupil_id in (draft.match.pupil_id, *draft.match.candidates)
        if pupil_id is not None
    }


def _finish(read_row: Import, made: Drafted, notes: list[Note], more: dict[str, int], at: datetime) -> None:
    with change(None, "import_read", at) as entry:
        row = in_hand(read_row.pk, ImportState.READING, turn=read_row.version, kind=ROLL)
        if row is None:
            raise Interrupted
        states = Counter(draft.state for draft in made.drafts)
        counts = {
            **{state: states[state] for state, _ in StagedPupil.STATES},
            "left-out": len({note.line for note in notes if note.kind is NoteKind.LEFT_OUT}),
            "look": sum(note.times for note in notes if note.kind is NoteKind.LOOK),
            "mistyped": sum(draft.new_upn_is_mistyped for draft in made.drafts),
            "pupils": len(made.drafts),
            **more,
        }
        row.counts = counts | _new_groups(made)
        row.choices, row.read_at, row.problem = {}, at, ""
        row.save(update_fields=[*move(row, Move.READ), *_READ])
        entry.school_id, entry.subject = row.school_id, subject(row.pk)
        entry.detail = {"counts": counts}


def _new_groups(made: Drafted) -> dict[str, list[str]]:
    """Groups that would have to be made, by name."""
    used = [draft.plan.after.facts for draft in made.drafts if draft.plan]
    tutor_groups = set(made.groups.new_tutor_groups.values())
    return {
        "new-years": sorted({facts.year_group for facts in used} & set(made.groups.new_years)),
        "new-tutor-groups": sorted({facts.tutor_group for facts in used} & tutor_groups),
    }
