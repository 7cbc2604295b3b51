"""What became of each submission: its record beside what nbgrader's gradebook holds, read a few hundred at a time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from grader.errors import CourseError, NotFoundError
from grader.feedback import points
from grader.grading import record
from grader.grading.gradebook import ASSIGNMENT, BASE_CELL, GRADE, NOTEBOOK, STUDENT, SUBMISSION, SUBMITTED
from grader.grading.intake.handed_in import who_handed_in
from grader.grading.intake.submission import name_fault
from grader.grading.record import Record
from grader.grading.reports.classtable import GRADED, MISSING

AT_ONCE = 500
NOTHING = "Nothing was handed in."
NOT_YET = "It was handed in and not graded yet. Grade again."
_GRADE_CELL = sa.table("grade_cells", sa.column("id"), sa.column("max_score"))
_TASK_CELL = sa.table("task_cells", sa.column("id"), sa.column("max_score"))
_GRADED_TYPES = ("GradeCell", "TaskCell")
_POSSIBLE = sa.func.coalesce(_GRADE_CELL.c.max_score, _TASK_CELL.c.max_score, 0.0)


@dataclass(frozen=True, slots=True)
class Grade:
    """One grade of nbgrader's gradebook."""

    possible: float
    automatic: float | None
    manual: float | None
    extra: float
    waiting: bool

    @property
    def given(self) -> bool:
        """Whether there are points at all."""
        return self.automatic is not None or self.manual is not None

    @property
    def points(self) -> float:
        """Points as nbgrader counts them: those of the instructor before the automatic ones, and extra credit."""
        given = self.automatic if self.manual is None else self.manual
        return 0.0 if given is None else given + self.extra

    @property
    def full(self) -> bool:
        """Whether it earned every point, and nobody has to look at it any more."""
        return not self.waiting and self.given and self.points >= self.possible - 1e-9


@dataclass(frozen=True, slots=True)
class Entered:
    """What the gradebook holds of one submission; grades by name of the grade cell."""

    timestamp: str
    penalty: float
    grades: dict[str, Grade]

    @property
    def score(self) -> float:
        """Points so far, before anything comes off for lateness."""
        return sum(grade.points for grade in self.grades.values())

    @property
    def waiting(self) -> int:
        """How many answers wait for an instructor."""
        return sum(grade.waiting for grade in self.grades.values())


@dataclass(frozen=True, slots=True)
class Outcome:
    """One trainee and one assignment.

    Parameters
    ----------
    reason
        Why it is missing; empty where it was graded.
    remarks
        What was odd about it and did not matter.
    record
        What grading kept of it; None where nbgrader alone graded it, or nobody did.
    entered
        What counts, as the gradebook has it; None where it is missing.
    """

    trainee: str
    reason: str
    remarks: tuple[str, ...] = ()
    record: Record | None = None
    entered: Entered | None = None

    @property
    def status(self) -> str:
        """``graded`` or ``missing``."""
        return MISSING if self.reason else GRADED


@contextmanager
def reading(db_url: str) -> Iterator[Any]:
    """Open nbgrader's gradebook for reading alone; one that is not there is not made.

    Raises
    ------
    NotFoundError
        When there is none yet.
    CourseError
        When it cannot be read.
    """
    url = sa.make_url(db_url)
    if url.get_backend_name() == "sqlite" and url.database and not Path(url.database).is_file():
        raise NotFoundError(f"There is no gradebook {url.database} yet. Grade an assignment first.")
    try:
        with sa.create_engine(url, poolclass=sa.NullPool).connect() as connection:
            yield connection
    except sa.exc.DBAPIError as error:
        said = str(error.orig).splitlines()[0] if str(error.orig) else "no reason was given"
        raise CourseError(f"nbgrader's gradebook cannot be read: {said}. Nothing was changed.") from error


