"""Registers, what changed in them, what they add up to, and the files they came from."""

from django.db import models
from django.db.models.functions import Length
from django.db.models.lookups import Exact

from onroll.records.base import Record
from onroll.records.crypto import EncryptedTextField
from onroll.records.people.models import User
from onroll.records.pupils.models import Pupil
from onroll.records.schools.models import School, YearGroup

GRID_LENGTH = 732  # as domain.schoolcalendar; repeated because a migration must not move when code does


class RegisterYear(Record):
    """One pupil's marks of one school year as one string on a fixed grid of dates (see domain.register.codes)."""

    pupil = models.ForeignKey(Pupil, models.PROTECT, related_name="registers")
    school = models.ForeignKey(School, models.PROTECT, related_name="+")
    year = models.SmallIntegerField()
    # The year group of that school year, so that its closures still apply when the pupil has moved up.
    year_group = models.ForeignKey(YearGroup, models.PROTECT, null=True, blank=True, related_name="+")
    marks = models.CharField(max_length=GRID_LENGTH)

    class Privacy(Record.Privacy):
        open = frozenset({"id", "school", "year"})
        personal = frozenset({"pupil", "year_group"})
        special = frozenset({"marks"})  # code I says a child was ill; codes are kept plain to be counted

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["pupil", "year"], name="register_once_a_pupil_and_year"),
            models.CheckConstraint(
                name="register_has_every_session", condition=Exact(Length("marks"), GRID_LENGTH)
            ),
        )
        indexes = (models.Index(fields=["school", "year"], name="register_by_school_year"),)


class Amendment(Record):
    """A mark that took the place of another: what it was, what it became, when, by whom, from which file."""

    pupil = models.ForeignKey(Pupil, models.PROTECT, related_name="amendments")
    school = models.ForeignKey(School, models.PROTECT, related_name="+")
    on = models.DateField()
    session = models.CharField(max_length=2)
    old = models.CharField(max_length=2)
    new = models.CharField(max_length=2)
    at = models.DateTimeField()
    by_id = models.BigIntegerField(null=True)
    import_id = models.BigIntegerField(null=True, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)

    class Privacy(Record.Privacy):
        open = frozenset({"id", "school", "at", "by_id", "import_id", "undone_at"})
        personal = frozenset({"pupil", "on", "session"})
        special = frozenset({"old", "new"})

    class Meta:
        indexes = (
            models.Index(fields=["pupil", "on"], name="amendment_by_pupil"),
            models.Index(fields=["import_id"], name="amendment_by_import"),
            models.Index(fields=["school", "-at", "-id"], name="amendment_by_school"),
        )


class Summary(Record):
    """What a pupil's register adds up to, as at the school's last date with marks. Sessions, not days.

    `s_` is the statutory sickness count, `h_` the health-related one. `nearness` orders Watch: the larger of
    the pupil's counts against the threshold. Written only by the recount.
    """

    pupil = models.ForeignKey(Pupil, models.PROTECT, related_name="summaries")
    school = models.ForeignKey(School, models.PROTECT, related_name="+")
    year = models.SmallIntegerField()
    as_of = models.DateField()
    rule_version = models.CharField(max_length=12)
    s_sessions = models.PositiveSmallIntegerField(default=0)
    s_spell = models.PositiveSmallIntegerField(default=0)
    s_longest = models.PositiveSmallIntegerField(default=0)
    s_spell_since = models.DateField(null=True)
    s_reached_consecutive = models.CharField(max_length=13, blank=True)  # "2026-10-23 PM" or empty
    s_reached_cumulative = models.CharField(max_length=13, blank=True)
    s_forecast_on = models.DateField(null=True)
    h_sessions = models.PositiveSmallIntegerField(default=0)
    h_spell = models.PositiveSmallIntegerField(default=0)
    h_longest = models.PositiveSmallIntegerField(default=0)
    h_spell_since = models.DateField(null=True)
    h_reached_consecutive = models.CharField(max_length=13, blank=True)
    h_reached_cumulative = models.CharField(max_length=13, blank=True)
    h_forecast_on = models.DateField(null=True)
    nearness = models.PositiveSmallIntegerField(default=0)
    # The h_sessions at which somebody said "not a health case"; off Watch until the count moves by two days.
    quiet_at = models.PositiveSmallIntegerField(null=True)

    class Privacy(Record.Privacy):
        open = frozenset({"id", "school", "year", "as_of", "rule_version"})
        personal = frozenset({"pupil", "quiet_at"})
        special = frozenset(
            {
                "s_sessions",
                "s_spell",
                "s_longest",
                "s_spell_since",
                "s_reached_consecutive",
                "s_reached_cumulative",
                "s_forecast_on",
                "h_sessions",
                "h_spell",
                "h_longest",
                "h_spell_since",
                "h_reached_consecutive",
                "h_reached_cumulative",
                "h_forecast_on",
                "nearness",
            }
        )

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["pupil", "year"], name="summary_once_a_pupil_and_year"),
        )
        indexes = (
            models.Index(
                fields=["school", "year", "-nearness", "h_forecast_on", "pupil"], name="summary_for_watch"
            ),
        )


