"""Let a line of the calendar say which line it replaces, and why one was withdrawn.

Why: a calendar is evidence for a count; a line that is changed or withdrawn is kept and shown.
Old code: safe; its inserts leave `replaces` empty and `withdrawn_because` has a default in the database.
Locks: a small table.     Data: none to fill.     Back: reverse drops both columns; the ledger keeps the moves.
"""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("schools", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="calendarday",
            name="replaces",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="replaced_by",
                to="schools.calendarday",
            ),
        ),
        migrations.AddField(
            model_name="calendarday",
            name="withdrawn_because",
            field=models.CharField(blank=True, db_default="", default="", max_length=120),
        ),
        migrations.AddConstraint(
            model_name="calendarday",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("withdrawn_because", ""), ("withdrawn_at__isnull", False), _connector="OR"
                ),
                name="calendar_day_reason_only_when_withdrawn",
            ),
        ),
    ]
