"""A grader that has started already, for tests that are not about its start: starting Python takes a browser five seconds.

The worker of the site itself runs on a page in the background; other pages of the same profile speak to it as if they had started it.
"""

from __future__ import annotations

import json

from playwright.sync_api import BrowserContext, Page

_KEEP = """(address) => {
  const worker = new Worker(address, { type: "module" });
  const channel = new BroadcastChannel("ready-grader");
  worker.onmessage = ({ data }) => data.number && channel.postMessage(data);
  channel.onmessage = ({ data }) => worker.postMessage(data);
}"""
# Each page counts its questions from 1: they go on with the page's own mark, and answers to others are not heard.
_LEND = """(() => {
  window.Worker = class {
    constructor(address, options) {
      if (address !== %s || options?.type !== "module") throw new Error(`no such worker: ${address}`);
      const mark = crypto.randomUUID();
      this.mark = mark;
      this.channel = new BroadcastChannel("ready-grader");
      this.channel.onmessage = ({ data: { number, ...rest } }) =>
        number[0] === mark && this.onmessage({ data: { number: number[1], ...rest } });
      setTimeout(() => this.onmessage({ data: { kind: "ready" } }));
    }
    postMessage({ number, texts }) {
      this.channel.postMessage({ number: [this.mark, number], texts });
    }
    terminate() {
      this.channel.close();
    }
  };
})()"""


class Readers:
    """One reader after another in a profile whose grader has started; each finds it as if it were new.

    Parameters
    ----------
    context
        The profile.
    site
        Address of the book.
    """

    def __init__(self, context: BrowserContext, site: str) -> None:
        worker = f"{site}/_static/course/worker.js"
        self._context = context
        self._keeper = context.new_page()
        self._keeper.goto(f"{site}/search.html")
        self._keeper.evaluate(_KEEP, worker)
        context.add_init_script(_LEND % json.dumps(worker))

    def page(self) -> Page:
        """Open a page for the next reader."""
        return self._context.new_page()

    def leave(self) -> None:
        """Close what the reader opened, and leave nothing of theirs."""
        for page in self._context.pages:
            if page is not self._keeper:
                page.close()
        self._keeper.evaluate("localStorage.clear()")
        self._context.clear_cookies()
