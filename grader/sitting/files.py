"""Files of a sitting: read within bounds, written so that they are on the disk when it says so."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

try:
    import fcntl
except ImportError:  # Windows, where trainees may work and nobody grades
    fcntl = None  # type: ignore[assignment]  # asked for before each use

_STEP = 4096
_MODE = 0o644  # as answers.json: whoever collects has to read it
_PLAIN = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)


def content(path: Path, most: int) -> bytes | None:
    """Return the content of an ordinary file, of a longer one as much as tells that it is longer; None where there is none.

    A link, a pipe or a folder is none, and a hard link is none: it may be anybody's file.
    """
    try:
        with open(path, "rb", opener=lambda name, how: os.open(name, how | _PLAIN)) as file:
            status = os.fstat(file.fileno())
            if not stat.S_ISREG(status.st_mode) or status.st_nlink > 1:
                return None
            return file.read(most + 1)
    except OSError:
        return None


@contextmanager
def turn(path: Path) -> Iterator[None]:
    """Wait until no other notebook on the same form is writing, and keep others waiting.

    Parameters
    ----------
    path
        The file that stands for all files of the sitting; it is made where there is none.
    """
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_CLOEXEC", 0), _MODE)
    try:
        if fcntl is not None:
            with suppress(OSError):  # some network drives know no locks; two notebooks at a time are rare
                fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def append(path: Path, line: bytes) -> None:
    """Add a line, and return when it is on the disk.

    What a power failure left of half a line was never acknowledged: it goes.
    """
    with open(path, "r+b", opener=lambda name, how: os.open(name, how | os.O_CREAT, _MODE)) as file:
        whole = _whole(file)
        try:
            file.truncate(whole)
            file.seek(whole)
            file.write(line + b"\n")
            file.flush()
            os.fsync(file.fileno())
        except OSError:
            os.truncate(path, whole)
            raise


def _whole(file: BinaryIO) -> int:
    """Return how long a file is without half a line at its end."""
    end = file.seek(0, os.SEEK_END)
    while end:
        start = max(0, end - _STEP)
        file.seek(start)
        if found := file.read(end - start).rfind(b"\n") + 1:
            return start + found
        end = start
    return 0
