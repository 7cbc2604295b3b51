"""The same workbench in a real JupyterLab."""

from __future__ import annotations

import json
import os
import re
import secrets
import shutil
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from grader.assignment import load_assignment
from grader.cli import main
from grader.lint import exemplar
from grader.source import build_assignment
from tests.browser.answering import CHECK, give
from tests.browser.conftest import new_context
from tests.conftest import ROOT

pytestmark = pytest.mark.browser
KERNEL = 90_000  # a kernel's start on a busy machine, in ms
MARKED = "enc-0071"  # a practice case whose evidence is marked
PRACTICE = """{{"cells": [{{"cell_type": "code", "id": "show", "metadata": {{}}, "execution_count": null, "outputs": [],
 "source": "from pathlib import Path\\nfrom grader.practice import open_case\\nopen_case({case!r}, Path({cases!r}))"}}],
 "metadata": {{"kernelspec": {{"name": "python3", "display_name": "Python 3", "language": "python"}}}},
 "nbformat": 4, "nbformat_minor": 5}}"""


@pytest.fixture(scope="module")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """Address of a JupyterLab and the folder it serves, with the assignment and a practice notebook in it."""
    folder = tmp_path_factory.mktemp("lab")
    assignment = load_assignment(ROOT / "exercises/unit-1/assignment.yml", ROOT / "cases")
    build_assignment(assignment, folder)
    source = json.dumps(str(ROOT / "cases"))[1:-1]
    for name, case_id in (("practice", "enc-0001"), ("marks", MARKED)):
        (folder / f"{name}.ipynb").write_text(PRACTICE.format(case=case_id, cases=source))
    port, token = _free_port(), secrets.token_hex(8)
    home = tmp_path_factory.mktemp("home")
    command = [sys.executable, "-m", "jupyterlab", "--no-browser", "--ip=127.0.0.1", f"--port={port}"]
    command += [f"--IdentityProvider.token={token}", "--allow-root", f"--ServerApp.root_dir={folder}"]
    environment = {**os.environ, "HOME": str(home), "JUPYTER_CONFIG_DIR": str(home / "config")}
    with (home / "log").open("w") as log:
        server = subprocess.Popen(command, cwd=folder, env=environment, stdout=log, stderr=log)
    address = f"http://127.0.0.1:{port}"
    try:
        _wait(f"{address}/api?token={token}", home / "log")
        yield f"{address}/lab/tree/{{}}?reset&token={token}", folder
    finally:
        server.terminate()
        server.wait(20)


@pytest.fixture(scope="module")
def unit(lab: tuple[str, Path], browser: Browser) -> Iterator[Page]:
    """A page of JupyterLab on which the notebook of the assignment has been run."""
    context = new_context(browser, width=1280)
    page = context.new_page()
    run_all(page, lab[0].format("unit-1/unit-1.ipynb"))
    yield page
    context.close()


def _free_port() -> int:
    import socket

    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


def _wait(address: str, log: Path) -> None:
    for _ in range(240):
        try:
            urllib.request.urlopen(address, timeout=2).close()
            return
        except OSError:
            time.sleep(0.25)
    raise AssertionError(log.read_text()[-2000:])


def run_all(page: Page, address: str) -> None:
    """Open a notebook and run every cell, by the menu as a trainee does."""
    page.goto(address)
    expect(page.locator(".jp-NotebookPanel")).to_be_visible(timeout=KERNEL)
    expect(page.get_by_text(re.compile(r"\| Idle")).first).to_be_visible(timeout=KERNEL)
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.get_by_role("menuitem", name=re.compile("^Run All Cells")).first.click()


