"""One grading of an assignment, and one writer of what the whole course shares, at a time."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from grader.errors import CourseError
from grader.grading.record import FOLDER, PRIVATE


@contextmanager
def alone(course: Path, assignment: str) -> Iterator[None]:
    """Keep every other grading of the same assignment out; the lock goes with the process, however it ends.

    Raises
    ------
    CourseError
        When another one is at work.
    """
    folder = course / FOLDER / assignment
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    descriptor = os.open(folder / ".lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, PRIVATE)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            who = os.read(descriptor, 20).decode("ascii", "replace").strip()
            raise CourseError(
                f"{assignment} is being graded right now (process {who or 'unknown'}). Wait for it to end; nothing was done."
            ) from None
        os.truncate(descriptor, 0)
        os.pwrite(descriptor, str(os.getpid()).encode(), 0)
        yield
    finally:
        os.close(descriptor)


@contextmanager
def one_at_a_time(course: Path) -> Iterator[None]:
    """Wait until nobody else writes what is about all assignments, and keep others waiting; it never takes long."""
    folder = course / FOLDER
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    descriptor = os.open(folder / ".lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, PRIVATE)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)
