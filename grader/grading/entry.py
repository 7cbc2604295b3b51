"""Entering graded submissions into nbgrader's gradebook: the same rows as nbgrader makes, however often it is done."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import uuid4

import sqlalchemy as sa

from grader.grading.gradebook import (
    COMMENT,
    GRADE,
    STUDENT,
    SUBMISSION,
    SUBMITTED,
    AssignmentBook,
    insert_missing,
)
from grader.grading.graded import CellGrade, Graded
from grader.grading.intake.submission import utc
from grader.grading.late import Penalty, seconds_late

Before = Mapping[str, Mapping[str, str]]
"""By trainee and grade cell the digest of what the cell showed when it was graded last."""


def enter(book: AssignmentBook, batch: Sequence[Graded], before: Before) -> None:
    """Enter a batch in one transaction: all of it is in the gradebook then, or nothing.

    What an instructor gave stays; it counts as confirmed for as long as answer and automatic points stay the same.
    """
    batch = [graded for graded in batch if graded.cells]
    if not batch:
        return
    with book.begin() as connection:
        insert_missing(connection, STUDENT, [{"id": graded.trainee} for graded in batch])
        submissions = _submissions(connection, book, batch)
        notebooks = _notebooks(connection, book, [row.id for row in submissions.values()])
        places = {trainee: notebooks[row.id] for trainee, row in submissions.items()}
        _grades(connection, book, batch, places, before)
        _comments(connection, book, batch, places)


def renew_penalties(book: AssignmentBook, penalty: Penalty) -> None:
    """Bring every penalty up to date: due dates, extensions and points may have changed since a submission was graded."""
    worth = sa.func.sum(
        sa.func.coalesce(sa.func.coalesce(GRADE.c.manual_score, GRADE.c.auto_score) + _EXTRA, 0.0)
    ).label("worth")
    shown = (SUBMISSION.c.student_id, SUBMISSION.c.timestamp, SUBMISSION.c.extension)
    query = (
        sa.select(SUBMITTED.c.id, SUBMITTED.c.late_submission_penalty, *shown, worth)
        .join(SUBMISSION, SUBMISSION.c.id == SUBMITTED.c.assignment_id)
        .join(GRADE, GRADE.c.notebook_id == SUBMITTED.c.id)
        .where(SUBMITTED.c.notebook_id == book.notebook_id)
        .group_by(SUBMITTED.c.id, SUBMITTED.c.late_submission_penalty, *shown)
    )
    with book.begin() as connection:
        changed = []
        for row in connection.execute(query):
            asked = penalty(row.student_id, row.worth, seconds_late(row, book.duedate))
            if _differ(asked, row.late_submission_penalty):
                changed.append({"place": row.id, "penalty": asked})
        if changed:
            update = sa.update(SUBMITTED).where(SUBMITTED.c.id == sa.bindparam("place"))
            connection.execute(update.values(late_submission_penalty=sa.bindparam("penalty")), changed)


def _differ(one: float | None, other: float | None) -> bool:
    """Tell whether penalties differ by more than the order in which a database adds."""
    return one != other if one is None or other is None else abs(one - other) > 1e-9


_EXTRA = sa.func.coalesce(GRADE.c.extra_credit, 0.0)


def _submissions(
    connection: sa.Connection, book: AssignmentBook, batch: Sequence[Graded]
) -> dict[str, sa.Row[Any]]:
    """Return the rows of the submissions by trainee, with the time at which each was handed in now."""
    times = {graded.trainee: utc(graded.record.timestamp) for graded in batch}
    insert_missing(
        connection, SUBMISSION, [{"assignment_id": book.id, "student_id": trainee} for trainee in times]
    )
    ours = SUBMISSION.c.assignment_id == book.id, SUBMISSION.c.student_id.in_(times)
    update = sa.update(SUBMISSION).where(
        SUBMISSION.c.assignment_id == book.id, SUBMISSION.c.student_id == sa.bindparam("trainee")
    )
    connection.execute(
        update.values(timestamp=sa.bindparam("at")),
        [{"trainee": trainee, "at": at} for trainee, at in times.items()],
    )
    return {row.student_id: row for row in connection.execute(sa.select(SUBMISSION).where(*ours))}


def _notebooks(connection: sa.Connection, book: AssignmentBook, submissions: Sequence[str]) -> dict[str, str]:
    """Return the ids of the notebooks by those of the submissions."""
    rows = [
        {"notebook_id": book.notebook_id, "assignment_id": submission, "flagged": False}
        for submission in submissions
    ]
    insert_missing(connection, SUBMITTED, rows)
    ours = SUBMITTED.c.assignment_id.in_(submissions), SUBMITTED.c.notebook_id == book.notebook_id
    return {row.assignment_id: row.id for row in connection.execute(sa.select(SUBMITTED).where(*ours))}


def _grades(
    connection: sa.Connection,
    book: AssignmentBook,
    batch: Sequence[Graded],
    places: Mapping[str, str],
    before: Before,
) -> None:
    """Enter points and what waits."""
    wanted = sa.select(GRADE).where(GRADE.c.notebook_id.in_(places.values())).with_for_update()
    known = {(row.notebook_id, row.cell_id): row for row in connection.execute(wanted)}
    new: list[dict[str, Any]] = []
    changed: list[dict[str, Any]] = []
    for graded in batch:
        place, digests = places[graded.trainee], before.get(graded.trainee, {})
        for cell in graded.cells:
            row = known.get((place, book.grade_cells[cell.name]))
            same = digests.get(cell.name) == graded.record.cells[cell.name].digest
            waits = _waits(cell, row, same)
            if row is None:
                new.append(
                    {
                        "id": uuid4().hex,
                        "cell_id": book.grade_cells[cell.name],
                        "notebook_id": place,
                        "auto_score": cell.score,
                        "needs_manual_grade": waits,
                    }
                )
            elif (row.auto_score, row.needs_manual_grade) != (cell.score, waits):
                changed.append({"grade": row.id, "score": cell.score, "waits": waits})
    insert_missing(connection, GRADE, new)
    if changed:
        update = sa.update(GRADE).where(GRADE.c.id == sa.bindparam("grade"))
        values = {"auto_score": sa.bindparam("score"), "needs_manual_grade": sa.bindparam("waits")}
        connection.execute(update.values(**values), changed)


def _waits(cell: CellGrade, row: Any, same: bool) -> bool:
    manual = row is not None and row.manual_score is not None
    if manual and not row.needs_manual_grade and row.auto_score == cell.score and same:
        return False
    return manual or cell.score is None


def _comments(
    connection: sa.Connection, book: AssignmentBook, batch: Sequence[Graded], places: Mapping[str, str]
) -> None:
    wanted = sa.select(COMMENT).where(COMMENT.c.notebook_id.in_(places.values()))
    known = {(row.notebook_id, row.cell_id): row for row in connection.execute(wanted)}
    new: list[dict[str, Any]] = []
    changed: list[dict[str, Any]] = []
    for graded in batch:
        for cell in (cell for cell in graded.cells if cell.free_text):
            place = places[graded.trainee], book.solution_cells[cell.name]
            row = known.get(place)
            if row is None:
                new.append({"notebook_id": place[0], "cell_id": place[1], "auto_comment": cell.comment})
            elif row.auto_comment != cell.comment:
                changed.append({"which": row.id, "words": cell.comment})
    insert_missing(connection, COMMENT, new)
    if changed:
        update = sa.update(COMMENT).where(COMMENT.c.id == sa.bindparam("which"))
        connection.execute(update.values(auto_comment=sa.bindparam("words")), changed)
