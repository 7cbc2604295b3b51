"""A real browser, the built book on a server, and axe."""

from __future__ import annotations

import functools
import shutil
import threading
from collections.abc import Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, ClassVar

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.conftest import ROOT

SITE = ROOT / "build" / "book" / "_build" / "html"
AXE = ROOT / "book" / "node_modules" / "axe-core" / "axe.min.js"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


class Quiet(SimpleHTTPRequestHandler):
    """A static host as any other, without a log."""

    extensions_map: ClassVar[dict[str, str]] = {
        **SimpleHTTPRequestHandler.extensions_map,
        ".wasm": "application/wasm",
        ".mjs": "text/javascript",
    }

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of the book, served under a path prefix as static hosts do."""
    root = tmp_path_factory.mktemp("host")
    (root / "some" / "prefix").mkdir(parents=True)
    (root / "some" / "prefix" / "course").symlink_to(SITE)
    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(root)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}/some/prefix/course"
    server.shutdown()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium: Debian's where there is one, playwright's own otherwise."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        yield chromium
        chromium.close()


def new_context(browser: Browser, *, width: int, **options: Any) -> BrowserContext:
    """A fresh profile; without the worker that keeps the course, which would fetch all of it for each test."""
    viewport = {"width": width, "height": 900}
    return browser.new_context(**{"viewport": viewport, "service_workers": "block", **options})


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A fresh profile that notes every request and every error."""
    context = new_context(browser, width=1280)
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    """A page whose requests and errors are in ``page.asked`` and ``page.errors``."""
    page = context.new_page()
    # Playwright's Page is typed without what this test notes on it.
    page.asked, page.errors = [], []  # type: ignore[attr-defined]
    page.on("request", lambda request: page.asked.append(request.url))  # type: ignore[attr-defined]
    page.on("pageerror", lambda error: page.errors.append(str(error)))  # type: ignore[attr-defined]
    return page


def pages_of_the_site() -> list[str]:
    """Every page that the book publishes."""
    return sorted(str(path.relative_to(SITE)) for path in SITE.rglob("*.html") if "_static" not in path.parts)


def axe(page: Page) -> list[str]:
    """Return the violations of WCAG 2.2 A and AA on the page, with the elements concerned."""
    page.evaluate(AXE.read_text())
    tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
    # Violations alone, without a second look at style sheets that are there already: it takes a third of the time.
    options = {"runOnly": tags, "resultTypes": ["violations"], "preload": False}
    found = page.evaluate("options => axe.run(document, options)", options)
    return [f"{v['id']}: {[n['html'][:120] for n in v['nodes']][:3]}" for v in found["violations"]]
