"""Trusts, authorities, schools, their groups and their calendar."""

from django.db import models
from django.db.models import F, Q

from onroll.domain.schoolcalendar import Kind
from onroll.records.base import Record


class LocalAuthority(Record):
    """A local authority that schools answer to; its three-digit code is the first part of a DfE number."""

    code = models.CharField(max_length=3, unique=True)
    name = models.CharField(max_length=100)

    class Privacy(Record.Privacy):
        open = frozenset({"id", "code", "name"})


class Trust(Record):
    """A group of schools under one board."""

    name = models.CharField(max_length=150, unique=True)

    class Privacy(Record.Privacy):
        open = frozenset({"id", "name"})


class School(Record):
    """One school, with the settings by which it counts."""

    urn = models.PositiveIntegerField(unique=True)
    dfe_number = models.CharField(max_length=8, unique=True)
    name = models.CharField(max_length=150)
    authority = models.ForeignKey(LocalAuthority, models.PROTECT, related_name="schools")
    trust = models.ForeignKey(Trust, models.PROTECT, null=True, blank=True, related_name="schools")
    threshold_days = models.DecimalField(max_digits=4, decimal_places=1, default=15)
    health_codes = models.CharField(max_length=60, default="I,M,C2")
    appointment_breaks_statutory = models.BooleanField(default=True)
    # The last date for which any mark is held; every count of the school is as at this date.
    marks_to = models.DateField(null=True, blank=True)
    # The last date by which half of the pupils have a mark: what says how fresh the register is, so that a
    # file with one pupil does not make an old one look new.
    mostly_to = models.DateField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Privacy(Record.Privacy):
        open = frozenset({
            "id", "urn", "dfe_number", "name", "authority", "trust", "threshold_days", "health_codes",
            "appointment_breaks_statutory", "marks_to", "mostly_to", "version",
        })  # fmt: skip

    class Meta:
        constraints = (
            models.CheckConstraint(name="school_threshold_is_positive", condition=Q(threshold_days__gt=0)),
            models.CheckConstraint(
                name="school_urn_has_six_digits", condition=Q(urn__gte=100000) & Q(urn__lte=999999)
            ),
        )


class YearGroup(Record):
    """A year of the school ("Year 9"), by its national curriculum year code ("9", "R", "N1")."""

    school = models.ForeignKey(School, models.PROTECT, related_name="year_groups")
    code = models.CharField(max_length=4)
    name = models.CharField(max_length=40)
    position = models.SmallIntegerField(default=0)

    class Privacy(Record.Privacy):
        open = frozenset({"id", "school", "code", "name", "position"})

    class Meta:
        ordering = ("position", "name")
        constraints = (models.UniqueConstraint(fields=["school", "code"], name="year_group_once_a_school"),)


class TutorGroup(Record):
    """A form or registration group ("9 Elm")."""

    school = models.ForeignKey(School, models.PROTECT, related_name="tutor_groups")
    name = models.CharField(max_length=40)

    class Privacy(Record.Privacy):
        open = frozenset({"id", "school", "name"})

    class Meta:
        ordering = ("name",)
        constraints = (models.UniqueConstraint(fields=["school", "name"], name="tutor_group_once_a_school"),)


class CalendarDay(Record):
    """One line of a calendar: a term, or something that closes all or half of some days.

    It belongs to a trust, to a school, or to one year group of a school; the most specific line that says
    anything about a date wins. Bank holidays come from a library and are not stored.
    """

    trust = models.ForeignKey(Trust, models.PROTECT, null=True, blank=True, related_name="calendar")
    school = models.ForeignKey(School, models.PROTECT, null=True, blank=True, related_name="calendar")
    year_group = models.ForeignKey(YearGroup, models.PROTECT, null=True, blank=True, related_name="calendar")
    kind = models.CharField(max_length=12, choices=[(kind.value, kind.value) for kind in Kind])
    first_on = models.DateField()
    last_on = models.DateField()
    name = models.CharField(max_length=80, blank=True)
    recorded_at = models.DateTimeField()
    # A line is never overwritten: a change withdraws it and records another that names it here.
    replaces = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="replaced_by")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_because = models.CharField(max_length=120, blank=True, default="", db_default="")

    class Privacy(Record.Privacy):
        open = frozenset({
            "id", "trust", "school", "year_group", "kind", "first_on", "last_on", "name", "recorded_at", "replaces",
            "withdrawn_at", "withdrawn_because",
        })  # fmt: skip

    class Meta:
        ordering = ("first_on", "id")
        constraints = (
            models.CheckConstraint(
                name="calendar_day_ends_after_it_begins", condition=Q(last_on__gte=F("first_on"))
            ),
            models.CheckConstraint(
                name="calendar_day_has_one_owner",
                condition=(Q(trust=None) & Q(school__isnull=False))
                | (Q(trust__isnull=False) & Q(school=None)),
            ),
            models.CheckConstraint(
                name="calendar_day_of_a_year_group_names_the_school",
                condition=Q(year_group=None) | Q(school__isnull=False),
            ),
            models.CheckConstraint(
                name="calendar_day_reason_only_when_withdrawn",
                condition=Q(withdrawn_because="") | Q(withdrawn_at__isnull=False),
            ),
        )
