"""Measure how heavy a text page of the book is and how soon it shows, beside the same page as the stock theme makes it.

    python -m benchmarks.site

Needs the built book (`make course`) and what the tests need (`make test`).  Both pages come from one small host that compresses
text as static hosts do, to one browser that is held to Lighthouse's mobile preset, each time without anything kept.
"""

from __future__ import annotations

import functools
import gzip
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http import HTTPStatus
from http.server import ThreadingHTTPServer
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO

import yaml
from playwright.sync_api import Browser, CDPSession, Page, sync_playwright

from tests.browser.conftest import FLAGS, SITE, Quiet
from tests.conftest import ROOT

PAGE = "book/lessons/why-codes-matter"
RUNS = 9
# Lighthouse's mobile preset: a slow 4G line and a processor a quarter as fast.
NETWORK = {
    "offline": False,
    "latency": 150,
    "downloadThroughput": 1_600_000 / 8,
    "uploadThroughput": 750_000 / 8,
}
SLOWDOWN = 4
PHONE: dict[str, Any] = {
    "viewport": {"width": 412, "height": 823},
    "device_scale_factor": 1.75,
    "is_mobile": True,
    "has_touch": True,
    "service_workers": "block",  # What is kept for reading offline is fetched after the page.
}
_TEXT = {".html", ".css", ".js", ".mjs", ".json", ".svg", ".txt", ".xml"}
_KNOWN = {"index", "table", "admonition", "note", "tip", "warning", "figure", "image"}
_OPENING = re.compile(r"(?P<fence>`{3,}|:{3,})(?:\{(?P<name>[\w:-]+)\}[ \t]*(?P<words>.*)|\w*)$")
_PAINTED = "performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0"
_SHIFTED = """() => new Promise((done) => {
  new PerformanceObserver((list) => done(list.getEntries().reduce((sum, each) => sum + each.value, 0)))
    .observe({ type: "layout-shift", buffered: true });
  setTimeout(() => done(0), 300);
})"""
_STOCK = """title: Coding Back Pain
author: the Coding Back Pain project
logo: logo.svg
only_build_toc_files: true
execute: {execute_notebooks: "off"}
"""


@dataclass(frozen=True)
class Visit:
    """What one visit loaded, in bytes as they were sent and in requests, and how far the page moved while it loaded."""

    weight: int
    requests: int
    shift: float


@dataclass(frozen=True)
class Measured:
    """What was measured of one page: a whole visit, and the first contentful paint in ms, the median of all runs."""

    visit: Visit
    paint: float


class Host(Quiet):
    """A static host that compresses text, as common ones do, and keeps connections open."""

    protocol_version = "HTTP/1.1"

    def send_head(self) -> BytesIO | BinaryIO | None:
        """Send text compressed, and everything else as it is."""
        path = Path(self.translate_path(self.path))
        if path.suffix not in _TEXT or not path.is_file():
            return super().send_head()
        body = _compressed(path, path.stat().st_mtime_ns)
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", self.guess_type(str(path)))
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        return BytesIO(body)


