"""The people round a child: the case team, the family, professionals, brothers and sisters."""

from django.db import models
from django.db.models import F, Q

from onroll.domain.permissions import ROLES
from onroll.records.base import Record
from onroll.records.cases.models.case import Case
from onroll.records.crypto import EncryptedTextField
from onroll.records.kept import KEPT, Kept
from onroll.records.people.models import User
from onroll.records.pupils.models import Contact, Pupil
from onroll.records.schools.models import School

ROLE_CHOICES = [(role.value, facts.title) for role, facts in ROLES.items()]


class Member(Kept):
    """Somebody on a case's team in one role, from `happened_on` until `until_on`; a deputy stands in."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="team")
    user = models.ForeignKey(User, models.PROTECT, related_name="+")
    role = models.CharField(max_length=24, choices=ROLE_CHOICES)
    deputy = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    until_on = models.DateField(null=True, blank=True)
    withdrawn_because = EncryptedTextField(purpose="member-withdrawn", blank=True)

    class Privacy(Record.Privacy):
        open = KEPT | {"role", "until_on"}
        personal = frozenset({"case", "user", "deputy"})
        special = frozenset({"withdrawn_because"})

    class Meta:
        indexes = (models.Index(fields=["user"], name="member_by_user"),)


class Away(Kept):
    """Days on which a member of staff is not there: from `happened_on` to `last_on`. Their duties go to a deputy."""

    school = models.ForeignKey(School, models.PROTECT, related_name="+")
    user = models.ForeignKey(User, models.PROTECT, related_name="+")
    last_on = models.DateField()
    deputy = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    withdrawn_because = EncryptedTextField(purpose="away-withdrawn", blank=True)

    class Privacy(Record.Privacy):
        open = KEPT | {"school"}
        personal = frozenset({"user", "last_on", "deputy"})
        special = frozenset({"withdrawn_because"})

    class Meta:
        constraints = (
            models.CheckConstraint(
                name="away_ends_after_it_begins", condition=Q(last_on__gte=F("happened_on"))
            ),
        )


class FamilyMember(Kept):
    """A parent, carer or other relative, and how to speak with them. It belongs to the pupil, over all cases."""

    pupil = models.ForeignKey(Pupil, models.PROTECT, related_name="family")
    school = models.ForeignKey(School, models.PROTECT, related_name="+")
    from_roll = models.ForeignKey(Contact, models.PROTECT, null=True, blank=True, related_name="+")
    name = models.CharField(max_length=160)
    relationship = models.CharField(max_length=40, blank=True)
    parental_responsibility = models.BooleanField(default=False)
    lives_with_pupil = models.BooleanField(default=False)
    phone = models.CharField(max_length=40, blank=True)
    email = models.EmailField(blank=True)
    address = EncryptedTextField(purpose="family-address", blank=True)
    how_to_reach = EncryptedTextField(purpose="family-reach", blank=True)  # best time, which number, how
    interpreter = models.CharField(max_length=60, blank=True)  # the language; empty: none needed
    do_not_contact = models.BooleanField(default=False)
    do_not_contact_because = EncryptedTextField(purpose="family-do-not-contact", blank=True)
    may_be_told = models.CharField(max_length=12, default="everything")  # everything, education, nothing
    may_be_told_because = EncryptedTextField(purpose="family-may-be-told", blank=True)
    priority = models.PositiveSmallIntegerField(default=1)
    withdrawn_because = EncryptedTextField(purpose="family-withdrawn", blank=True)

    class Privacy(Record.Privacy):
        open = KEPT | {"school", "priority"}
        personal = frozenset({
            "pupil", "from_roll", "name", "relationship", "parental_responsibility", "lives_with_pupil", "phone",
            "email", "interpreter", "do_not_contact", "may_be_told",
        })  # fmt: skip
        special = frozenset({
            "address", "how_to_reach", "do_not_contact_because", "may_be_told_because", "withdrawn_because",
        })  # fmt: skip

    class Meta:
        ordering = ("priority", "id")


class Professional(Kept):
    """Somebody outside the school who works with the child."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="professionals")
    agency = models.CharField(max_length=120)
    role = EncryptedTextField(
        purpose="professional-role", blank=True
    )  # "oncology nurse" says what the child has
    name = models.CharField(max_length=160, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    email = models.EmailField(blank=True)
    withdrawn_because = EncryptedTextField(purpose="professional-withdrawn", blank=True)

    class Privacy(Record.Privacy):
        open = KEPT
        personal = frozenset({"case", "agency", "name", "phone", "email"})
        special = frozenset({"role", "withdrawn_because"})


class Sibling(Kept):
    """Somebody said that two pupils of the school are brothers or sisters. Read both ways."""

    school = models.ForeignKey(School, models.PROTECT, related_name="+")
    pupil = models.ForeignKey(Pupil, models.PROTECT, related_name="+")
    other = models.ForeignKey(Pupil, models.PROTECT, related_name="+")
    withdrawn_because = EncryptedTextField(purpose="sibling-withdrawn", blank=True)

    class Privacy(Record.Privacy):
        open = KEPT | {"school"}
        personal = frozenset({"pupil", "other"})
        special = frozenset({"withdrawn_because"})

    class Meta:
        constraints = (
            models.CheckConstraint(name="sibling_is_another_pupil", condition=~Q(pupil=F("other"))),
        )
