"""The school's policy: packs in use, versions and their approval, guidance, links, and what the school did about it."""

from django.db import models
from django.db.models import Q

from onroll.records.base import Record
from onroll.records.crypto import EncryptedTextField
from onroll.records.kept import KEPT, Kept
from onroll.records.people.models import User
from onroll.records.schools.models import School


class PackInUse(Kept):
    """A pack or profile that applies at a school from `happened_on` on, with its text, so that it stays what it was.

    Of rows with the same kind and slug (for an authority: of the same kind), the latest that has begun applies.
    """

    KINDS = (("policy", "Policy pack"), ("authority", "Authority profile"))

    school = models.ForeignKey(School, models.PROTECT, related_name="packs")
    kind = models.CharField(max_length=10, choices=KINDS)
    slug = models.CharField(max_length=60)
    version = models.CharField(max_length=30)
    text = models.TextField()  # the TOML as it was read
    digest = models.CharField(max_length=64)  # SHA-256 of the text

    class Privacy(Record.Privacy):
        open = KEPT | {"school", "kind", "slug", "version", "text", "digest"}

    class Meta:
        ordering = ("happened_on", "id")


class PackChoice(Kept):
    """Where packs disagree, what this school does, and why."""

    school = models.ForeignKey(School, models.PROTECT, related_name="+")
    topic = models.CharField(max_length=60)
    follows = models.CharField(max_length=60)  # slug of the pack whose position is followed, or "own"
    words = models.TextField()  # what the school will do
    reason = models.TextField(blank=True)

    class Privacy(Record.Privacy):
        open = KEPT | {"school", "topic", "follows", "words", "reason"}


class AuthorityOfficer(Kept):
    """The authority's designated officer as confirmed on `happened_on`; each confirmation is a row of its own."""

    school = models.ForeignKey(School, models.PROTECT, related_name="+")
    name = models.CharField(max_length=120, blank=True)
    post = models.CharField(max_length=160, blank=True)
    service = models.CharField(max_length=160, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    email = models.EmailField(blank=True)
    # Whether the school shows the name and how to reach them on its public policy. The post is always shown.
    contact_public = models.BooleanField(default=False, db_default=False)

    class Privacy(Record.Privacy):
        open = KEPT | {"school", "post", "service", "contact_public"}
        personal = frozenset({"name", "phone", "email"})


class PolicyVersion(Kept):
    """One version of the policy as its amendment record names it; begun on `happened_on`."""

    school = models.ForeignKey(School, models.PROTECT, related_name="policy_versions")
    version = models.CharField(max_length=30)
    amendment = models.TextField(blank=True)  # what changed
    pack_slug = models.CharField(max_length=60)
    pack_version = models.CharField(max_length=30)
    withdrawn_because = models.TextField(blank=True, db_default="")

    class Privacy(Record.Privacy):
        open = KEPT | {"school", "version", "amendment", "pack_slug", "pack_version", "withdrawn_because"}


class PolicyStep(Kept):
    """A step in the life of a version, taken on `happened_on`."""

    STEPS = (
        ("reviewed", "Reviewed"),
        ("governors", "Sent to governors"),
        ("returned", "Returned by governors"),
        ("approved", "Approved"),
        ("published", "Published"),
    )

    policy = models.ForeignKey(PolicyVersion, models.PROTECT, related_name="steps")
    step = models.CharField(max_length=12, choices=STEPS)
    meeting_on = models.DateField(null=True, blank=True)
    minute = models.CharField(max_length=80, blank=True)  # reference of the minute
    next_due_on = models.DateField(null=True, blank=True)  # set by approval
    note = models.TextField(blank=True)
    withdrawn_because = models.TextField(blank=True, db_default="")

    class Privacy(Record.Privacy):
        open = KEPT | {"policy", "step", "meeting_on", "minute", "next_due_on", "note", "withdrawn_because"}


class GuidanceCheck(Kept):
    """Somebody looked whether a cited law or piece of guidance is still current."""

    school = models.ForeignKey(School, models.PROTECT, related_name="+")
    key = models.CharField(max_length=60)
    current = models.BooleanField()
    successor = models.CharField(max_length=200, blank=True)
    note = models.TextField(blank=True)

    class Privacy(Record.Privacy):
        open = KEPT | {"school", "key", "current", "successor", "note"}


class LinkedPolicy(Kept):
    """A policy that this one links to, as it was last looked at."""

    school = models.ForeignKey(School, models.PROTECT, related_name="+")
    key = models.CharField(max_length=60)
    held = models.BooleanField()
    dated_on = models.DateField(null=True, blank=True)
    review_due_on = models.DateField(null=True, blank=True)
    address = models.URLField(blank=True, max_length=300)

    class Privacy(Record.Privacy):
        open = KEPT | {"school", "key", "held", "dated_on", "review_due_on", "address"}


class PolicyRead(Kept):
    """A member of staff read a version of the policy."""

    policy = models.ForeignKey(PolicyVersion, models.PROTECT, related_name="reads")
    user = models.ForeignKey(User, models.PROTECT, related_name="+")

    class Privacy(Record.Privacy):
        open = KEPT | {"policy"}
        personal = frozenset({"user"})


class Briefing(Kept):
    """Staff were briefed on reasonable adjustments on `happened_on`."""

    school = models.ForeignKey(School, models.PROTECT, related_name="+")
    given_by = models.CharField(max_length=120)
    covered = models.TextField(blank=True)
    attended = models.ManyToManyField(User, blank=True, related_name="+")
    others = models.PositiveSmallIntegerField(default=0)  # who have no sign-in
    withdrawn_because = models.TextField(blank=True, db_default="")

    class Privacy(Record.Privacy):
        open = KEPT | {"school", "covered", "others", "withdrawn_because"}
        personal = frozenset({"given_by", "attended"})


class Monitoring(Kept):
    """The monthly check of all open cases, signed on `happened_on`."""

    school = models.ForeignKey(School, models.PROTECT, related_name="+")
    month = models.DateField()  # its first day
    open_cases = models.PositiveSmallIntegerField()
    overdue = models.PositiveSmallIntegerField()
    note = EncryptedTextField(purpose="monitoring-note", blank=True)
    withdrawn_because = EncryptedTextField(purpose="monitoring-withdrawn", blank=True, db_default="")

    class Privacy(Record.Privacy):
        open = KEPT | {"school", "month", "open_cases", "overdue"}
        special = frozenset({"note", "withdrawn_because"})

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["school", "month"], condition=Q(withdrawn_at=None), name="monitoring_once_a_month"
            ),
        )
