"""How far instructors and the automatic reading agree: a record that outlives regrading."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from pathlib import Path

from grader.errors import CourseError
from grader.grading.course import Course
from grader.grading.gradebook import AssignmentBook
from grader.grading.lock import one_at_a_time
from grader.grading.reports.spreadsheet import as_written, no_formula, private_file
from grader.grading.suggestion import Suggested, recalled

FILE = "agreement.csv"
CLOSE = 0.5
"""Points that two instructors may differ by without one of them being wrong."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """One item that an instructor has confirmed: what was suggested, and what the instructor gave."""

    assignment: str
    item: str
    trainee: str
    suggested: float
    confirmed: float
    possible: float

    @property
    def apart(self) -> float:
        """Points between the two."""
        return abs(self.suggested - self.confirmed)


@dataclass(frozen=True, slots=True)
class Agreement:
    """Agreement over some items.

    Parameters
    ----------
    count
        How many were confirmed.
    close
        Share of them, 0 to 1, where the suggestion was at most half a point off.
    apart
        Mean of the points between suggestion and confirmation, whichever is higher.
    """

    count: int
    close: float
    apart: float


def agreement(rows: Sequence[Comparison]) -> Agreement:
    """Return the agreement over all rows; of none, it is nothing of nothing."""
    count = len(rows)
    if not count:
        return Agreement(0, 0.0, 0.0)
    # Sums of thirds of points are not exact.
    close = sum(row.apart <= CLOSE + 1e-9 for row in rows)
    return Agreement(count, close / count, sum(row.apart for row in rows) / count)


def by_item(rows: Sequence[Comparison]) -> dict[str, Agreement]:
    """Return the agreement of each item."""
    names = sorted({row.item for row in rows})
    return {name: agreement([row for row in rows if row.item == name]) for name in names}


def in_words(rows: Sequence[Comparison]) -> str:
    """Return the agreement for a terminal: one line for all, and one for each item."""
    if not rows:
        return "Agreement: no suggestion has been confirmed yet."
    lines = [f"Agreement: {_line(agreement(rows))}"]
    lines += [f"  {name:<20} {_line(each)}" for name, each in by_item(rows).items()]
    return "\n".join(lines)


def _line(each: Agreement) -> str:
    return f"{each.count} confirmed, {each.close:.0%} within half a point, {each.apart:.2f} points apart on average"


def bring_up_to_date(course: Course, book: AssignmentBook) -> tuple[Comparison, ...]:
    """Bring ``agreement.csv`` up to date and return its rows of one assignment.

    A row stays as it is while an answer waits to be confirmed again; it goes only when an instructor takes the number back.
    """
    with one_at_a_time(course.root):
        return _bring_up_to_date(course.root, book)


def _bring_up_to_date(root: Path, book: AssignmentBook) -> tuple[Comparison, ...]:
    path = root / FILE
    known = {_place(row): row for row in read(path)}
    rows = dict(known)
    suggested: dict[str, Mapping[str, Suggested]] = {}
    for grade in book.given(tuple(book.solution_cells)):
        if grade.trainee not in suggested:
            suggested = {grade.trainee: recalled(root, book.name, grade.trainee)}
        was = suggested[grade.trainee].get(grade.cell)
        if was is None:
            continue
        place = (book.name, was.item, grade.trainee)
        if grade.points is None:
            rows.pop(place, None)
        elif not grade.waits:
            rows[place] = Comparison(*place, was.points, grade.points, was.possible)
    if rows != known:
        _write(path, [rows[place] for place in sorted(rows)])
    return tuple(rows[place] for place in sorted(rows) if place[0] == book.name)


def _place(row: Comparison) -> tuple[str, str, str]:
    return row.assignment, row.item, row.trainee


_TEXTS = ("assignment", "item", "trainee")
_NUMBERS = ("suggested", "confirmed", "possible")


def read(path: Path) -> tuple[Comparison, ...]:
    """Return the rows of an ``agreement.csv``; none where there is no file.

    Raises
    ------
    CourseError
        When somebody has changed it so that it cannot be read.
    """
    if not path.exists():
        return ()
    rows = []
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            for line in csv.DictReader(file):
                assignment, item, trainee = (as_written(line[name]) for name in _TEXTS)
                suggested, confirmed, possible = (float(line[name]) for name in _NUMBERS)
                rows.append(Comparison(assignment, item, trainee, suggested, confirmed, possible))
    except (KeyError, TypeError, ValueError, csv.Error):
        raise CourseError(
            f"{path} is not as it was written. Restore it, or move it away; a new one is written from the gradebook."
        ) from None
    return tuple(rows)


def _write(path: Path, rows: Sequence[Comparison]) -> None:
    """Write all rows; a spreadsheet must not take a cell for a formula, and a full disk must not lose the old ones."""
    with private_file(path) as file:
        writer = csv.DictWriter(file, [field.name for field in fields(Comparison)], lineterminator="\n")
        writer.writeheader()
        for row in rows:
            safe = {name: no_formula(getattr(row, name)) for name in _TEXTS}
            writer.writerow({**asdict(row), **safe})