class _Server(ThreadingHTTPServer):
    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing of visitors who leave before the end."""


@functools.cache
def _compressed(path: Path, changed: int) -> bytes:
    return gzip.compress(path.read_bytes(), 6)


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """Serve a folder, and give its address."""
    server = _Server(("127.0.0.1", 0), functools.partial(Host, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()


def build_stock(folder: Path) -> Path:
    """Build the page with the stock theme, amid the same table of contents, and return the folder of its site."""
    toc = yaml.safe_load((ROOT / "_toc.yml").read_text(encoding="utf-8"))
    for part in toc["parts"]:
        part["chapters"] = [each for each in part["chapters"] if each["file"] != "genindex"]
    for name in (toc["root"], *(each["file"] for part in toc["parts"] for each in part["chapters"])):
        target = folder / f"{name}.md"
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(_stock_source(name), encoding="utf-8")
    (folder / "_toc.yml").write_text(yaml.safe_dump(toc, sort_keys=False), encoding="utf-8")
    (folder / "_config.yml").write_text(_STOCK, encoding="utf-8")
    shutil.copy(ROOT / "book/_static/logo.svg", folder / "logo.svg")
    command = [str(Path(sys.executable).with_name("jupyter-book")), "build", str(folder), "--quiet"]
    # References to other pages lead nowhere here, and are warned of at length.
    subprocess.run(command, check=True, capture_output=True)
    return folder / "_build" / "html"


def _stock_source(name: str) -> str:
    """Return the page that is measured in full, and of others their title."""
    path = ROOT / f"{name}.md"
    text = path.read_text(encoding="utf-8") if path.exists() else f"# {Path(name).stem}\n"
    if name == PAGE:
        return plain(text)
    title = re.search(r"^# .+$", text, re.MULTILINE)
    return f"{title[0] if title else f'# {Path(name).stem}'}\n"


def plain(text: str) -> str:
    """Turn the directives that the stock theme does not know into the text that they hold."""
    lines: list[str] = []
    opened: list[tuple[str, bool]] = []
    options = False
    for line in text.splitlines():
        options = options and re.match(r":[\w-]+:", line) is not None
        if opened and line.strip() == opened[-1][0]:
            known = opened.pop()[1]
            lines.append(line if known else "")
        elif found := _OPENING.match(line):
            known = found["name"] is None or found["name"] in _KNOWN
            opened.append((found["fence"], known))
            lines += [line] if known else ["", f"**{found['words']}**" if found["words"] else "", ""]
            options = not known
        elif not options:
            lines.append(line)
    return "\n".join(lines) + "\n"


@contextmanager
def _held_back(browser: Browser) -> Iterator[tuple[Page, CDPSession]]:
    """Give a page of a phone that nothing is kept on, with a slow line and a slow processor."""
    context = browser.new_context(**PHONE)
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    # The stock theme asks other hosts for scripts: left out, which is to its advantage.
    session.send("Network.setBlockedURLs", {"urls": ["https://*"]})
    session.send("Network.emulateNetworkConditions", NETWORK)
    session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWDOWN})
    yield page, session
    context.close()


def visit(browser: Browser, address: str) -> Visit:
    """Load a page to the end."""
    sizes: list[float] = []
    with _held_back(browser) as (page, session):
        session.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
        page.goto(address, timeout=60_000)
        page.evaluate("document.fonts.ready.then(() => true)")
        page.wait_for_load_state("networkidle", timeout=60_000)
        shift = page.evaluate(_SHIFTED)
    return Visit(int(sum(sizes)), len(sizes), shift)


def first_paint(browser: Browser, address: str) -> float:
    """Load a page until it shows something, and return when that was, in ms."""
    with _held_back(browser) as (page, _):
        # Other pages of this browser may be open; one that lies behind them is not painted.
        page.bring_to_front()
        page.goto(address, wait_until="commit")
        page.wait_for_function(_PAINTED, timeout=60_000, polling=100)
        painted: float = page.evaluate(_PAINTED)
    return painted


def compare(browser: Browser, *, runs: int = RUNS) -> dict[str, Measured]:
    """Measure the page of the book and that of the stock theme, in turn: ``ours`` and ``stock``."""
    with tempfile.TemporaryDirectory() as folder:
        sites = {"ours": SITE, "stock": build_stock(Path(folder))}
        paints: dict[str, list[float]] = {name: [] for name in sites}
        with served(sites["ours"]) as ours, served(sites["stock"]) as stock:
            addresses = {"ours": f"{ours}/{PAGE}.html", "stock": f"{stock}/{PAGE}.html"}
            visits = {name: visit(browser, address) for name, address in addresses.items()}
            for _ in range(runs):
                for name, address in addresses.items():
                    paints[name].append(first_paint(browser, address))
    return {name: Measured(visits[name], statistics.median(paints[name])) for name in sites}


def main() -> None:
    """Print a table, and how the two compare."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        found = compare(browser)
        browser.close()
    print(f"{PAGE}.html, {RUNS} runs each")
    print(f"{'':<8}{'weight':>12}{'requests':>10}{'first paint':>14}{'shift':>8}")
    for name, measured in found.items():
        weight, requests, shift = measured.visit.weight / 1000, measured.visit.requests, measured.visit.shift
        print(f"{name:<8}{weight:>9.0f} kB{requests:>10}{measured.paint:>11.0f} ms{shift:>8.3f}")
    ours, stock = found["ours"], found["stock"]
    print(
        f"{'ratio':<8}{ours.visit.weight / stock.visit.weight:>12.2f}{'':>10}{ours.paint / stock.paint:>14.2f}"
    )


if __name__ == "__main__":
    main()
