"""Let a monthly check be taken back with a reason, and be signed once a month.

Why: a signature is withdrawn, never removed; two pages open at once must not sign a month twice.
Old code: safe; the column has a default of the database.     Locks: none worth naming.     Data: none; nobody could sign.
Back: drops the column, and with it the reasons.
"""

from django.db import migrations, models

import onroll.records.crypto


class Migration(migrations.Migration):
    dependencies = [
        ("policies", "0002_register"),
    ]

    operations = [
        migrations.AddField(
            model_name="monitoring",
            name="withdrawn_because",
            field=onroll.records.crypto.EncryptedTextField(
                blank=True, db_default="", purpose="monitoring-withdrawn"
            ),
        ),
        migrations.AddConstraint(
            model_name="monitoring",
            constraint=models.UniqueConstraint(
                condition=models.Q(("withdrawn_at", None)),
                fields=("school", "month"),
                name="monitoring_once_a_month",
            ),
        ),
    ]
