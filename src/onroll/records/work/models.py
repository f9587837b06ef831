"""Work that takes longer than a page may: queued in the change that asks for it, done by the worker."""

from django.db import models


class Work(models.Model):
    """One piece of work. Not a Record: the worker moves it on outside any change, and it says nothing of a child."""

    STATES = (("waiting", "Waiting"), ("running", "Running"), ("done", "Done"), ("failed", "Failed"))

    kind = models.CharField(max_length=40)  # a name in jobs.registry
    subject_id = models.BigIntegerField(null=True)
    school_id = models.BigIntegerField(null=True)
    actor_id = models.BigIntegerField(null=True)
    state = models.CharField(max_length=8, choices=STATES, default="waiting")
    done = models.PositiveBigIntegerField(default=0)
    total = models.PositiveBigIntegerField(default=0)
    note = models.CharField(max_length=200, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    queued_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    heartbeat_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    class Privacy:
        open = frozenset({
            "id", "kind", "subject_id", "school_id", "actor_id", "state", "done", "total", "note", "attempts",
            "queued_at", "started_at", "heartbeat_at", "finished_at",
        })  # fmt: skip
        personal: frozenset[str] = frozenset()
        special: frozenset[str] = frozenset()

    class Meta:
        indexes = (models.Index(fields=["state", "id"], name="work_to_do"),)

    def __str__(self) -> str:
        return f"work {self.pk} {self.kind}"


class Routine(models.Model):
    """When a regular duty of the system was last done, so that one worker does it once."""

    name = models.CharField(max_length=40, primary_key=True)
    last_at = models.DateTimeField(null=True)

    class Privacy:
        open = frozenset({"name", "last_at"})
        personal: frozenset[str] = frozenset()
        special: frozenset[str] = frozenset()

    def __str__(self) -> str:
        return self.name
