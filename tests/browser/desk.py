"""An instructor's JupyterLab, the feedback that trainees read, and a browser that watches what both do."""

from __future__ import annotations

import functools
import json
import os
import re
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import ThreadingHTTPServer
from pathlib import Path
from typing import Any

import yaml
from nbgrader.api import Gradebook
from playwright.sync_api import BrowserContext, Page

from grader.answers import Answers, NoteAnswer, to_data
from grader.library.encounter import Case
from grader.library.item_keys import KEY_TYPES
from grader.library.reference import Key
from grader.lint import exemplar
from grader.visible import visible
from tests.browser.conftest import Quiet
from tests.conftest import ROOT
from tests.grading.hostile import IMAGE, ORDINARY, UNSEEN, hostile

UNIT = "unit-1"
TOKEN = "open-sesame"
HELD = ".panel-body > #notebook"  # the part of a page in which answers and comments stand
FORBIDDEN = "script, style, link, base, meta, iframe, object, embed, form, img, svg, math, video, audio"


def hostile_samples(project: Path, cases: Mapping[str, Case], keys: Mapping[str, Key]) -> None:
    """Write an assignment of every kind of question, and answers to it: right ones, none, hostile ones, a damaged file."""
    (project / "cases").symlink_to(ROOT / "cases")
    samples = project / "exercises" / UNIT / "sample_class"
    samples.mkdir(parents=True)
    practice = [case for case in cases.values() if case.pool == "practice"]
    missing, chosen = set(KEY_TYPES), []
    while missing:
        chosen.append(max(practice, key=lambda case: len({item.kind for item in case.items} & missing)))
        missing -= {item.kind for item in chosen[-1].items}
    unit = {"schema": "assignment/1", "id": UNIT, "title": "Every kind", "introduction": "Answer."}
    unit_file = {**unit, "cases": [case.id for case in chosen]}
    (samples.parent / "assignment.yml").write_text(yaml.safe_dump(unit_file))
    right = {c.item_key(i): exemplar(keys[c.id].items[i.id], c) for c in chosen for i in c.items}
    for name, answer in right.items():
        if isinstance(answer, NoteAnswer):
            right[name] = NoteAnswer(f"{ORDINARY}\n{answer.text}")
    evil = {name: hostile(answer) for name, answer in right.items()}
    for name, answers in {"complete": right, "partial": right, "empty": {}, "script": evil}.items():
        (samples / f"{name}.json").write_text(json.dumps(to_data(Answers(UNIT, answers))))
    damaged = {"schema": "answers/1", "assignment": UNIT, "items": {f"{UNSEEN}{IMAGE}": {"text": 5}}}
    (samples / "malformed.json").write_text(json.dumps(damaged))


@dataclass(frozen=True, slots=True)
class Desk:
    """An instructor's JupyterLab, and the class in it."""

    address: str
    root: Path

    def submission(self, trainee: str) -> str:
        """Address of the page where a trainee is graded."""
        with self.gradebook() as gradebook:
            found = gradebook.find_submission_notebook(UNIT, UNIT, trainee).id
        return f"{self.address}/formgrader/submissions/{found}/"

    def gradebook(self) -> Gradebook:
        """The class's gradebook."""
        return Gradebook(f"sqlite:///{self.root / 'gradebook.db'}")

    def ask(self, page: Page, method: str, path: str, **options: Any) -> Any:
        """Ask formgrader's own interface and return what it says."""
        headers = {"Authorization": f"token {TOKEN}"}
        address = f"{self.address}/formgrader/api/{path}"
        answer = page.request.fetch(address, method=method, headers=headers, timeout=120_000, **options)
        assert answer.ok, answer.text()
        return answer.json()

    def write_feedback(self, page: Page, trainee: str) -> None:
        """Press formgrader's button for feedback."""
        told = self.ask(page, "POST", f"assignment/{UNIT}/{trainee}/generate_feedback")
        assert told["success"], told