class Recount(Record):
    """One count of everybody that somebody's change of calendar or settings caused, and how many it moved."""

    school = models.ForeignKey(School, models.PROTECT, related_name="recounts")
    at = models.DateTimeField()
    by_id = models.BigIntegerField(null=True)
    because = models.CharField(max_length=40)  # the verb that the ledger has for the change
    subject = models.CharField(max_length=60, blank=True)  # what was changed, as the ledger names it
    counted = models.PositiveIntegerField()
    moved = models.PositiveIntegerField()

    class Privacy(Record.Privacy):
        open = frozenset({"id", "school", "at", "by_id", "because", "subject", "counted", "moved"})

    class Meta:
        indexes = (models.Index(fields=["school", "-at"], name="recount_by_school"),)


class RecountMove(Record):
    """One pupil whose count or running spell a recount moved. Sessions; null before: there was no count."""

    recount = models.ForeignKey(Recount, models.PROTECT, related_name="moves")
    pupil = models.ForeignKey(Pupil, models.PROTECT, related_name="+")
    s_before = models.PositiveSmallIntegerField(null=True)
    s_after = models.PositiveSmallIntegerField()
    h_before = models.PositiveSmallIntegerField(null=True)
    h_after = models.PositiveSmallIntegerField()
    s_spell_before = models.PositiveSmallIntegerField(null=True)
    s_spell_after = models.PositiveSmallIntegerField()
    h_spell_before = models.PositiveSmallIntegerField(null=True)
    h_spell_after = models.PositiveSmallIntegerField()
    reached_before = models.BooleanField()
    reached_after = models.BooleanField()

    class Privacy(Record.Privacy):
        open = frozenset({"id", "recount"})
        personal = frozenset({"pupil"})
        special = frozenset({
            "s_before", "s_after", "h_before", "h_after", "s_spell_before", "s_spell_after", "h_spell_before",
            "h_spell_after", "reached_before", "reached_after",
        })  # fmt: skip

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["recount", "pupil"], name="recount_moves_a_pupil_once"),
        )


class NotHealthCase(Record):
    """Somebody's word that a pupil's absence is not a health case, with the reason and the count then."""

    pupil = models.ForeignKey(Pupil, models.PROTECT, related_name="+")
    school = models.ForeignKey(School, models.PROTECT, related_name="+")
    year = models.SmallIntegerField()
    h_sessions = models.PositiveSmallIntegerField()
    reason = EncryptedTextField(purpose="not-health-case")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Privacy(Record.Privacy):
        open = frozenset({"id", "school", "year", "at", "withdrawn_at"})
        personal = frozenset({"pupil", "by"})
        special = frozenset({"h_sessions", "reason"})


