"""What a trainee handed in, looked at without opening any link or running anything."""

from __future__ import annotations

import errno
import os
import re
import stat
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Any

from grader.answers import MAX_BYTES, Answers, read_answers
from grader.errors import AnswersFileError, CourseError
from grader.grading.intake.altered import INSTEAD, altered
from grader.visible import one_line, short

MAX_ENTRIES = 2_000
MAX_DEPTH = 10
MAX_NOTEBOOK = 5_000_000
MAX_TRAINEE = 128
"""nbgrader's gradebook keeps so many characters of a name."""
_MAX_FILE_NAME = 240
MAX_TIMESTAMP = 100
_FILE, _FOLDER = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK, os.O_RDONLY | os.O_NOFOLLOW | os.O_DIRECTORY
_PRIVATE_FILE, _PRIVATE_FOLDER = 0o600, 0o700
_NO_TIME = "timestamp.txt does not hold a time; the submission counts as on time."


@dataclass(frozen=True, slots=True, repr=False)
class HandedIn:
    """One submission.

    Parameters
    ----------
    trainee
        nbgrader's name of the student.
    timestamp
        When it was handed in, as nbgrader wrote it; empty where it did not.
    answers
        Content of ``answers.json``, cut off behind its bound; None where there is none.
    refused
        Why nothing of it may be touched, and what to do; empty when all is well.
    remarks
        What is odd about it and does not matter to grading.
    """

    trainee: str
    timestamp: str
    answers: bytes | None
    refused: str = ""
    remarks: tuple[str, ...] = ()

    def __repr__(self) -> str:
        """Say nothing of what a trainee wrote: this may stand in a log."""
        return "HandedIn(…)"


def take_in(folder: Path, trainee: str, assignment: str, released: Mapping[str, Any]) -> HandedIn:
    """Look at one submission, within bounds whatever it holds.

    Parameters
    ----------
    folder
        ``submitted/<trainee>/<assignment>``.
    trainee
        nbgrader's name of the student.
    assignment
        Whose notebook to look for.
    released
        The released notebook.
    """
    try:
        if fault := name_fault(trainee):
            raise CourseError(fault)
        with _folder(folder.parent) as above, _folder(folder.name, above) as place:
            sizes = _looked_through(place)
            answers = content("answers.json", MAX_BYTES, place) if "answers.json" in sizes else None
            stamped = "timestamp.txt" in sizes
            at = timestamp(content("timestamp.txt", MAX_TIMESTAMP, place)) if stamped else ""
            remark = _notebook(place, f"{assignment}.ipynb", sizes, released)
            _make_private(place)
    except CourseError as error:
        return HandedIn(trainee, "", None, str(error))
    except OSError as error:
        return HandedIn(trainee, "", None, f"It cannot be read ({error.strerror}). {_PERMIT}")
    return HandedIn(trainee, at, answers, "", (_NO_TIME,) * (stamped and not at) + (remark,) * bool(remark))


@contextmanager
def _folder(name: str | Path, within: int | None = None) -> Iterator[int]:
    try:
        place = os.open(name, _FOLDER, dir_fd=within)
    except OSError as error:
        if error.errno not in (errno.ELOOP, errno.ENOTDIR, errno.ENOENT):
            raise
        raise CourseError(f"Its folder is a link, or no folder. Links are not followed: {_ASK}") from None
    try:
        yield place
    finally:
        os.close(place)


def _entries(place: int, depth: int = 1) -> Iterator[tuple[int, os.DirEntry[str], int]]:
    """Yield what a folder holds, with the folder that it is in and the depth; no link is followed."""
    with os.scandir(place) as entries:
        for entry in entries:
            yield place, entry, depth
            if entry.is_dir(follow_symlinks=False):
                with _folder(entry.name, place) as inner:
                    yield from _entries(inner, depth + 1)


def _looked_through(place: int) -> dict[str, int]:
    """Return the sizes of the files that are not in a folder of their own; what must not be touched is refused."""
    sizes: dict[str, int] = {}
    for number, (_, entry, depth) in enumerate(_entries(place), start=1):
        if number > MAX_ENTRIES:
            raise CourseError(f"It holds more than {MAX_ENTRIES:,} files and folders. {_ALONE}")
        if depth > MAX_DEPTH:
            raise CourseError(f"Its folders are nested more than {MAX_DEPTH} levels deep. {_ALONE}")
        status = entry.stat(follow_symlinks=False)
        _check(entry.name, status)
        if depth == 1 and stat.S_ISREG(status.st_mode):
            sizes[entry.name] = status.st_size
    return sizes


_ASK = "ask for the file or folder itself."
_ALONE = "Ask the trainee to submit the folder of the assignment and nothing else."


def _check(name: str, status: os.stat_result) -> None:
    """Refuse what is no file or folder of the trainee's own."""
    mode, is_file = status.st_mode, stat.S_ISREG(status.st_mode)
    needed = stat.S_IRUSR if is_file else stat.S_IRUSR | stat.S_IXUSR
    if stat.S_ISLNK(mode):
        what, then = "a link", f"Links are not followed: {_ASK}"
    elif not is_file and not stat.S_ISDIR(mode):
        what, then = "a pipe, a socket or a device", "Remove it, then grade again."
    elif is_file and status.st_nlink > 1:
        what, then = "a hard link", f"It may be anybody's file: {_ASK}"
    elif mode & needed != needed:
        what, then = "what even its owner may not read", _PERMIT
    else:
        return
    raise CourseError(f'It contains {what} ("{short(name, 60)}"). {then}')