def test_answers_are_saved_and_restored(lab, unit):
    """A code added in JupyterLab stands in answers.json at once and is there again on reopening."""
    address, folder = lab
    page = unit
    bench = page.locator(".jp-OutputArea .cbp").first
    box = bench.get_by_role("combobox").first
    expect(box).to_be_visible(timeout=KERNEL)
    box.fill("M54.9")
    box.press("Enter")
    saved = folder / "unit-1" / "answers.json"
    expect(bench.get_by_role("button", name=re.compile(r"Remove.*M54\.9"))).to_be_visible()
    _until(lambda: saved.exists() and "M54.9" in saved.read_text())
    assert json.loads(saved.read_text())["items"]["enc-0001/codes"] == {"codes": ["M54.9"]}
    assert bench.get_by_role("button", name=re.compile("^check", re.I)).count() == 0
    run_all(page, address.format("unit-1/unit-1.ipynb"))
    again = page.locator(".jp-OutputArea .cbp").first
    expect(again.get_by_role("button", name=re.compile(r"Remove.*M54\.9"))).to_be_visible(timeout=KERNEL)


def test_search_works_in_the_notebook(unit):
    """The codes reach the notebook, too."""
    page = unit
    box = page.locator(".jp-OutputArea .cbp").first.get_by_role("combobox").first
    expect(box).to_be_visible(timeout=KERNEL)
    box.press_sequentially("lumbago")
    expect(page.get_by_role("option").filter(has_text="M54.50").first).to_be_visible(timeout=30_000)


def test_the_notebook_scores_as_the_command_does(lab, page, tmp_path, capsys):
    """The same answers earn the same in JupyterLab and in `python -m grader score`."""
    address, folder = lab
    answers = json.loads((ROOT / "tests/data/parity_answers.json").read_text())
    (folder / "practice-answers.json").write_text(
        json.dumps({"schema": "answers/1", "assignment": "practice", "items": answers["items"]})
    )
    run_all(page, address.format("practice.ipynb"))
    bench = page.locator(".jp-OutputArea .cbp").first
    check = bench.get_by_role("button", name=re.compile("check", re.I))
    expect(check).to_be_visible(timeout=KERNEL)
    check.click()
    expect(bench.get_by_text("of 17 points").first).to_be_visible(timeout=KERNEL)
    shutil.copyfile(folder / "practice-answers.json", tmp_path / "answers.json")
    main(["score", answers["case"], str(tmp_path / "answers.json"), "--json"])
    bench.locator("details").evaluate_all("all => all.forEach((one) => (one.open = true))")
    shown = bench.inner_text()
    for item in json.loads(capsys.readouterr().out)["items"].values():
        assert item["summary"].split(".")[0] in shown
        for finding in item["findings"]:
            assert finding["message"] in shown, finding


def test_marks_are_saved_taken_back_and_checked(lab, page, cases, keys):
    """Marked passages stand in the answers file, a mark taken back is gone there, and Check answers with reasons."""
    address, folder = lab
    case = cases[MARKED]
    number, item = next((n, i) for n, i in enumerate(case.items) if i.kind == "evidence")
    right = exemplar(keys[MARKED].items[item.id], case)
    run_all(page, address.format("marks.ipynb"))
    bench = page.locator(".jp-OutputArea .cbp").first
    marks = bench.locator(".cbp-item").nth(number)
    first = marks.locator("input[type=checkbox]").first
    expect(first).to_be_visible(timeout=KERNEL)
    saved = folder / "practice-answers.json"

    def kept():
        return json.loads(saved.read_text())["items"].get(f"{MARKED}/{item.id}") if saved.exists() else None

    first.check()
    _until(lambda: kept() is not None)
    first.uncheck()
    _until(lambda: kept() is None)
    give(marks, item, right)
    _until(lambda: kept() == {"passages": list(right.passages)})
    bench.get_by_role("button", name=CHECK).click()
    expect(marks.get_by_text(f"{item.points:g} of {item.points:g} points").first).to_be_visible(
        timeout=KERNEL
    )


def _until(holds) -> None:
    for _ in range(80):
        if holds():
            return
        time.sleep(0.25)
    raise AssertionError("it did not happen within 20 seconds")