class CodeMeaning(Record):
    """What one of the school's own codes means nationally ("I01" is I; "H" of older years is G)."""

    school = models.ForeignKey(School, models.PROTECT, related_name="code_map")
    raw = models.CharField(max_length=12)
    national = models.CharField(max_length=2)

    class Privacy(Record.Privacy):
        open = frozenset({"id", "school", "raw", "national"})

    class Meta:
        ordering = ("raw",)
        constraints = (models.UniqueConstraint(fields=["school", "raw"], name="code_meaning_once_a_school"),)


class ColumnMapping(Record):
    """Which column of a school's files is what, saved so that it is asked once."""

    school = models.ForeignKey(School, models.PROTECT, related_name="column_mappings")
    kind = models.CharField(max_length=12)  # attendance | roll
    fingerprint = models.CharField(max_length=64)  # SHA-256 of the header cells it was made for
    mapping = models.JSONField()
    saved_at = models.DateTimeField()

    class Privacy(Record.Privacy):
        open = frozenset({"id", "school", "kind", "fingerprint", "mapping", "saved_at"})

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["school", "kind", "fingerprint"], name="mapping_once_a_header"),
        )


class Import(Record):
    """A file that somebody brought, and how far it has come."""

    KINDS = (("attendance", "Attendance"), ("roll", "Roll"))
    STATES = (
        ("mapping", "Waiting for its columns to be confirmed"),
        ("reading", "Being read"),
        ("ready", "Waiting for approval"),
        ("applying", "Being written"),
        ("applied", "In the register"),
        ("undoing", "Being undone"),
        ("undone", "Undone"),
        ("cancelled", "Cancelled"),
        ("failed", "Could not be read"),
    )

    school = models.ForeignKey(School, models.PROTECT, related_name="imports")
    kind = models.CharField(max_length=12, choices=KINDS)
    state = models.CharField(max_length=12, choices=STATES)
    file_name = models.CharField(max_length=200)
    size = models.BigIntegerField()
    sha256 = models.CharField(max_length=64)
    upload = models.CharField(max_length=80, blank=True)  # name inside the upload folder; empty once deleted
    fingerprint = models.CharField(max_length=64, blank=True, default="")  # of its header; see ColumnMapping
    mapping = models.JSONField(null=True, blank=True)
    # What the person who approved it chose, where a file leaves a choice (a roll does).
    choices = models.JSONField(default=dict)
    # As read, before approval: {"new": n, "same": n, "changed": n, ...}.
    counts = models.JSONField(default=dict)
    outcome = models.JSONField(default=dict)  # what applying it did
    weeks = models.JSONField(default=list)  # [["2026-09-07", marks], ...]
    # Sessions that the file speaks of: {"2026": bits in hex, the lowest for the first place of the grid}.
    covered = models.JSONField(default=dict)
    # Codes nobody has explained yet: [[as written, marks, first line], ...]. A wrong column may hold names.
    unknown_codes = EncryptedTextField(purpose="unknown-codes", blank=True, default="")
    work_id = models.BigIntegerField(null=True, blank=True)  # the work that has it in hand, or had last
    first_on = models.DateField(null=True, blank=True)
    last_on = models.DateField(null=True, blank=True)
    problem = models.CharField(max_length=400, blank=True)  # why it failed, in words, naming no child
    uploaded_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)
    approved_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    approved_at = models.DateTimeField(null=True, blank=True)
    applied_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    undone_at = models.DateTimeField(null=True, blank=True)
    cleared_at = models.DateTimeField(null=True, blank=True)  # its file and staged rows were deleted
    # Goes up at every move; also what the work in hand knows its turn by.
    version = models.PositiveIntegerField(default=1)

    class Privacy(Record.Privacy):
        open = frozenset({
            "id", "school", "kind", "state", "size", "sha256", "upload", "fingerprint", "mapping", "counts",
            "outcome", "weeks", "covered", "work_id", "first_on", "last_on", "problem", "uploaded_at", "read_at",
            "approved_at", "applied_at", "undone_at", "cleared_at", "version", "choices",
        })  # fmt: skip
        personal = frozenset({"file_name", "uploaded_by", "approved_by", "undone_by", "unknown_codes"})

    class Meta:
        indexes = (models.Index(fields=["school", "-uploaded_at"], name="import_by_school"),)


