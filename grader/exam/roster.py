"""Who sits an exam: a table with a line for each trainee, as a spreadsheet saves it."""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from grader.errors import RosterFileError
from grader.visible import one_line, short

COLUMNS = ("trainee", "name", "email")
EXTRA = "extra_minutes"
"""The column that may follow: so many minutes more than the blueprint gives."""
MOST_EXTRA = 300
MOST = 5_000
_MOST_BYTES = 2_000_000
_LONGEST = {"trainee": 100, "name": 200, "email": 254}
_MOST_NAME_BYTES = 200  # of a folder; some file systems end at 255
# What means something else in names of folders, in patterns, and on pages; nbgrader's own table of names is stricter nowhere.
_FOREIGN = re.compile(r"""[/\\*?\[\]<>&"|%,:]""")
_REPORT = "report"
_FORMULA = ("=", "+", "-", "@")
_EMAIL = re.compile(r"[^\s@]+@[^\s@]+\.[^\s@]+")


@dataclass(frozen=True, slots=True)
class Trainee:
    """One line: nbgrader's name of the student, the person's name as a certificate shows it, and an address or ``""``.

    ``extra`` are minutes more than the blueprint gives; None where the roster has no such column.
    """

    trainee: str
    name: str
    email: str
    extra: int | None = None


def read_roster(path: Path) -> tuple[Trainee, ...]:
    """Read a roster: a CSV file with the columns trainee, name, email and, where it is wanted, extra_minutes.

    Raises
    ------
    RosterFileError
        Names the line and what to do.
    """
    lines = csv.reader(_text(path).splitlines(), strict=True)
    try:
        rows = [(lines.line_num, [cell.strip() for cell in row]) for row in lines]
    except csv.Error as error:
        raise _wrong(
            path, lines.line_num, f"it is no line of a table ({error})", "Save it as CSV (UTF-8)"
        ) from None
    rows = [(number, row) for number, row in rows if any(row)]
    if not rows:
        raise RosterFileError(path, "", "it is empty", f"Begin with the line {','.join(COLUMNS)}")
    columns = _columns(path, *rows[0])
    trainees = tuple(_trainee(path, number, row, columns) for number, row in rows[1:])
    if not trainees:
        raise RosterFileError(path, "", "it names nobody", "Write a line for each trainee below the first")
    if len(trainees) > MOST:
        raise RosterFileError(path, "", f"it names more than {MOST:,}", "Split it, and draw for each part")
    for number, problem in _twice([number for number, _ in rows[1:]], trainees):
        raise _wrong(path, number, problem, "Keep one of the lines")
    return trainees


def _text(path: Path) -> str:
    try:
        with path.open("rb") as file:
            data = file.read(_MOST_BYTES + 1)
    except OSError as error:
        raise RosterFileError(
            path, "", f"it cannot be read ({error.strerror})", "Name the file of the roster"
        ) from None
    if len(data) > _MOST_BYTES:
        raise RosterFileError(
            path, "", f"it has more than {_MOST_BYTES:,} bytes", "Name the file of the roster"
        )
    try:
        return unicodedata.normalize("NFC", data.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise RosterFileError(
            path, "", "it is not UTF-8 text", "Save it as CSV (UTF-8), so that every name can be written"
        ) from None


def _columns(path: Path, number: int, header: list[str]) -> tuple[str, ...]:
    names = tuple(name.casefold() for name in header)
    if names in (COLUMNS, (*COLUMNS, EXTRA)):
        return names
    wanted = ",".join(COLUMNS)
    if len(header) == 1 and ";" in header[0]:
        raise _wrong(path, number, "its columns are parted by semicolons", "Save it with commas between them")
    if foreign := [name for name in names if name not in (*COLUMNS, EXTRA)]:
        problem = f"there is no column {short(foreign[0])!r} in a roster"
        raise _wrong(path, number, problem, f"Keep three columns: {wanted}; a fourth may be {EXTRA}")
    problem = f"it does not name the columns in order: three, and {EXTRA} where somebody gets more time"
    raise _wrong(path, number, problem, f"Begin with the line {wanted}")


def _trainee(path: Path, number: int, row: list[str], columns: tuple[str, ...]) -> Trainee:
    if len(row) != len(columns):
        problem = f"it has {len(row)} cells, and the roster {len(columns)} columns"
        remedy = f"Write {','.join(columns)}; put a name with a comma in quotes, and leave a cell empty for no address"
        raise _wrong(path, number, problem, remedy)
    extra = _minutes(path, number, row[-1]) if EXTRA in columns else None
    found = Trainee(row[0], row[1], row[2], extra)
    for problem, remedy in _faults(found):
        raise _wrong(path, number, problem, remedy)
    return found


def _minutes(path: Path, number: int, cell: str) -> int:
    if not cell:
        return 0
    if re.fullmatch(r"\d{1,3}", cell, re.ASCII) and int(cell) <= MOST_EXTRA:
        return int(cell)
    problem = f"{short(cell)} is no number of extra minutes"
    raise _wrong(path, number, problem, f"Write a whole number from 0 to {MOST_EXTRA}, or leave it empty")


def _faults(found: Trainee) -> Iterator[tuple[str, str]]:
    for column, cell in zip(COLUMNS, (found.trainee, found.name, found.email), strict=True):
        if not cell and column != "email":
            yield f"the {column} is missing", "Fill it in"
        elif len(cell) > _LONGEST[column]:
            yield f"the {column} has more than {_LONGEST[column]} characters", "Shorten it"
        elif not cell.isprintable() or one_line(cell) != cell:
            yield f"the {column} has characters that cannot be seen", "Type it anew"
        elif cell.startswith(_FORMULA):
            yield f"the {column} begins with {cell[0]}, which a spreadsheet takes for a formula", "Correct it"
    if any(letter.isspace() for letter in found.trainee):
        yield "the trainee has a space in it", "Write the name that the person logs in with"
    if foreign := _FOREIGN.search(found.trainee):
        yield (
            f"the trainee has {foreign[0]} in it, which means something else in names of folders",
            "Write the name that the trainee has in nbgrader and JupyterHub",
        )
    if found.trainee.startswith(".") or len(found.trainee.encode()) > _MOST_NAME_BYTES:
        yield "no folder can have the trainee's name", "Write a shorter one that does not begin with a dot"
    if found.trainee.casefold() == _REPORT:
        yield (
            f"the trainee cannot be called {found.trainee}: the page of the instructor's report is",
            "Give the trainee another name in nbgrader, and write that",
        )
    if found.email and not _EMAIL.fullmatch(found.email):
        yield f"{short(found.email)} is no address", "Correct it, or leave it empty"


def _twice(numbers: list[int], trainees: tuple[Trainee, ...]) -> Iterator[tuple[int, str]]:
    """Yield the number of each line whose trainee, or address, another line has; capitals make no difference."""
    seen: dict[tuple[str, str], int] = {}
    for number, each in zip(numbers, trainees, strict=True):
        for column, cell in (("trainee", each.trainee), ("email", each.email)):
            before = seen.setdefault((column, cell.casefold()), number) if cell else number
            if before != number:
                yield number, f"the {column} {short(cell)} stands on line {before} as well"


def _wrong(path: Path, number: int, problem: str, remedy: str) -> RosterFileError:
    return RosterFileError(path, f"line {number}", problem, remedy)
