"""Pupils, their time on roll, and the people to ring about them."""

from django.db import models
from django.db.models import F, Q

from onroll.records.base import Record
from onroll.records.crypto import EncryptedTextField
from onroll.records.kept import KEPT, Kept
from onroll.records.schools.models import School, TutorGroup, YearGroup


class Pupil(Record):
    """One child as one school knows them. The same child at two schools is two rows."""

    school = models.ForeignKey(School, models.PROTECT, related_name="pupils")
    upn = models.CharField(max_length=13, blank=True)
    former_upn = models.CharField(max_length=13, blank=True)
    admission_number = models.CharField(max_length=20, blank=True)
    forename = models.CharField(max_length=80)
    surname = models.CharField(max_length=80)
    known_as = models.CharField(max_length=80, blank=True)
    born_on = models.DateField(null=True, blank=True)
    year_group = models.ForeignKey(YearGroup, models.PROTECT, null=True, blank=True, related_name="pupils")
    tutor_group = models.ForeignKey(TutorGroup, models.PROTECT, null=True, blank=True, related_name="pupils")
    sen_status = models.CharField(max_length=1, blank=True)  # N none, K support, E plan (EHCP)
    has_ehcp = models.BooleanField(default=False)
    # Names and numbers folded for search: lower case, no accents, no apostrophes (`domain.names.folded`).
    search_text = models.CharField(max_length=400, default="", blank=True)
    version = models.PositiveIntegerField(default=1)

    class Privacy(Record.Privacy):
        open = frozenset({"id", "school", "version"})
        personal = frozenset({
            "upn", "former_upn", "admission_number", "forename", "surname", "known_as", "born_on", "year_group",
            "tutor_group", "sen_status", "has_ehcp", "search_text",
        })  # fmt: skip

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["school", "upn"], condition=~Q(upn=""), name="pupil_upn_once_a_school"
            ),
            models.UniqueConstraint(
                fields=["school", "admission_number"],
                condition=~Q(admission_number=""),
                name="pupil_admission_number_once_a_school",
            ),
        )
        indexes = (models.Index(fields=["school", "surname", "forename"], name="pupil_by_name"),)


class Enrolment(Record):
    """One unbroken time on the school's roll. A child who leaves and returns has two."""

    pupil = models.ForeignKey(Pupil, models.PROTECT, related_name="enrolments")
    school = models.ForeignKey(School, models.PROTECT, related_name="+")
    first_on = models.DateField()
    last_on = models.DateField(null=True, blank=True)

    class Privacy(Record.Privacy):
        open = frozenset({"id", "school"})
        personal = frozenset({"pupil", "first_on", "last_on"})

    class Meta:
        ordering = ("first_on",)
        constraints = (
            models.CheckConstraint(
                name="enrolment_ends_after_it_begins",
                condition=Q(last_on=None) | Q(last_on__gte=F("first_on")),
            ),
            models.UniqueConstraint(
                fields=["pupil"], condition=Q(last_on=None), name="enrolment_open_once_a_pupil"
            ),
        )


class Contact(Record):
    """A person to speak with about a pupil, as the roll gives them."""

    pupil = models.ForeignKey(Pupil, models.PROTECT, related_name="contacts")
    school = models.ForeignKey(School, models.PROTECT, related_name="+")
    name = models.CharField(max_length=160)
    relationship = models.CharField(max_length=40, blank=True)
    parental_responsibility = models.BooleanField(default=False)
    lives_with_pupil = models.BooleanField(default=False)
    phone = models.CharField(max_length=40, blank=True)
    email = models.EmailField(blank=True)
    priority = models.PositiveSmallIntegerField(default=1)
    # When a roll no longer named them; the row stays, and is not shown as somebody to ring.
    ended_at = models.DateTimeField(null=True, blank=True)

    class Privacy(Record.Privacy):
        open = frozenset({"id", "school", "priority", "ended_at"})
        personal = frozenset({
            "pupil", "name", "relationship", "parental_responsibility", "lives_with_pupil", "phone", "email",
        })  # fmt: skip

    class Meta:
        ordering = ("priority", "id")


class MissingFromRoll(Record):
    """A pupil on roll whom a new roll file did not name: somebody must say what happened.

    Nothing is removed by the file; `decision` is "still-here" or "left" once a person has decided, and "named"
    when a later file named the pupil again.
    """

    pupil = models.ForeignKey(Pupil, models.PROTECT, related_name="+")
    school = models.ForeignKey(School, models.PROTECT, related_name="missing_from_roll")
    import_id = models.BigIntegerField()
    noticed_at = models.DateTimeField()
    decision = models.CharField(max_length=12, blank=True)
    left_on = models.DateField(null=True, blank=True)  # the last day on roll, where the decision is "left"
    reason = EncryptedTextField(purpose="missing-from-roll", blank=True)  # people write of illness here
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by_id = models.BigIntegerField(null=True, blank=True)

    class Privacy(Record.Privacy):
        open = frozenset({"id", "school", "import_id", "noticed_at", "decided_at", "decided_by_id"})
        personal = frozenset({"pupil", "decision", "left_on"})
        special = frozenset({"reason"})

    class Meta:
        constraints = (
            models.CheckConstraint(
                name="missing_from_roll_decision_has_date",
                condition=(Q(decision="") & Q(decided_at=None))
                | (~Q(decision="") & Q(decided_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="missing_from_roll_left_on_a_date",
                condition=(Q(decision="left") & Q(left_on__isnull=False))
                | (~Q(decision="left") & Q(left_on=None)),
            ),
            models.UniqueConstraint(
                fields=["pupil"], condition=Q(decision=""), name="missing_from_roll_open_once_a_pupil"
            ),
        )


class PupilChange(Record):
    """A fact about a pupil that took another's place: what, when, by whom, from which file.

    `field` is a key of `domain.roll`; "new-pupil" says that the pupil came with that file. `of` is a contact's name.
    """

    pupil = models.ForeignKey(Pupil, models.PROTECT, related_name="changes")
    school = models.ForeignKey(School, models.PROTECT, related_name="+")
    field = models.CharField(max_length=30)
    of = models.CharField(max_length=160, blank=True, default="")
    old = models.TextField(blank=True)
    new = models.TextField(blank=True)
    at = models.DateTimeField()
    by_id = models.BigIntegerField(null=True)
    import_id = models.BigIntegerField(null=True, blank=True)

    class Privacy(Record.Privacy):
        open = frozenset({"id", "school", "at", "by_id", "import_id"})
        personal = frozenset({"pupil", "field", "of", "old", "new"})

    class Meta:
        indexes = (
            models.Index(fields=["pupil", "-at"], name="pupil_change_by_pupil"),
            models.Index(fields=["import_id"], name="pupil_change_by_import"),
        )


class Death(Kept):
    """A pupil has died, on `happened_on` as far as is known. While it stands, nothing is sent about them."""

    pupil = models.ForeignKey(Pupil, models.PROTECT, related_name="deaths")
    school = models.ForeignKey(School, models.PROTECT, related_name="+")
    withdrawn_because = EncryptedTextField(purpose="death-withdrawn", blank=True)

    class Privacy(Record.Privacy):
        open = KEPT | {"school"}
        personal = frozenset({"pupil"})
        special = frozenset({"withdrawn_because"})

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["pupil"], condition=Q(withdrawn_at=None), name="death_recorded_once_a_pupil"
            ),
        )
