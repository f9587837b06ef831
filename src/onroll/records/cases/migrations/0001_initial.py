"""Cases, the people round them, what happened on them, and who is responsible.

Why: a child who cannot attend is owed more than a count.
Old code: does not know the tables.     Locks: none; new tables.     Data: none.
Back: drops the tables, and with them every case.
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import onroll.records.crypto


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("pupils", "0004_death"),
        ("schools", "0003_mostly_to"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Case",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("concern", "Concern"),
                            ("school-arranging", "School arranging"),
                            ("referred", "Referred"),
                            ("authority-arranging", "Authority arranging"),
                            ("returning", "Returning"),
                            ("settled", "Settled"),
                            ("closed", "Closed"),
                        ],
                        default="concern",
                        max_length=20,
                    ),
                ),
                ("opened_on", models.DateField()),
                ("closed_on", models.DateField(blank=True, null=True)),
                ("expected_from", models.DateField(blank=True, null=True)),
                ("need", onroll.records.crypto.EncryptedTextField(blank=True, purpose="case-need")),
                ("recorded_at", models.DateTimeField()),
                ("recorded_by_id", models.BigIntegerField(blank=True, null=True)),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "pupil",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="cases", to="pupils.pupil"
                    ),
                ),
                (
                    "school",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="cases", to="schools.school"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Arrangement",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("happened_on", models.DateField()),
                ("recorded_at", models.DateTimeField()),
                ("recorded_by_id", models.BigIntegerField(blank=True, null=True)),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                ("withdrawn_by_id", models.BigIntegerField(blank=True, null=True)),
                ("provider", models.CharField(max_length=10)),
                (
                    "provided_by",
                    onroll.records.crypto.EncryptedTextField(blank=True, purpose="arrangement-provided-by"),
                ),
                ("checks_role", models.CharField(blank=True, max_length=24)),
                ("decides", models.CharField(blank=True, max_length=24)),
                ("decides_on", models.DateField(blank=True, null=True)),
                (
                    "withdrawn_because",
                    onroll.records.crypto.EncryptedTextField(blank=True, purpose="arrangement-withdrawn"),
                ),
                (
                    "replaces",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="replaced_by",
                        to="cases.arrangement",
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="arrangements",
                        to="cases.case",
                    ),
                ),
            ],
            options={
                "ordering": ("happened_on", "id"),
            },
        ),
        migrations.CreateModel(
            name="CaseMove",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("move", models.CharField(max_length=24)),
                ("from_state", models.CharField(blank=True, max_length=20)),
                (
                    "to_state",
                    models.CharField(
                        choices=[
                            ("concern", "Concern"),
                            ("school-arranging", "School arranging"),
                            ("referred", "Referred"),
                            ("authority-arranging", "Authority arranging"),
                            ("returning", "Returning"),
                            ("settled", "Settled"),
                            ("closed", "Closed"),
                        ],
                        max_length=20,
                    ),
                ),
                ("happened_on", models.DateField()),
                ("recorded_at", models.DateTimeField()),
                ("recorded_by_id", models.BigIntegerField(blank=True, null=True)),
                ("reason", onroll.records.crypto.EncryptedTextField(blank=True, purpose="case-move-reason")),
                ("passed_over", models.JSONField(blank=True, default=list)),
                (
                    "passed_over_because",
                    onroll.records.crypto.EncryptedTextField(blank=True, purpose="case-move-passed-over"),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="moves", to="cases.case"
                    ),
                ),
            ],
            options={
                "ordering": ("id",),
            },
        ),
        migrations.CreateModel(
            name="Decision",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("happened_on", models.DateField()),
                ("recorded_at", models.DateTimeField()),
                ("recorded_by_id", models.BigIntegerField(blank=True, null=True)),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                ("withdrawn_by_id", models.BigIntegerField(blank=True, null=True)),
                (
                    "tier",
                    models.CharField(
                        choices=[
                            ("education", "education"),
                            ("medical", "medical"),
                            ("safeguarding-reference", "safeguarding-reference"),
                        ],
                        default="education",
                        max_length=24,
                    ),
                ),
                ("question", onroll.records.crypto.EncryptedTextField(purpose="decision-question")),
                ("options", onroll.records.crypto.EncryptedTextField(blank=True, purpose="decision-options")),
                (
                    "evidence",
                    onroll.records.crypto.EncryptedTextField(blank=True, purpose="decision-evidence"),
                ),
                ("decided", onroll.records.crypto.EncryptedTextField(purpose="decision-decided")),
                ("reason", onroll.records.crypto.EncryptedTextField(purpose="decision-reason")),
                (
                    "decided_by_others",
                    onroll.records.crypto.EncryptedTextField(blank=True, purpose="decision-by-others"),
                ),
                (
                    "withdrawn_because",
                    onroll.records.crypto.EncryptedTextField(blank=True, purpose="decision-withdrawn"),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="%(class)s_entries",
                        to="cases.case",
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "replaces",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="replaced_by",
                        to="cases.decision",
                    ),
                ),
            ],
            options={
                "ordering": ("-happened_on", "-id"),
            },
        ),
        migrations.CreateModel(
            name="Document",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("happened_on", models.DateField()),
                ("recorded_at", models.DateTimeField()),
                ("recorded_by_id", models.BigIntegerField(blank=True, null=True)),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                ("withdrawn_by_id", models.BigIntegerField(blank=True, null=True)),
                (
                    "tier",
                    models.CharField(
                        choices=[
                            ("education", "education"),
                            ("medical", "medical"),
                            ("safeguarding-reference", "safeguarding-reference"),
                        ],
                        default="education",
                        max_length=24,
                    ),
                ),
                ("kind", models.CharField(max_length=24)),
                ("title", onroll.records.crypto.EncryptedTextField(purpose="document-title")),
                ("author", onroll.records.crypto.EncryptedTextField(blank=True, purpose="document-author")),
                ("valid_until", models.DateField(blank=True, null=True)),
                ("stored_as", models.CharField(max_length=32)),
                ("media_type", models.CharField(max_length=80)),
                ("bytes", models.PositiveBigIntegerField()),
                ("sha256", models.CharField(max_length=64)),
                ("scanned", models.CharField(default="not-scanned", max_length=12)),
                (
                    "withdrawn_because",
                    onroll.records.crypto.EncryptedTextField(blank=True, purpose="document-withdrawn"),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="%(class)s_entries",
                        to="cases.case",
                    ),
                ),
                (
                    "replaces",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="replaced_by",
                        to="cases.document",
                    ),
                ),
            ],
            options={
                "ordering": ("-happened_on", "-id"),
            },
        ),
        migrations.CreateModel(
            name="FamilyMember",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("happened_on", models.DateField()),
                ("recorded_at", models.DateTimeField()),
                ("recorded_by_id", models.BigIntegerField(blank=True, null=True)),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                ("withdrawn_by_id", models.BigIntegerField(blank=True, null=True)),
                ("name", models.CharField(max_length=160)),
                ("relationship", models.CharField(blank=True, max_length=40)),
                ("parental_responsibility", models.BooleanField(default=False)),
                ("lives_with_pupil", models.BooleanField(default=False)),
                ("phone", models.CharField(blank=True, max_length=40)),
                ("email", models.EmailField(blank=True, max_length=254)),
                ("address", onroll.records.crypto.EncryptedTextField(blank=True, purpose="family-address")),
                (
                    "how_to_reach",
                    onroll.records.crypto.EncryptedTextField(blank=True, purpose="family-reach"),
                ),
                ("interpreter", models.CharField(blank=True, max_length=60)),
                ("do_not_contact", models.BooleanField(default=False)),
                (
                    "do_not_contact_because",
                    onroll.records.crypto.EncryptedTextField(blank=True, purpose="family-do-not-contact"),
                ),
                ("may_be_told", models.CharField(default="everything", max_length=12)),
                (
                    "may_be_told_because",
                    onroll.records.crypto.EncryptedTextField(blank=True, purpose="family-may-be-told"),
                ),
                ("priority", models.PositiveSmallIntegerField(default=1)),
                (
                    "withdrawn_because",
                    onroll.records.crypto.EncryptedTextField(blank=True, purpose="family-withdrawn"),
                ),
                (
                    "from_roll",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="pupils.contact",
                    ),
                ),
                (
                    "pupil",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="family", to="pupils.pupil"
                    ),
                ),
                (
                    "replaces",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="replaced_by",
                        to="cases.familymember",
                    ),
                ),
                (
                    "school",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="schools.school"
                    ),
                ),
            ],
            options={
                "ordering": ("priority", "id"),
            },
        ),
        migrations.CreateModel(
            name="LeavingProposal",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("happened_on", models.DateField()),
                ("recorded_at", models.DateTimeField()),
                ("recorded_by_id", models.BigIntegerField(blank=True, null=True)),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                ("withdrawn_by_id", models.BigIntegerField(blank=True, null=True)),
                ("came_from", models.CharField(default="person", max_length=16)),
                ("ground", models.CharField(blank=True, max_length=1)),
                ("leaving_on", models.DateField(blank=True, null=True)),
                (
                    "evidence",
                    onroll.records.crypto.EncryptedTextField(blank=True, purpose="leaving-evidence"),
                ),
                ("authority_agrees", models.BooleanField(blank=True, null=True)),
                (
                    "authority_words",
                    onroll.records.crypto.EncryptedTextField(blank=True, purpose="leaving-authority"),
                ),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
                ("decided_by_id", models.BigIntegerField(blank=True, null=True)),
                ("agreed", models.BooleanField(blank=True, null=True)),
                (
                    "decided_because",
                    onroll.records.crypto.EncryptedTextField(blank=True, purpose="leaving-decided"),
                ),
                (
                    "withdrawn_because",
                    onroll.records.crypto.EncryptedTextField(blank=True, purpose="leaving-withdrawn"),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="leaving_proposals",
                        to="cases.case",
                    ),
                ),
                (
                    "document",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="cases.document",
                    ),
                ),
                (
                    "replaces",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="replaced_by",
                        to="cases.leavingproposal",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Member",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("happened_on", models.DateField()),
                ("recorded_at", models.DateTimeField()),
                ("recorded_by_id", models.BigIntegerField(blank=True, null=True)),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                ("withdrawn_by_id", models.BigIntegerField(blank=True, null=True)),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("progress-leader", "Progress Leader"),
                            ("pastoral-manager", "Pastoral manager"),
                            ("deputy-head", "Deputy Headteacher"),
                            ("headteacher", "Headteacher"),
                            ("senco", "SENCO"),
                            ("safeguarding-lead", "Designated Safeguarding Lead"),
                            ("attendance-officer", "Attendance officer"),
                            ("teacher", "Teacher"),
                            ("exams-officer", "Exams officer"),
                            ("clerk", "Clerk to governors"),
                            ("governor", "Governor"),
                            ("administrator", "Administrator"),
                            ("data-protection-lead", "Data protection lead"),
                        ],
                        max_length=24,
                    ),
                ),
                ("until_on", models.DateField(blank=True, null=True)),
                (
                    "withdrawn_because",
                    onroll.records.crypto.EncryptedTextField(blank=True, purpose="member-withdrawn"),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="team", to="cases.case"
                    ),
                ),
                (
                    "deputy",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "replaces",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="replaced_by",
                        to="cases.member",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Note",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("happened_on", models.DateField()),
                ("recorded_at", models.DateTimeField()),
                ("recorded_by_id", models.BigIntegerField(blank=True, null=True)),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                ("withdrawn_by_id", models.BigIntegerField(blank=True, null=True)),
                (
                    "tier",
                    models.CharField(
                        choices=[
                            ("education", "education"),
                            ("medical", "medical"),
                            ("safeguarding-reference", "safeguarding-reference"),
                        ],
                        default="education",
                        max_length=24,
                    ),
                ),
                ("text", onroll.records.crypto.EncryptedTextField(purpose="note-text")),
                (
                    "withdrawn_because",
                    onroll.records.crypto.EncryptedTextField(blank=True, purpose="note-withdrawn"),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="%(class)s_entries",
                        to="cases.case",
                    ),
                ),
                (
                    "replaces",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="replaced_by",
                        to="cases.note",
                    ),
                ),
            ],
            options={
                "ordering": ("-happened_on", "-id"),
            },
        ),
        migrations.CreateModel(
            name="Professional",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("happened_on", models.DateField()),
                ("recorded_at", models.DateTimeField()),
                ("recorded_by_id", models.BigIntegerField(blank=True, null=True)),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                ("withdrawn_by_id", models.BigIntegerField(blank=True, null=True)),
                ("agency", models.CharField(max_length=120)),
                ("role", onroll.records.crypto.EncryptedTextField(blank=True, purpose="professional-role")),
                ("name", models.CharField(blank=True, max_length=160)),
                ("phone", models.CharField(blank=True, max_length=40)),
                ("email", models.EmailField(blank=True, max_length=254)),
                (
                    "withdrawn_because",
                    onroll.records.crypto.EncryptedTextField(blank=True, purpose="professional-withdrawn"),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="professionals",
                        to="cases.case",
                    ),
                ),
                (
                    "replaces",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="replaced_by",
                        to="cases.professional",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="ContactMade",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("happened_on", models.DateField()),
                ("recorded_at", models.DateTimeField()),
                ("recorded_by_id", models.BigIntegerField(blank=True, null=True)),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                ("withdrawn_by_id", models.BigIntegerField(blank=True, null=True)),
                (
                    "tier",
                    models.CharField(
                        choices=[
                            ("education", "education"),
                            ("medical", "medical"),
                            ("safeguarding-reference", "safeguarding-reference"),
                        ],
                        default="education",
                        max_length=24,
                    ),
                ),
                ("made_at", models.TimeField(blank=True, null=True)),
                ("method", models.CharField(max_length=12)),
                ("with_parent", models.BooleanField(default=False)),
                ("with_pupil", models.BooleanField(default=False)),
                (
                    "with_whom",
                    onroll.records.crypto.EncryptedTextField(blank=True, purpose="contact-with-whom"),
                ),
                ("two_way", models.BooleanField(default=True)),
                ("said", onroll.records.crypto.EncryptedTextField(blank=True, purpose="contact-said")),
                (
                    "next_step",
                    onroll.records.crypto.EncryptedTextField(blank=True, purpose="contact-next-step"),
                ),
                ("next_on", models.DateField(blank=True, null=True)),
                (
                    "withdrawn_because",
                    onroll.records.crypto.EncryptedTextField(blank=True, purpose="contact-withdrawn"),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="%(class)s_entries",
                        to="cases.case",
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "replaces",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="replaced_by",
                        to="cases.contactmade",
                    ),
                ),
                (
                    "family",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="cases.familymember",
                    ),
                ),
                (
                    "professional",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="cases.professional",
                    ),
                ),
            ],
            options={
                "ordering": ("-happened_on", "-id"),
            },
        ),
        migrations.CreateModel(
            name="Sibling",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("happened_on", models.DateField()),
                ("recorded_at", models.DateTimeField()),
                ("recorded_by_id", models.BigIntegerField(blank=True, null=True)),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                ("withdrawn_by_id", models.BigIntegerField(blank=True, null=True)),
                (
                    "withdrawn_because",
                    onroll.records.crypto.EncryptedTextField(blank=True, purpose="sibling-withdrawn"),
                ),
                (
                    "other",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="pupils.pupil"
                    ),
                ),
                (
                    "pupil",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="pupils.pupil"
                    ),
                ),
                (
                    "replaces",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="replaced_by",
                        to="cases.sibling",
                    ),
                ),
                (
                    "school",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="schools.school"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Statement",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("happened_on", models.DateField()),
                ("recorded_at", models.DateTimeField()),
                ("recorded_by_id", models.BigIntegerField(blank=True, null=True)),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                ("withdrawn_by_id", models.BigIntegerField(blank=True, null=True)),
                ("words", onroll.records.crypto.EncryptedTextField(purpose="statement-words")),
                (
                    "withdrawn_because",
                    onroll.records.crypto.EncryptedTextField(blank=True, purpose="statement-withdrawn"),
                ),
                (
                    "arrangement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="statements",
                        to="cases.arrangement",
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="statements",
                        to="cases.case",
                    ),
                ),
                (
                    "replaces",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="replaced_by",
                        to="cases.statement",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Receipt",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("happened_on", models.DateField()),
                ("recorded_at", models.DateTimeField()),
                ("recorded_by_id", models.BigIntegerField(blank=True, null=True)),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                ("withdrawn_by_id", models.BigIntegerField(blank=True, null=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("acknowledged", "Acknowledged"),
                            ("read", "Read"),
                            ("explained", "Explained to the pupil"),
                        ],
                        max_length=12,
                    ),
                ),
                ("how", models.CharField(max_length=12)),
                ("note", onroll.records.crypto.EncryptedTextField(blank=True, purpose="receipt-note")),
                (
                    "withdrawn_because",
                    onroll.records.crypto.EncryptedTextField(blank=True, purpose="receipt-withdrawn"),
                ),
                (
                    "family",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="cases.familymember",
                    ),
                ),
                (
                    "replaces",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="replaced_by",
                        to="cases.receipt",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "statement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="receipts",
                        to="cases.statement",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="StatementLink",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("token_digest", models.CharField(max_length=64, unique=True)),
                ("made_at", models.DateTimeField()),
                ("made_by_id", models.BigIntegerField(blank=True, null=True)),
                ("expires_at", models.DateTimeField()),
                ("first_opened_at", models.DateTimeField(blank=True, null=True)),
                ("used_at", models.DateTimeField(blank=True, null=True)),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                (
                    "family",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.familymember"
                    ),
                ),
                (
                    "statement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="links",
                        to="cases.statement",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Understanding",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("happened_on", models.DateField()),
                ("recorded_at", models.DateTimeField()),
                ("recorded_by_id", models.BigIntegerField(blank=True, null=True)),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                ("withdrawn_by_id", models.BigIntegerField(blank=True, null=True)),
                ("understands", models.BooleanField()),
                (
                    "reason",
                    onroll.records.crypto.EncryptedTextField(blank=True, purpose="understanding-reason"),
                ),
                (
                    "withdrawn_because",
                    onroll.records.crypto.EncryptedTextField(blank=True, purpose="understanding-withdrawn"),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="understandings",
                        to="cases.case",
                    ),
                ),
                (
                    "replaces",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="replaced_by",
                        to="cases.understanding",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Away",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("happened_on", models.DateField()),
                ("recorded_at", models.DateTimeField()),
                ("recorded_by_id", models.BigIntegerField(blank=True, null=True)),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                ("withdrawn_by_id", models.BigIntegerField(blank=True, null=True)),
                ("last_on", models.DateField()),
                (
                    "withdrawn_because",
                    onroll.records.crypto.EncryptedTextField(blank=True, purpose="away-withdrawn"),
                ),
                (
                    "deputy",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "replaces",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="replaced_by",
                        to="cases.away",
                    ),
                ),
                (
                    "school",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="schools.school"
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("last_on__gte", models.F("happened_on"))),
                        name="away_ends_after_it_begins",
                    )
                ],
            },
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(fields=["school", "state"], name="case_by_school_and_state"),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.UniqueConstraint(
                condition=models.Q(("closed_on", None)), fields=("pupil",), name="case_open_once_a_pupil"
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "closed"), ("closed_on__isnull", False)),
                    models.Q(models.Q(("state", "closed"), _negated=True), ("closed_on", None)),
                    _connector="OR",
                ),
                name="case_closed_has_date",
            ),
        ),
        migrations.AddIndex(
            model_name="decision",
            index=models.Index(fields=["case", "happened_on"], name="decision_by_case"),
        ),
        migrations.AddIndex(
            model_name="document",
            index=models.Index(fields=["case", "happened_on"], name="document_by_case"),
        ),
        migrations.AddConstraint(
            model_name="leavingproposal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("agreed", None), ("decided_at", None)),
                    models.Q(("agreed__isnull", False), ("decided_at__isnull", False)),
                    _connector="OR",
                ),
                name="leaving_decision_has_its_moment",
            ),
        ),
        migrations.AddIndex(
            model_name="member",
            index=models.Index(fields=["user"], name="member_by_user"),
        ),
        migrations.AddIndex(
            model_name="note",
            index=models.Index(fields=["case", "happened_on"], name="note_by_case"),
        ),
        migrations.AddIndex(
            model_name="contactmade",
            index=models.Index(fields=["case", "happened_on"], name="contact_made_by_case"),
        ),
        migrations.AddConstraint(
            model_name="sibling",
            constraint=models.CheckConstraint(
                condition=models.Q(("pupil", models.F("other")), _negated=True),
                name="sibling_is_another_pupil",
            ),
        ),
    ]
