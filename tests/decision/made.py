"""A class with a small exam, made without nbgrader: its tables, releases and submissions as nbgrader would leave them."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

import sqlalchemy as sa
import yaml

from grader.answers import Answer, CodesAnswer
from grader.assignment import grade_id, load_assignment
from grader.exam.folder import ExamFolder
from grader.exam.forms import FormEntry
from grader.grading import record
from grader.grading.course import Course
from grader.grading.entry import enter
from grader.grading.gradebook import ASSIGNMENT, BASE_CELL, GRADE, NOTEBOOK, AssignmentBook
from grader.grading.graded import grade
from grader.grading.intake.submission import take_in
from grader.grading.material import load_material
from grader.grading.newcourse import configuration
from grader.library.case import load_case
from grader.library.encounter import FREE_TEXT, Case
from grader.library.key import load_key
from grader.library.reference import Key
from grader.lint.exemplar import exemplar
from grader.sitting.event import FINISH, SAVE, SITTING, START, Event, digest, no_answers
from grader.source import build_assignment
from tests.conftest import ROOT

EXAM = "sample"
CASES = ("enc-0010", "enc-0014", "enc-0047", "enc-0063", "enc-0128")
OPENS = datetime(2026, 11, 2, 8, 0, tzinfo=UTC)
CLOSES = datetime(2026, 11, 6, 18, 0, tzinfo=UTC)
BEGAN = datetime(2026, 11, 3, 9, 0, tzinfo=UTC)
LATER = datetime(2026, 11, 9, 9, 0, tzinfo=UTC)
BLUEPRINT = {
    "schema": "exam/1",
    "id": EXAM,
    "title": "Sample exam",
    "introduction": "Code the charts.",
    "time": {"minutes": 60, "grace": 2, "over": "void"},
    "window": {"opens": OPENS.isoformat(), "closes": CLOSES.isoformat(), "late": "void"},
    "standard": {"codes": 0.95, "first_listed": 0.9, "documentation": 0.75, "tasks": 0.7},
    "retake": {"wait_days": 14, "attempts": 3, "new": 0.75},
    "award": {"name": "Back pain coder", "description": "Codes back pain.", "months": 24},
    "content": {
        "points": 80,
        "difficulty": {1: 1},
        "parts": [{"name": "charts", "from": "library", "count": 1}],
        "kinds": {"documentation": 1, "choice": 1},
    },
}
Answers = dict[str, Answer]


@dataclass
class Person:
    """Somebody with a form.

    Parameters
    ----------
    change
        Changes the right answers; None for somebody who hands in nothing.
    minutes
        From the start to the last save.
    confirmed
        Share of the points that an instructor gives each note and message; None leaves them waiting.
    record
        Whether the record of the sitting is handed in.
    """

    trainee: str
    change: Callable[[Answers], object] | None = lambda answers: None
    name: str = "Žofia Łukasiewicz-Đặng"
    attempt: int = 1
    minutes: float = 40
    confirmed: float | None = 1.0
    record: bool = True
    cases: tuple[str, ...] = CASES

    @property
    def form(self) -> str:
        """Id of the form."""
        return f"{EXAM}-{digest(f'{self.trainee}/{self.attempt}'.encode())[:8]}"


@cache
def material(case: str) -> tuple[Case, Key]:
    """Return a real case of the exam pool with its key."""
    found = load_case(ROOT / "cases" / case)
    return found, load_key(ROOT / "cases" / case, found)


def right_answers(cases: tuple[str, ...] = CASES) -> Answers:
    """Return the answers of the keys, by case and item."""
    pairs = [material(name) for name in cases]
    return {
        case.item_key(item): exemplar(key.items[item.id], case) for case, key in pairs for item in case.items
    }


def make_exam(root: Path, *people: Person, blueprint: Mapping[str, object] = BLUEPRINT) -> Course:
    """Make a class in which some people sat the exam, graded and confirmed."""
    folder = ExamFolder(root / "exams" / EXAM)
    for path in (folder.cases, folder.keys, folder.forms):
        path.mkdir(parents=True)
    for case in {case for person in people for case in person.cases}:
        (folder.cases / case).mkdir()
        shutil.copy(ROOT / "cases" / case / "case.yml", folder.cases / case)
        (folder.keys / case).mkdir()
        shutil.copy(ROOT / "cases" / case / "key.yml", folder.keys / case)
    folder.blueprint.write_text(yaml.safe_dump(dict(blueprint)), encoding="utf-8")
    _tables(root / "gradebook.db")
    (root / "nbgrader_config.py").write_text(configuration(root, ROOT / "exercises", None), encoding="utf-8")
    _forms(folder, people)
    course = Course(root)
    for person in people:
        _release(course, folder, person)
        if person.change is not None:
            hand_in(course, person)
            grade_form(course, person)
    return course


def _forms(folder: ExamFolder, people: tuple[Person, ...]) -> None:
    forms = []
    for person in people:
        points = sum(item.points for name in person.cases for item in material(name)[0].items)
        forms.append(
            asdict(
                FormEntry(person.form, person.trainee, person.name, "", person.attempt, points, person.cases)
            )
        )
        (folder.forms / person.form).mkdir()
        assignment = {
            "schema": "assignment/1", "id": person.form, "title": "Sample exam", "introduction": "Code the charts.",
            "cases": list(person.cases),
        }  # fmt: skip
        path = folder.forms / person.form / "assignment.yml"
        path.write_text(yaml.safe_dump(assignment), encoding="utf-8")
    overlap = {"most": 0.25, "mean": 0.1, "worst": ["sample-a", "sample-b"], "pairs": 3, "bound": 0.5}
    data = {
        "schema": "exam-forms/1",
        "exam": EXAM,
        "blueprint": "",
        "seed": "",
        "forms": forms,
        "overlap": overlap,
    }
    folder.forms_list.write_text(json.dumps(data), encoding="utf-8")


def _tables(path: Path) -> None:
    """Make nbgrader's tables, as far as grading reads and writes them."""
    engine = sa.create_engine(f"sqlite:///{path}")
    ASSIGNMENT.metadata.create_all(engine)
    with engine.begin() as connection:
        for table in ("grade_cells", "task_cells"):
            connection.exec_driver_sql(f"CREATE TABLE {table} (id VARCHAR PRIMARY KEY, max_score FLOAT)")
        for table, columns in (
            ("submitted_assignment", "assignment_id, student_id"),
            ("submitted_notebook", "assignment_id, notebook_id"),
            ("grade", "cell_id, notebook_id"),
            ("comment", "cell_id, notebook_id"),
        ):
            connection.exec_driver_sql(f"CREATE UNIQUE INDEX {table}_once ON {table} ({columns})")
    engine.dispose()


