"""Find a school's latest amendments without reading all of them.

Why: the page of changes shows 25 of what may be a million.
Old code: safe.     Locks: writes wait while the index is built.     Data: none.     Back: drops the index.
"""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("attendance", "0007_staged_pupils")]
    operations = [
        migrations.AddIndex(
            "amendment", models.Index(fields=["school", "-at", "-id"], name="amendment_by_school")
        )
    ]
