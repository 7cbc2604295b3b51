"""Measure a published exercise in Chromium with a cold profile: until it is usable, and until Python has graded it.

    python -m benchmarks.page

Needs the built book (`make course`) and what the tests need (`make test`).
"""

from __future__ import annotations

import functools
import shutil
import statistics
import threading
import time
from http.server import ThreadingHTTPServer

from playwright.sync_api import Browser, sync_playwright

from tests.browser.conftest import FLAGS, SITE, Quiet

RUNS = 5


def main() -> None:
    """Print medians in seconds."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(SITE)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{server.server_address[1]}/book/lessons/three-scenarios.html"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        runs = [_measure(browser, address) for _ in range(RUNS)]
        browser.close()
    server.shutdown()
    for name, values in zip(
        ("usable", "first check graded", "next check graded"), zip(*runs, strict=True), strict=True
    ):
        print(f"{name:<20} {statistics.median(values):.2f} s")


def _measure(browser: Browser, address: str) -> tuple[float, float, float]:
    context = browser.new_context(service_workers="block")
    page = context.new_page()
    begin = time.perf_counter()
    page.goto(address, wait_until="commit")
    bench = page.locator('.cbp-workbench[data-case="enc-0001"]')
    box = bench.get_by_role("combobox").first
    box.wait_for()
    usable = time.perf_counter()
    box.fill("M54.50")
    box.press("Enter")
    check = bench.get_by_role("button", name="Check my answers")
    check.click()
    bench.get_by_text("0 of 8 points").first.wait_for(timeout=90_000)
    graded = time.perf_counter()
    bench.get_by_role("button", name="Remove M54.50").click()
    box.fill("M54.9")
    box.press("Enter")
    again = time.perf_counter()
    check.click()
    bench.get_by_text("8 of 8 points").first.wait_for(timeout=90_000)
    done = time.perf_counter()
    context.close()
    return usable - begin, graded - begin, done - again


if __name__ == "__main__":
    main()
