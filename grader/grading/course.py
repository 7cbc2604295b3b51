"""One nbgrader course: its configuration, and grading a class with one call."""

from __future__ import annotations

import logging
import os
import sys
import warnings
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import nbgrader
from nbgrader.api import Gradebook, MissingEntry
from nbgrader.apps.api import NbGraderAPI
from sqlalchemy.exc import SAWarning
from traitlets.config import Config, PyFileConfigLoader

from grader.assignment import build_assignment, load_assignment
from grader.errors import CourseError, NotFoundError
from grader.grading.agreement import record
from grader.grading.classtable import ClassTable, Row
from grader.grading.release import waiting
from grader.grading.submission import obstacle, read_submission, reason_not_scored
from grader.grading.suggestion import Reader
from grader.scoring.findings import Score

CONFIG_FILE = "nbgrader_config.py"
_P = "grader.grading.preprocessors"
Progress = Callable[[str], None]


def configure(config: Any, root: Path, assignments: Path | None = None, keys: Path | None = None) -> None:
    """Set up nbgrader so that answers are scored as data; called from a course's ``nbgrader_config.py``.

    Parameters
    ----------
    config
        What ``get_config()`` gives.
    root
        The course root.
    assignments
        Folder with ``<assignment>/assignment.yml``; the course root when not given.
    keys
        Folder of the keys; the case library when not given.
    """
    assignments = assignments or root
    config.CourseDirectory.root = str(root)
    config.CourseDirectory.course_id = "coding-back-pain"
    config.CourseDirectory.db_url = f"sqlite:///{root / 'gradebook.db'}"
    config.ScoreAnswers.cases = str(assignments.parent / "cases")
    config.ScoreAnswers.keys = str(keys or "")
    config.ScoreAnswers.assignments = str(assignments)
    config.Autograde.sanitize_preprocessors = [
        f"{_P}.RestoreRelease",
        "nbgrader.preprocessors.OverwriteCells",
        "nbgrader.preprocessors.CheckCellMetadata",
    ]
    config.Autograde.autograde_preprocessors = [
        f"{_P}.ScoreAnswers",
        "nbgrader.preprocessors.IgnorePattern",
        "nbconvert.preprocessors.ClearMetadataPreprocessor",
        "nbgrader.preprocessors.LimitOutput",
        f"{_P}.SaveScores",
        "nbgrader.preprocessors.AssignLatePenalties",
        "nbgrader.preprocessors.CheckCellMetadata",
    ]
    _configure_feedback(config)


def _configure_feedback(config: Any) -> None:
    config.ExchangeFactory.release_feedback = "grader.grading.release.ReleaseConfirmed"
    # Feedback asks no other host for anything and runs nothing that a trainee wrote.
    config.HTMLExporter.filters = {"markdown2html": "grader.grading.safety.markdown_to_html"}
    stock = Path(nbgrader.__file__).parent / "server_extensions" / "formgrader" / "templates"
    config.HTMLExporter.extra_template_basedirs = [str(Path(__file__).parent / "templates"), str(stock)]
    config.HTMLExporter.exclude_input_prompt = True
    config.HTMLExporter.exclude_output_prompt = True


class Course:
    """A course root with its ``nbgrader_config.py``, driven in this process: nbgrader starts slowly."""

    def __init__(self, root: Path, keys: Path | None = None) -> None:
        self.root = root.resolve()
        if not (self.root / CONFIG_FILE).is_file():
            raise NotFoundError(f"{root} has no {CONFIG_FILE}. Run this in the folder of the course.")
        os.environ["TRAITLETS_APPLICATION_RAISE_CONFIG_FILE_ERROR"] = "1"
        # nbgrader calls alembic by name; it stands beside this Python.
        os.environ["PATH"] = os.pathsep.join((str(Path(sys.executable).parent), os.environ.get("PATH", "")))
        self.config: Config = _load(self.root)
        if keys is not None and not keys.is_dir():
            raise NotFoundError(
                f"There is no folder {keys} with keys. Name the one that holds <case>/key.yml."
            )
        if keys is not None:
            self.config.ScoreAnswers.keys = str(keys.resolve())
        logging.getLogger("traitlets").setLevel(logging.CRITICAL)
        warnings.filterwarnings(
            "ignore", message="Object of type", category=SAWarning
        )  # nbgrader's, harmless
        self.api = NbGraderAPI(config=self.config)

    def build(self, assignment: str) -> None:
        """Write the nbgrader source of an assignment."""
        scorer = self.config.ScoreAnswers
        file = Path(scorer.assignments) / assignment / "assignment.yml"
        build_assignment(load_assignment(file, Path(scorer.cases)), self.root / "source")

    def stage(self, name: str, assignment: str, *student: str) -> None:
        """Run one stage of nbgrader (``generate_assignment``, ``release_assignment``, ``collect`` …).

        Raises
        ------
        CourseError
            With nbgrader's own words when the stage fails.
        """
        result = getattr(self.api, name)(assignment, *student)
        if not result["success"]:
            raise CourseError(f"nbgrader {name} {assignment} failed: {_last_line(result)}")

    def gradebook(self) -> Gradebook:
        """Open nbgrader's gradebook; to be used in a ``with`` statement."""
        return Gradebook(self.api.coursedir.db_url, self.api.coursedir.course_id)

    def trainees(self, assignment: str) -> tuple[str, ...]:
        """Return those who submitted."""
        folders = (self.root / "submitted").glob(f"*/{assignment}")
        return tuple(sorted(folder.parent.name for folder in folders))


