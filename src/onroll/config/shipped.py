"""Where the packs that come with Onroll are."""

from pathlib import Path

from onroll.config import env

_PACKAGE = Path(__file__).resolve().parent.parent


def packs_folder() -> Path:
    """ONROLL_PACKS_DIR when it is set; else `packs/` of the checkout; else the copy inside an installed package."""
    if chosen := env.text("ONROLL_PACKS_DIR", ""):
        return Path(chosen).resolve()
    checkout = _PACKAGE.parent.parent / "packs"
    return checkout if (checkout / "policies").is_dir() else _PACKAGE / "shipped_packs"
