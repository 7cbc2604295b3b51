"""One demonstration class, run once for all tests of grading."""

from __future__ import annotations

import shutil

import pytest

from grader.grading.course import Course
from grader.grading.demonstration import run_demonstration
from grader.grading.reports.classtable import ClassTable
from tests.conftest import ROOT


@pytest.fixture(scope="session")
def demonstration(tmp_path_factory) -> tuple[Course, ClassTable]:
    """The eight sample trainees, graded by real nbgrader."""
    out = tmp_path_factory.mktemp("class")
    table = run_demonstration(out, ROOT / "exercises", "unit-1", lambda line: None)
    return Course(out), table


@pytest.fixture
def copied(demonstration, tmp_path) -> Course:
    """The demonstration class, to be changed."""
    root = tmp_path / "class"
    shutil.copytree(demonstration[0].root, root)
    return Course(root)
