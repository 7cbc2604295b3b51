"""nbgrader's exchange with a closed course folder: what comes in is private, what goes out can be read.

A trainee owns the folder that is handed in.  A link in it is never followed: it would be opened with the instructor's rights,
and could lead to another trainee's answers or to a key.
"""

from __future__ import annotations

import os
import shutil
import stat
from pathlib import Path
from typing import Any

from nbgrader.exchange.default import ExchangeCollect
from nbgrader.utils import ignore_patterns

from grader.grading.intake.received import note_received
from grader.grading.release import ReleaseConfirmed

_FOLDER_MODE = 0o700
_FILE_MODE = 0o600
_READABLE = 0o644
_SHOWN = 5


class CollectPrivately(ExchangeCollect):  # type: ignore[misc]  # nbgrader has no types
    """``nbgrader collect``, and formgrader's button: copies that nobody else can open, links as links, with the time of arrival."""

    def do_copy(self, src: str, dest: str, log: Any = None) -> None:
        """Copy one submission; what cannot be copied is left out and named, and stops no other submission."""
        try:
            problem = self._unfit(Path(src)) or self._copied(Path(src), Path(dest))
        except (OSError, RecursionError) as error:
            problem = f"it cannot be read ({getattr(error, 'strerror', None) or type(error).__name__})"
        if problem:
            shutil.rmtree(dest, ignore_errors=True)
            self.log.error("Not collected: %s: %s. Ask the trainee to submit again.", src, problem)

    def _unfit(self, source: Path) -> str:
        if source.is_symlink():
            return "it is a link"
        size, most = self.get_size(str(source)), 1000 * self.coursedir.max_dir_size
        return f"it has {size:,} bytes, more than the {most:,} that are allowed" if size > most else ""

    def _copied(self, source: Path, target: Path) -> str:
        ignored = ignore_patterns(
            exclude=self.coursedir.ignore,
            include=self.coursedir.include,
            max_file_size=self.coursedir.max_file_size,
            log=self.log,
        )
        try:
            shutil.copytree(source, target, symlinks=True, ignore=ignored, copy_function=_copy)
        except shutil.Error as error:
            # The folder's own time and modes may be among it, which do not matter.
            names = sorted({str(Path(each[0]).relative_to(source)) for each in error.args[0]} - {"."})
            more = f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else ""
            if names:
                self.log.error(
                    "Left out of %s: %s%s cannot be read.", source, ", ".join(names[:_SHOWN]), more
                )
        _close(target)
        note_received(source, target)
        return ""


class ReleaseReadable(ReleaseConfirmed):
    """``nbgrader release_feedback``: a page keeps the mode of its source, which nobody else can read."""

    def copy_files(self) -> None:
        """Release what is confirmed, for the trainees to read; the names of the pages cannot be guessed."""
        super().copy_files()
        for page in Path(self.dest_path).glob("*.html"):
            if stat.S_IMODE(page.stat().st_mode) != _READABLE:
                page.chmod(_READABLE)


def _copy(source: Any, target: str) -> None:
    """Copy a file that is one at the moment of opening: a link is not followed, and a pipe is not waited for."""
    descriptor = os.open(source, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    with os.fdopen(descriptor, "rb") as read:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise shutil.SpecialFileError("not a file")
        new = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _FILE_MODE)
        with os.fdopen(new, "wb") as write:
            shutil.copyfileobj(read, write)


def _close(folder: Path) -> None:
    """Take from others what a copied folder allows them; a trainee's folder is open to everybody while it is on its way."""
    if folder.is_dir():
        folder.chmod(_FOLDER_MODE)
        for inner in folder.iterdir():
            if not inner.is_symlink():
                _close(inner)
