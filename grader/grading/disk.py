"""A full disk, told in plain words."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager

from grader.errors import CourseError

_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


@contextmanager
def room() -> Iterator[None]:
    """Say what to do when there is no room left on the disk.

    Raises
    ------
    CourseError
        In place of the error that a full disk raises.
    """
    try:
        yield
    except OSError as error:
        if error.errno not in _FULL:
            raise
        raise CourseError(
            "The disk is full. What was graded is kept; free some space and run the command again: it goes on where it"
            " stopped."
        ) from error
