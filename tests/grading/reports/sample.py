"""A small class that never was: a gradebook as nbgrader makes it, with the records of grading beside it."""

from __future__ import annotations

import warnings
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from types import SimpleNamespace

from nbgrader.api import Gradebook
from sqlalchemy.exc import SAWarning

from grader.grading import record
from grader.grading.record import CellRecord, Record

UNIT = "unit-1"
POSSIBLE = {"enc-0001-codes": 8.0, "enc-0001-note": 10.0, "enc-0002-codes": 4.0, "enc-0002-reason": 2.0}


@dataclass(frozen=True)
class Answer:
    """What one cell got: its record, the points in the gradebook, and whether it waits."""

    kept: CellRecord
    automatic: float | None = None
    manual: float | None = None
    waits: bool = False

    def confirmed(self, points: float) -> Answer:
        """The same after an instructor gave points."""
        return replace(self, manual=points, waits=False)


def codes(case: str, points: float, correct: int, reference: int, extra: int = 0, **more) -> Answer:
    """Codes that earned points; ``first`` tells whether the first one is right."""
    possible = POSSIBLE[f"{case}-codes"]
    first = more.pop("first", None)
    kept = CellRecord(
        f"{case}/codes",
        "assign-codes",
        possible,
        points,
        False,
        "d",
        correct,
        reference,
        extra,
        first,
        **more,
    )
    return Answer(kept, points)


def choice(points: float, **more) -> Answer:
    """A choice that earned points."""
    return Answer(CellRecord("enc-0002/reason", "choice", 2.0, points, False, "d", **more), points)


def note(suggested: float, **more) -> Answer:
    """A note that waits for an instructor."""
    kept = CellRecord("enc-0001/note", "documentation", 10.0, suggested, False, "d", **more)
    return Answer(kept, None, None, True)


def blank(item: str, kind: str) -> Answer:
    """An item without an answer."""
    return Answer(CellRecord(item, kind, POSSIBLE[item.replace("/", "-")], None, True, "d"), 0.0)


def make_course(
    root: Path,
    trainees: Mapping[str, list[Answer] | str | None],
    remarks: Mapping[str, tuple[str, ...]] | None = None,
    url: str = "",
) -> SimpleNamespace:
    """Write a course with one assignment.

    A trainee with a text is missing for this reason, one with None is on the class list alone.  ``url`` names a gradebook
    other than the one in the course.
    """
    root.mkdir(exist_ok=True)
    if not url:
        url = f"sqlite:///{root / 'gradebook.db'}"
        (root / "gradebook.db").write_bytes(_gradebook())
    with Gradebook(url, "course") as gradebook:
        _add_assignment(gradebook)
        for trainee, answers in trainees.items():
            gradebook.add_student(trainee)
            said = (remarks or {}).get(trainee, ())
            if isinstance(answers, str):
                _keep(root, Record(trainee, "s", "", answers, said))
            elif answers is not None:
                _enter(gradebook, trainee, answers)
                cells = {answer.kept.item.replace("/", "-"): answer.kept for answer in answers}
                _keep(root, Record(trainee, "s", "2026-11-02", "", said, cells))
        gradebook.db.commit()
    return SimpleNamespace(root=root, db_url=url)


@cache
def _gradebook() -> bytes:
    """Return an empty gradebook: nbgrader takes seconds to make one."""
    with TemporaryDirectory() as folder:
        file = Path(folder, "gradebook.db")
        Gradebook(f"sqlite:///{file}", "course").close()
        return file.read_bytes()


def _add_assignment(gradebook: Gradebook) -> None:
    warnings.filterwarnings("ignore", message="Object of type", category=SAWarning)  # nbgrader's, harmless
    gradebook.add_assignment(UNIT)
    gradebook.add_notebook(UNIT, UNIT)
    for name, possible in POSSIBLE.items():
        kind = "markdown" if name.endswith("note") else "code"
        gradebook.add_grade_cell(name, UNIT, UNIT, max_score=possible, cell_type=kind)


def _keep(root: Path, kept: Record) -> None:
    (root / record.FOLDER / UNIT).mkdir(parents=True, exist_ok=True)
    record.write(root, UNIT, kept)


def _enter(gradebook: Gradebook, trainee: str, answers: list[Answer]) -> None:
    gradebook.add_submission(UNIT, trainee)
    for answer in answers:
        name = answer.kept.item.replace("/", "-")
        grade = gradebook.find_grade(name, UNIT, UNIT, trainee)
        grade.auto_score, grade.manual_score = answer.automatic, answer.manual
        grade.needs_manual_grade = answer.waits


ANA = [
    codes("enc-0001", 8.0, 2, 2, first=True),
    note(9.0, copied="same", flags=("vignette_copy",), errors=("severity",)),
    codes("enc-0002", 2.0, 1, 2, errors=("missing",)),
    choice(2.0),
]
BO = [
    codes("enc-0001", 4.0, 1, 2, first=False, errors=("sequence", "missing")),
    note(5.0, copied="same").confirmed(10.0),
    codes(
        "enc-0002",
        1.0,
        1,
        2,
        2,
        errors=("unsupported",),
        failed=("a code is not valid on the date of the encounter",),
    ),
    choice(0.0, errors=("wrong_choice",)),
]
CY = [
    codes("enc-0001", 8.0, 2, 2, first=True),
    note(10.0, copied="other").confirmed(10.0),
    blank("enc-0002/codes", "assign-codes"),
    choice(2.0),
]
UNREAD = "answers.json: it is not valid JSON. Ask for the file again."


def small_class(root: Path, url: str = "") -> SimpleNamespace:
    """Three who were graded, one whose answers cannot be read, and one who handed in nothing."""
    people = {"ana": ANA, "bo": BO, "cy": CY, "di": UNREAD, "ed": None}
    return make_course(root, people, {"bo": ("Odd, and no matter.",)}, url)
