"""The roll guard: how a pupil with an open case may leave the roll."""

from django.db import models

from onroll.records.base import Record
from onroll.records.cases.models.case import Case
from onroll.records.cases.models.timeline import Document
from onroll.records.crypto import EncryptedTextField
from onroll.records.kept import KEPT, Kept


class LeavingProposal(Kept):
    """Somebody proposed that the pupil leaves the roll; the headteacher decides. Two people, always."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="leaving_proposals")
    came_from = models.CharField(max_length=16, default="person")  # person, roll-file, missing
    ground = models.CharField(max_length=1, blank=True)  # letter of regulation 9(1); empty: none given yet
    leaving_on = models.DateField(null=True, blank=True)
    evidence = EncryptedTextField(purpose="leaving-evidence", blank=True)
    document = models.ForeignKey(Document, models.PROTECT, null=True, blank=True, related_name="+")
    authority_agrees = models.BooleanField(null=True, blank=True)  # asked where the authority provides
    authority_words = EncryptedTextField(purpose="leaving-authority", blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by_id = models.BigIntegerField(null=True, blank=True)
    agreed = models.BooleanField(null=True, blank=True)
    decided_because = EncryptedTextField(purpose="leaving-decided", blank=True)
    withdrawn_because = EncryptedTextField(purpose="leaving-withdrawn", blank=True)

    class Privacy(Record.Privacy):
        open = KEPT | {"came_from", "decided_at", "decided_by_id"}
        personal = frozenset({"case", "ground", "leaving_on", "document", "authority_agrees", "agreed"})
        special = frozenset({"evidence", "authority_words", "decided_because", "withdrawn_because"})

    class Meta:
        constraints = (
            models.CheckConstraint(
                name="leaving_decision_has_its_moment",
                condition=models.Q(agreed=None, decided_at=None)
                | models.Q(agreed__isnull=False, decided_at__isnull=False),
            ),
        )
