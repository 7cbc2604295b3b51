"""One nbgrader course: where it stands, and nbgrader's own stages on it."""

from __future__ import annotations

import logging
import os
import sys
import warnings
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from traitlets.config import Config, PyFileConfigLoader

from grader.assignment import load_assignment
from grader.errors import CourseError, NotFoundError
from grader.exam.folder import exam_of_form
from grader.grading.configuration import CONFIG_FILE
from grader.grading.intake.handed_in import who_handed_in
from grader.grading.material import Places, assignment_file

if TYPE_CHECKING:
    from nbgrader.api import Gradebook
    from nbgrader.apps.api import NbGraderAPI

# nbgrader takes four seconds to import: only what needs it does.


class Course:
    """A course root with its ``nbgrader_config.py``.

    Parameters
    ----------
    root
        The course root.
    keys
        Folder of the keys; as the configuration says when not given.

    Raises
    ------
    NotFoundError
        When there is no course, or no such folder of keys.
    CourseError
        When the configuration does not work: nothing is done then.
    """

    def __init__(self, root: Path, keys: Path | None = None) -> None:
        self.root = root.resolve()
        if not (self.root / CONFIG_FILE).is_file():
            raise NotFoundError(
                f"{root} has no {CONFIG_FILE}. Name the folder of the course with --course, or make one with"
                " `python -m grader course new`."
            )
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
        scorer = self.config.ScoreAnswers
        self.assignments = Path(scorer.assignments)
        self.cases = Path(scorer.cases)
        self.keys = Path(scorer["keys"] or scorer.cases)
        self.places = Places(self.root, self.assignments, self.cases, self.keys)
        self.db_url = str(self.config.CourseDirectory.db_url)
        self.course_id = str(self.config.CourseDirectory.course_id)

    @cached_property
    def api(self) -> NbGraderAPI:
        """nbgrader itself, driven in this process: it starts slowly."""
        from nbgrader.apps.api import NbGraderAPI
        from sqlalchemy.exc import SAWarning

        logging.getLogger("traitlets").setLevel(logging.CRITICAL)
        warnings.filterwarnings(
            "ignore", message="Object of type", category=SAWarning
        )  # nbgrader's, harmless
        return NbGraderAPI(config=self.config)

    def build(self, assignment: str) -> None:
        """Write the nbgrader source of an assignment.

        Raises
        ------
        CourseError
            When it is a form of an exam: it is sealed before it is released.
        """
        from grader.source import build_assignment

        if exam := exam_of_form(self.root, assignment):
            raise CourseError(
                f"{assignment} is a form of an exam. Release it with `python -m grader exam release {exam.root.name}`."
            )
        build_assignment(
            load_assignment(assignment_file(self.places, assignment), self.cases), self.root / "source"
        )

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
        from nbgrader.api import Gradebook

        return Gradebook(self.db_url, self.course_id)

    def trainees(self, assignment: str) -> tuple[str, ...]:
        """Return those who submitted."""
        return tuple(sorted(who_handed_in(self.root, assignment)))


def _load(root: Path) -> Config:
    try:
        return PyFileConfigLoader(CONFIG_FILE, path=str(root)).load_config()
    except Exception as error:  # the file is Python, so anything may be wrong with it
        raise CourseError(
            f"{root / CONFIG_FILE} does not work: {error!r}. Correct it; nothing was done."
        ) from error


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
