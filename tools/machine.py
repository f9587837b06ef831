"""Say what this machine lacks for the whole test run.

.venv/bin/python -m tools.machine                   one line for each thing that is missing
.venv/bin/python -m tools.machine --has-postgres    no words, exit status 0 or 1
"""

import os
import shutil
import sys

from tools import pgtmp


def chromium() -> str | None:
    """The browser for the journeys: the one named in ONROLL_CHROMIUM, or the one on this machine."""
    names = ("chromium", "chromium-browser", "google-chrome")
    return os.environ.get("ONROLL_CHROMIUM") or next(filter(None, map(shutil.which, names)), None)


def missing() -> list[str]:
    """What cannot be tested here, and what would change that."""
    lines = []
    if pgtmp.binaries() is None:
        lines.append("No PostgreSQL here: its test run is left out (apt install postgresql).")
    if chromium() is None:
        lines.append("No Chromium here: browser journeys are left out (apt install chromium).")
    return lines


if __name__ == "__main__":
    if "--has-postgres" in sys.argv:
        sys.exit(pgtmp.binaries() is None)
    print("\n".join(missing()), end="\n" if missing() else "")
