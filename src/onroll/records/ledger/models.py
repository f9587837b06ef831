"""The ledger of changes, and the log of looks. Both only ever grow; triggers refuse anything else."""

from django.db import models


class LedgerRow(models.Model):
    """One change, chained to the one before by `mac` (see records.ledger.chain).

    No foreign keys: the ledger must outlive what it tells of. `detail` names no child.
    """

    number = models.BigIntegerField(primary_key=True)  # 1, 2, 3, ... without a gap
    at = models.DateTimeField()
    actor_id = models.BigIntegerField(null=True)  # null: the system itself
    school_id = models.BigIntegerField(null=True)
    verb = models.CharField(max_length=40)
    subject = models.CharField(max_length=60, blank=True)  # "pupil:12"
    detail = models.TextField(default="{}")  # canonical JSON
    mac = models.CharField(max_length=64)

    class Privacy:
        open = frozenset({"number", "at", "actor_id", "school_id", "verb", "subject", "detail", "mac"})
        personal: frozenset[str] = frozenset()
        special: frozenset[str] = frozenset()

    class Meta:
        indexes = (
            models.Index(fields=["subject", "number"], name="ledger_by_subject"),
            models.Index(fields=["verb", "number"], name="ledger_by_verb"),
            models.Index(fields=["school_id", "number"], name="ledger_by_school"),
        )

    def __str__(self) -> str:
        return f"ledger row {self.number}"


class Look(models.Model):
    """One view of one page that shows pupils: who, when, which page, whom it showed."""

    at = models.DateTimeField()
    actor_id = models.BigIntegerField()
    school_id = models.BigIntegerField()
    page = models.CharField(max_length=40)
    pupil_ids = models.TextField()  # ",12,57," so that one pupil's looks can be found

    class Privacy:
        open = frozenset({"id", "at", "actor_id", "school_id", "page"})
        personal = frozenset({"pupil_ids"})
        special: frozenset[str] = frozenset()

    class Meta:
        indexes = (models.Index(fields=["school_id", "-at"], name="look_by_school"),)

    def __str__(self) -> str:
        return f"look {self.pk}"
