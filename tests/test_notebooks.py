"""nbval over the notebooks that the course builds: every cell runs in a fresh kernel."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import jupytext
import pytest

from grader.assignment import load_assignment
from grader.source import build_assignment
from tests.conftest import ROOT

PAGES = [
    path
    for path in sorted((ROOT / "book").rglob("*.md"))
    if "node_modules" not in path.parts and "{code-cell}" in path.read_text(encoding="utf-8")
]


def nbval(notebook: Path) -> subprocess.CompletedProcess[str]:
    """Run one notebook under nbval and return what pytest said."""
    command = [sys.executable, "-m", "pytest", "--nbval-lax", "-p", "no:cacheprovider", "-q", str(notebook)]
    return subprocess.run(command, cwd=notebook.parent, capture_output=True, text=True)


def test_the_assignment_runs(tmp_path):
    """Run All in the assignment works, and leaves an answers.json without answers."""
    assignment = load_assignment(ROOT / "exercises/unit-1/assignment.yml", ROOT / "cases")
    notebook = build_assignment(assignment, tmp_path)
    done = nbval(notebook)
    assert done.returncode == 0, done.stdout[-2000:]
    assert json.loads((notebook.parent / "answers.json").read_text())["items"] == {}


def test_there_are_pages_that_run_code():
    """The next test has something to test."""
    assert PAGES


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.stem)
def test_a_page_that_runs_code_runs(page, tmp_path):
    """Every code cell of the page works in a fresh kernel."""
    shutil.copyfile(page, tmp_path / page.name)
    notebook = tmp_path / f"{page.stem}.ipynb"
    jupytext.write(jupytext.read(page), notebook)
    done = nbval(notebook)
    assert done.returncode == 0, done.stdout[-2000:]


def test_a_failing_notebook_is_noticed(tmp_path):
    """The check itself speaks: a cell that fails fails."""
    notebook = jupytext.reads("```{code-cell}\n1 / 0\n```\n", fmt="md:myst")
    notebook.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3", "language": "python"}
    jupytext.write(notebook, tmp_path / "fails.ipynb")
    assert nbval(tmp_path / "fails.ipynb").returncode != 0
