"""The work on imports. Each piece may be killed at any moment and started again from its beginning."""

from collections.abc import Callable

from django.utils import timezone

from onroll.actions.imports.applying import apply, hand_back
from onroll.actions.imports.holding import APPLY, READ, UNDO
from onroll.actions.imports.reading import fail, read
from onroll.actions.imports.undoing import leave, take_back
from onroll.domain.vocabulary import Refusal
from onroll.jobs.registry import Progress, job

_OURS = "Something went wrong on our side. The register is as it was before."


@job(READ)
def read_attendance(import_id: int, progress: Progress) -> None:
    """Read a file into the staging area."""
    _try(
        lambda: read(import_id, at=timezone.now(), tell=progress),
        lambda problem: fail(import_id, problem=problem, at=timezone.now()),
    )


@job(APPLY)
def apply_attendance(import_id: int, progress: Progress) -> None:
    """Write an approved import into the register."""
    _try(
        lambda: apply(import_id, at=timezone.now(), tell=progress),
        lambda problem: hand_back(import_id, problem=problem, at=timezone.now()),
    )


@job(UNDO)
def undo_attendance(import_id: int, progress: Progress) -> None:
    """Take an import out of the register again."""
    _try(
        lambda: take_back(import_id, at=timezone.now(), tell=progress),
        lambda problem: leave(import_id, problem=problem, at=timezone.now()),
    )


def _try(work: Callable[[], None], put_back: Callable[[str], None]) -> None:
    """Do the work; when it fails, tell the import's page and put it back where a person can decide."""
    try:
        work()
    except Refusal as refusal:
        put_back(refusal.message)
        raise
    except Exception:
        put_back(f"{_OURS} Try again; if it happens again, tell your administrator.")
        raise
