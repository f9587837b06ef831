"""Add School.mostly_to, empty for now.

Why: a file with one pupil must not make an old register look new.
Old code: safe; the column may be null.
Locks: none worth naming.     Data: filled by the next recount of each school (`onroll recount`).
Back: reverse drops the column; a recount makes it again.
"""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("schools", "0002_calendar_day_history")]
    operations = [
        migrations.AddField(
            model_name="school", name="mostly_to", field=models.DateField(blank=True, null=True)
        )
    ]