def _load(root: Path) -> Config:
    try:
        return PyFileConfigLoader(CONFIG_FILE, path=str(root)).load_config()
    except Exception as error:  # the file is Python, so anything may be wrong with it
        raise CourseError(
            f"{root / CONFIG_FILE} does not work: {error!r}. Correct it; nothing was done."
        ) from error


def grade_assignment(course: Course, assignment: str, progress: Progress) -> ClassTable:
    """Grade every submission, write feedback and return the class.

    Each submission stands for itself: one that cannot be graded is reported and stops no other.  Grading again gives
    the same scores and keeps what an instructor entered by hand.
    """
    file = Path(course.config.ScoreAnswers.assignments) / assignment / "assignment.yml"
    if not file.is_file():
        raise NotFoundError(f"There is no assignment {assignment!r}: {file} is missing.")
    trainees = course.trainees(assignment)
    if not trainees:
        raise NotFoundError(
            f"Nobody has submitted {assignment}. Run `nbgrader collect {assignment} --update` first."
        )
    # Grading suggests anew: what an instructor said to the suggestions before has to be on record.
    record(course, assignment)
    problems: dict[str, str] = {}
    for number, trainee in enumerate(trainees, start=1):
        progress(f"  grading {number} of {len(trainees)}: {trainee}")
        folder = course.root / "submitted" / trainee / assignment
        problems[trainee] = obstacle(folder, assignment) or _grade(course, assignment, trainee)
    with course.gradebook() as gradebook:
        known = {student.id for student in gradebook.students}
        rows = [
            _row(gradebook, course, assignment, trainee, problems.get(trainee, ""))
            for trainee in sorted(known | set(trainees))
        ]
    return ClassTable(assignment, tuple(rows))


def _grade(course: Course, assignment: str, trainee: str) -> str:
    for name in ("autograde", "generate_feedback"):
        result = getattr(course.api, name)(assignment, trainee)
        if not result["success"]:
            return f"nbgrader {name} failed: {_last_line(result)}"
    return ""


def _row(gradebook: Gradebook, course: Course, assignment: str, trainee: str, problem: str) -> Row:
    possible = float(gradebook.find_assignment(assignment).max_score)
    folder = course.root / "submitted" / trainee / assignment
    if not folder.exists():
        return Row(trainee, "missing", None, possible, 0, "")
    reason = problem or reason_not_scored(folder, assignment)
    try:
        submission = gradebook.find_submission(assignment, trainee)
    except MissingEntry:
        return Row(
            trainee, "needs review", None, possible, 0, reason or "nbgrader has no record of it. Grade again."
        )
    awaiting = waiting(submission)
    if reason and (problem or awaiting):
        return Row(trainee, "needs review", None, possible, len(awaiting), reason)
    suggested = _suggested(course, assignment, folder, awaiting) if awaiting else 0.0
    return Row(trainee, "graded", float(submission.score), possible, len(awaiting), "", suggested)


def _suggested(course: Course, assignment: str, folder: Path, grades: Iterable[Any]) -> float:
    """Return what the automatic reading suggests for the notes that wait."""
    reader = Reader(course.config.ScoreAnswers, assignment)
    answers = read_submission(folder, assignment)
    scores = [reader.suggestion(grade.name, answers) for grade in grades if grade.name in reader.items]
    return sum(score.points for score in scores if isinstance(score, Score))


def _last_line(result: dict[str, Any]) -> str:
    lines = [
        line
        for line in f"{result.get('log') or ''}\n{result.get('error') or ''}".splitlines()
        if line.strip()
    ]
    lines = [
        line for line in lines if "Please see the" not in line and "There was an error processing" not in line
    ]
    return lines[-1].strip() if lines else "it gave no reason"
