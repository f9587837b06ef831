"""The front-end files are laid as locked, free of what only GOV.UK may show, small, and fit to be served."""

import gzip
import json
import re

import pytest
from django.core.management import call_command

from tools import assets
from tools.assets import SERVED, TESTED

STYLES = sorted(SERVED.glob("*.css"))
KILOBYTE = 1024


@pytest.mark.parametrize("folder", [SERVED, TESTED], ids=lambda path: path.parent.name)
def test_every_laid_file_is_the_one_the_manifest_names(folder):
    assert assets.is_up_to_date(folder, assets.fingerprint()), "run `make assets`"


def test_a_file_changed_by_hand_is_noticed(tmp_path):
    (tmp_path / "a.js").write_text("mine")
    manifest = {"made_from": "x", "packages": [{"files": {"a.js": assets.sha256(b"theirs")}}]}
    (tmp_path / "MANIFEST.json").write_text(json.dumps(manifest))
    assert not assets.is_up_to_date(tmp_path, "x")


@pytest.mark.parametrize("sheet", STYLES, ids=lambda path: path.name)
def test_no_style_shows_the_governments_font_crown_or_crest(sheet):
    assert re.findall(r"(?i)gds.transport|crown|crest|assets/", sheet.read_text("utf-8")) == []


@pytest.mark.parametrize("sheet", STYLES, ids=lambda path: path.name)
def test_every_style_uses_our_font(sheet):
    families = set(re.findall(r"font-family:([^;}]+)", sheet.read_text("utf-8")))
    assert families <= {
        '"Atkinson Hyperlegible Next",Arial,sans-serif',
        '"Atkinson Hyperlegible Next"',
        "inherit",
        "monospace",
    }


def test_every_package_comes_with_its_licence():
    packages = json.loads((SERVED / "MANIFEST.json").read_text("utf-8"))["packages"]
    assert [
        package["npm"] for package in packages if not any("LICENCE" in path for path in package["files"])
    ] == []


def test_everything_a_first_visit_could_load_leaves_room_for_our_own():
    texts = [*STYLES, *SERVED.glob("*.js")]
    fonts = SERVED.glob("fonts/atkinson-latin-[47]00.woff2")
    size = sum(len(gzip.compress(path.read_bytes())) for path in texts) + sum(
        path.stat().st_size for path in fonts
    )
    assert size <= 100 * KILOBYTE, (
        "a first visit may load 120 KB, our own styles and scripts and the page included"
    )


def test_every_file_that_a_style_or_script_names_is_there(settings, tmp_path):
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"},
    }
    call_command("collectstatic", interactive=False, verbosity=0)  # raises where a name leads nowhere
    served = json.loads((tmp_path / "staticfiles.json").read_text("utf-8"))["paths"]
    assert "vendor/govuk-frontend.min.css" in served
