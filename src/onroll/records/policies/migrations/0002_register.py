"""Let versions, steps and briefings be withdrawn with a reason, and a school show how to reach the officer.

Why: a wrong step is taken back, never removed; a name is on a public page only when the school chose so.
Old code: safe; the columns have defaults of the database.     Locks: none worth naming.     Data: none.
Back: drops the columns, and with them the reasons and the choice.
"""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("policies", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="authorityofficer",
            name="contact_public",
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.AddField(
            model_name="briefing",
            name="withdrawn_because",
            field=models.TextField(blank=True, db_default=""),
        ),
        migrations.AddField(
            model_name="policystep",
            name="withdrawn_because",
            field=models.TextField(blank=True, db_default=""),
        ),
        migrations.AddField(
            model_name="policyversion",
            name="withdrawn_because",
            field=models.TextField(blank=True, db_default=""),
        ),
    ]
