"""The ``autograded`` folders that formgrader and nbgrader's feedback read, each put in place in one step."""

from __future__ import annotations

import os
import shutil
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from grader.answers import MAX_BYTES
from grader.grading.graded import Graded
from grader.grading.record import FOLDER, PRIVATE, UNFINISHED

SECRET = "submission_secret.txt"
"""From which nbgrader makes the name that only this trainee knows of the feedback."""
_STAGING = ".staging"
_SECRET_MOST = 1000  # bytes
_FOLDER_MODE = 0o700


def autograded(course: Path, trainee: str, assignment: str) -> Path:
    """Return nbgrader's folder of one graded submission."""
    return course / "autograded" / trainee / assignment


@contextmanager
def staging(course: Path, assignment: str) -> Iterator[Path]:
    """Give a folder on the same disk to prepare things in; what a killed run left there goes first, and all of it last."""
    folder = course / FOLDER / assignment / _STAGING
    shutil.rmtree(folder, ignore_errors=True)
    for left in folder.parent.glob(f".*{UNFINISHED}"):
        left.unlink()
    folder.mkdir(parents=True, mode=_FOLDER_MODE)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def place(course: Path, assignment: str, graded: Graded, staged: Path) -> None:
    """Put the folder of one graded submission in place; the one before is moved aside first and removed last.

    Parameters
    ----------
    staged
        What `staging` gave.
    """
    new, old = staged / "new", staged / "old"
    new.mkdir(mode=_FOLDER_MODE)
    _write(new / f"{assignment}.ipynb", graded.notebook.encode())
    secret = _secret(course / "submitted" / graded.trainee / assignment)
    if secret:
        _write(new / SECRET, secret)
    if graded.record.timestamp:
        _write(new / "timestamp.txt", graded.record.timestamp.encode())
    # An answers.json beyond the bound is not one.
    if graded.answers is not None and len(graded.answers) <= MAX_BYTES:
        _write(new / "answers.json", graded.answers)
    target = autograded(course, graded.trainee, assignment)
    target.parent.mkdir(parents=True, exist_ok=True, mode=_FOLDER_MODE)
    if target.is_symlink() or target.exists():
        target.rename(old)
    new.rename(target)
    if old.is_symlink():
        old.unlink()
    elif old.exists():
        shutil.rmtree(old)


def _secret(submitted: Path) -> bytes:
    """Return what nbgrader has put beside a submission; nothing where there is none, or something else in its place."""
    try:
        descriptor = os.open(submitted / SECRET, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except OSError:
        return b""
    with os.fdopen(descriptor, "rb") as file:
        return file.read(_SECRET_MOST) if stat.S_ISREG(os.fstat(descriptor).st_mode) else b""


def _write(path: Path, content: bytes) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, PRIVATE)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
