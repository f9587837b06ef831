"""Chromium with axe, for pages of the gallery and of the house."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext, Page, sync_playwright

AXE = Path(__file__).parents[2] / "vendor/axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@contextmanager
def open_browser(
    chromium: str, folder: Path, *, width: int = 1280, **options: Any
) -> Iterator[BrowserContext]:
    """Start the browser with a profile of its own."""
    with sync_playwright() as play:
        viewport = {"width": width, "height": 844}
        context = play.chromium.launch_persistent_context(
            folder, executable_path=chromium, viewport=viewport, args=FLAGS, **options
        )
        try:
            yield context
        finally:
            context.close()


def faults_of(page: Page) -> list[str]:
    """Everything that axe finds on the page as it stands, and how far the page runs over the edge."""
    page.evaluate(AXE.read_text("utf-8"))
    found = page.evaluate("rules => axe.run(document, {runOnly: rules})", RULES)
    faults = [f"{one['id']}: {[node['target'] for node in one['nodes']]}" for one in found["violations"]]
    edge = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    return [*faults, f"{edge} pixels over the edge"] if edge > 0 else faults