def _release(course: Course, folder: ExamFolder, person: Person) -> None:
    form = person.form
    assignment = load_assignment(folder.forms / form / "assignment.yml", folder.cases)
    build_assignment(assignment, course.root / "release")
    engine = sa.create_engine(course.db_url)
    with engine.begin() as connection:
        connection.execute(sa.insert(ASSIGNMENT).values(id=form, name=form))
        connection.execute(sa.insert(NOTEBOOK).values(id=f"{form}-n", name=form, assignment_id=form))
        for case in assignment.cases:
            for item in case.items:
                name = grade_id(case.item_key(item))
                cell = f"{form}-{name}"
                connection.execute(
                    sa.insert(BASE_CELL).values(id=cell, name=name, notebook_id=f"{form}-n", type="GradeCell")
                )
                connection.exec_driver_sql("INSERT INTO grade_cells VALUES (?, ?)", (cell, item.points))
                if item.is_free_text:
                    connection.execute(
                        sa.insert(BASE_CELL).values(
                            id=f"{cell}-s", name=name, notebook_id=f"{form}-n", type="SolutionCell"
                        )
                    )
    engine.dispose()


def hand_in(course: Course, person: Person) -> Path:
    """Write what a person hands in: answers, the record of the sitting, and the time of submission."""
    answers = right_answers(person.cases)
    assert person.change is not None
    person.change(answers)
    folder = course.root / "submitted" / person.trainee / person.form
    folder.mkdir(parents=True, exist_ok=True)
    items = {name: asdict(answer) for name, answer in answers.items()}
    content = json.dumps({"schema": "answers/1", "assignment": person.form, "items": items}).encode()
    (folder / "answers.json").write_bytes(content)
    shutil.copy(course.root / "release" / person.form / f"{person.form}.ipynb", folder)
    done = BEGAN + timedelta(minutes=person.minutes)
    (folder / "timestamp.txt").write_text(f"{done + timedelta(seconds=30):%Y-%m-%d %H:%M:%S} UTC")
    if person.record:
        lines: list[bytes] = []
        for at, event, saves in ((BEGAN, START, 0), (done, SAVE, 1), (done, FINISH, 1)):
            there = content if saves else no_answers(person.form)
            before = digest(lines[-1]) if lines else ""
            lines.append(Event(at, event, saves, len(items) * saves, digest(there), before).line())
        (folder / SITTING).write_bytes(b"".join(line + b"\n" for line in lines))
    return folder


def grade_form(course: Course, person: Person) -> None:
    """Grade a form as the course does, and confirm its notes and messages."""
    found = load_material(course.places, person.form)
    folder = course.root / "submitted" / person.trainee / person.form
    graded = grade(found, take_in(folder, person.trainee, person.form, found.released))
    enter(AssignmentBook(course.db_url, person.form), [graded], {})
    record.write(course.root, person.form, graded.record)
    if person.confirmed is not None:
        written = [name for name, question in found.questions.items() if question.item.kind in FREE_TEXT]
        give(course, person, dict.fromkeys(written, person.confirmed))


def give(course: Course, person: Person, shares: Mapping[str, float]) -> None:
    """Give points by hand, as formgrader does: shares of the possible ones by name of the cell."""
    engine = sa.create_engine(course.db_url)
    with engine.begin() as connection:
        for name, share in shares.items():
            cell = f"{person.form}-{name}"
            most = connection.exec_driver_sql(
                "SELECT max_score FROM grade_cells WHERE id = ?", (cell,)
            ).scalar_one()
            connection.execute(
                sa.update(GRADE)
                .where(GRADE.c.cell_id == cell)
                .values(manual_score=share * most, needs_manual_grade=False)
            )
    engine.dispose()


def wrong_codes(*cases: str) -> Callable[[Answers], None]:
    """Return a change that replaces all codes of some cases by one that fits none, and is valid."""

    def change(answers: Answers) -> None:
        answers.update({f"{case}/codes": CodesAnswer(("Z00.00",)) for case in cases})

    return change
