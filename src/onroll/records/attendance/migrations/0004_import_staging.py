"""Keep what staging an import needs: what it is compared with, whose problem a line is, the work in hand.

Why: an import is previewed, swapped in and undone from its staged rows (ADR 5).
Old code: safe; new columns only, all of them with a default or null.
Locks: none worth naming.     Data: none to fill.     Back: reverse drops the columns.
"""

import django.db.models.deletion
from django.db import migrations, models

import onroll.records.crypto


class Migration(migrations.Migration):
    dependencies = [
        ("attendance", "0003_recounts"),
        ("pupils", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="import",
            name="cleared_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="import",
            name="fingerprint",
            field=models.CharField(blank=True, default="", max_length=64),
        ),
        migrations.AddField(
            model_name="import",
            name="outcome",
            field=models.JSONField(default=dict),
        ),
        migrations.AddField(
            model_name="import",
            name="read_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="import",
            name="unknown_codes",
            field=onroll.records.crypto.EncryptedTextField(blank=True, default="", purpose="unknown-codes"),
        ),
        migrations.AddField(
            model_name="import",
            name="weeks",
            field=models.JSONField(default=list),
        ),
        migrations.AddField(
            model_name="import",
            name="work_id",
            field=models.BigIntegerField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="stagedproblem",
            name="pupil",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="pupils.pupil",
            ),
        ),
        migrations.AddField(
            model_name="stagedproblem",
            name="times",
            field=models.PositiveIntegerField(default=1),
        ),
        migrations.AddField(
            model_name="stagedregister",
            name="kept",
            field=models.PositiveSmallIntegerField(default=0),
        ),
    ]
