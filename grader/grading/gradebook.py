"""nbgrader's gradebook, written and read in batches.

nbgrader's own interface opens the database anew for each cell and takes four seconds to import.  These are its tables, as far
as grading needs them; a test holds them together with `nbgrader.api`.  SQLite and PostgreSQL.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from grader.errors import CourseError, NotFoundError

_META = sa.MetaData()


def _table(name: str, *columns: sa.Column[Any]) -> sa.Table:
    return sa.Table(name, _META, sa.Column("id", sa.String, primary_key=True), *columns)


STUDENT = _table("student")
ASSIGNMENT = _table(
    "assignment",
    sa.Column("name", sa.String),
    sa.Column("duedate", sa.DateTime),
)
NOTEBOOK = _table("notebook", sa.Column("name", sa.String), sa.Column("assignment_id", sa.String))
BASE_CELL = _table(
    "base_cell",
    sa.Column("name", sa.String),
    sa.Column("notebook_id", sa.String),
    sa.Column("type", sa.String),
)
SUBMISSION = _table(
    "submitted_assignment",
    sa.Column("assignment_id", sa.String),
    sa.Column("student_id", sa.String),
    sa.Column("timestamp", sa.DateTime),
    sa.Column("extension", sa.Interval),
)
SUBMITTED = _table(
    "submitted_notebook",
    sa.Column("assignment_id", sa.String),
    sa.Column("notebook_id", sa.String),
    sa.Column("flagged", sa.Boolean),
    sa.Column("late_submission_penalty", sa.Float),
)
GRADE = _table(
    "grade",
    sa.Column("cell_id", sa.String),
    sa.Column("notebook_id", sa.String),
    sa.Column("auto_score", sa.Float),
    sa.Column("manual_score", sa.Float),
    sa.Column("extra_credit", sa.Float),
    sa.Column("needs_manual_grade", sa.Boolean),
)
COMMENT = _table(
    "comment",
    sa.Column("cell_id", sa.String),
    sa.Column("notebook_id", sa.String),
    sa.Column("auto_comment", sa.Text),
    sa.Column("manual_comment", sa.Text),
)

_SECONDS_TO_WAIT = 60


@dataclass(frozen=True, slots=True)
class Given:
    """What an instructor said to one grade: ``points`` is None where nothing (any more)."""

    trainee: str
    cell: str
    points: float | None
    waits: bool


def connect(db_url: str) -> sa.Engine:
    """Open the database of a gradebook.

    Raises
    ------
    CourseError
        When it is of a kind that grading was never tried on.
    """
    url = sa.make_url(db_url)
    kind = url.get_backend_name()
    if kind == "postgresql":
        return sa.create_engine(url, hide_parameters=True)
    if kind != "sqlite":
        raise CourseError(
            f"The gradebook is a {kind} database. Use SQLite or PostgreSQL in CourseDirectory.db_url."
        )
    engine = sa.create_engine(url, connect_args={"timeout": _SECONDS_TO_WAIT}, hide_parameters=True)
    # What is read in a transaction must still be so when it is written: SQLite locks at the first write otherwise.
    sa.event.listen(engine, "connect", lambda connection, _: setattr(connection, "isolation_level", None))
    sa.event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN IMMEDIATE"))
    return engine


class AssignmentBook:
    """The part of a gradebook that is about one assignment.

    Parameters
    ----------
    db_url
        As nbgrader's ``CourseDirectory.db_url``.
    assignment
        Its name; it has one notebook of the same name.

    Raises
    ------
    NotFoundError
        When the gradebook does not know the assignment.
    """

    def __init__(self, db_url: str, assignment: str) -> None:
        self.name = assignment
        self.engine = connect(db_url)
        with self.begin() as connection:
            row = self._find(connection) if sa.inspect(connection).has_table(ASSIGNMENT.name) else None
            if row is None:
                raise NotFoundError(
                    f"The gradebook does not know {assignment}. Run `nbgrader generate_assignment {assignment}`."
                )
            self.id, self.duedate, self.notebook_id = row
            cells = connection.execute(
                sa.select(BASE_CELL).where(BASE_CELL.c.notebook_id == self.notebook_id)
            ).all()
        self.grade_cells = {cell.name: cell.id for cell in cells if cell.type == "GradeCell"}
        self.solution_cells = {cell.name: cell.id for cell in cells if cell.type == "SolutionCell"}

    def _find(self, connection: sa.Connection) -> Any:
        query = (
            sa.select(ASSIGNMENT.c.id, ASSIGNMENT.c.duedate, NOTEBOOK.c.id)
            .join(NOTEBOOK, NOTEBOOK.c.assignment_id == ASSIGNMENT.c.id)
            .where(ASSIGNMENT.c.name == self.name, NOTEBOOK.c.name == self.name)
        )
        return connection.execute(query).one_or_none()

    @contextmanager
    def begin(self) -> Iterator[sa.Connection]:
        """Open a transaction: all of it is written, or nothing."""
        try:
            with self.engine.begin() as connection:
                yield connection
        except sa.exc.DBAPIError as error:
            raise CourseError(_in_words(error)) from error

    def graded(self) -> set[str]:
        """Return the trainees of whom the gradebook has a submission."""
        query = sa.select(SUBMISSION.c.student_id).where(SUBMISSION.c.assignment_id == self.id)
        with self.begin() as connection:
            return set(connection.execute(query).scalars())

    def given(self, cells: Sequence[str]) -> Iterator[Given]:
        """Yield what instructors said to the grades of some cells, of every trainee."""
        query = (
            sa.select(
                SUBMISSION.c.student_id, BASE_CELL.c.name, GRADE.c.manual_score, GRADE.c.needs_manual_grade
            )
            .join(SUBMITTED, SUBMITTED.c.assignment_id == SUBMISSION.c.id)
            .join(GRADE, GRADE.c.notebook_id == SUBMITTED.c.id)
            .join(BASE_CELL, BASE_CELL.c.id == GRADE.c.cell_id)
            .where(SUBMISSION.c.assignment_id == self.id, BASE_CELL.c.name.in_(cells))
        )
        with self.begin() as connection:
            for row in connection.execution_options(yield_per=1000).execute(query):
                yield Given(*row)


def _in_words(error: sa.exc.DBAPIError) -> str:
    said = str(error.orig)
    if "disk is full" in said or "No space left" in said or "disk I/O" in said:
        return "The disk is full: the gradebook cannot be written. Free some space and run the command again; nothing is lost."
    if "locked" in said:
        return "Another program keeps the gradebook locked. Close it, or wait, and run the command again; nothing is lost."
    return f"The gradebook cannot be used: {said.splitlines()[0]}. Nothing is lost; correct this and run the command again."


def insert_missing(connection: sa.Connection, table: sa.Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert rows with ids of their own; a row that is there already, by any unique key, stays as it is."""
    if rows:
        dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
        insert = dialect.insert(table).on_conflict_do_nothing()
        connection.execute(insert, [{"id": uuid4().hex, **row} for row in rows])
