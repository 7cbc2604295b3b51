"""Tables for a spreadsheet: no cell is a formula, nobody else may read the file, and half a file never takes its place."""

from __future__ import annotations

import csv
import os
import tempfile
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from itertools import dropwhile
from pathlib import Path
from typing import TextIO

from grader.errors import CourseError

FORMULA = tuple("=+-@＝＋－＠\t\r\n")
"""What a spreadsheet takes for the beginning of a formula; East Asian ones take the wide forms as well."""
# Some spreadsheets drop these before they look.
_QUOTES = frozenset("'\"`´‘’‚‛“”„‟«»＇＂")
_MINUS = "\u2212"

Cell = str | float | int | None


def is_formula(text: str) -> bool:
    """Whether a spreadsheet may take a text for a formula, behind blanks and quotes as well."""
    if text.startswith(FORMULA):
        return True
    first = next(dropwhile(_is_passed_over, text), "")
    # Small, raised and wide forms of a sign are the same sign.
    return first == _MINUS or unicodedata.normalize("NFKC", first).startswith(FORMULA)


def _is_passed_over(character: str) -> bool:
    return character in _QUOTES or unicodedata.category(character)[0] in "ZC"


def no_formula(text: str) -> str:
    """Return a text so that a spreadsheet does not take it for a formula; `as_written` gives it back."""
    return f"'{text}" if is_formula(text) else text


def as_written(text: str) -> str:
    """Return what a text was before `no_formula`."""
    return text[1:] if text.startswith("'") and is_formula(text[1:]) else text


@contextmanager
def private_file(path: Path) -> Iterator[TextIO]:
    """Open a new file for its owner's eyes alone; it takes the place of ``path`` when all of it is written.

    Raises
    ------
    CourseError
        When it cannot be written; what stood there stays as it was.
    """
    try:
        descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name[:100]}.", suffix=".new")
    except OSError as error:
        raise _cannot_write(path, error) from error
    new = Path(name)
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8", errors="backslashreplace", newline="") as file:
            yield file
        new.replace(path)
    except OSError as error:
        raise _cannot_write(path, error) from error
    finally:
        new.unlink(missing_ok=True)


def _cannot_write(path: Path, error: OSError) -> CourseError:
    return CourseError(f"{path} cannot be written: {error.strerror or error}. Nothing was changed.")


@contextmanager
def private_table(path: Path, columns: Sequence[str]) -> Iterator[Callable[[Sequence[Cell]], object]]:
    """Write a CSV file row by row: give each row to what this yields.

    Text is made harmless by `no_formula`; numbers stay numbers, and None is an empty cell.
    """
    with private_file(path) as file:
        # Both ends of a line: Python 3.11 puts a lone carriage return in quotes for no other line ending.
        writer = csv.writer(file, lineterminator="\r\n")
        writer.writerow(columns)
        yield lambda row: writer.writerow([_cell(value) for value in row])


def _cell(value: Cell) -> Cell:
    if isinstance(value, str):
        return no_formula(value)
    return round(value, 4) if isinstance(value, float) else value
