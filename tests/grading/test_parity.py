"""Stock `nbgrader autograde` and `python -m grader grade` come to the same, cell by cell, on every kind of submission."""

import json
import os
import shutil
import subprocess
import sys

import pytest

from benchmarks.classes import NAME, mixed_class
from benchmarks.mixed import KINDS
from grader.grading import record
from grader.grading.course import Course
from grader.grading.run import grade_assignment
from tests.grading import crashes

pytestmark = pytest.mark.nbgrader
COUNT = 2 * len(KINDS)


@pytest.fixture(scope="module")
def both(tmp_path_factory):
    """A mixed class with every kind of submission twice, graded by stock nbgrader and by the command."""
    folder = tmp_path_factory.mktemp("parity")
    stock, ours = folder / "stock", folder / "ours"
    mixed_class(stock, COUNT, 1)
    shutil.copytree(stock, ours)
    done = subprocess.run(
        [sys.executable, "-m", "nbgrader", "autograde", NAME],
        cwd=stock,
        env={**os.environ, "TRAITLETS_APPLICATION_RAISE_CONFIG_FILE_ERROR": "1"},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    grade_assignment(Course(ours), NAME, lambda done, of: None)
    return stock, ours


def test_the_gradebook_is_the_same(both):
    """Automatic points, what waits, late penalties, times and comments: every grade of every kind of submission."""
    stock, ours = (list(map(rounded, crashes.rows(root))) for root in both)
    assert ours == stock
    assert len(ours) == COUNT * crashes.ITEMS
    automatic, waiting, penalties, comments = ({row[place] for row in ours} for place in (2, 4, 5, 7))
    # The class is mixed enough for the comparison to mean something.
    assert None in automatic and len(automatic) > 10 and waiting == {0, 1}
    assert None in penalties and len(penalties) > 3 and len(comments) > 20


def rounded(row: tuple) -> tuple:
    """A line of the gradebook; in which order a database adds points may show in the last digit of a penalty."""
    return tuple(round(value, 9) if isinstance(value, float) else value for value in row)


def test_the_notebooks_are_the_same(both):
    """What formgrader and feedback show of each submission is the same, whichever command graded it."""
    stock, ours = both
    for folder in sorted((stock / "autograded").glob(f"*/{NAME}")):
        notebook = folder / f"{NAME}.ipynb"
        assert read(ours / notebook.relative_to(stock)) == read(notebook), folder.parent.name
    assert len(list((ours / "autograded").glob(f"*/{NAME}/{NAME}.ipynb"))) == COUNT


def read(path) -> dict:
    """A notebook with its sources as texts: nbformat writes them as lists of lines."""
    notebook = json.loads(path.read_text())
    for cell in notebook["cells"]:
        cell["source"] = "".join(cell["source"])
        for output in cell.get("outputs", []):
            output["data"] = {kind: "".join(content) for kind, content in output["data"].items()}
    return notebook


def test_the_records_are_the_same(both):
    """What reports rest on is the same, too."""
    stock, ours = (list(record.read_all(root, NAME)) for root in both)
    assert ours == stock and len(ours) == COUNT


def test_after_one_the_other_has_nothing_to_do(both):
    """What stock nbgrader graded, the command leaves alone."""
    stock, _ = both
    before = crashes.everything(stock)
    seen = {path: path.stat().st_mtime_ns for path in (stock / "graded" / NAME).glob("*.json")}
    grade_assignment(Course(stock), NAME, lambda done, of: None)
    assert crashes.everything(stock) == before
    assert seen == {path: path.stat().st_mtime_ns for path in (stock / "graded" / NAME).glob("*.json")}
