"""Let an invitation have no inviter: the console adds a school and invites its first administrator.

Why: issue 2, `onroll school`.
Old code: safe; it always writes an inviter, and shows none of these rows.
Locks: none worth naming.     Data: untouched.     Back: fails while such an invitation exists.
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("people", "0001_initial")]

    operations = [
        migrations.AlterField(
            model_name="invitation",
            name="invited_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
    ]
