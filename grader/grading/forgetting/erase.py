"""One person taken out of what is about the whole class: the gradebook, tables, and logs.

Whatever is about anybody else stays as it was, byte by byte.
"""

from __future__ import annotations

import csv
import io
import os
import re
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from grader.errors import CourseError
from grader.grading.gradebook import COMMENT, GRADE, STUDENT, SUBMISSION, SUBMITTED, connect
from grader.grading.reports.spreadsheet import as_written

# As grading, its report and nbgrader's export head the column of names.
_NAMES = ("trainee", "student_id", "student")
_DELIMITERS = ",;\t"
# How nbgrader begins what it logs; lines that follow belong to it.
_RECORD = re.compile(r"\[[^\[\]|]+ \| [A-Z]+\]")
_SUBMISSION = re.compile(r"\b(submitted|autograded|feedback)/[^/\s]")
_TRACEBACK = "Traceback (most recent call last)"
_SQLITE = b"SQLite format 3\0"
_WIDTH = 14  # of the names in a table for a terminal


def word(name: str) -> re.Pattern[str]:
    """Return a pattern for a name on its own: ``ana`` is in ``submitted/ana/unit-1``, and not in ``ana-2``.

    nbgrader joins the parts of a folder that was handed in with ``+``, which a name may hold as well.
    """
    return re.compile(rf"(?<![\w.@+-]){re.escape(name)}(?![\w@-]|\.\w|\+(?![^+\s]+\+\d{{4}}-))")


def is_sqlite(path: Path) -> bool:
    """Tell whether a file is an SQLite database."""
    with path.open("rb") as file:
        return file.read(len(_SQLITE)) == _SQLITE


def count_rows(db_url: str, trainee: str) -> int:
    """Return how many rows of a gradebook are about one person."""
    with _gradebook(db_url) as engine:
        if engine is None:
            return 0
        with engine.begin() as connection:
            counts: list[int] = [
                connection.execute(sa.select(sa.func.count()).select_from(table).where(about)).scalar_one()
                for table, about in _about(trainee)
            ]
    return sum(counts)


def erase_rows(db_url: str, trainee: str) -> int:
    """Take one person out of a gradebook, all at once, leave nothing of it in free space, and return the number of rows."""
    with _gradebook(db_url) as engine:
        if engine is None:
            return 0
        with engine.begin() as connection:
            rows = [connection.execute(sa.delete(table).where(about)) for table, about in _about(trainee)]
            erased: int = sum(row.rowcount for row in rows)
        _clean(engine)
    return erased


@contextmanager
def _gradebook(db_url: str) -> Iterator[sa.Engine | None]:
    """Open a gradebook; None where there is none yet."""
    url = sa.make_url(db_url)
    here = url.get_backend_name() == "sqlite"
    if here and not (url.database and Path(url.database).is_file()):
        yield None
        return
    engine = connect(db_url)
    if here:
        # What is deleted is overwritten with zeros in the same step.
        sa.event.listen(engine, "connect", lambda opened, _: opened.execute("PRAGMA secure_delete=ON"))
    try:
        yield engine if sa.inspect(engine).has_table(STUDENT.name) else None
    except sa.exc.DBAPIError as error:
        said = str(error.orig).strip().splitlines()
        raise CourseError(
            f"The gradebook {url.render_as_string(hide_password=True)} cannot be used: {said[0] if said else 'no reason given'}."
            " Close what has it open, formgrader for one, and run the command again: it goes on where it stopped."
        ) from None
    finally:
        engine.dispose()


def _about(trainee: str) -> tuple[tuple[sa.Table, Any], ...]:
    """Return tables with what is about one person in each; rows that others point at come last."""
    submissions = sa.select(SUBMISSION.c.id).where(SUBMISSION.c.student_id == trainee)
    notebooks = sa.select(SUBMITTED.c.id).where(SUBMITTED.c.assignment_id.in_(submissions))
    return (
        (COMMENT, COMMENT.c.notebook_id.in_(notebooks)),
        (GRADE, GRADE.c.notebook_id.in_(notebooks)),
        (SUBMITTED, SUBMITTED.c.assignment_id.in_(submissions)),
        (SUBMISSION, SUBMISSION.c.student_id == trainee),
        (STUDENT, STUDENT.c.id == trainee),
    )


def _clean(engine: sa.Engine) -> None:
    """Write the tables anew: free space may hold what a comment said before it was changed."""
    if engine.dialect.name == "sqlite":
        raw = engine.raw_connection()
        try:
            raw.cursor().execute("VACUUM")
            # Of a gradebook that somebody has put into this mode.
            raw.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
        finally:
            raw.close()
        return
    names = ", ".join(engine.dialect.identifier_preparer.format_table(table) for table, _ in _about(""))
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql(f"VACUUM FULL {names}")


def without_rows(text: str, trainee: str) -> tuple[str, int]:
    """Return a CSV table without the rows of one person, and how many they were.

    A file that is no table with a column of names comes back as it was.
    """
    # With this, lines end where a CSV reader ends them; what is kept is kept with its quotes.
    lines = list(io.StringIO(text, newline=""))
    for delimiter in _DELIMITERS:
        try:
            reader = csv.reader(lines, delimiter=delimiter)
            header = [name.strip().lstrip("\ufeff") for name in next(reader, [])]
            places = [number for number, name in enumerate(header) if name in _NAMES]
            if places:
                return _other_rows(lines, reader, places, trainee)
        except csv.Error:
            continue
    return text, 0


def _other_rows(lines: Sequence[str], reader: Any, places: Sequence[int], trainee: str) -> tuple[str, int]:
    kept = [*lines[: reader.line_num]]
    rows, start = 0, reader.line_num
    for row in reader:
        cells = {row[place] for place in places if place < len(row)}
        if trainee in cells | {as_written(cell) for cell in cells}:
            rows += 1
        else:
            kept += lines[start : reader.line_num]
        start = reader.line_num
    return "".join(kept), rows


def without_lines(text: str, trainee: str) -> tuple[str, int]:
    """Return a table for a terminal without the line of one person."""
    lines = text.splitlines(keepends=True)
    kept = [line for line in lines if not line.startswith(f"{trainee:<{_WIDTH}} ")]
    return "".join(kept), len(lines) - len(kept)


def without_records(text: str, trainee: str) -> tuple[str, int]:
    """Return a log without what names one person, and without the error that is told after it."""
    named = word(trainee)
    kept: list[str] = []
    dropped, theirs = 0, False
    for record in _records(text):
        names = bool(named.search(record))
        # What nbgrader is at stays the same submission until it names another one.
        theirs = names or (theirs and not _SUBMISSION.search(record))
        if names or (theirs and _TRACEBACK in record):
            dropped += 1
        else:
            kept.append(record)
    return "".join(kept), dropped


def _records(text: str) -> Iterator[str]:
    record: list[str] = []
    nbgraders = any(_RECORD.match(line) for line in text.splitlines())
    for line in text.splitlines(keepends=True):
        if record and (not nbgraders or _RECORD.match(line)):
            yield "".join(record)
            record = []
        record.append(line)
    if record:
        yield "".join(record)


def read_text(path: Path) -> str:
    """Return a file as text; bytes that are none come back as they were with `replace_text`."""
    return path.read_bytes().decode("utf-8", "surrogateescape")


def replace_text(path: Path, text: str) -> None:
    """Put another text in a file's place in one step, for its owner's eyes alone."""
    descriptor, new = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".new")
    with os.fdopen(descriptor, "wb") as file:
        file.write(text.encode("utf-8", "surrogateescape"))
    Path(new).replace(path)
