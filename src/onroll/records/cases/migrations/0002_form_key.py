"""Add form_key to what is written on a case, empty for rows that no form wrote.

Why: the same form sent twice makes one entry.
Old code: safe; the database fills the column.     Locks: none worth naming.     Data: none.
Back: drops the columns; a form that is on its way meanwhile could be written twice.
"""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="contactmade",
            name="form_key",
            field=models.CharField(blank=True, db_default="", max_length=32),
        ),
        migrations.AddField(
            model_name="decision",
            name="form_key",
            field=models.CharField(blank=True, db_default="", max_length=32),
        ),
        migrations.AddField(
            model_name="document",
            name="form_key",
            field=models.CharField(blank=True, db_default="", max_length=32),
        ),
        migrations.AddField(
            model_name="note",
            name="form_key",
            field=models.CharField(blank=True, db_default="", max_length=32),
        ),
    ]
