"""The environment that tests run in: throw-away keys, a folder of their own, a database of their own."""

import os
import shutil
import tempfile
from pathlib import Path

from tools import pgtmp

KEYS = {
    "ONROLL_SECRET_KEY": "test secret key, opens nothing",
    "ONROLL_LEDGER_KEY": "test ledger key, opens nothing",
    "ONROLL_DATA_KEYS": "test data key, opens nothing",
}


class TestHouse:
    """What the whole run shares, made once by the process that starts it."""

    __test__ = False  # pytest: this is no collection of tests

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="onroll-tests-"))
        self.server = pgtmp.start() if os.environ.get("ONROLL_TEST_DB") == "postgres" else None
        if os.environ.get("ONROLL_TEST_DB") == "postgres" and self.server is None:
            raise SystemExit("ONROLL_TEST_DB=postgres, and no PostgreSQL is here (apt install postgresql).")
        url = self.server.url if self.server else f"sqlite:///{self.folder}/onroll.sqlite3"
        os.environ.update(KEYS, ONROLL_ENV="test", ONROLL_TEST_FOLDER=str(self.folder), DATABASE_URL=url)
        for leftover in ("ONROLL_DEMO", "ONROLL_SECOND_FACTOR", "ONROLL_HOSTS", "ONROLL_BASE_URL"):
            os.environ.pop(leftover, None)

    def close(self) -> None:
        """Leave nothing behind."""
        if self.server:
            self.server.stop()
        shutil.rmtree(self.folder, ignore_errors=True)


def settle(worker: str) -> None:
    """Load Django's settings for one process of the run, with what would only slow tests down taken out."""
    folder = Path(os.environ["ONROLL_TEST_FOLDER"]) / worker
    folder.mkdir(exist_ok=True)
    os.environ.update(ONROLL_DATA_DIR=str(folder), DJANGO_SETTINGS_MODULE="onroll.config.settings")
    from django.conf import settings  # noqa: PLC0415 - reads the environment set above

    database = settings.DATABASES["default"]
    if "sqlite" in database["ENGINE"]:  # a file, as in life: locks and threads behave as they will
        database.setdefault("TEST", {})["NAME"] = str(folder / "test.sqlite3")
    # The settings may have been read already, with the folder of the process that started this one.
    for name in ("UPLOAD_DIR", "INCOMING_DIR", "HEADS_DIR", "STATIC_ROOT"):
        setattr(settings, name, folder / Path(getattr(settings, name)).name)
    Path(settings.STATIC_ROOT).mkdir(exist_ok=True)  # WhiteNoise warns where there is none
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    # Signing in is proved by its own tests, which switch this on; others sign in by a word (`client.force_login`).
    settings.ONROLL_SECOND_FACTOR = False
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
