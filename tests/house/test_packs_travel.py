"""An installed package carries the packs that the checkout has at its root."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_a_built_package_holds_every_pack(tmp_path):
    subprocess.run(
        [sys.executable, "setup.py", "-q", "build_py", "--build-lib", str(tmp_path)],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    carried = {path.name: path.read_bytes() for path in tmp_path.glob("onroll/shipped_packs/*/*.toml")}
    assert carried == {path.name: path.read_bytes() for path in ROOT.glob("packs/*/*.toml")}
    assert len(carried) >= 5
