"""Let rows be found by verb (the last seal, the last backup) and by school (the page of changes).

Why: both were found by reading the ledger from its end.
Old code: safe; nothing it writes changes.
Locks: PostgreSQL refuses writes to the ledger while each index is built; seconds at a million rows.
Data: untouched.
Back: reverse drops the indexes.
"""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("ledger", "0002_append_only")]
    operations = [
        migrations.AddIndex("ledgerrow", models.Index(fields=["verb", "number"], name="ledger_by_verb")),
        migrations.AddIndex(
            "ledgerrow", models.Index(fields=["school_id", "number"], name="ledger_by_school")
        ),
    ]
