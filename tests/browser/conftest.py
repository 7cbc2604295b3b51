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

from tests.browser.ready import Readers
from tests.conftest import ROOT

SITE = ROOT / "build" / "book" / "_build" / "html"
AXE = ROOT / "book" / "node_modules" / "axe-core" / "axe.min.js"
# What depends on the colours of a page, or on how large they make something.
DARK = ("color-contrast", "link-in-text-block", "target-size")
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
    """A fresh profile; without the worker that keeps the course, which would fetch all of it for each test.

    It asks for less motion, as readers may: nobody waits for smooth scrolling.
    """
    viewport = {"width": width, "height": 900}
    usual = {"viewport": viewport, "service_workers": "block", "reduced_motion": "reduce"}
    return browser.new_context(**{**usual, **options})


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A fresh profile that notes every request and every error."""
    context = new_context(browser, width=1280)
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    """A page whose requests and errors are in ``page.asked`` and ``page.errors``."""
    return noting(context.new_page())


@pytest.fixture(scope="module")
def readers(browser: Browser, site: str) -> Iterator[Readers]:
    """A profile for all tests of a file, whose grader has started."""
    context = new_context(browser, width=1280)
    yield Readers(context, site)
    context.close()


@pytest.fixture
def ready_page(readers: Readers) -> Iterator[Page]:
    """As ``page``, with a grader that has started already, for tests that are not about its start."""
    yield noting(readers.page())
    readers.leave()


def noting(page: Page) -> Page:
    """Have a page note its requests and errors."""
    # Playwright's Page is typed without what this test notes on it.
    page.asked, page.errors = [], []  # type: ignore[attr-defined]
    page.on("request", lambda request: page.asked.append(request.url))  # type: ignore[attr-defined]
    page.on("pageerror", lambda error: page.errors.append(str(error)))  # type: ignore[attr-defined]
    return page


def pages_of_the_site() -> list[str]:
    """Every page that the book publishes."""
    return sorted(str(path.relative_to(SITE)) for path in SITE.rglob("*.html") if "_static" not in path.parts)


def axe(page: Page, *rules: str, within: str = "html") -> list[str]:
    """Return the violations of WCAG 2.2 A and AA on the page or in a part of it, or of some rules alone, with the elements."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.read_text())
    tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
    wanted = {"type": "rule", "values": rules} if rules else {"type": "tag", "values": tags}
    # Violations alone, without a second look at style sheets that are there already: it takes a third of the time.
    options = {"runOnly": wanted, "resultTypes": ["violations"], "preload": False}
    found = page.evaluate("([part, options]) => axe.run(part, options)", [within, options])
    return [f"{v['id']}: {[n['html'][:120] for n in v['nodes']][:3]}" for v in found["violations"]]


_SHOWN = """scheme => document.documentElement.dataset.theme === scheme
  && !document.getAnimations().some((one) => one instanceof CSSTransition)"""


def look(page: Page) -> dict[str, list[str]]:
    """Have axe look at a page of the book in light and in dark colours, and return what it finds in each, and what scrolls sideways.

    Of the dark page what depends on colours and sizes is looked at: the rest is the same page.
    """
    found = {}
    for scheme, rules in (("light", ()), ("dark", DARK)):
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]  # one of two
        page.wait_for_function(_SHOWN, arg=scheme)
        found[scheme] = axe(page, *rules)
        if page.evaluate("document.documentElement.scrollWidth > window.innerWidth + 1"):
            found[scheme].append("scrolls sideways")
    return found
