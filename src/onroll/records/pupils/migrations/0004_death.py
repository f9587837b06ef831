"""Record that a pupil has died.

Why: one act must stop every letter and reminder, and it must be possible to take it back.
Old code: sends on, since it does not know the table.     Locks: none; a new table.     Data: none.
Back: drops the table, and with it what was recorded.
"""

import django.db.models.deletion
from django.db import migrations, models

import onroll.records.crypto


class Migration(migrations.Migration):
    dependencies = [
        ("pupils", "0003_contact_changes"),
        ("schools", "0003_mostly_to"),
    ]

    operations = [
        migrations.CreateModel(
            name="Death",
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
                    onroll.records.crypto.EncryptedTextField(blank=True, purpose="death-withdrawn"),
                ),
                (
                    "pupil",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="deaths", to="pupils.pupil"
                    ),
                ),
                (
                    "replaces",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="replaced_by",
                        to="pupils.death",
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
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("withdrawn_at", None)),
                        fields=("pupil",),
                        name="death_recorded_once_a_pupil",
                    )
                ],
            },
        ),
    ]
