"""All that scoring an assignment rests on: its cases, their keys, and the notebook that was released."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import grader
from grader.assignment import by_grade_id, load_assignment
from grader.errors import CourseError, NotFoundError
from grader.exam.folder import exam_of_form
from grader.library.encounter import Case, Item
from grader.library.item_keys import ItemKey
from grader.library.key import load_key

_PACKAGE = Path(grader.__file__).parent
# What decides points, or what a graded cell shows.
_SCORING = (
    "answers.py",
    "feedback.py",
    "library",
    "scoring",
    "codeset",
    "grading/graded.py",
    "grading/record.py",
    "grading/cells.py",
    "grading/echo.py",
    "visible.py",
)


@dataclass(frozen=True, slots=True)
class Places:
    """Where a course keeps things: its root, its assignments, the case library, and the keys."""

    root: Path
    assignments: Path
    cases: Path
    keys: Path


@dataclass(frozen=True, slots=True)
class Question:
    """One item with its case and its key."""

    case: Case
    item: Item
    key: ItemKey

    @property
    def name(self) -> str:
        """Case and item, ``enc-0001/codes``."""
        return self.case.item_key(self.item)


@dataclass(frozen=True, slots=True)
class Material:
    """What an assignment is scored with; it can be sent to another process, and holds the keys.

    Parameters
    ----------
    questions
        By name of the grade cell, in the order of the notebook.
    released
        The notebook that was released, as JSON data.
    digest
        Of everything above and of the scoring itself: with another one, submissions are graded anew.
    """

    assignment: str
    questions: Mapping[str, Question]
    released: Mapping[str, Any]
    digest: str


def load_material(places: Places, assignment: str) -> Material:
    """Read what an assignment is scored with.

    Raises
    ------
    NotFoundError
        When there is no such assignment, or it was never released.
    CourseError
        When the release is not that of the assignment as it is now.
    """
    places = places_of(places, assignment)
    cases = load_assignment(assignment_file(places, assignment), places.cases).cases
    keys = {case.id: load_key(places.keys / case.id, case) for case in cases}
    questions = {
        name: Question(case, item, keys[case.id].items[item.id])
        for name, (case, item) in by_grade_id(cases).items()
    }
    notebook = release_of(places.root, assignment)
    content = notebook.read_bytes()
    digest = hashlib.sha256(content)
    for case in cases:
        for folder in dict.fromkeys((places.cases / case.id, places.keys / case.id)):
            _add(digest, sorted(path for path in folder.rglob("*") if path.is_file()))
    _add(digest, _scoring())
    released = json.loads(content)
    _compare(released, questions, notebook, assignment)
    return Material(assignment, questions, released, digest.hexdigest())


def places_of(places: Places, assignment: str) -> Places:
    """Return where an assignment's own things are kept: a form of an exam has its encounters and keys with the exam."""
    exam = exam_of_form(places.root, assignment)
    return places if exam is None else Places(places.root, exam.forms, exam.cases, exam.keys)


def assignment_file(places: Places, assignment: str) -> Path:
    """Return the ``assignment.yml`` of an assignment.

    Raises
    ------
    NotFoundError
        When there is none.
    """
    file = places_of(places, assignment).assignments / assignment / "assignment.yml"
    if not file.is_file():
        raise NotFoundError(f"There is no assignment {assignment!r}: {file} is missing.")
    return file


def release_of(root: Path, assignment: str) -> Path:
    """Return the notebook that was released.

    Raises
    ------
    NotFoundError
        When it never was.
    """
    notebook = root / "release" / assignment / f"{assignment}.ipynb"
    if not notebook.is_file():
        raise NotFoundError(f"{notebook} is missing. Run `nbgrader generate_assignment {assignment}`.")
    return notebook


def _scoring() -> Iterator[Path]:
    for name in _SCORING:
        place = _PACKAGE / name
        yield from (
            [place]
            if place.is_file()
            else sorted(path for path in place.rglob("*") if path.is_file() and path.suffix != ".pyc")
        )


def _add(digest: Any, paths: Iterator[Path] | list[Path]) -> None:
    for path in paths:
        # Names apart from contents: one must not run into the other.
        digest.update(f"\0{path.name}\0".encode())
        digest.update(path.read_bytes())


def is_graded(cell: Mapping[str, Any]) -> bool:
    """Tell whether a cell of a released notebook is graded."""
    return bool(cell["metadata"].get("nbgrader", {}).get("grade"))


def grade_name(cell: Mapping[str, Any]) -> str:
    """Return nbgrader's name of a cell."""
    return str(cell["metadata"]["nbgrader"]["grade_id"])


def _compare(
    released: Mapping[str, Any], questions: Mapping[str, Question], notebook: Path, assignment: str
) -> None:
    points = {
        grade_name(cell): float(cell["metadata"]["nbgrader"]["points"])
        for cell in released["cells"]
        if is_graded(cell)
    }
    if points != {name: question.item.points for name, question in questions.items()}:
        raise CourseError(
            f"{notebook} does not have the questions that {assignment}'s cases have now. Run `python -m grader assignment"
            f" build {assignment}` and `nbgrader generate_assignment {assignment} --force`."
        )
