"""The outbox: e-mail waits in the database, inside the change that asks for it, until a job has sent it."""

from django.db import models
from django.db.models import Q

from onroll.records.base import Record
from onroll.records.crypto import EncryptedTextField
from onroll.records.kept import KEPT, Kept
from onroll.records.people.models import User
from onroll.records.pupils.models import Pupil
from onroll.records.schools.models import School


class Message(Record):
    """One e-mail. It names no child and no condition; `pupil` is only so that a death can stop it."""

    school = models.ForeignKey(School, models.PROTECT, null=True, blank=True, related_name="+")
    to = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    address = models.EmailField(blank=True)  # for people without a sign-in
    kind = models.CharField(max_length=24)  # digest, escalation, reminder, statement, alarm
    key = models.CharField(max_length=120, unique=True)  # what it is about, once: never sent twice
    subject = models.CharField(max_length=150)
    body = EncryptedTextField(purpose="message")  # it may hold a link that opens something
    pupil = models.ForeignKey(Pupil, models.PROTECT, null=True, blank=True, related_name="+")
    queued_at = models.DateTimeField()
    send_after = models.DateTimeField()  # moves on with each failed try
    tries = models.PositiveSmallIntegerField(default=0)
    claimed_at = models.DateTimeField(null=True, blank=True)  # a sender has it in hand
    sent_at = models.DateTimeField(null=True, blank=True)
    stopped_at = models.DateTimeField(null=True, blank=True)
    stopped_because = models.CharField(max_length=40, blank=True)  # died, gave-up, no-address, not-needed

    class Privacy(Record.Privacy):
        open = frozenset({
            "id", "school", "kind", "key", "subject", "queued_at", "send_after", "tries", "claimed_at", "sent_at",
            "stopped_at", "stopped_because",
        })  # fmt: skip
        personal = frozenset({"to", "address", "body", "pupil"})

    class Meta:
        indexes = (
            models.Index(
                fields=["send_after"], condition=Q(sent_at=None, stopped_at=None), name="message_to_send"
            ),
        )


class DigestChoice(Kept):
    """How often somebody wants to be written to about a school: daily, weekly or never."""

    user = models.ForeignKey(User, models.PROTECT, related_name="+")
    school = models.ForeignKey(School, models.PROTECT, related_name="+")
    rhythm = models.CharField(max_length=8)

    class Privacy(Record.Privacy):
        open = KEPT | {"school", "rhythm"}
        personal = frozenset({"user"})
