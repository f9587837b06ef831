"""Read the environment, and fail loudly with what to do."""

import os
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

_TRUE = {"1", "true", "yes", "on"}
_FALSE = {"0", "false", "no", "off", ""}


def text(name: str, default: str | None = None) -> str:
    """A text setting; without a default it must be set."""
    value = os.environ.get(name, default)
    if not value and default is None:
        raise ImproperlyConfigured(
            f"{name} is not set. Run `onroll keys` to make a set of keys, copy .env.example, "
            "or see docs/how-to/deploy.md."
        )
    return value or ""


def flag(name: str, *, default: bool) -> bool:
    """A yes-or-no setting."""
    value = os.environ.get(name)
    if value is None:
        return default
    if value.lower() in _TRUE | _FALSE:
        return value.lower() in _TRUE
    raise ImproperlyConfigured(f"{name} must be yes or no, and is something else.")


def words(name: str, default: str = "") -> list[str]:
    """A list setting, separated by commas."""
    return [word.strip() for word in text(name, default).split(",") if word.strip()]


def load_file(path: Path) -> None:
    """Take NAME=value lines from a file for names that the environment does not set."""
    if path.is_file():
        for line in path.read_text(encoding="utf-8").splitlines():
            name, equals, value = line.partition("=")
            if equals and not name.lstrip().startswith("#"):
                os.environ.setdefault(name.strip(), value.strip())