class Submissions:
    """The submissions of one assignment: who has any, and what became of them.

    Parameters
    ----------
    course
        The course root.
    connection
        nbgrader's gradebook.
    assignment
        Its name.

    Raises
    ------
    NotFoundError
        When the gradebook does not know the assignment.
    """

    def __init__(self, course: Path, connection: Any, assignment: str) -> None:
        self._course, self._connection, self._assignment = course, connection, assignment
        query = sa.select(ASSIGNMENT.c.id).where(ASSIGNMENT.c.name == assignment)
        self._id = connection.execute(query).scalar_one_or_none()
        if self._id is None:
            raise NotFoundError(
                f"The gradebook does not know {assignment}. Look whether the name is right; if it is, grade the assignment first."
            )
        self._cells = _cells(connection, self._id)
        self._recorded = _recorded(course, assignment)
        self._handed_in = who_handed_in(course, assignment)

    @property
    def possible(self) -> float:
        """Points of the assignment at most."""
        return sum((possible for _, possible in self._cells.values()), 0.0)

    def all(self) -> Iterator[Outcome]:
        """Yield what became of everybody's, by name: of those who handed in, and of the whole class list."""
        known = set(self._connection.execute(sa.select(STUDENT.c.id)).scalars())
        return self.of(sorted(known | self._recorded | self._handed_in))

    def of(self, trainees: Iterable[str]) -> Iterator[Outcome]:
        """Yield what became of the submissions of some trainees, in their order."""
        for names in batches(trainees):
            entered = self._entered(names)
            for name in names:
                yield self._outcome(name, entered.get(name))

    def _outcome(self, name: str, entered: Entered | None) -> Outcome:
        # A name of the gradebook may be any text; only one that stands in the folder is read there.
        if name in self._recorded and (kept := record.read(self._course, self._assignment, name)):
            return self._of_record(name, kept, entered)
        again = f"Run `python -m grader grade {self._assignment}`"
        if entered is None:
            return Outcome(name, (name_fault(name) or NOT_YET) if name in self._handed_in else NOTHING)
        if not any(grade.given for grade in entered.grades.values()):
            return Outcome(name, f"Its grading did not come to an end. {again}.")
        return Outcome(
            name, "", (f"It was graded by nbgrader alone. {again} for all figures.",), None, entered
        )

    def _entered(self, names: Sequence[str]) -> dict[str, Entered]:
        # In two steps, for the keys of both tables begin with what is known by now; nbgrader has no other index.
        query = (
            sa.select(
                SUBMISSION.c.student_id,
                SUBMISSION.c.timestamp,
                SUBMITTED.c.id,
                SUBMITTED.c.late_submission_penalty,
            )
            .join(NOTEBOOK, NOTEBOOK.c.assignment_id == SUBMISSION.c.assignment_id)
            .outerjoin(
                SUBMITTED,
                (SUBMITTED.c.notebook_id == NOTEBOOK.c.id) & (SUBMITTED.c.assignment_id == SUBMISSION.c.id),
            )
            .where(SUBMISSION.c.assignment_id == self._id, SUBMISSION.c.student_id.in_(_in_database(names)))
        )
        entered: dict[str, Entered] = {}
        owners: dict[str, str] = {}
        for name, timestamp, notebook, penalty in self._connection.execute(query):
            known = entered.get(name) or Entered(str(timestamp or ""), 0.0, {})
            entered[name] = replace(known, penalty=known.penalty + (penalty or 0.0))
            owners[notebook] = name
        for notebook, cell, grade in self._grades(list(filter(None, owners))):
            entered[owners[notebook]].grades[cell] = grade
        return entered

    def _grades(self, notebooks: Sequence[str]) -> Iterator[tuple[str, str, Grade]]:
        query = sa.select(
            GRADE.c.notebook_id,
            GRADE.c.cell_id,
            GRADE.c.auto_score,
            GRADE.c.manual_score,
            GRADE.c.extra_credit,
            GRADE.c.needs_manual_grade,
        ).where(GRADE.c.cell_id.in_(list(self._cells)), GRADE.c.notebook_id.in_(notebooks))
        for notebook, cell, automatic, manual, extra, waiting in self._connection.execute(query):
            name, possible = self._cells[cell]
            yield notebook, name, Grade(possible, automatic, manual, extra or 0.0, bool(waiting))

    def _of_record(self, name: str, kept: Record, entered: Entered | None) -> Outcome:
        if kept.reason and not _given_by_hand(kept, entered):
            return Outcome(name, kept.reason, kept.remarks, kept)
        if entered is None or not entered.grades:
            again = f"Run `python -m grader grade {self._assignment} --force`"
            return Outcome(name, f"The gradebook holds no points of it. {again}.", kept.remarks, kept)
        late = (f"Handed in late: {points(entered.penalty)} points taken off.",) if entered.penalty else ()
        unread = (kept.reason,) if kept.reason else ()
        return Outcome(name, "", (*late, *unread, *kept.remarks), kept, entered)


def batches(names: Iterable[str]) -> Iterator[list[str]]:
    """Yield a few hundred at a time."""
    left = iter(names)
    while batch := list(islice(left, AT_ONCE)):
        yield batch


def _cells(connection: Any, assignment_id: str) -> dict[str, tuple[str, float]]:
    """Return name and points of every graded cell of an assignment, by id."""
    query = (
        sa.select(BASE_CELL.c.id, BASE_CELL.c.name, _POSSIBLE)
        .join(NOTEBOOK, NOTEBOOK.c.id == BASE_CELL.c.notebook_id)
        .outerjoin(_GRADE_CELL, _GRADE_CELL.c.id == BASE_CELL.c.id)
        .outerjoin(_TASK_CELL, _TASK_CELL.c.id == BASE_CELL.c.id)
        .where(NOTEBOOK.c.assignment_id == assignment_id, BASE_CELL.c.type.in_(_GRADED_TYPES))
    )
    cells: dict[str, tuple[str, float]] = {}
    names: set[str] = set()
    for each, name, possible in connection.execute(query):
        # Another course's assignment may have several notebooks that name their cells alike.
        cells[each] = (f"{name} ({each})" if name in names else name, float(possible))
        names.add(name)
    return cells


def _recorded(course: Path, assignment: str) -> set[str]:
    folder = course / record.FOLDER / assignment
    return {path.stem for path in folder.glob("*.json")} if folder.is_dir() else set()


def _given_by_hand(kept: Record, entered: Entered | None) -> bool:
    """Whether an instructor gave all points of a submission that could not be read."""
    unread = bool(kept.cells) and all(cell.points is None for cell in kept.cells.values())
    return unread and entered is not None and not any(grade.waiting for grade in entered.grades.values())


def _in_database(names: Sequence[str]) -> list[str]:
    """Leave out what no database takes as text, such as a name of a folder that is no UTF-8."""
    return [name for name in names if "\0" not in name and name == name.encode(errors="ignore").decode()]
