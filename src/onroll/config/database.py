"""From DATABASE_URL to Django's database settings."""

from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

# WAL needs IMMEDIATE: upgrading a read transaction ignores the timeout (stack notes, section 14).
SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": (
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON; PRAGMA secure_delete=ON;"
        "PRAGMA journal_size_limit=67108864; PRAGMA mmap_size=268435456; PRAGMA cache_size=-32000"
    ),
}


def database(url: str) -> dict[str, Any]:
    """Settings for one database. `sqlite:///path`, `postgresql://user:pass@host:port/name?host=/socket`."""
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        name = parts.path[1:] if parts.path.startswith("//") or parts.path == "/:memory:" else parts.path
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": name if name == ":memory:" else Path(unquote(name)),
            "OPTIONS": SQLITE_OPTIONS,
            "CONN_MAX_AGE": 300,
        }
    if parts.scheme in {"postgres", "postgresql"}:
        options = dict(parse_qsl(parts.query))
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": unquote(parts.path.lstrip("/")),
            "USER": unquote(parts.username or options.pop("user", "")),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": options.pop("host", parts.hostname or ""),
            "PORT": str(parts.port or options.pop("port", "")),
            "OPTIONS": options,
            "CONN_MAX_AGE": 300,
            "CONN_HEALTH_CHECKS": True,
        }
    raise ImproperlyConfigured(
        "DATABASE_URL must begin with sqlite:// or postgresql://. See docs/how-to/deploy.md."
    )
