"""Trainees' notebooks, run where an instructor wants it: what is kept, what is not run, and that points do not rest on it."""

import json
import shutil
import stat

import pytest

from benchmarks.classes import NAME, make_class
from grader.cli import main
from grader.errors import CourseError
from grader.grading import execution
from grader.grading.course import Course
from grader.grading.execution import execute
from grader.grading.run import grade_assignment
from grader.grading.sandbox import Outcome, missing
from tests.grading import crashes

pytestmark = pytest.mark.nbgrader


@pytest.fixture(scope="module")
def graded(tmp_path_factory):
    """A graded class of three; the third has handed in a link."""
    root = tmp_path_factory.mktemp("executed") / "class"
    make_class(root, 3, seed=5)
    (root / "submitted" / "trainee-000002" / NAME / "more").symlink_to("/etc")
    grade_assignment(Course(root), NAME, lambda done, of: None)
    return root


@pytest.fixture
def course(graded, tmp_path):
    """The same class, to be changed."""
    shutil.copytree(graded, tmp_path / "class", symlinks=True)
    return Course(tmp_path / "class")


@pytest.fixture
def ran(monkeypatch):
    """What was run; nothing is, and every second notebook is stopped."""
    folders = []

    def run(folder, name, out, limits):
        folders.append(folder)
        ended = len(folders) % 2 == 1
        if ended:
            out.write_text('{"cells": []}')
        return Outcome(ended, "It ran to its end." if ended else "It was stopped after 120 seconds.")

    monkeypatch.setattr(execution, "run_notebook", run)
    return folders


def quiet(done: int, of: int) -> None:
    """Tell nobody."""


def test_graded_submissions_are_run_and_refused_ones_are_not(course, ran):
    """Each notebook runs from where it was handed in; what came of it is kept, and what was refused stays closed."""
    outcomes = execute(course, NAME, quiet)
    assert [folder.parent.name for folder in ran] == ["trainee-000000", "trainee-000001"] == list(outcomes)
    assert [outcome.ended for outcome in outcomes.values()] == [True, False]
    place = course.root / "executed" / "trainee-000000" / NAME
    assert (place / f"{NAME}.ipynb").exists()
    assert not (course.root / "executed" / "trainee-000001" / NAME / f"{NAME}.ipynb").exists()
    assert stat.S_IMODE((place / "outcome.json").stat().st_mode) == 0o600


def test_what_was_run_is_not_run_again_until_it_changes(course, ran):
    """A second call runs nothing and tells the same; another submission is run."""
    first = execute(course, NAME, quiet)
    assert execute(course, NAME, quiet) == first and len(ran) == 2
    path = course.root / "submitted" / "trainee-000001" / NAME / "timestamp.txt"
    path.write_text("2026-11-30 10:00:00 UTC")
    grade_assignment(course, NAME, quiet)
    execute(course, NAME, quiet)
    assert [folder.parent.name for folder in ran[2:]] == ["trainee-000001"]


def test_what_is_refused_by_now_is_not_run(course, ran):
    """A submission that was graded and has been replaced by a link since stays closed."""
    folder = course.root / "submitted" / "trainee-000000" / NAME
    folder.rename(folder.with_name("moved"))
    folder.symlink_to(folder.with_name("moved"))
    grade_assignment(course, NAME, quiet)
    assert list(execute(course, NAME, quiet)) == ["trainee-000001"]


def test_a_damaged_outcome_is_made_again(course, ran):
    """A file of a run that was ended in the middle is as good as none."""
    execute(course, NAME, quiet)
    for content in ("", "[]", json.dumps({"state": "x"})):
        (course.root / "executed" / "trainee-000000" / NAME / "outcome.json").write_text(content)
        before = len(ran)
        execute(course, NAME, quiet)
        assert len(ran) == before + 1


def test_without_walls_nothing_is_done(course, monkeypatch, capsys):
    """Where notebooks cannot be shut in, the command says what to install and does not even grade."""
    monkeypatch.setattr(execution, "missing", lambda: "Install bubblewrap.")
    before = crashes.everything(course.root)
    assert main(["grade", NAME, "--force", "--execute", "--course", str(course.root)]) == 2
    assert "cannot be run here. Install bubblewrap." in capsys.readouterr().err
    assert crashes.everything(course.root) == before
    with pytest.raises(CourseError, match="bubblewrap"):
        execution.check_walls()


def test_the_command_runs_real_notebooks_and_points_stay(course, capsys):
    """Shut in by bubblewrap, two notebooks of a class run to their end, and no point changes."""
    if problem := missing():
        pytest.skip(problem)
    before = crashes.rows(course.root)
    assert main(["grade", NAME, "--execute", "--course", str(course.root)]) == 0
    assert "2 of 2 notebooks ran to their end" in capsys.readouterr().out
    shown = json.loads((course.root / "executed" / "trainee-000000" / NAME / f"{NAME}.ipynb").read_text())
    assert any(cell.get("execution_count") for cell in shown["cells"])
    assert crashes.rows(course.root) == before
