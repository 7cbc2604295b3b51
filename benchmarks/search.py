"""Measure the search for codes at every keystroke of every phrase of the tests, in Python and in Chromium.

    python -m benchmarks.search

Prints, for each room, how long it takes to build the index (seconds) and to answer one keystroke (milliseconds: median,
95th percentile, slowest).  Python searches in this process; Chromium runs the page's own source modules, over the
same list of codes.  Needs the built code set (`python -m grader codes build`) and what the tests need (`make test`).
Chromium rounds its clock to 0.1 ms.  Machines are noisy: compare runs on the same one.  To measure another state of the project, check it out elsewhere and
run this there.
"""

from __future__ import annotations

import functools
import gzip
import json
import shutil
import threading
import time
from http.server import ThreadingHTTPServer
from typing import Any

from playwright.sync_api import sync_playwright

from grader.codeset.search import CodeIndex, parse_rows
from grader.codeset.tabular import SEARCH_TEXT
from tests.browser.conftest import FLAGS, Quiet
from tests.conftest import ROOT

PHRASES = ("search_phrases.json", "realistic_phrases.json", "further_phrases.json")
MEASURE = """
async ([module, text, keystrokes]) => {
  const { CodeIndex } = await import(module);
  const begin = performance.now();
  const index = await CodeIndex.build(text, async () => {});
  const built = performance.now() - begin;
  const times = keystrokes.map((typed) => {
    const start = performance.now();
    index.search(typed);
    return performance.now() - start;
  });
  return [built / 1000, times];
}
"""


def main() -> None:
    """Print one line a room."""
    text = gzip.decompress(SEARCH_TEXT.read_bytes()).decode("utf-8")
    keystrokes = [query[:end] for query in _queries() for end in range(1, len(query) + 1)]
    print(f"{len(keystrokes):,} keystrokes  {'build':>8} {'p50':>9} {'p95':>9} {'max':>9}")
    _report("Python", *_in_python(text, keystrokes))
    _report("Chromium", *_in_chromium(text, keystrokes))


def _queries() -> list[str]:
    files = [ROOT / "tests" / "data" / name for name in PHRASES]
    return [phrase["query"] for path in files for phrase in json.loads(path.read_text(encoding="utf-8"))]


def _report(room: str, built: float, times: list[float]) -> None:
    ordered = sorted(times)
    p50, p95 = (ordered[int(len(ordered) * share)] for share in (0.5, 0.95))
    print(f"{room:<17} {built:7.2f} s {p50:6.2f} ms {p95:6.2f} ms {ordered[-1]:6.2f} ms")


def _in_python(text: str, keystrokes: list[str]) -> tuple[float, list[float]]:
    begin = time.perf_counter()
    index = CodeIndex(parse_rows(text))
    built = time.perf_counter() - begin
    times = []
    for typed in keystrokes:
        start = time.perf_counter()
        index.search(typed)
        times.append(1000 * (time.perf_counter() - start))
    return built, times


def _in_chromium(text: str, keystrokes: list[str]) -> tuple[float, list[float]]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(ROOT / "grader")))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{server.server_address[1]}"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        page = browser.new_page()
        page.goto(f"{address}/codeset/search/synonyms.json")
        arguments: list[Any] = [f"{address}/workbench/src/search.js", text, keystrokes]
        built, times = page.evaluate(MEASURE, arguments)
        browser.close()
    server.shutdown()
    return built, times


if __name__ == "__main__":
    main()
