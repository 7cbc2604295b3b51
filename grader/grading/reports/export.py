"""``nbgrader export``: nbgrader's own columns, and beside them who is missing and what still waits.

nbgrader writes 0 for whoever handed in nothing, and a name with a comma in it as two cells.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from nbgrader.plugins import ExportPlugin

from grader.errors import CourseError
from grader.grading.gradebook import ASSIGNMENT
from grader.grading.reports.classtable import counted
from grader.grading.reports.outcome import Outcome, Submissions, batches
from grader.grading.reports.spreadsheet import Cell, private_table

FILE = "export.csv"
COLUMNS = (
    "assignment", "duedate", "timestamp", "student_id", "last_name", "first_name", "email", "raw_score",
    "late_submission_penalty", "score", "max_score", "status", "reason", "awaiting",
)  # fmt: skip
_PERSON = sa.table("student", *map(sa.column, ("id", "last_name", "first_name", "email")))
_Write = Callable[[Sequence[Cell]], object]


class ClassExport(ExportPlugin):  # type: ignore[misc]  # nbgrader has no types
    """Export scores as CSV: what is missing is an empty cell with a reason, and text is never a formula."""

    def export(self, gradebook: Any) -> None:
        """Write the scores of all assignments and students, or of those asked for.

        Parameters
        ----------
        gradebook
            nbgrader's gradebook.
        """
        place = Path(self.to or FILE)
        self.log.info("Exporting grades to %s", place)
        try:
            with gradebook.engine.connect() as connection, private_table(place, COLUMNS) as write:
                for assignment, due in self._assignments(connection):
                    self._export(connection, assignment, due, write)
        except CourseError as error:
            self.log.error("%s", error)
            raise SystemExit(1) from error

    def _assignments(self, connection: Any) -> list[tuple[str, Any]]:
        query = sa.select(ASSIGNMENT.c.name, ASSIGNMENT.c.duedate).order_by(
            ASSIGNMENT.c.duedate, ASSIGNMENT.c.name
        )
        wanted = [str(name) for name in self.assignment]
        rows = [tuple(row) for row in connection.execute(query)]
        for name in sorted(set(wanted) - {name for name, _ in rows}):
            self.log.warning("The gradebook does not know the assignment %r.", name)
        return [(name, due) for name, due in rows if not wanted or name in wanted]

    def _export(self, connection: Any, assignment: str, due: Any, write: _Write) -> None:
        submissions = Submissions(Path(self.parent.coursedir.root), connection, assignment)
        graded = missing = waiting = 0
        for names in batches(self._students(connection)):
            for person, outcome in zip(_people(connection, names), submissions.of(names), strict=True):
                cells = _scores(outcome)
                write(
                    [
                        assignment,
                        str(due or ""),
                        *_named(outcome, person),
                        *cells[:3],
                        submissions.possible,
                        *cells[3:],
                    ]
                )
                graded += not outcome.reason
                missing += bool(outcome.reason)
                waiting += _awaiting(outcome)
        self.log.info("%s: %s graded, %s missing", assignment, f"{graded:,}", f"{missing:,}")
        if waiting:
            wait = counted(waiting, "answer waits", "answers wait")
            self.log.warning("%s: %s for an instructor; the scores are not final.", assignment, wait)

    def _students(self, connection: Any) -> Iterator[str]:
        query = sa.select(_PERSON.c.id).order_by(_PERSON.c.last_name, _PERSON.c.first_name, _PERSON.c.id)
        wanted = [str(name) for name in self.student]
        names = connection.execute(query).scalars().all()
        for name in sorted(set(wanted) - set(names)):
            self.log.warning("The gradebook does not know the student %r.", name)
        return (name for name in names if not wanted or name in wanted)


def _people(connection: Any, names: Sequence[str]) -> list[Any]:
    """Return the students of these names in their order."""
    rows = connection.execute(sa.select(_PERSON).where(_PERSON.c.id.in_(names)))
    place = {name: number for number, name in enumerate(names)}
    return sorted(rows, key=lambda row: place[row.id])


def _named(outcome: Outcome, person: Any) -> list[Cell]:
    """Return when it was handed in, and by whom."""
    kept, entered = outcome.record, outcome.entered
    # A gradebook keeps times in UTC without saying so.
    when = entered.timestamp if entered else kept.timestamp.removesuffix(" UTC") if kept else ""
    return [when, person.id, *(text or "" for text in (person.last_name, person.first_name, person.email))]


def _scores(outcome: Outcome) -> list[Cell]:
    """Return score, penalty, score less penalty, status, reason, and how many answers wait."""
    if outcome.entered is None:
        return [None, None, None, outcome.status, outcome.reason, None]
    score, penalty = outcome.entered.score, outcome.entered.penalty
    return [score, penalty, max(0.0, score - penalty), outcome.status, "", _awaiting(outcome)]


def _awaiting(outcome: Outcome) -> int:
    return outcome.entered.waiting if outcome.entered else 0
