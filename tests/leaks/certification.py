"""A class that sits the certification exam, as it would in earnest."""

from __future__ import annotations

import io
import logging
import re
from pathlib import Path

from grader.demonstration.candidates import Candidate
from grader.demonstration.exam import run_exam
from grader.exam.folder import exam_folder
from grader.exam.forms import read_forms
from grader.exam.roster import Trainee
from grader.grading.course import Course
from grader.grading.newcourse import new_course
from tests.conftest import ROOT

EXAM = "certification"
# What somebody writes in their own words is theirs: this one answers nothing but codes.
_CANDIDATE = Candidate(Trainee("candidate-1", "Candidate One", ""), "slips in every other chart", "silent")


def certification(out: Path) -> tuple[Course, str]:
    """Run the certification exam that ships, open today, in a class of one, and return the class with all that was logged."""
    said = io.StringIO()
    handler = logging.StreamHandler(said)
    # nbgrader has a logger of its own, which passes nothing on.
    loggers = (logging.getLogger(), logging.getLogger("traitlets"))
    levels = [logger.level for logger in loggers]
    for logger in loggers:
        logger.addHandler(handler)
        logger.setLevel(logging.DEBUG)
    try:
        return _run(out), said.getvalue()
    finally:
        for logger, level in zip(loggers, levels, strict=True):
            logger.removeHandler(handler)
            logger.setLevel(level)


def _run(out: Path) -> Course:
    blueprint = out / "blueprint.yml"
    shipped = (ROOT / "exercises" / EXAM / "blueprint.yml").read_text(encoding="utf-8")
    window = "window: {opens: 2026-01-01T00:00:00+00:00, closes: 2099-12-31T00:00:00+00:00}"
    changed, count = re.subn(r"^window: .*$", window, shipped, flags=re.MULTILINE)
    assert count == 1
    blueprint.write_text(changed, encoding="utf-8")
    new_course(out / "class", ROOT / "exercises", out / "exchange")
    course = Course(out / "class")
    run_exam(course, blueprint, [_CANDIDATE], lambda line: None)
    for entry in read_forms(exam_folder(course.root, EXAM)):
        course.stage("generate_feedback", entry.form)
    return course
