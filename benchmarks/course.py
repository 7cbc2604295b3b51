"""A course of one assignment of six items, for classes that are made up: released by real nbgrader, ready to be handed in."""

from __future__ import annotations

import atexit
import functools
import json
import os
import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import yaml

from benchmarks.answering import Answering
from grader.assignment import Assignment
from grader.grading.configuration import CONFIG_FILE
from grader.grading.course import Course
from grader.library.case import find_case

LIBRARY = Path(__file__).parent.parent / "cases"
NAME = "six"
TITLE = "Six questions"
INTRODUCTION = "Read the records and answer the questions below them."
CASES = ("enc-0001", "enc-0003", "enc-0130")
"""Practice cases with six items: codes and a note; codes; a choice, evidence and a claim to repair."""
DUE = datetime(2026, 11, 20, 23, 59, tzinfo=UTC)
_CONFIG = '''"""A class that was made up, to be measured and compared."""

from pathlib import Path

try:
    from grader.grading.configuration import configure

    root = Path(__file__).resolve().parent
    configure(get_config(), root, assignments=root / "exercises")
    get_config().LateSubmissionPlugin.penalty_method = {penalty!r}
except Exception as error:
    raise SystemExit(f"nbgrader_config.py does not work, so nothing was done: {{error!r}}") from error
'''


@dataclass(frozen=True, slots=True)
class Submission:
    """What one trainee hands in.

    Parameters
    ----------
    trainee
        nbgrader's name of the student.
    files
        Content by name; a name may hold a folder.
    at
        When it is handed in; None where that is not written down.
    """

    trainee: str
    files: Mapping[str, bytes] = field(default_factory=dict)
    at: datetime | None = None

    def having(self, **files: bytes | None) -> Submission:
        """Return it with some files changed, ``answers`` or ``notebook``; None takes one away."""
        names = {"answers": "answers.json", "notebook": f"{NAME}.ipynb"}
        changed = dict(self.files)
        for short, content in files.items():
            changed.pop(names[short], None)
            if content is not None:
                changed[names[short]] = content
        return replace(self, files=changed)


def make_course(root: Path, penalty: str = "none") -> None:
    """Make a course root with the assignment ``six``: its cases, source, release and gradebook.

    Parameters
    ----------
    root
        Becomes the course root; it must be empty or not be there.
    penalty
        What nbgrader does about late submissions: ``none``, or ``zero`` points for them.
    """
    shutil.copytree(_made(), root, dirs_exist_ok=True)
    (root / CONFIG_FILE).write_text(_CONFIG.format(penalty=penalty), encoding="utf-8")


@functools.cache
def _made() -> Path:
    """Make the course once for all that are made in this process: a gradebook takes nbgrader seconds."""
    home = Path(tempfile.mkdtemp(prefix="course-"))
    atexit.register(shutil.rmtree, home, ignore_errors=True)
    root = home / "course"
    folder = root / "exercises" / NAME
    folder.mkdir(parents=True)
    assignment: dict[str, Any] = {
        "schema": "assignment/1",
        "id": NAME,
        "title": TITLE,
        "introduction": INTRODUCTION,
        "cases": list(CASES),
    }
    (folder / "assignment.yml").write_text(yaml.safe_dump(assignment, sort_keys=False), encoding="utf-8")
    for case in CASES:
        shutil.copytree(LIBRARY / case, root / "cases" / case)
    (root / CONFIG_FILE).write_text(_CONFIG.format(penalty="none"), encoding="utf-8")
    (root / "submitted").mkdir()
    course = Course(root)
    course.build(NAME)
    course.stage("generate_assignment", NAME)
    with course.gradebook() as gradebook:
        gradebook.find_assignment(NAME).duedate = DUE.replace(tzinfo=None)
        gradebook.db.commit()
    return root


def the_answering() -> Answering:
    """Return the class that answers the six questions."""
    cases = tuple(find_case(LIBRARY, case) for case in CASES)
    return Answering(Assignment(NAME, TITLE, INTRODUCTION, cases), LIBRARY)


def released(root: Path) -> dict[str, bytes]:
    """Return what trainees get: the notebook and the public part of its cases."""
    return {path.name: path.read_bytes() for path in sorted((root / "release" / NAME).iterdir())}


def as_file(answers: Mapping[str, Any]) -> bytes:
    """Return the data of ``answers.json`` as the workbench writes it."""
    return json.dumps(answers, ensure_ascii=False, indent=1).encode("utf-8")


def hand_in(root: Path, submission: Submission, assignment: str = NAME) -> None:
    """Write a submission, as nbgrader collects it, over what was there; every file is one of its own, and none is a link."""
    folder = f"{root}/submitted/{submission.trainee}/{assignment}"
    if submission.at is None:
        Path(folder, "timestamp.txt").unlink(missing_ok=True)
    files = dict(submission.files)
    if submission.at is not None:
        files["timestamp.txt"] = f"{submission.at:%Y-%m-%d %H:%M:%S.%f} UTC".encode()
    os.makedirs(folder, exist_ok=True)  # noqa: PTH103 (a hundred thousand times, this is what takes long)
    for name, content in files.items():
        path = f"{folder}/{name}"
        if "/" in name:
            Path(path).parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644)
        try:
            os.write(descriptor, content)
        finally:
            os.close(descriptor)
