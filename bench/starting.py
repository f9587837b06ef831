"""Starting: an authority made, the second `onroll run`, memory while people work, and what a first visit loads."""

import gzip
import re
import signal
import subprocess
import time
from urllib.parse import urljoin, urlsplit

from bench.house import ONROLL, House, Server, family, free_port, house, resident_mb, started, wait_for
from bench.pages import PAGES
from bench.report import Budget, Part, at_most

DEMO_MB, AGAIN_SECONDS, MEMORY_MB, REQUESTS, VISIT_KB = 300, 5, 350, 10, 120
_IN_PAGE = re.compile(rb'<(?:link|script|img)[^>]*?(?:href|src)="([^"]+)"|data-govuk="([^"]+)"')
_FONT = re.compile(rb"@font-face\s*\{[^}]*?url\(([^)]+)\)[^}]*?unicode-range:\s*U\+0000")


def measure(*, quick: bool) -> Part:
    """All four, in one house."""
    schools, pupils = (4, 400) if quick else (240, 70_000)
    with house("starting") as here:
        made = here.schools(schools, pupils)
        again = _run_again(here)
        with here.serving() as server, started(here.environment, "worker") as worker:
            _look_around(here, server)
            once, each = resident_mb([*family(server.pid), worker.pid])
            visit = _first_visit(server)
    foreign, requests, size = visit
    made_in = f"{made['wall']:.0f} s ({made['cpu']:.0f} s of processor, {made['peak']:.0f} MB at the most)"
    memory = f"{once:.0f} MB with what they share counted once, {each:.0f} MB counted for each"
    lines = (
        f"`onroll demo` makes {schools} schools with {pupils:,} pupils in {made_in}.",
        f"`onroll run` with that data: the sign-in page answers after {again:.1f} s.",
        f"Two web workers with their server, and the worker, when both have shown every page: {memory}.",
        f"A first visit, the sign-in page with nothing kept, loads {requests} files, {size / 1000:.0f} kB compressed.",
    )
    text = "\n".join(f"- {line}" for line in lines)
    budgets = [
        at_most("memory to make an authority", DEMO_MB, made["peak"], " MB"),
        at_most("the second start", AGAIN_SECONDS, again, " s"),
        at_most("memory of two web workers and the worker", MEMORY_MB, once, " MB"),
        at_most("files of a first visit", REQUESTS, requests),
        at_most("size of a first visit, compressed", VISIT_KB, size / 1000, " kB"),
        Budget("nothing from another host", ", ".join(foreign) or "nothing", not foreign),
    ]
    return Part("Starting", text, budgets)


def _run_again(here: House) -> float:
    port = free_port()
    began = time.perf_counter()
    process = subprocess.Popen(
        [*ONROLL, "run", f"--port={port}"],
        env=here.environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        wait_for(port, process)
        return time.perf_counter() - began
    finally:
        process.send_signal(signal.SIGINT)  # as Ctrl-C does: it stops its web server and worker
        process.wait(timeout=20)


def _look_around(here: House, server: Server) -> None:
    """Show every page often enough that both workers have shown it."""
    inside = here.inside("pages", 1, PAGES[0].path)
    for page in PAGES:
        if page.is_asked:
            for _ in range(12):
                server.get(page.path.format(**inside), inside["session"])


def _first_visit(server: Server) -> tuple[list[str], int, int]:
    """Addresses on other hosts, files loaded, and their bytes. Fonts for letters beyond western Europe are left out."""
    base = f"http://127.0.0.1:{server.port}"
    page, _ = server.get("/account/login/")
    found = {
        urljoin(f"{base}/account/login/", _text(one))
        for pair in _IN_PAGE.findall(page)
        for one in pair
        if one
    }
    size = len(gzip.compress(page, 6))
    loaded: set[str] = set()
    while waiting := {one for one in found if one.startswith(base)} - loaded:
        for address in waiting:
            body, headers = server.get(urlsplit(address).path, encoding="gzip")
            size += len(body)
            if headers["content-type"].startswith("text/css"):
                plain = gzip.decompress(body) if headers.get("content-encoding") == "gzip" else body
                found |= {urljoin(address, _text(one).strip("\"'")) for one in _FONT.findall(plain)}
        loaded |= waiting
    return sorted(found - loaded), 1 + len(loaded), size


def _text(address: bytes) -> str:
    return address.decode()
