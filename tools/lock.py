"""Write the lock files anew: hashes of every dependency, and the address of no registry.

    .venv/bin/python -m tools.lock        (or: make lock)

A lock that names a registry ties every reader to it; hashes alone let any mirror serve the same files.
"""

import json
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SETS = (
    "base",
    "dev",
    "bench",
    "node",
)  # a later set is held to the versions of an earlier one
OLDEST_PYTHON = "3.11"


def lock_python(name: str) -> None:
    """Pin requirements/NAME.in into requirements/NAME.txt, for every platform."""
    uv = Path(sys.executable).with_name("uv")
    command = [str(uv), "pip", "compile", "--quiet", "--upgrade", "--universal", "--generate-hashes"]
    command += ["--no-emit-index-url", "--python-version", OLDEST_PYTHON]
    command += ["--custom-compile-command", "make lock"]
    subprocess.run(
        [*command, f"requirements/{name}.in", "-o", f"requirements/{name}.txt"], cwd=ROOT, check=True
    )


def lock_npm() -> None:
    """Pin package.json into package-lock.json, and drop what names a host."""
    npm = shutil.which("npm")
    if npm is None:
        sys.exit("npm is not here: package-lock.json stays as it is. Install Node to change it.")
    subprocess.run([npm, "install", "--package-lock-only", "--ignore-scripts"], cwd=ROOT, check=True)
    path = ROOT / "package-lock.json"
    lock = json.loads(path.read_text("utf-8"))
    for package in lock["packages"].values():
        package.pop("resolved", None)
        package.pop("funding", None)
    path.write_text(json.dumps(lock, indent=2) + "\n", "utf-8")


if __name__ == "__main__":
    for each in SETS:
        lock_python(each)
    lock_npm()
