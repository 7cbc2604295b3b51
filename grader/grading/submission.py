"""Reading what a trainee handed in, as data: answers, or the reason why there are none to grade."""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path

from grader.answers import Answers, read_answers
from grader.errors import AnswersFileError

ANSWERS = "answers.json"
MAX_FILES = 2_000


@dataclass(frozen=True, slots=True)
class Submission:
    """The answers of one trainee.

    Parameters
    ----------
    answers
        What can be graded; None when nothing can.
    refusal
        Why nothing can be graded, in plain words; empty when something can.
    """

    answers: Answers | None
    refusal: str = ""


def read_submission(folder: Path, assignment: str) -> Submission:
    """Read the answers in a submitted folder; whatever is wrong with them becomes a reason, never an exception.

    Parameters
    ----------
    folder
        ``submitted/<trainee>/<assignment>``.
    assignment
        The assignment that the answers must belong to.
    """
    links = find_links(folder)
    if links:
        return Submission(None, f"The submission contains a link instead of a file: {', '.join(links[:3])}.")
    if not os.path.lexists(folder / ANSWERS):
        return Submission(None, f"The submission has no {ANSWERS}, so there are no answers to grade.")
    try:
        answers = read_answers(folder / ANSWERS)
    except AnswersFileError as error:
        place = f" at {error.field}" if error.field else ""
        return Submission(None, f"The file {ANSWERS} cannot be graded{place}: {error.problem}.")
    except OSError as error:
        return Submission(None, f"The file {ANSWERS} cannot be read: {error.strerror}.")
    if answers.assignment != assignment:
        return Submission(None, f"These are answers to another assignment ({answers.assignment[:80]!r}).")
    return Submission(answers)


def find_links(folder: Path) -> list[str]:
    """Return the names of the links in a submission, itself and its trainee's folder included.

    nbgrader copies what a link points to, on the instructor's account; a link could point to a key.
    """
    found = [path.name for path in (folder.parent, folder) if path.is_symlink()]
    seen = 0
    for parent, directories, files in os.walk(folder):
        for name in directories + files:
            path = Path(parent, name)
            if path.is_symlink():
                found.append(str(path.relative_to(folder)))
        seen += len(files)
        if seen > MAX_FILES:
            break
    return sorted(found)


def fingerprint(folder: Path) -> str:
    """Return what changes whenever a trainee hands in something else: a digest of answers and time of handing in."""
    digest = hashlib.sha256()
    for name in ("timestamp.txt", ANSWERS):
        digest.update(name.encode() + plain_bytes(folder / name) + b"\0")
    digest.update("\n".join(find_links(folder)).encode())
    return digest.hexdigest()


def plain_bytes(path: Path, limit: int = 2_000_000) -> bytes:
    """Return at most ``limit`` bytes of an ordinary file; nothing for links, devices and missing files."""
    if path.is_symlink() or not path.is_file():
        return b""
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW)
    except OSError:
        return b""
    with os.fdopen(descriptor, "rb") as stream:
        return stream.read(limit)
