"""Keep which sessions an import speaks of.

Why: a mark is "kept" only where the file had a place for it and left it blank.
Old code: safe, a new column with a default.     Locks: none worth naming.     Data: none.     Back: drops it.
"""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("attendance", "0005_register_fillfactor")]
    operations = [migrations.AddField("import", "covered", models.JSONField(default=dict))]
