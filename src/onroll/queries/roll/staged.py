"""What is staged of a roll, and whether it still is what the school would make of it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from onroll.domain.roll.comparison import Difference
from onroll.domain.roll.given import NoteKind, PupilGiven
from onroll.queries.roll.drafting import Decision, Draft, Drafted, drafted
from onroll.records.attendance.models import StagedProblem, StagedPupil

_FIELDS = ("pk", "line", "state", "pupil_id", "given", "differences", "decision")


@dataclass(frozen=True, slots=True)
class StagedRow:
    """One staged pupil, as a person saw it."""

    id: int
    line: int
    state: str
    pupil_id: int | None
    given: PupilGiven
    differences: tuple[Difference, ...]
    decision: str

    @property
    def is_open(self) -> bool:
        """Whether a person must still say who it is."""
        return self.state == "ask" and not self.decision


@dataclass(frozen=True, slots=True)
class Checked:
    """The staged pupils, drafted again; `moved_on` says why what was shown no longer holds, empty when it does."""

    rows: tuple[StagedRow, ...]
    made: Drafted
    moved_on: str

    def to_write(self) -> Iterator[Draft]:
        """The pupils that are new or change."""
        return (draft for draft in self.made.drafts if draft.plan and draft.state in ("new", "changed"))


def staged_rows(import_id: int) -> Iterator[StagedRow]:
    """All that is staged, in the order of the file. One query."""
    rows = StagedPupil.objects.filter(batch_id=import_id).order_by("line").values_list(*_FIELDS)
    for pk, line, state, pupil_id, given, differences, decision in rows.iterator():
        told = tuple(Difference(*one) for one in differences)
        yield StagedRow(pk, line, state, pupil_id, PupilGiven.from_json(given), told, decision)


def checked(import_id: int, school_id: int, *, leavers_named: bool, on: date) -> Checked:
    """Draft the staged pupils again, with what people said of them, and compare with what was shown."""
    rows = tuple(staged_rows(import_id))
    made = drafted(
        school_id,
        [row.given for row in rows],
        leavers_named=leavers_named,
        on=on,
        taken=meant_by_unused(import_id),
        decisions={row.line: Decision(row.decision, row.pupil_id) for row in rows if row.decision},
    )
    return Checked(rows, made, _moved_on(rows, made))


def meant_by_unused(import_id: int) -> frozenset[int]:
    """Pupils of the school whom lines mean that are not used: they are in the file all the same."""
    rows = StagedProblem.objects.filter(batch_id=import_id, kind=NoteKind.LEFT_OUT, pupil__isnull=False)
    return frozenset(rows.values_list("pupil_id", flat=True))


def named_by(import_id: int) -> set[int]:
    """Pupils of the school whom any line means, or may mean until a person has said that it is another child."""
    named = set(meant_by_unused(import_id))
    rows = StagedPupil.objects.filter(batch_id=import_id).exclude(state="new")
    for pupil_id, decision, candidates in rows.values_list("pupil_id", "decision", "candidates"):
        if pupil_id:
            named.add(pupil_id)
        elif decision != "new":
            named.update(candidates)
    return named


def _moved_on(rows: tuple[StagedRow, ...], made: Drafted) -> str:
    drafts = {draft.given.line: draft for draft in made.drafts}
    for row in rows:
        draft = drafts.get(row.line)
        if draft is None:
            reason = next((note.reason for note in made.notes if note.line == row.line), "")
            return f"Line {row.line} can no longer be used. {reason}".strip()
        if not _is_as_shown(row, draft):
            return f"What line {row.line} would change is not what was shown."
    return ""


def _is_as_shown(row: StagedRow, draft: Draft) -> bool:
    if row.is_open or row.decision == "leave-out":
        return draft.state == "ask"
    if row.decision == "new":
        return draft.state == "new"
    state = row.state if not row.decision else draft.state
    return (draft.state, draft.match.pupil_id, draft.differences) == (state, row.pupil_id, row.differences)
