"""Run one console command and say what it cost."""

import os
import sys
import time
from pathlib import Path

from bench.clock import peak_mb
from bench.inside.start import found

if __name__ == "__main__":
    from django.core.management import call_command

    cpu, wall = time.process_time(), time.perf_counter()
    with Path(os.devnull).open("w") as nowhere:
        call_command(*sys.argv[1:], stdout=nowhere)
    found({"cpu": time.process_time() - cpu, "wall": time.perf_counter() - wall, "peak": peak_mb()})
