"""Who is responsible, said in plain words: issued, acknowledged, read, explained."""

from django.db import models

from onroll.records.base import Record
from onroll.records.cases.models.case import Arrangement, Case
from onroll.records.cases.models.people import FamilyMember
from onroll.records.cases.models.timeline import Document
from onroll.records.crypto import EncryptedTextField
from onroll.records.kept import KEPT, Kept
from onroll.records.people.models import User


class Statement(Kept):
    """The statement as it was issued on `happened_on`: its words are kept as they were sent."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="statements")
    arrangement = models.ForeignKey(Arrangement, models.PROTECT, related_name="statements")
    words = EncryptedTextField(purpose="statement-words")  # JSON: audience -> paragraphs
    withdrawn_because = EncryptedTextField(purpose="statement-withdrawn", blank=True)

    class Privacy(Record.Privacy):
        open = KEPT
        personal = frozenset({"case", "arrangement"})
        special = frozenset({"words", "withdrawn_because"})


class Receipt(Kept):
    """Somebody acknowledged, read or had the statement explained, on `happened_on`."""

    KINDS = (("acknowledged", "Acknowledged"), ("read", "Read"), ("explained", "Explained to the pupil"))

    statement = models.ForeignKey(Statement, models.PROTECT, related_name="receipts")
    kind = models.CharField(max_length=12, choices=KINDS)
    how = models.CharField(max_length=12)  # link, paper, conversation, page
    family = models.ForeignKey(FamilyMember, models.PROTECT, null=True, blank=True, related_name="+")
    # Who read it; for "explained" and "conversation", who spoke.
    user = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    document = models.ForeignKey(
        Document, models.PROTECT, null=True, blank=True, related_name="+"
    )  # the paper
    note = EncryptedTextField(purpose="receipt-note", blank=True)
    withdrawn_because = EncryptedTextField(purpose="receipt-withdrawn", blank=True)

    class Privacy(Record.Privacy):
        open = KEPT | {"kind", "how"}
        personal = frozenset({"statement", "family", "user", "document"})
        special = frozenset({"note", "withdrawn_because"})


class StatementLink(Record):
    """A link by which one member of the family may read and acknowledge one statement. The token is only in it."""

    statement = models.ForeignKey(Statement, models.PROTECT, related_name="links")
    family = models.ForeignKey(FamilyMember, models.PROTECT, related_name="+")
    token_digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    made_by_id = models.BigIntegerField(null=True, blank=True)
    expires_at = models.DateTimeField()
    first_opened_at = models.DateTimeField(null=True, blank=True)
    used_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Privacy(Record.Privacy):
        open = frozenset({
            "id", "token_digest", "made_at", "made_by_id", "expires_at", "first_opened_at", "used_at", "withdrawn_at",
        })  # fmt: skip
        personal = frozenset({"statement", "family"})


class Understanding(Kept):
    """Somebody judged whether the pupil is of an age and understanding to be told themselves."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="understandings")
    understands = models.BooleanField()
    reason = EncryptedTextField(purpose="understanding-reason", blank=True)
    withdrawn_because = EncryptedTextField(purpose="understanding-withdrawn", blank=True)

    class Privacy(Record.Privacy):
        open = KEPT
        personal = frozenset({"case", "understands"})
        special = frozenset({"reason", "withdrawn_because"})
