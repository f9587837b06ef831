"""A PostgreSQL server for the length of a test run, also as root, and without touching one that is there.

It listens on a socket in a private folder only, promises nothing about power cuts, and is gone afterwards.
"""

import os
import pwd
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import NamedTuple

_SETTINGS = (
    "-c listen_addresses='' -c fsync=off -c synchronous_commit=off -c full_page_writes=off "
    "-c max_connections=60 -c shared_buffers=128MB -c timezone=UTC"
)
_CLUSTER = ("-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync")


class Server(NamedTuple):
    """A running server: stop it when done."""

    folder: Path
    programs: Path

    @property
    def url(self) -> str:
        """Where it is, in the form of DATABASE_URL."""
        return f"postgresql://onroll@/postgres?host={self.folder}"

    def stop(self) -> None:
        """Stop the server at once and remove its data."""
        _run(self.programs / "pg_ctl", "-D", self.folder / "data", "-m", "immediate", "stop", check=False)
        shutil.rmtree(self.folder, ignore_errors=True)


def binaries() -> Path | None:
    """The folder of the newest PostgreSQL server on this machine, or nothing."""
    packaged = Path("/usr/lib/postgresql").glob("[0-9]*/bin/initdb")
    newest = max(packaged, key=lambda path: int(path.parts[-3]), default=shutil.which("initdb"))
    return Path(newest).resolve().parent if newest else None


def start() -> Server | None:
    """Start a server, or answer nothing where there are no binaries.

    Raises CalledProcessError when there are, and they do not work.
    """
    programs = binaries()
    if programs is None:
        return None
    server = Server(Path(tempfile.mkdtemp(prefix="onroll-pg-")), programs)
    data, settings = server.folder / "data", f"{_SETTINGS} -c unix_socket_directories='{server.folder}'"
    if owner := _owner():
        os.chown(server.folder, owner.pw_uid, owner.pw_gid)
    try:
        _run(programs / "initdb", "-D", data, "-U", "onroll", *_CLUSTER)
        _run(programs / "pg_ctl", "-D", data, "-l", server.folder / "log", "-w", "-o", settings, "start")
    except BaseException:
        server.stop()
        raise
    return server


def _owner() -> pwd.struct_passwd | None:
    """Whom to run the server as when we are root, whom PostgreSQL refuses."""
    if os.geteuid() != 0:
        return None
    known = {entry.pw_name: entry for entry in pwd.getpwall()}
    return known.get("postgres") or known["nobody"]


def _run(*command: str | Path, check: bool = True) -> None:
    """Run one of the server's programs as its owner. What it says goes to the log or to standard error."""
    owner = _owner()
    subprocess.run(
        command,
        user=owner.pw_uid if owner else None,
        group=owner.pw_gid if owner else None,
        extra_groups=[] if owner else None,
        cwd="/",
        check=check,
        stdout=subprocess.DEVNULL,
        stderr=None if check else subprocess.DEVNULL,
    )
