"""What each duty came to, and what was put off.

Why: pages read findings, they never compute a duty.
Old code: does not know the tables.     Locks: none; new tables.     Data: none; the first sweep fills them.
Back: drops the tables; findings can be made again, what was put off is lost.
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import onroll.records.crypto


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("cases", "0001_initial"),
        ("schools", "0003_mostly_to"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Snooze",
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
                ("pack", models.CharField(max_length=60)),
                ("duty", models.CharField(max_length=40)),
                ("until_on", models.DateField()),
                ("reason", onroll.records.crypto.EncryptedTextField(purpose="snooze-reason")),
                (
                    "withdrawn_because",
                    onroll.records.crypto.EncryptedTextField(blank=True, purpose="snooze-withdrawn"),
                ),
                (
                    "case",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
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
                        to="duties.snooze",
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
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Sweep",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("swept_on", models.DateField()),
                ("swept_at", models.DateTimeField()),
                ("cases", models.PositiveIntegerField(default=0)),
                ("changed", models.PositiveIntegerField(default=0)),
                (
                    "school",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="sweep", to="schools.school"
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Finding",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("pack", models.CharField(max_length=60)),
                ("version", models.CharField(max_length=30)),
                ("duty", models.CharField(max_length=40)),
                ("paragraph", models.CharField(max_length=20)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("not-applicable", "not-applicable"),
                            ("met", "met"),
                            ("due", "due"),
                            ("overdue", "overdue"),
                            ("breached", "breached"),
                            ("needs-judgement", "needs-judgement"),
                        ],
                        max_length=16,
                    ),
                ),
                ("due_on", models.DateField(blank=True, null=True)),
                ("holder", models.CharField(max_length=24)),
                ("reason", models.TextField()),
                ("looked_at", models.JSONField(default=list)),
                ("rule_version", models.PositiveSmallIntegerField()),
                ("found_on", models.DateField()),
                ("found_at", models.DateTimeField()),
                ("until_at", models.DateTimeField(blank=True, null=True)),
                (
                    "case",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="findings",
                        to="cases.case",
                    ),
                ),
                (
                    "held_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "school",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="findings",
                        to="schools.school",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("until_at", None)),
                        fields=["school", "status", "due_on"],
                        name="finding_to_do",
                    ),
                    models.Index(
                        condition=models.Q(("until_at", None)),
                        fields=["held_by", "status"],
                        name="finding_of_person",
                    ),
                    models.Index(fields=["case", "found_at"], name="finding_by_case"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("case__isnull", False), ("until_at", None)),
                        fields=("case", "pack", "duty"),
                        name="finding_once_a_case",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("case", None), ("until_at", None)),
                        fields=("school", "pack", "duty"),
                        name="finding_once_a_school",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Tally",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("on", models.DateField()),
                ("open_cases", models.PositiveIntegerField()),
                ("counts", models.JSONField(default=dict)),
                (
                    "school",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="tallies",
                        to="schools.school",
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("school", "on"), name="tally_once_a_day")],
            },
        ),
    ]
