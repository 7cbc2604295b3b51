"""The class as a table, from what became of each submission."""

from __future__ import annotations

from grader.grading.course import Course
from grader.grading.reports.classtable import GRADED, MISSING, ClassTable, Row
from grader.grading.reports.outcome import Outcome, Submissions, reading


def class_table(course: Course, assignment: str) -> ClassTable:
    """Return the class: everybody whom the gradebook knows, and everybody who handed in."""
    with reading(course.db_url) as connection:
        submissions = Submissions(course.root, connection, assignment)
        rows = tuple(row_of(outcome, submissions.possible) for outcome in submissions.all())
    return ClassTable(assignment, rows)


def row_of(outcome: Outcome, possible: float) -> Row:
    """Return how one submission stands; what could not be graded is missing with its reason, never nothing of all points."""
    if outcome.entered is None:
        return Row(outcome.trainee, MISSING, None, possible, 0, outcome.reason, 0.0, outcome.remarks)
    earned = max(0.0, outcome.entered.score - outcome.entered.penalty)
    waiting = [name for name, grade in outcome.entered.grades.items() if grade.waiting]
    suggested = outcome.record.cells if outcome.record else {}
    points = sum(suggested[name].points or 0.0 for name in waiting if name in suggested)
    return Row(outcome.trainee, GRADED, earned, possible, len(waiting), "", points, outcome.remarks)
