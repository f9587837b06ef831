"""Write the gallery as files that a browser can be pointed at.

python -m tests.pages.gallery FOLDER
"""

import shutil
import sys
from pathlib import Path

import django
from django.conf import settings

STATIC = Path(__file__).parents[3] / "src/onroll/pages/static"


def main(folder: Path) -> None:
    """Set up as much of Django as templates need, and lay the gallery."""
    settings.configure(
        INSTALLED_APPS=["django.contrib.staticfiles", "onroll.pages"],
        STATIC_URL="/static/", USE_TZ=True, TIME_ZONE="Europe/London", LANGUAGE_CODE="en-gb",
        ROOT_URLCONF="tests.pages.gallery.urls", SECRET_KEY="gallery",
        TEMPLATES=[{
            "BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True,
            "OPTIONS": {"builtins": ["onroll.pages.templatetags.ui", "onroll.pages.templatetags.pictures"]},
        }],
    )  # fmt: skip
    django.setup()
    lay(folder)


def lay(folder: Path) -> None:
    """Render every page into the folder, with the static files beside them."""
    from tests.pages.gallery.render import PAGES, render  # noqa: PLC0415 - needs Django set up

    shutil.copytree(STATIC, folder / "static", dirs_exist_ok=True)
    for name in PAGES:
        (folder / f"{name}.html").write_text(render(name), "utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
