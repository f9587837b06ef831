"""A house with generated schools, in a folder of its own, as processes that are started and measured."""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path

TICK = os.sysconf("SC_CLK_TCK")


@dataclass
class House:
    """One installation: its environment and, while it serves, its web server."""

    environment: dict[str, str]
    port: int

    def onroll(self, *args: str) -> str:
        """Run one console command and return what it prints."""
        command = [sys.executable, "-m", "onroll.config.cli", *args]
        done = subprocess.run(command, env=self.environment, check=True, capture_output=True, text=True)
        return done.stdout

    def timed(self, *args: str) -> tuple[float, float]:
        """Run one console command; return its processor seconds and its peak memory in MB."""
        command = [sys.executable, "-m", "onroll.config.cli", *args]
        process = subprocess.Popen(command, env=self.environment, stdout=subprocess.DEVNULL)
        _, _, usage = os.wait4(process.pid, 0)
        return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024

    def python(self, code: str) -> str:
        """Run code inside this house's Django and return what it prints."""
        setup = "import os; os.environ['DJANGO_SETTINGS_MODULE']='onroll.config.settings'; import django; django.setup()\n"
        done = subprocess.run(
            [sys.executable, "-c", setup + code], env=self.environment, check=True, capture_output=True, text=True
        )
        return done.stdout

    @contextmanager
    def serving(self, workers: int = 2) -> Iterator["Server"]:
        """Serve while the block runs."""
        address = f"127.0.0.1:{self.port}"
        command = [sys.executable, "-m", "onroll.config.cli", "serve", f"--bind={address}", f"--workers={workers}"]
        process = subprocess.Popen(command, env=self.environment, stderr=subprocess.DEVNULL)
        try:
            _wait_for(self.port, process)
            yield Server(process.pid, self.port)
        finally:
            process.terminate()
            process.wait(timeout=20)


@dataclass
class Server:
    """A web server that runs."""

    pid: int
    port: int

    def pids(self) -> list[int]:
        """The server's processes: the parent and its workers."""
        children = Path(f"/proc/{self.pid}/task/{self.pid}/children").read_text().split()
        return [self.pid, *map(int, children)]

    def cpu(self) -> float:
        """Processor seconds that all its processes have used so far."""
        total = 0.0
        for pid in self.pids():
            fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
            total += (int(fields[11]) + int(fields[12])) / TICK
        return total

    def memory_mb(self) -> float:
        """Resident memory of all its processes, shared pages counted once (PSS)."""
        return sum(_pss(pid) for pid in self.pids()) / 1024


@contextmanager
def house(name: str, *, database: str = "", port: int) -> Iterator[House]:
    """An empty house, gone after the block."""
    with tempfile.TemporaryDirectory(prefix=f"onroll-bench-{name}-") as folder:
        environment = {
            **os.environ,
            "ONROLL_DATA_DIR": folder,
            "ONROLL_DEMO": "yes",
            "ONROLL_SECOND_FACTOR": "no",
        }
        environment.pop("ONROLL_ENV", None)
        environment.pop("DATABASE_URL", None)
        if database:
            environment["DATABASE_URL"] = database
        made = House(environment, port)
        made.onroll("keys")
        made.onroll("setup")
        yield made


def _wait_for(port: int, process: "subprocess.Popen[bytes]") -> None:
    for _ in range(200):
        if process.poll() is not None:
            raise RuntimeError("the server did not start; is the port taken?")
        try:
            HTTPConnection("127.0.0.1", port, timeout=1).connect()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError("the server did not answer within twenty seconds")


def _pss(pid: int) -> float:
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    return float(next(line for line in lines if line.startswith("Pss:")).split()[1])
