"""Leave room on each page of the register table for the new form of a row (PostgreSQL).

Why: a day's marks rewrite every row of a school; with room the new row stays on its page and no index changes.
Old code: safe.     Locks: a moment's exclusive lock, no rewrite: rows move as they are next written.
Data: none.     Back: reverse packs pages full again.
"""

from typing import Any

from django.db import migrations


def _set(percent: int) -> Any:
    def run(_apps: object, editor: Any) -> None:
        if editor.connection.vendor == "postgresql":
            editor.execute(f"ALTER TABLE attendance_registeryear SET (fillfactor = {percent})")

    return run


class Migration(migrations.Migration):
    dependencies = [("attendance", "0004_import_staging")]
    operations = [migrations.RunPython(_set(45), _set(100))]
