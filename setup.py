"""What pyproject.toml cannot say: an installed package carries a copy of packs/, which has its home at the root."""

import shutil
from pathlib import Path

from setuptools import setup
from setuptools.command.build_py import build_py

HERE = Path(__file__).resolve().parent


class WithPacks(build_py):
    """Lays packs/ beside the modules of a wheel. A checkout that is installed to be edited reads packs/ itself."""

    def run(self) -> None:
        """Build as always, then copy."""
        super().run()
        if not self.editable_mode:
            target = Path(self.build_lib) / "onroll/shipped_packs"
            shutil.copytree(HERE / "packs", target, dirs_exist_ok=True)


setup(cmdclass={"build_py": WithPacks})