@contextmanager
def started(course: Path, home: Path) -> Iterator[Desk]:
    """Start JupyterLab in the folder of a course."""
    environment = {**os.environ, "HOME": str(home), "JUPYTER_CONFIG_DIR": str(home / "config")}
    environment |= {
        "JUPYTER_RUNTIME_DIR": str(home / "run"),
        "TRAITLETS_APPLICATION_RAISE_CONFIG_FILE_ERROR": "1",
    }
    command = [
        sys.executable,
        "-m",
        "jupyterlab",
        "--no-browser",
        "--ip=127.0.0.1",
        "--port=0",
        "--allow-root",
    ]
    command.append(f"--IdentityProvider.token={TOKEN}")
    with (home / "log").open("w") as log:
        server = subprocess.Popen(command, cwd=course, env=environment, stdout=log, stderr=log)
    try:
        yield Desk(_address(home), course)
    finally:
        server.terminate()
        server.wait(20)


def _address(home: Path) -> str:
    """Return where the server is, which it writes down when it listens."""
    for _ in range(480):
        for written in (home / "run").glob("jpserver-*.json"):
            return f"http://127.0.0.1:{json.loads(written.read_text())['port']}"
        time.sleep(0.25)
    raise AssertionError((home / "log").read_text()[-2000:])


@dataclass(frozen=True, slots=True)
class Shelf:
    """The folder of feedback on a static host, and what was asked of it."""

    address: str
    asked: list[str]

    def page(self, trainee: str) -> str:
        """Address of a trainee's feedback."""
        return f"{self.address}/{trainee}/{UNIT}/{UNIT}.html"


@contextmanager
def on_a_host(folder: Path) -> Iterator[Shelf]:
    """Serve a folder of feedback."""
    asked: list[str] = []

    class Noting(Quiet):
        def log_request(self, code: Any = "-", size: Any = "-") -> None:
            """Note what is asked for; a browser looks for an icon of every site."""
            if self.path != "/favicon.ico":
                asked.append(self.path)

    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Noting, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield Shelf(f"http://127.0.0.1:{server.server_address[1]}", asked)
    server.shutdown()


def watched(context: BrowserContext) -> Page:
    """Return a page that notes what it asked for, what other hosts were reached, dialogs, errors and refusals."""
    page: Any = context.new_page()
    page.asked, page.reached, page.dialogs, page.errors, page.refused = [], [], [], [], []
    page.on("request", lambda request: page.asked.append(request.url))
    page.on("pageerror", lambda error: page.errors.append(str(error)))
    page.on("dialog", lambda dialog: (page.dialogs.append(dialog.message), dialog.dismiss()))
    page.on("console", lambda said: "Security Policy" in said.text and page.refused.append(said.text))
    # What the page's own policy refuses does not come here.
    context.route(re.compile(r"^https?://(?!127\.0\.0\.1[:/])"), lambda route: _refuse(page, route))
    return page


def _refuse(page: Any, route: Any) -> None:
    page.reached.append(route.request.url)
    route.abort()


def signed_in(page: Any, desk: Desk) -> Page:
    page.goto(f"{desk.address}/api/me?token={TOKEN}")
    page.asked.clear()
    return page


def opened(page: Page, address: str) -> None:
    """Open a page and wait for what it does by itself."""
    page.goto(address, wait_until="load")
    page.wait_for_load_state("networkidle")


def assert_inert(page: Any) -> None:
    """Nothing that somebody wrote has run, asked or opened anything."""
    assert page.evaluate("window.taken") is None and page.dialogs == [] and page.reached == []
    assert "taken" not in page.title() and all("evil.example" not in frame.url for frame in page.frames)


def assert_plain(page: Page, links: set[str] | None = None) -> None:
    """Where answers and comments stand there is nothing that could run, load or lead anywhere else."""
    assert page.locator(HELD).locator(FORBIDDEN).count() == 0
    names = page.locator(f"{HELD} *").evaluate_all("all => all.flatMap((one) => one.getAttributeNames())")
    assert not [name for name in names if name.startswith("on") or name in ("srcdoc", "srcset", "formaction")]
    found = page.locator(f"{HELD} a[href]").evaluate_all("all => all.map((one) => one.getAttribute('href'))")
    assert {link for link in found if link != "#top"} == (links or set())


def assert_read(page: Page, *texts: str) -> None:
    """What was written is there to be read, as it was written."""
    shown = re.sub(r"\s+", " ", page.locator(HELD).inner_text())
    for text in texts:
        assert re.sub(r"\s+", " ", visible(text)) in shown, text
