"""What each duty came to. Written by rules alone; nobody types a finding."""

from django.db import models
from django.db.models import Q

from onroll.domain.duties.finding import Status
from onroll.records.base import Record
from onroll.records.cases.models import Case
from onroll.records.crypto import EncryptedTextField
from onroll.records.kept import KEPT, Kept
from onroll.records.people.models import User
from onroll.records.schools.models import School

STATUSES = [(status.value, status.value) for status in Status]


class Finding(Record):
    """What one duty of one pack came to, from a moment until another finding took its place."""

    school = models.ForeignKey(School, models.PROTECT, related_name="findings")
    case = models.ForeignKey(Case, models.PROTECT, null=True, blank=True, related_name="findings")
    pack = models.CharField(max_length=60)
    version = models.CharField(max_length=30)  # of the pack under which it was made
    duty = models.CharField(max_length=40)
    paragraph = models.CharField(max_length=20)
    status = models.CharField(max_length=16, choices=STATUSES)
    due_on = models.DateField(null=True, blank=True)
    holder = models.CharField(max_length=24)  # role
    # Who holds it today: from the case team, their deputies, the school's posts. Null: nobody does.
    held_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    reason = models.TextField()  # dates and numbers; no name, no health
    looked_at = models.JSONField(default=list)  # [["contact", 12], ...]
    rule_version = models.PositiveSmallIntegerField()
    found_on = models.DateField()  # the day it was evaluated for
    found_at = models.DateTimeField()
    until_at = models.DateTimeField(null=True, blank=True)  # null: it stands

    class Privacy(Record.Privacy):
        open = frozenset({
            "id", "school", "pack", "version", "duty", "paragraph", "holder", "rule_version", "found_on", "found_at",
            "until_at",
        })  # fmt: skip
        personal = frozenset({"case", "status", "due_on", "held_by", "reason", "looked_at"})

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["case", "pack", "duty"],
                condition=Q(until_at=None, case__isnull=False),
                name="finding_once_a_case",
            ),
            models.UniqueConstraint(
                fields=["school", "pack", "duty"],
                condition=Q(until_at=None, case=None),
                name="finding_once_a_school",
            ),
        )
        indexes = (
            models.Index(
                fields=["school", "status", "due_on"], condition=Q(until_at=None), name="finding_to_do"
            ),
            models.Index(fields=["held_by", "status"], condition=Q(until_at=None), name="finding_of_person"),
            models.Index(fields=["case", "found_at"], name="finding_by_case"),
        )


class Snooze(Kept):
    """Somebody put a finding off until a day, with a reason that the Deputy Headteacher sees."""

    school = models.ForeignKey(School, models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, models.PROTECT, null=True, blank=True, related_name="+")
    pack = models.CharField(max_length=60)
    duty = models.CharField(max_length=40)
    until_on = models.DateField()  # shown again from this day on
    reason = EncryptedTextField(purpose="snooze-reason")
    withdrawn_because = EncryptedTextField(purpose="snooze-withdrawn", blank=True)

    class Privacy(Record.Privacy):
        open = KEPT | {"school", "pack", "duty", "until_on"}
        personal = frozenset({"case"})
        special = frozenset({"reason", "withdrawn_because"})


class Sweep(Record):
    """When a school's findings were last rolled forward, and what came of it."""

    school = models.OneToOneField(School, models.PROTECT, related_name="sweep")
    swept_on = models.DateField()
    swept_at = models.DateTimeField()
    cases = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)

    class Privacy(Record.Privacy):
        open = frozenset({"id", "school", "swept_on", "swept_at", "cases", "changed"})


class Tally(Record):
    """How a school stood on one day: what the year's trend is drawn from."""

    school = models.ForeignKey(School, models.PROTECT, related_name="tallies")
    on = models.DateField()
    open_cases = models.PositiveIntegerField()
    counts = models.JSONField(default=dict)  # status -> findings of open cases

    class Privacy(Record.Privacy):
        open = frozenset({"id", "school", "on", "open_cases", "counts"})

    class Meta:
        constraints = (models.UniqueConstraint(fields=["school", "on"], name="tally_once_a_day"),)
