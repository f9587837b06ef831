"""What happened on a case: contacts, decisions, notes, documents. Withdrawn with a reason, never removed."""

from django.db import models

from onroll.domain.casework.tiers import Tier
from onroll.records.base import Record
from onroll.records.cases.models.case import Case
from onroll.records.cases.models.people import FamilyMember, Professional
from onroll.records.crypto import EncryptedTextField
from onroll.records.kept import KEPT, Kept
from onroll.records.people.models import User

TIERS = [(tier.value, tier.value) for tier in Tier]


class Written(Kept):
    """What every entry of the timeline carries."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="%(class)s_entries")
    tier = models.CharField(max_length=24, choices=TIERS, default=Tier.EDUCATION.value)
    # Of the form that wrote it: the same form sent twice writes one row.
    form_key = models.CharField(max_length=32, blank=True, db_default="")

    class Meta:
        abstract = True


_KEPT = KEPT | {"form_key"}
_WRITTEN = frozenset({"case", "tier"})


class ContactMade(Written):
    """A contact with the family, the pupil or a professional: by whom, with whom, what was said, what next."""

    made_at = models.TimeField(null=True, blank=True)
    method = models.CharField(max_length=12)  # phone, visit, e-mail, meeting, message, letter, video
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    with_parent = models.BooleanField(default=False)
    with_pupil = models.BooleanField(default=False)
    family = models.ForeignKey(FamilyMember, models.PROTECT, null=True, blank=True, related_name="+")
    professional = models.ForeignKey(Professional, models.PROTECT, null=True, blank=True, related_name="+")
    with_whom = EncryptedTextField(purpose="contact-with-whom", blank=True)  # where no row names them
    two_way = models.BooleanField(default=True)  # somebody answered
    said = EncryptedTextField(purpose="contact-said", blank=True)
    next_step = EncryptedTextField(purpose="contact-next-step", blank=True)
    next_on = models.DateField(null=True, blank=True)
    withdrawn_because = EncryptedTextField(purpose="contact-withdrawn", blank=True)

    class Privacy(Record.Privacy):
        open = _KEPT | {"made_at", "method"}
        personal = _WRITTEN | {
            "made_by", "with_parent", "with_pupil", "family", "professional", "two_way", "next_on",
        }  # fmt: skip
        special = frozenset({"with_whom", "said", "next_step", "withdrawn_because"})

    class Meta:
        ordering = ("-happened_on", "-id")
        indexes = (models.Index(fields=["case", "happened_on"], name="contact_made_by_case"),)


class Decision(Written):
    """A question that was decided: the options, the evidence, the answer, why, and by whom."""

    question = EncryptedTextField(purpose="decision-question")
    options = EncryptedTextField(purpose="decision-options", blank=True)
    evidence = EncryptedTextField(purpose="decision-evidence", blank=True)
    decided = EncryptedTextField(purpose="decision-decided")
    reason = EncryptedTextField(purpose="decision-reason")
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    decided_by_others = EncryptedTextField(purpose="decision-by-others", blank=True)
    withdrawn_because = EncryptedTextField(purpose="decision-withdrawn", blank=True)

    class Privacy(Record.Privacy):
        open = _KEPT
        personal = _WRITTEN | {"decided_by"}
        special = frozenset({
            "question", "options", "evidence", "decided", "reason", "decided_by_others", "withdrawn_because",
        })  # fmt: skip

    class Meta:
        ordering = ("-happened_on", "-id")
        indexes = (models.Index(fields=["case", "happened_on"], name="decision_by_case"),)


class Note(Written):
    """Something worth keeping that is neither a contact nor a decision."""

    text = EncryptedTextField(purpose="note-text")
    withdrawn_because = EncryptedTextField(purpose="note-withdrawn", blank=True)

    class Privacy(Record.Privacy):
        open = _KEPT
        personal = _WRITTEN
        special = frozenset({"text", "withdrawn_because"})

    class Meta:
        ordering = ("-happened_on", "-id")
        indexes = (models.Index(fields=["case", "happened_on"], name="note_by_case"),)


class Document(Written):
    """A paper on the case. `happened_on` is its own date. The file lies encrypted in the upload store."""

    kind = models.CharField(max_length=24)  # letter, clinic-letter, report, plan, form, photo, other
    title = EncryptedTextField(purpose="document-title")
    author = EncryptedTextField(purpose="document-author", blank=True)
    valid_until = models.DateField(null=True, blank=True)
    stored_as = models.CharField(max_length=32)  # name in records.uploads
    media_type = models.CharField(max_length=80)
    bytes = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    scanned = models.CharField(max_length=12, default="not-scanned")  # not-scanned, clean
    withdrawn_because = EncryptedTextField(purpose="document-withdrawn", blank=True)

    class Privacy(Record.Privacy):
        open = _KEPT | {"stored_as", "media_type", "bytes", "sha256", "scanned"}
        personal = _WRITTEN | {"kind", "valid_until"}
        special = frozenset({"title", "author", "withdrawn_because"})

    class Meta:
        ordering = ("-happened_on", "-id")
        indexes = (models.Index(fields=["case", "happened_on"], name="document_by_case"),)
