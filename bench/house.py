"""A house with generated schools, in a folder of its own, as processes that are started and measured."""

import json
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psycopg

from tools import pgtmp

TICK = os.sysconf("SC_CLK_TCK")
ONROLL = (sys.executable, "-m", "onroll.config.cli")
MARKS_TO = "2027-07-16"  # a Friday near the end of a school year: pages are at their longest


@dataclass
class House:
    """One installation, known by its environment."""

    environment: dict[str, str]

    def onroll(self, *args: str) -> None:
        """Run one console command."""
        subprocess.run([*ONROLL, *args], env=self.environment, check=True, stdout=subprocess.DEVNULL)

    def inside(self, module: str, *args: object) -> Any:
        """Run a module of bench.inside in this house's Django, and return what it found."""
        command = [sys.executable, "-m", f"bench.inside.{module}", *map(str, args)]
        done = subprocess.run(command, env=self.environment, check=True, stdout=subprocess.PIPE, text=True)
        return json.loads(done.stdout.splitlines()[-1])

    def schools(self, schools: int, pupils: int) -> dict[str, float]:
        """Add invented schools; what it cost."""
        sizes = (f"--schools={schools}", f"--pupils={pupils}", "--seed=3", f"--marks-to={MARKS_TO}")
        found: dict[str, float] = self.inside("command", "demo", *sizes)
        return found

    @contextmanager
    def serving(self) -> Iterator["Server"]:
        """Serve with two web workers while the block runs."""
        port = free_port()
        with started(self.environment, "serve", f"--bind=127.0.0.1:{port}", "--workers=2") as process:
            wait_for(port, process)
            yield Server(process.pid, port)


@dataclass
class Server:
    """A web server that runs."""

    pid: int
    port: int

    def cpu(self) -> float:
        """Processor seconds that all its processes have used so far."""
        total = 0.0
        for pid in family(self.pid):
            fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
            total += (int(fields[11]) + int(fields[12])) / TICK
        return total

    def get(self, path: str, session: str = "", encoding: str = "identity") -> tuple[bytes, dict[str, str]]:
        """Ask for a page; its bytes as sent, and its headers in lower case. Raises RuntimeError unless it is 200."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=60)
        headers = {"Accept-Encoding": encoding} | ({"Cookie": f"sessionid={session}"} if session else {})
        connection.request("GET", path, headers=headers)
        answer = connection.getresponse()
        body = answer.read()
        connection.close()
        if answer.status != 200:
            raise RuntimeError(f"{path} answered {answer.status}")
        return body, {name.lower(): value for name, value in answer.getheaders()}


@contextmanager
def house(name: str, *, database: str = "") -> Iterator[House]:
    """An empty house, gone after the block."""
    with tempfile.TemporaryDirectory(prefix=f"onroll-bench-{name}-") as folder:
        environment = {
            **os.environ,
            "ONROLL_DATA_DIR": folder,
            "ONROLL_DEMO": "yes",
            "ONROLL_SECOND_FACTOR": "no",
            "DJANGO_SETTINGS_MODULE": "onroll.config.settings",
        }
        environment.pop("ONROLL_ENV", None)
        environment.pop("DATABASE_URL", None)
        if database:
            environment["DATABASE_URL"] = database
        made = House(environment)
        made.onroll("keys")
        made.onroll("setup")
        yield made


@contextmanager
def databases() -> Iterator[dict[str, "Databases"]]:
    """The kinds of database that this machine has, by name."""
    kinds: dict[str, Databases] = {"SQLite": Databases()}
    server = pgtmp.start()
    if server is not None:
        kinds["PostgreSQL"] = Databases(server.url)
    try:
        yield kinds
    finally:
        if server is not None:
            server.stop()


@dataclass
class Databases:
    """Makes a database for each house. Without `url`: SQLite, where the house does so itself."""

    url: str = ""

    def new(self, name: str) -> str:
        """The DATABASE_URL of a new database."""
        if not self.url:
            return ""
        with psycopg.connect(self.url, autocommit=True) as base:
            base.execute(f"CREATE DATABASE bench_{name}")
        return urlsplit(self.url)._replace(path=f"/bench_{name}").geturl()


@contextmanager
def started(environment: dict[str, str], *args: str) -> Iterator["subprocess.Popen[bytes]"]:
    """A console command that runs until the block ends."""
    process = subprocess.Popen(
        [*ONROLL, *args], env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        yield process
    finally:
        process.terminate()
        process.wait(timeout=20)


def wait_for(port: int, process: "subprocess.Popen[bytes]") -> None:
    """Wait until the sign-in page answers."""
    for _ in range(600):
        if process.poll() is not None:
            raise RuntimeError("the server did not start")
        try:
            connection = HTTPConnection("127.0.0.1", port, timeout=5)
            connection.request("GET", "/account/login/")
            if connection.getresponse().status == 200:
                return
        except OSError:
            time.sleep(0.05)
    raise RuntimeError("the server did not answer within half a minute")


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
        return port


def family(pid: int) -> list[int]:
    """A process and all that it started."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [pid, *(one for child in children for one in family(int(child)))]


def resident_mb(pids: list[int]) -> tuple[float, float]:
    """Resident memory of processes in MB: with pages that they share counted once, and counted for each."""
    shared_once = sum(_figure(Path(f"/proc/{pid}/smaps_rollup"), "Pss:") for pid in pids)
    for_each = sum(_figure(Path(f"/proc/{pid}/status"), "VmRSS:") for pid in pids)
    return shared_once, for_each


def _figure(path: Path, name: str) -> float:
    line = next(line for line in path.read_text().splitlines() if line.startswith(name))
    return float(line.split()[1]) / 1024
