"""The case: one pupil's spell of not being able to attend for health reasons, and how it stands."""

from django.db import models
from django.db.models import Q

from onroll.domain.casework.states import State
from onroll.records.base import Record
from onroll.records.crypto import EncryptedTextField
from onroll.records.kept import KEPT, Kept
from onroll.records.pupils.models import Pupil
from onroll.records.schools.models import School

STATES = [(state.value, state.words) for state in State]


class Case(Record):
    """From first concern to settled return. `state` is that of the last CaseMove, kept for lists."""

    school = models.ForeignKey(School, models.PROTECT, related_name="cases")
    pupil = models.ForeignKey(Pupil, models.PROTECT, related_name="cases")
    state = models.CharField(max_length=20, choices=STATES, default=State.CONCERN.value)
    opened_on = models.DateField()
    closed_on = models.DateField(null=True, blank=True)
    # Opened before any absence: a planned operation, say; the day from which the pupil is expected to be away.
    expected_from = models.DateField(null=True, blank=True)
    need = EncryptedTextField(
        purpose="case-need", blank=True
    )  # what is known of the health need, medical tier
    recorded_at = models.DateTimeField()
    recorded_by_id = models.BigIntegerField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Privacy(Record.Privacy):
        open = frozenset({"id", "school", "recorded_at", "recorded_by_id", "version"})
        personal = frozenset({"pupil", "state", "opened_on", "closed_on", "expected_from"})
        special = frozenset({"need"})

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["pupil"], condition=Q(closed_on=None), name="case_open_once_a_pupil"
            ),
            models.CheckConstraint(
                name="case_closed_has_date",
                condition=(Q(state="closed") & Q(closed_on__isnull=False))
                | (~Q(state="closed") & Q(closed_on=None)),
            ),
        )
        indexes = (models.Index(fields=["school", "state"], name="case_by_school_and_state"),)


class CaseMove(Record):
    """A case came into a state: the first row of a case is its opening. Moves are undone by moves."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="moves")
    move = models.CharField(max_length=24)  # key of domain.casework.moves
    from_state = models.CharField(max_length=20, blank=True)
    to_state = models.CharField(max_length=20, choices=STATES)
    happened_on = models.DateField()
    recorded_at = models.DateTimeField()
    recorded_by_id = models.BigIntegerField(null=True, blank=True)
    reason = EncryptedTextField(purpose="case-move-reason", blank=True)
    # What was not true and was passed over, by key, and why.
    passed_over = models.JSONField(default=list, blank=True)
    passed_over_because = EncryptedTextField(purpose="case-move-passed-over", blank=True)

    class Privacy(Record.Privacy):
        open = frozenset({"id", "recorded_at", "recorded_by_id", "passed_over"})
        personal = frozenset({"case", "move", "from_state", "to_state", "happened_on"})
        special = frozenset({"reason", "passed_over_because"})

    class Meta:
        ordering = ("id",)


class Arrangement(Kept):
    """Who provides education from `happened_on` on, who checks on the child, who decides next and by when."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="arrangements")
    provider = models.CharField(max_length=10)  # domain.duties.facts.Provider
    provided_by = EncryptedTextField(purpose="arrangement-provided-by", blank=True)  # more exactly, in words
    checks_role = models.CharField(max_length=24, blank=True)  # the role that checks on the child
    decides = models.CharField(max_length=24, blank=True)  # the role, or "authority", that decides next
    decides_on = models.DateField(null=True, blank=True)
    withdrawn_because = EncryptedTextField(purpose="arrangement-withdrawn", blank=True)

    class Privacy(Record.Privacy):
        open = KEPT
        personal = frozenset({"case", "provider", "checks_role", "decides", "decides_on"})
        special = frozenset({"provided_by", "withdrawn_because"})

    class Meta:
        ordering = ("happened_on", "id")
