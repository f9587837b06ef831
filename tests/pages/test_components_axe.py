"""axe finds nothing on any component, wide or narrow, light or dark, under the content policy that we serve."""

import functools
import http.server
import threading
from collections.abc import Iterator

import pytest
from playwright.sync_api import BrowserContext

from tests.pages.gallery.__main__ import lay
from tests.pages.gallery.browser import faults_of, open_browser
from tests.pages.gallery.render import PAGES

pytestmark = pytest.mark.journey
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)


class _Handler(http.server.SimpleHTTPRequestHandler):
    def end_headers(self) -> None:
        self.send_header("Content-Security-Policy", POLICY)
        super().end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's word
        pass


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("gallery")
    lay(folder)
    server = http.server.ThreadingHTTPServer(
        ("127.0.0.1", 0), functools.partial(_Handler, directory=str(folder))
    )
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture(
    scope="module", params=[(1280, "light"), (390, "light"), (390, "dark")], ids=lambda p: f"{p[0]} {p[1]}"
)
def browser(
    request: pytest.FixtureRequest, chromium: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[BrowserContext]:
    width, scheme = request.param
    folder = tmp_path_factory.mktemp("browser")
    with open_browser(chromium, folder, width=width, color_scheme=scheme) as context:
        yield context


@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing_and_nothing_runs_over_the_edge(browser, address, name):
    page = browser.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda line: faults.append(line.text) if line.type in ("error", "log") else None)
    page.goto(f"{address}/{name}.html", wait_until="networkidle")
    found = faults_of(page)
    page.close()
    assert found == []
    assert faults == []


def test_paper_shows_no_navigation_and_tables_as_tables(browser, address):
    page = browser.new_page()
    page.goto(f"{address}/watch.html")
    page.emulate_media(media="print")
    shown = page.evaluate(
        "names => names.filter(name => getComputedStyle(document.querySelector(name)).display !== 'none')",
        [".onroll-header", ".onroll-filter", ".onroll-footer", ".onroll-title__action", ".govuk-pagination"],
    )
    row = page.evaluate("getComputedStyle(document.querySelector('.onroll-table--stack tbody tr')).display")
    ground = page.evaluate("getComputedStyle(document.documentElement).getPropertyValue('--paper')")
    page.close()
    assert shown == []
    assert row == "table-row"
    assert ground == "#fbf9f5"  # dark mode is for screens


def test_the_keyboard_is_never_led_behind_a_bar(browser, address):
    page = browser.new_page()
    page.goto(f"{address}/watch.html", wait_until="networkidle")
    hidden = []
    for _ in range(60):
        page.keyboard.press("Tab")
        hidden += page.evaluate(_HIDDEN)
    page.close()
    assert hidden == []


_HIDDEN = """() => {
  const at = document.activeElement, box = at.getBoundingClientRect();
  if (at === document.body) return [];
  const bars = [...document.querySelectorAll(".onroll-nav, .onroll-title__action")].filter(
    bar => getComputedStyle(bar).position === "fixed" && !bar.contains(at)).map(bar => bar.getBoundingClientRect());
  const covered = bars.some(bar => box.top >= bar.top && box.bottom <= bar.bottom + 1);
  return covered || box.top >= innerHeight || box.bottom <= 0 ? [at.outerHTML.slice(0, 80)] : [];
}"""
