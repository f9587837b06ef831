"""Keep what a roll file changed of a pupil; end contacts instead of deleting them; decide with name and date.

Why: every field that a file changes can be looked up; whoever decides that a pupil has left says when, and the
reason may speak of illness, so it is encrypted.
Old code: cannot write Contact or MissingFromRoll beside it; nothing is released.     Locks: none worth naming.
Data: none is held in `reason` yet.     Back: drops the history.
"""

import django.db.models.deletion
from django.db import migrations, models

import onroll.records.crypto


class Migration(migrations.Migration):
    dependencies = [
        ("pupils", "0001_initial"),
        ("schools", "0002_calendar_day_history"),
    ]

    operations = [
        migrations.CreateModel(
            name="PupilChange",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("field", models.CharField(max_length=20)),
                ("old", models.TextField(blank=True)),
                ("new", models.TextField(blank=True)),
                ("at", models.DateTimeField()),
                ("by_id", models.BigIntegerField(null=True)),
                ("import_id", models.BigIntegerField(blank=True, null=True)),
            ],
        ),
        migrations.AddField(
            model_name="contact",
            name="ended_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="missingfromroll",
            name="decided_by_id",
            field=models.BigIntegerField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="missingfromroll",
            name="left_on",
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AlterField(
            model_name="missingfromroll",
            name="reason",
            field=onroll.records.crypto.EncryptedTextField(blank=True, purpose="missing-from-roll"),
        ),
        migrations.AddConstraint(
            model_name="missingfromroll",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("decision", "left"), ("left_on__isnull", False)),
                    models.Q(models.Q(("decision", "left"), _negated=True), ("left_on", None)),
                    _connector="OR",
                ),
                name="missing_from_roll_left_on_a_date",
            ),
        ),
        migrations.AddField(
            model_name="pupilchange",
            name="pupil",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="changes", to="pupils.pupil"
            ),
        ),
        migrations.AddField(
            model_name="pupilchange",
            name="school",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="schools.school"
            ),
        ),
        migrations.AddIndex(
            model_name="pupilchange",
            index=models.Index(fields=["pupil", "-at"], name="pupil_change_by_pupil"),
        ),
        migrations.AddIndex(
            model_name="pupilchange",
            index=models.Index(fields=["import_id"], name="pupil_change_by_import"),
        ),
    ]
