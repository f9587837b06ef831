"""The work on rolls. Each piece may be killed at any moment and started again from its beginning."""

from django.utils import timezone

from onroll.actions.imports.holding import ROLL, ROLL_APPLY, ROLL_READ
from onroll.actions.imports.reading import fail
from onroll.actions.roll.applying import apply
from onroll.actions.roll.reading import read
from onroll.jobs.registry import Progress, job

_OURS = (
    "Something went wrong on our side. Nothing of the roll was written. "
    "Try again; if it happens again, tell your administrator."
)


@job(ROLL_READ)
def read_roll(import_id: int, progress: Progress) -> None:
    """Read a roll into the staging area."""
    try:
        read(import_id, at=timezone.now(), tell=progress)
    except Exception:
        fail(import_id, kind=ROLL, problem=_OURS, at=timezone.now())
        raise


@job(ROLL_APPLY)
def apply_roll(import_id: int, progress: Progress) -> None:
    """Write an approved roll."""
    apply(import_id, at=timezone.now(), tell=progress)
