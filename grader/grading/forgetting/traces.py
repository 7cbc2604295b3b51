"""What there is of one person in a class and its exchange."""

from __future__ import annotations

import hashlib
import os
import unicodedata
from collections.abc import Iterator, Sized
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa

from grader.errors import CourseError, NotFoundError
from grader.grading.course import Course
from grader.grading.forgetting import erase, exams
from grader.grading.forgetting.exchanged import Place
from grader.grading.record import FOLDER
from grader.visible import one_line

# Folders with one folder a trainee, in the order in which they are emptied.
_STAGES = ("feedback", "autograded", "executed", "trainees", "submitted")
_UNFINISHED = ".forgetting-"
_MOST_NAME = 255
"""Bytes of a name, as of any folder."""


@dataclass(frozen=True, slots=True)
class Traces:
    """What there is of one person.

    Parameters
    ----------
    folders
        Of the course: handed in, graded, feedback.
    records
        What grading kept.
    handed_in, pages
        In the exchange: submissions as they came, and feedback that was released.
    rows
        Of the gradebook.
    tables
        Tables of the course with a row about this person.
    unfinished
        Whether removing was begun before.
    closed
        Why the exchange could not be looked into; empty when it could.
    exams
        Of exams: forms, result pages, and certificates.
    listed
        Whether a list of forms has this person.
    """

    folders: tuple[Path, ...]
    records: tuple[Path, ...]
    handed_in: tuple[Path, ...]
    pages: tuple[Path, ...]
    rows: int
    tables: tuple[Path, ...]
    unfinished: bool
    closed: str
    exams: tuple[Path, ...] = ()
    listed: bool = False

    def __bool__(self) -> bool:
        """Tell whether there is anything."""
        places = (*self.folders, *self.records, *self.handed_in, *self.pages, *self.tables, *self.exams)
        return bool(places or self.rows or self.unfinished or self.listed)

    def __str__(self) -> str:
        """Return it in one line."""
        return (
            f"{_number(self.folders, 'folder')} and {_number(self.records, 'record')} of the class,"
            f" {_number(range(self.rows), 'row')} of the gradebook, rows of {_number(self.tables, 'table')},"
            f" {_number(self.exams, 'file or folder', 'files and folders')} of exams and certificates,"
            f" {_number(self.handed_in, 'submission')} and {_number(self.pages, 'page')} of feedback in the exchange"
        )


def _number(things: Sized, one: str, many: str = "") -> str:
    return f"{len(things)} {one if len(things) == 1 else many or one + 's'}"


def find(course: Course, trainee: str) -> Traces:
    """Return what there is of one person.

    Raises
    ------
    NotFoundError
        When there is nothing.
    CourseError
        When the name is not one, or the gradebook cannot be read.
    """
    _check_name(trainee)
    root = course.root
    folders = tuple(_folders(root, trainee))
    handed_in: tuple[Path, ...] = ()
    pages: tuple[Path, ...] = ()
    of_exams: tuple[Path, ...] = ()
    closed = ""
    place = Place.of(course)
    forms = exams.forms(root, trainee)
    try:
        of_exams = tuple(exams.released(place.root, forms))
        handed_in = tuple(place.handed_in(trainee))
        pages = tuple(place.pages((*folders, *handed_in)))
    except OSError as error:
        closed = f"{error.filename or place.root}: {error.strerror or error}"
    traces = Traces(
        folders,
        tuple(_records(root, trainee)),
        handed_in,
        pages,
        sum(erase.count_rows(url, trainee) for url in gradebooks(course)),
        tuple(path for path in tables(root) if erase.without_rows(erase.read_text(path), trainee)[1]),
        mark(root, trainee).exists(),
        closed,
        (*of_exams, *exams.own(root, trainee)),
        bool(forms),
    )
    if not traces:
        raise NotFoundError(f"Nobody has the name {one_line(trainee)} in {root}. Nothing was removed.")
    return traces


def _check_name(trainee: str) -> None:
    wrong = (
        not trainee
        or trainee != trainee.strip()
        or trainee.startswith(".")
        or any(letter in "/\\*?[]" or unicodedata.category(letter) in ("Cc", "Cs") for letter in trainee)
        or len(os.fsencode(trainee)) > _MOST_NAME
    )
    if wrong:
        raise CourseError(
            f"{trainee!a} is not the name of one trainee. Give it as it stands in submitted/; nothing was removed."
        )


def _folders(root: Path, trainee: str) -> Iterator[Path]:
    """Yield the folders of one person; names are compared letter by letter, whatever the disk takes for the same."""
    for stage in _STAGES:
        yield from (path for path in inside(root / stage) if path.name == trainee)


def _records(root: Path, trainee: str) -> Iterator[Path]:
    for assignment in inside(root / FOLDER):
        for folder in (assignment, assignment / "suggested"):
            yield from (path for path in inside(folder) if path.name == f"{trainee}.json")


def inside(folder: Path) -> list[Path]:
    """Return what is in a folder; nothing where there is none."""
    return sorted(folder.iterdir()) if folder.is_dir() else []


def files(folder: Path) -> list[Path]:
    """Return the files in a folder, without links."""
    return [path for path in inside(folder) if path.is_file() and not path.is_symlink()]


def tables(root: Path) -> list[Path]:
    """Return the tables of a course and of its exams."""
    return [*(path for path in files(root) if path.suffix.lower() == ".csv"), *exams.tables(root)]


def gradebooks(course: Course) -> list[str]:
    """Return the gradebook, and the copies that nbgrader leaves beside it when it brings one up to date."""
    own = sa.make_url(course.db_url)
    known = Path(own.database or "").resolve() if own.get_backend_name() == "sqlite" else None
    copies = [path for path in files(course.root) if path != known and erase.is_sqlite(path)]
    return [
        course.db_url,
        *(sa.URL.create("sqlite", database=str(path)).render_as_string() for path in copies),
    ]


def mark(root: Path, trainee: str) -> Path:
    """Return the file that tells that removing was begun; its name tells nobody's."""
    digest = hashlib.sha256(os.fsencode(trainee)).hexdigest()
    return root / f"{_UNFINISHED}{digest[:16]}"


def assignments(root: Path, traces: Traces) -> list[str]:
    """Return the assignments that may be in the middle of being graded."""
    graded = [path.name for path in inside(root / FOLDER) if path.is_dir()]
    submitted = [
        path
        for path in traces.folders
        if path.parent.name in ("submitted", "autograded") and not path.is_symlink()
    ]
    return sorted({*graded, *(each.name for folder in submitted for each in inside(folder))})