class StagedRegister(Record):
    """The marks that an import would give one pupil in one school year, before anybody approved them."""

    batch = models.ForeignKey(Import, models.CASCADE, related_name="staged")
    pupil = models.ForeignKey(Pupil, models.PROTECT, related_name="+")
    year = models.SmallIntegerField()
    marks = models.CharField(max_length=GRID_LENGTH)
    new = models.PositiveSmallIntegerField(default=0)
    same = models.PositiveSmallIntegerField(default=0)
    changed = models.PositiveSmallIntegerField(default=0)
    kept = models.PositiveSmallIntegerField(default=0)
    # What the marks were compared with: the register when the file was read, and once applied the register
    # that it was written into, so that the import can be undone. Null: there was no register.
    before = models.CharField(max_length=GRID_LENGTH, null=True)

    class Privacy(Record.Privacy):
        open = frozenset({"id", "batch", "year", "new", "same", "changed", "kept"})
        personal = frozenset({"pupil"})
        special = frozenset({"marks", "before"})

    class Meta:
        constraints = (models.UniqueConstraint(fields=["batch", "pupil", "year"], name="staged_once"),)


class StagedPupil(Record):
    """One pupil as a roll file gives them, before anybody approved it, and what that would change."""

    STATES = (
        ("new", "Not a pupil here yet"),
        ("same", "As held"),
        ("changed", "Something changes"),
        ("ask", "A person must say who it is"),
    )

    batch = models.ForeignKey(Import, models.CASCADE, related_name="staged_pupils")
    line = models.PositiveIntegerField()
    state = models.CharField(max_length=8, choices=STATES)
    pupil = models.ForeignKey(Pupil, models.PROTECT, null=True, blank=True, related_name="+")
    given = models.JSONField()  # domain.roll.given.PupilGiven
    differences = models.JSONField(default=list)  # [[field, old, new], ...]
    # Of a pupil whom no number found: ids of whom it may be, why that is asked, and what a person said.
    candidates = models.JSONField(default=list)
    may_be_new = models.BooleanField(default=True)
    why = models.CharField(max_length=200, blank=True)
    decision = models.CharField(max_length=10, blank=True)  # same (see `pupil`) | new | leave-out

    class Privacy(Record.Privacy):
        open = frozenset({"id", "batch", "line", "state", "may_be_new", "why", "decision"})
        personal = frozenset({"pupil", "given", "differences", "candidates"})

    class Meta:
        constraints = (models.UniqueConstraint(fields=["batch", "line"], name="staged_pupil_once_a_line"),)
        indexes = (models.Index(fields=["batch", "state", "line"], name="staged_pupil_by_state"),)


class StagedProblem(Record):
    """A line of a file that cannot be used, or must be looked at: where, what, and what was read there."""

    batch = models.ForeignKey(Import, models.CASCADE, related_name="problems")
    kind = models.CharField(max_length=20)
    line = models.PositiveIntegerField()
    column = models.CharField(max_length=80, blank=True)
    reason = models.CharField(max_length=300)
    raw = EncryptedTextField(purpose="staged-problem", blank=True)
    # Whose line it is, where that is known: a role limited to year groups sees no others.
    pupil = models.ForeignKey(Pupil, models.PROTECT, null=True, blank=True, related_name="+")
    times = models.PositiveIntegerField(default=1)  # how many marks of the file it stands for

    class Privacy(Record.Privacy):
        open = frozenset({"id", "batch", "kind", "line", "column", "times"})
        personal = frozenset({"reason", "pupil"})
        special = frozenset({"raw"})

    class Meta:
        indexes = (models.Index(fields=["batch", "kind", "line"], name="problem_by_kind"),)
