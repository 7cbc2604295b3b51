"""Running trainees' notebooks where an instructor wants it: each shut in, and without any effect on points.

``executed/<trainee>/<assignment>/`` gets the notebook as it ran, and what became of it.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path

from grader.errors import CourseError
from grader.grading import record
from grader.grading.course import Course
from grader.grading.disk import room
from grader.grading.intake.submission import take_in
from grader.grading.lock import alone
from grader.grading.material import release_of
from grader.grading.reports.spreadsheet import private_file
from grader.grading.sandbox import Limits, Outcome, missing, run_notebook

FOLDER = "executed"
_SAID = "outcome.json"
_USUAL = Limits()


def check_walls() -> None:
    """Make sure that notebooks can be shut in before anything else is done.

    Raises
    ------
    CourseError
        Where they cannot, with what to install.
    """
    if problem := missing():
        raise CourseError(f"Trainees' notebooks cannot be run here. {problem}")


def execute(
    course: Course, assignment: str, progress: Callable[[int, int], None], limits: Limits = _USUAL
) -> Mapping[str, Outcome]:
    """Run the notebook of every graded submission that was not run as it is now; return what became of each.

    A submission that was refused, for a link in it say, is not run.
    """
    released = json.loads(release_of(course.root, assignment).read_bytes())
    outcomes: dict[str, Outcome] = {}
    with room(), alone(course.root, assignment):
        graded = [each for each in record.read_all(course.root, assignment) if each.cells]
        for number, each in enumerate(graded, start=1):
            folder = course.root / "submitted" / each.trainee / assignment
            if not take_in(folder, each.trainee, assignment, released).refused:
                outcomes[each.trainee] = _outcome(course.root, assignment, each, limits)
            progress(number, len(graded))
    return outcomes


def _outcome(root: Path, assignment: str, each: record.Record, limits: Limits) -> Outcome:
    place = root / FOLDER / each.trainee / assignment
    known = _known(place / _SAID)
    if each.state and known.get("state") == each.state:
        return Outcome(bool(known["ended"]), str(known["said"]))
    place.mkdir(parents=True, exist_ok=True, mode=0o700)
    name = f"{assignment}.ipynb"
    (place / name).unlink(missing_ok=True)
    outcome = run_notebook(root / "submitted" / each.trainee / assignment, name, place / name, limits)
    with private_file(place / _SAID) as file:
        json.dump({"state": each.state, "ended": outcome.ended, "said": outcome.said}, file)
    return outcome


def _known(path: Path) -> Mapping[str, object]:
    """Return what became of the last run; a file that cannot be read is as good as none."""
    try:
        known = json.loads(path.read_bytes())
    except (FileNotFoundError, ValueError):
        return {}
    return known if isinstance(known, dict) and {"state", "ended", "said"} <= set(known) else {}
