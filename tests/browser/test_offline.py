"""The worker that keeps the course: new editions, failures half way, and hosts that shorten addresses."""

from __future__ import annotations

import functools
import threading
from collections.abc import Callable, Iterator
from http.server import ThreadingHTTPServer
from pathlib import Path
from shutil import copyfile

import pytest
from playwright.sync_api import Browser, Page, expect

import tests.book  # noqa: F401  # puts the book's own extensions on the path
from tests.browser.conftest import Quiet, new_context
from tests.conftest import ROOT

pytestmark = pytest.mark.browser
KEPT = 'html[data-kept="all"]'
START = '<script type="module">import { start } from "./_static/reader/offline.js"; start().catch(() => {});</script>'


class Host(Quiet):
    """A host that counts what it is asked for, fails on request, and may shorten addresses."""

    def end_headers(self) -> None:
        """Have browsers ask for everything again: what they ask for is counted."""
        self.send_header("Cache-Control", "no-cache")
        super().end_headers()

    def do_GET(self) -> None:
        """Answer as the site's host would."""
        host: Site = self.server.site  # type: ignore[attr-defined]  # servers are typed without it
        name = self.path.partition("?")[0].removeprefix("/course/")
        host.asked.append(name)
        del self.headers["If-Modified-Since"]  # editions of one second would look alike
        if name in host.broken:
            self.send_error(503)
        elif host.shortens and name.endswith(".html"):
            self.send_response(308)
            self.send_header("Location", self.path.replace(".html", ""))
            self.send_header("Content-Length", "0")
            self.end_headers()
        else:
            if host.shortens and (host.folder / f"{name}.html").exists():
                self.path += ".html"
            super().do_GET()


class Site:
    """A small site with the book's worker, on a host of its own under a path prefix.

    Parameters
    ----------
    root
        What the host serves; the site is the folder ``course`` in it.
    """

    def __init__(self, root: Path) -> None:
        self.folder = root / "course"
        self.asked: list[str] = []
        self.broken: set[str] = set()
        self.shortens = False
        script = self.folder / "_static" / "reader" / "offline.js"
        script.parent.mkdir(parents=True)
        copyfile(ROOT / "book" / "_static" / "reader" / "offline.js", script)
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Host, directory=str(root)))
        self.server.site = self  # type: ignore[attr-defined]  # as above
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.address = f"http://127.0.0.1:{self.server.server_address[1]}/course"

    def publish(self, **pages: str) -> None:
        """Replace the pages and write the worker of this edition."""
        from course_reader import worker

        for path in self.folder.glob("*.html"):
            path.unlink()
        for name, text in pages.items():
            (self.folder / f"{name}.html").write_text(f"<!DOCTYPE html><h1>{text}</h1>{START}")
        (self.folder / "sw.js").write_text(worker(self.folder))

    def stop(self) -> None:
        """Be gone."""
        self.server.shutdown()
        self.server.server_close()


@pytest.fixture
def small(tmp_path: Path) -> Iterator[Site]:
    """A site of two pages."""
    site = Site(tmp_path)
    site.publish(index="Start", one="First")
    yield site
    site.stop()


@pytest.fixture
def reader(browser: Browser) -> Iterator[Page]:
    """A reader whose browser lets pages have workers."""
    context = new_context(browser, width=1280, service_workers="allow")
    yield context.new_page()
    context.close()


def kept(page: Page) -> set[str]:
    """Names of the kept files."""
    names = page.evaluate(
        "(async () => (await (await caches.open((await caches.keys())[0])).keys()).map((each) => each.url))()"
    )
    return {name.rpartition("/")[2] for name in names}


def until(page: Page, holds: Callable[[], bool]) -> None:
    """Wait for what the browser does by itself."""
    for _ in range(60):
        if holds():
            return
        page.wait_for_timeout(250)
    raise AssertionError("The browser did not do it in 15 seconds.")


def read(page: Page, address: str, heading: str) -> None:
    """Open a page that says what it is."""
    page.goto(address)
    expect(page.locator("h1")).to_have_text(heading)


def test_a_new_edition_takes_the_place_of_the_old_one(small, reader):
    """Only what changed is fetched again; what is gone is dropped; without a connection the new edition opens."""
    read(reader, f"{small.address}/index.html", "Start")
    reader.locator(KEPT).wait_for(state="attached")
    small.publish(index="Start", two="Second")
    small.asked.clear()
    read(reader, f"{small.address}/index.html", "Start")
    # A browser looks for another worker some time after a page was opened; here it is told to.
    reader.evaluate("navigator.serviceWorker.ready.then((found) => found.update()).then(() => null)")
    until(reader, lambda: "two.html" in kept(reader) and "one.html" not in kept(reader))
    assert [small.asked.count(name) for name in ("index.html", "one.html", "two.html")] == [1, 0, 1]
    small.stop()
    read(reader, f"{small.address}/two.html", "Second")


def test_what_was_kept_before_a_failure_is_not_fetched_again(small, reader):
    """A host that fails at one file fails at that alone: the next visit fetches the rest."""
    small.broken = {"one.html"}
    read(reader, f"{small.address}/index.html", "Start")
    until(reader, lambda: "one.html" in small.asked)
    small.broken = set()
    small.asked.clear()
    read(reader, f"{small.address}/index.html", "Start")
    reader.locator(KEPT).wait_for(state="attached")
    assert small.asked.count("index.html") == 1 and small.asked.count("one.html") == 1


def test_pages_that_open_at_the_same_time_fetch_each_file_once(small, reader):
    """A reader who looks around while the course is being kept does not pay for it twice."""
    heavy = small.folder / "_static" / "course" / "python.bin"
    heavy.parent.mkdir()
    heavy.write_bytes(b"x" * 3_000_000)
    small.publish(index="Start", one="First")
    others = [reader, reader.context.new_page(), reader.context.new_page()]
    for page in others:
        page.goto(f"{small.address}/index.html", wait_until="commit")
    for page in others:
        page.locator(KEPT).wait_for(state="attached")
    assert small.asked.count("_static/course/python.bin") == 1


def test_a_host_that_shortens_addresses_is_kept_too(small, reader):
    """Where page.html leads on to page, both open without a connection."""
    small.shortens = True
    read(reader, f"{small.address}/index.html", "Start")
    reader.locator(KEPT).wait_for(state="attached")
    small.stop()
    read(reader, f"{small.address}/one.html", "First")
    read(reader, f"{small.address}/one", "First")


def test_what_an_issuer_publishes_is_never_kept(small, reader):
    """A list of withdrawn certificates comes from the network or not at all: a kept one could be from before a withdrawal."""
    listed = small.folder / "issuer" / "status.jwt"
    listed.parent.mkdir()
    listed.write_text("first")
    small.publish(index="Start")
    read(reader, f"{small.address}/index.html", "Start")
    reader.locator(KEPT).wait_for(state="attached")
    read(reader, f"{small.address}/index.html", "Start")
    ask = "fetch('issuer/status.jwt').then((answer) => answer.text(), () => 'none')"
    assert reader.evaluate(ask) == "first"
    listed.write_text("second")
    assert reader.evaluate(ask) == "second"
    assert "status.jwt" not in kept(reader)
    small.stop()
    assert reader.evaluate(ask) == "none"
