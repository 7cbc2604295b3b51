"""Trainees' notebooks run behind walls: no network, nothing outside readable or writable, every resource limited.

Scores never need this: answers are data.  It is for an instructor who wants to see what a notebook does.
What comes back is data of the trainee's making, whatever it says: it is bounded, parsed as JSON and never run.
"""

from __future__ import annotations

import errno
import os
import stat
import tempfile
from pathlib import Path

from grader.errors import CourseError
from grader.grading.sandbox.outcome import Limits, Outcome, size, told
from grader.grading.sandbox.running import missing, run

__all__ = ["Limits", "Outcome", "missing", "run_notebook"]

BESIDE = ("cases.json", "answers.json")
_USUAL = Limits()
_CLOSED = {
    errno.ENOENT: "is missing",
    errno.ELOOP: "is a link and was not opened",
    errno.EINVAL: "is not an ordinary file and was not opened",
}


def run_notebook(folder: Path, name: str, out: Path, limits: Limits = _USUAL) -> Outcome:
    """Run a trainee's notebook closed off from everything, and keep what it showed.

    Parameters
    ----------
    folder
        The submission.
    name
        The notebook's file in it.
    out
        Where the executed notebook goes, readable by its owner alone; written only when there is one.
    limits
        How much it may use.

    Returns
    -------
    Outcome
        Whether it ran to its end, and a sentence for an instructor.  Nothing that a trainee wrote raises.

    Raises
    ------
    CourseError
        Where notebooks cannot be closed off.
    """
    obstacle = missing()
    if obstacle:
        raise CourseError(f"Trainees' notebooks cannot be run here. {obstacle}")
    if Path(name).name != name:
        return Outcome(False, "There is no notebook of that name.")
    files: dict[str, bytes] = {}
    for file in (name, *BESIDE):
        try:
            files[file] = _read(folder / file, limits.file_bytes)
        except OSError as error:
            if file == name or error.errno != errno.ENOENT:
                return Outcome(False, f"{file} {_why(error, limits)}.")
    sent, stopped = run(name, files, limits)
    outcome, notebook = told(sent, stopped, limits)
    if notebook:
        _write(out, notebook)
    return outcome


def _why(error: OSError, limits: Limits) -> str:
    if error.errno == errno.EFBIG:
        return f"is larger than {size(limits.file_bytes)} and was not opened"
    return _CLOSED.get(error.errno or 0, "cannot be opened")


def _read(path: Path, most: int) -> bytes:
    """Return what an ordinary file holds; a link, a pipe or a device is not opened."""
    descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    with os.fdopen(descriptor, "rb") as file:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise OSError(errno.EINVAL, "not an ordinary file")
        content = file.read(most + 1)
    if len(content) > most:
        raise OSError(errno.EFBIG, "too large")
    return content


def _write(out: Path, content: bytes) -> None:
    """Put the file in place in one step: a link that stands there is replaced, never followed."""
    out.parent.mkdir(parents=True, exist_ok=True)
    descriptor, draft = tempfile.mkstemp(prefix=f".{out.name}.", dir=out.parent)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
        Path(draft).replace(out)
    except BaseException:
        Path(draft).unlink(missing_ok=True)
        raise
