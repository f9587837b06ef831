"""`onroll run` on an empty machine: it serves, it keeps data, and it leaves nothing behind."""

import os
import signal
import socket
import subprocess
import sys
import time
from http.client import HTTPConnection
from pathlib import Path

import pytest

WAIT = 60  # seconds; a busy machine is slow to start


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    ours = {
        name: value for name, value in os.environ.items() if not name.startswith(("ONROLL_", "DATABASE_"))
    }
    return {**ours, "ONROLL_DATA_DIR": str(tmp_path / "var")}


def start(environment: dict[str, str], port: int) -> "subprocess.Popen[str]":
    command = [
        sys.executable,
        "-m",
        "onroll.config.cli",
        "run",
        f"--port={port}",
        "--schools=1",
        "--pupils=20",
    ]
    return subprocess.Popen(
        command,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        start_new_session=True,
    )


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def answers(port: int) -> bool:
    connection = HTTPConnection("127.0.0.1", port, timeout=2)
    try:
        connection.request("GET", "/system/alive/")
        answer = connection.getresponse()
        answer.read()
    except OSError:
        return False
    else:
        return answer.status == 200
    finally:
        connection.close()


def wait_until(what, process) -> bool:
    end = time.monotonic() + WAIT
    while time.monotonic() < end and process.poll() is None:
        if what():
            return True
        time.sleep(0.2)
    return False


def test_it_serves_an_invented_school_keeps_it_and_stops_whole(environment: dict[str, str]) -> None:
    port = free_port()
    for round_ in range(2):
        process = start(environment, port)
        try:
            assert wait_until(lambda: answers(port), process)
            process.send_signal(signal.SIGTERM)
            said, _ = process.communicate(timeout=30)
        finally:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
        assert f"http://127.0.0.1:{port}/" in said
        assert "deputy-head@demo.example" in said
        assert ("Making an invented school" in said) is (round_ == 0)
        assert not answers(port)
        with pytest.raises(ProcessLookupError):  # its web server and its worker ended with it
            os.killpg(process.pid, 0)
