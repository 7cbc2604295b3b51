"""When a submission arrived, by the clock of the computer that the class is on.

nbgrader's time of submission is written by the trainee's own process.  When a file was last changed in the exchange is kept by
the computer, and nobody who hands in can set it: so `collect` notes it beside what it copies.
"""

from __future__ import annotations

import os
import shutil
from datetime import UTC, datetime
from pathlib import Path

from grader.errors import CourseError
from grader.grading.intake.submission import MAX_TIMESTAMP, content, utc

RECEIVED = "received.txt"
_FILE_MODE = 0o600


def note_received(source: Path, target: Path) -> None:
    """Write down when a submission arrived; a file of this name that was handed in goes.

    Parameters
    ----------
    source
        The folder in the exchange, already copied: what was changed before copying shows in its times.
    target
        The copy.

    Raises
    ------
    OSError
        When it cannot be written.
    """
    newest = max(path.lstat().st_ctime for path in (source, *source.iterdir()))
    path = target / RECEIVED
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _FILE_MODE)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(f"{datetime.fromtimestamp(newest, UTC):%Y-%m-%d %H:%M:%S.%f} UTC")


def read_received(folder: Path) -> datetime | None:
    """Return when a submission arrived; None where `collect` did not bring it, as with an archive.

    Parameters
    ----------
    folder
        ``submitted/<trainee>/<form>``.
    """
    try:
        found = utc(content(folder / RECEIVED, MAX_TIMESTAMP).decode("ascii", "replace"))
    except (CourseError, OSError):
        return None
    return found.replace(tzinfo=UTC) if found else None
