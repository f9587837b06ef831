"""Keep what a change of calendar or settings moved: one row a recount, one for each pupil it moved.

Why: "why is this count not what it was on Monday" has an answer that outlives the page which first told it.
Old code: safe; two new tables.     Locks: none.     Data: none to fill.     Back: reverse drops both tables.
"""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("attendance", "0002_initial"),
        ("pupils", "0001_initial"),
        ("schools", "0002_calendar_day_history"),
    ]

    operations = [
        migrations.CreateModel(
            name="Recount",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField()),
                ("by_id", models.BigIntegerField(null=True)),
                ("because", models.CharField(max_length=40)),
                ("subject", models.CharField(blank=True, max_length=60)),
                ("counted", models.PositiveIntegerField()),
                ("moved", models.PositiveIntegerField()),
                (
                    "school",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="recounts",
                        to="schools.school",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="RecountMove",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("s_before", models.PositiveSmallIntegerField(null=True)),
                ("s_after", models.PositiveSmallIntegerField()),
                ("h_before", models.PositiveSmallIntegerField(null=True)),
                ("h_after", models.PositiveSmallIntegerField()),
                ("s_spell_before", models.PositiveSmallIntegerField(null=True)),
                ("s_spell_after", models.PositiveSmallIntegerField()),
                ("h_spell_before", models.PositiveSmallIntegerField(null=True)),
                ("h_spell_after", models.PositiveSmallIntegerField()),
                ("reached_before", models.BooleanField()),
                ("reached_after", models.BooleanField()),
                (
                    "pupil",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="pupils.pupil"
                    ),
                ),
                (
                    "recount",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="moves",
                        to="attendance.recount",
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="recount",
            index=models.Index(fields=["school", "-at"], name="recount_by_school"),
        ),
        migrations.AddConstraint(
            model_name="recountmove",
            constraint=models.UniqueConstraint(
                fields=("recount", "pupil"), name="recount_moves_a_pupil_once"
            ),
        ),
    ]
