"""The report of an assignment: two tables and a page for the instructor."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path

from grader.grading.course import Course
from grader.grading.reports.figures import TraineeFigures
from grader.grading.reports.outcome import Submissions, reading
from grader.grading.reports.report import ClassFigures, ItemFigures
from grader.grading.reports.report_page import page
from grader.grading.reports.spreadsheet import Cell, private_file, private_table
from grader.grading.reports.words import errors_in_words, flags_in_words

FOLDER = "report"
PAGE, TRAINEES, ITEMS = "report.html", "trainees.csv", "items.csv"

_TRAINEE_COLUMNS = (
    "assignment", "trainee", "status", "reason", "handed_in", "points", "possible", "percent", "late_penalty",
    "answers_awaiting_confirmation", "suggested_points", "blank_answers", "code_level_percent", "first_listed_percent",
    "cases_all_right", "cases_decided", "whole_case_percent", "automatic_fails", "mistakes", "signs", "remarks",
)  # fmt: skip
_ITEM_COLUMNS = (
    "assignment", "item", "kind", "possible", "trainees_graded", "blank", "awaiting_confirmation", "decided", "mean_points",
    "difficulty", "discrimination", "code_level_percent", "first_listed_percent", "automatic_fails", "mistakes", "signs",
)  # fmt: skip


def write_report(course: Course, assignment: str, out: Path | None = None) -> tuple[ClassFigures, Path]:
    """Write the report of an assignment; return its figures and the folder that it stands in.

    Parameters
    ----------
    out
        Where to; ``report/<assignment>`` below the course when not given.

    Raises
    ------
    NotFoundError
        When the gradebook does not know the assignment.
    CourseError
        When the gradebook cannot be read, or a file cannot be written.
    """
    with reading(course.db_url) as connection:
        submissions = Submissions(course.root, connection, assignment)
        total = ClassFigures(assignment, submissions.possible)
        folder = _folder(out or course.root / FOLDER / assignment)
        with private_table(folder / TRAINEES, _TRAINEE_COLUMNS) as write:
            for outcome in submissions.all():
                write(_in_order(_TRAINEE_COLUMNS, _trainee(assignment, total.add(outcome))))
    with private_table(folder / ITEMS, _ITEM_COLUMNS) as write:
        for item in total.items.values():
            write(_in_order(_ITEM_COLUMNS, _item(assignment, item)))
    with private_file(folder / PAGE) as file:
        file.write(page(total, datetime.now().astimezone()))
    return total, folder


def _folder(path: Path) -> Path:
    """Make a folder that nobody else may look into."""
    for each in (*reversed(path.parents), path):
        if not each.is_dir():
            each.mkdir(mode=0o700)
    return path


def _in_order(columns: Sequence[str], cells: Mapping[str, Cell]) -> list[Cell]:
    """Return the cells of a row; what is not known stays empty."""
    return [cells.get(column) for column in columns]


def _trainee(assignment: str, row: TraineeFigures) -> dict[str, Cell]:
    cells: dict[str, Cell] = {
        "assignment": assignment,
        "trainee": row.trainee,
        "status": row.status,
        "reason": row.reason,
        "handed_in": row.handed_in,
        "possible": row.possible,
        "remarks": " ".join(row.remarks),
    }
    if row.points is None:
        return cells
    return cells | {
        "points": row.points,
        "percent": None if row.percent is None else round(row.percent, 1),
        "late_penalty": row.late,
        "answers_awaiting_confirmation": row.waiting,
        "suggested_points": row.suggested,
        "blank_answers": row.blank,
        "code_level_percent": row.code_level.percent,
        "first_listed_percent": row.first_listed.percent,
        "cases_all_right": row.whole_cases.part,
        "cases_decided": row.whole_cases.whole,
        "whole_case_percent": row.whole_cases.percent,
        "automatic_fails": "; ".join(row.fails),
        "mistakes": "; ".join(errors_in_words(row.errors)),
        "signs": "; ".join(flags_in_words(row.flags)),
    }


def _item(assignment: str, item: ItemFigures) -> dict[str, Cell]:
    return {
        "assignment": assignment,
        "item": item.item,
        "kind": item.kind,
        "possible": item.possible,
        "trainees_graded": item.graded,
        "blank": item.blank,
        "awaiting_confirmation": item.waiting,
        "decided": item.decided,
        "mean_points": item.mean_points,
        "difficulty": item.difficulty,
        "discrimination": item.discrimination,
        "code_level_percent": item.code_level.percent,
        "first_listed_percent": item.first_listed.percent,
        "automatic_fails": item.failed,
        "mistakes": "; ".join(errors_in_words(item.errors)),
        "signs": "; ".join(flags_in_words(item.flags)),
    }