_PERMIT = "Let yourself read and write all of it (chmod -R u+rwX), then grade again."


def content(name: str | Path, most: int, within: int | None = None) -> bytes:
    """Return the content of a file, of a longer one as much as tells that it is longer.

    Parameters
    ----------
    name
        Path of the file.
    most
        How many bytes it may have.
    within
        Descriptor of the folder that the path starts from.

    Raises
    ------
    CourseError
        When it is no file, or a hard link.
    OSError
        When it is a symbolic link, missing, or cannot be read.
    """
    with open(name, "rb", opener=lambda path, how: os.open(path, how | _FILE, dir_fd=within)) as file:
        _check(str(name), os.fstat(file.fileno()))
        return file.read(most + 1)


def timestamp(text: bytes) -> str:
    """Return what a ``timestamp.txt`` says, or ``""`` when it says no time."""
    said = text.decode("utf-8", "replace").strip()
    return said if len(text) <= MAX_TIMESTAMP and utc(said) else ""


def _notebook(place: int, name: str, sizes: Mapping[str, int], released: Mapping[str, Any]) -> str:
    """Return what is odd about the notebook, or ``""``."""
    if name not in sizes:
        return f"The notebook is missing; {INSTEAD}."
    if sizes[name] > MAX_NOTEBOOK:
        return f"The notebook is larger than {MAX_NOTEBOOK // 1_000_000} MB and was not opened; {INSTEAD}."
    return altered(content(name, MAX_NOTEBOOK, place), released)


def _make_private(place: int) -> None:
    """Keep others of this machine out; where that is not possible, grading goes on."""
    with suppress(OSError, CourseError):
        os.fchmod(place, _PRIVATE_FOLDER)
        for folder, entry, _ in islice(_entries(place), MAX_ENTRIES):
            with suppress(OSError):
                _close(folder, entry)


def _close(folder: int, entry: os.DirEntry[str]) -> None:
    mode = stat.S_IMODE(entry.stat(follow_symlinks=False).st_mode)
    wanted = _PRIVATE_FOLDER if entry.is_dir(follow_symlinks=False) else _PRIVATE_FILE
    if mode & ~wanted:
        descriptor = os.open(entry.name, _FILE, dir_fd=folder)
        try:
            os.fchmod(descriptor, wanted)
        finally:
            os.close(descriptor)


def read_submission(folder: Path, assignment: str) -> Answers:
    """Return the answers of one submission.

    Raises
    ------
    AnswersFileError
        When they are missing, damaged or those of another assignment.
    """
    return those_of(assignment, read_answers(folder / "answers.json"))


def those_of(assignment: str, answers: Answers) -> Answers:
    """Return answers that are those of an assignment; errors as in `read_submission`."""
    if answers.assignment != assignment:
        problem = f'they are the answers to "{short(answers.assignment)}", not to "{assignment}"'
        raise AnswersFileError("answers.json", "assignment", problem, "Ask for the file of this assignment")
    return answers


def name_fault(name: str) -> str:
    """Return why nothing can be kept under a trainee's name, or ``""`` when it is fine."""
    remedy = "Give the trainee's folder another name."
    if not name or name != name.strip() or name.startswith("."):
        return (
            f"A trainee's name cannot be empty, nor begin with a dot or a blank, nor end with one. {remedy}"
        )
    if not name.isprintable() or one_line(name) != name:
        return f"The trainee's name has characters that cannot be seen. {remedy}"
    if found := re.search(r"""[/\\*?\[\]<>&"]""", name):
        return f"The trainee's name has {found[0]} in it, which means something else in names of files and on pages. {remedy}"
    if len(name) > MAX_TRAINEE or len(name.encode()) > _MAX_FILE_NAME:
        return (
            f"The trainee's name is longer than {MAX_TRAINEE} characters, or {_MAX_FILE_NAME} bytes. {remedy}"
        )
    return ""


def utc(text: str) -> datetime | None:
    """Return a time as nbgrader's own ``parse_utc`` reads it, in UTC and without a zone, or None where it is none.

    A time of which the day is left open is none: it would be another one each day.
    """
    if re.fullmatch(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d{1,6})?( UTC)?", text, re.ASCII):
        with suppress(ValueError):
            return datetime.fromisoformat(text.removesuffix(" UTC"))
    if not _TIME.fullmatch(text):
        return None
    try:
        return _parsed(text)
    except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError):
        return None


# A zone may not be the path of a file: dateutil would open it.
_TIME = re.compile(r"(?=.*\d)[\w:., +-]{,100}(?: [A-Za-z]+(?:/[A-Za-z_+\-\d]+){1,2})?", re.ASCII)
_DEFAULTS = datetime(2001, 1, 1), datetime(2004, 2, 2)


def _parsed(text: str) -> datetime | None:
    from dateutil import parser, tz  # type: ignore[import-untyped]  # takes a while, and is rarely needed

    zones: dict[str, Any] = {}
    parts = text.split(" ")
    if len(parts) == 3:
        zone = parts[2]
        # As nbgrader has it: a number is so many seconds, and an unknown zone is UTC.
        zones["TZ"] = int(zone) if re.fullmatch(r"[+-]?\d{1,6}", zone) else tz.gettz(zone)
        text = f"{parts[0]} {parts[1]} TZ"
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # they quote the text
        found, other = (parser.parse(text, default=day, tzinfos=zones) for day in _DEFAULTS)
    if found != other:
        return None
    offset = found.utcoffset()
    moment: datetime = found if offset is None else (found - offset).replace(tzinfo=None)
    return moment
