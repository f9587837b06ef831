"""Say of a contact's changed fact whose it is.

Why: each fact of a contact is kept old and new, not the contact as one line.
Old code: cannot write PupilChange beside it; nothing is released.     Locks: none worth naming.     Data: none.
Back: drops the names.
"""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("pupils", "0002_roll_history"),
    ]

    operations = [
        migrations.AddField(
            model_name="pupilchange",
            name="of",
            field=models.CharField(blank=True, default="", max_length=160),
        ),
        migrations.AlterField(
            model_name="pupilchange",
            name="field",
            field=models.CharField(max_length=30),
        ),
    ]
