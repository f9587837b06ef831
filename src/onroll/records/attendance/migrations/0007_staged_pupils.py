"""Stage the pupils of a roll file before anybody approves it.

Why: a roll is shown, field by field, before it is written; what its approver chose is kept with it.
Old code: cannot write Import beside it; nothing is released.     Locks: none worth naming.     Data: none.
Back: drops what is staged; the file can be read again.
"""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("attendance", "0006_import_covered"),
        ("pupils", "0002_roll_history"),
    ]

    operations = [
        migrations.AddField(
            model_name="import",
            name="choices",
            field=models.JSONField(default=dict),
        ),
        migrations.CreateModel(
            name="StagedPupil",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("line", models.PositiveIntegerField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("new", "Not a pupil here yet"),
                            ("same", "As held"),
                            ("changed", "Something changes"),
                            ("ask", "A person must say who it is"),
                        ],
                        max_length=8,
                    ),
                ),
                ("given", models.JSONField()),
                ("differences", models.JSONField(default=list)),
                ("candidates", models.JSONField(default=list)),
                ("may_be_new", models.BooleanField(default=True)),
                ("why", models.CharField(blank=True, max_length=200)),
                ("decision", models.CharField(blank=True, max_length=10)),
                (
                    "batch",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="staged_pupils",
                        to="attendance.import",
                    ),
                ),
                (
                    "pupil",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="pupils.pupil",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["batch", "state", "line"], name="staged_pupil_by_state")],
                "constraints": [
                    models.UniqueConstraint(fields=("batch", "line"), name="staged_pupil_once_a_line")
                ],
            },
        ),
    ]
