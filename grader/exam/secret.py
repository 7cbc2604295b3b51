"""The secret seed of an exam, and everything that is derived from it for one trainee at one attempt."""

from __future__ import annotations

import base64
import hashlib
import hmac
import os
import random
import secrets
import stat
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from grader.errors import CourseError

FEWEST = 32
"""Characters of a seed that nobody finds by trying."""
_OTHERS = 0o077
_PRIVATE = 0o600
_PRIVATE_FOLDER = 0o700
_MOST_BYTES = 10_000
_GROUP = 4


@dataclass(frozen=True, slots=True)
class Source:
    """What one trainee's form at one attempt is derived from; it shows nothing when it is printed.

    Parameters
    ----------
    seed
        The secret.
    exam
        Id of the blueprint.
    trainee
        nbgrader's name of the student.
    attempt
        1 for the first sitting.
    """

    seed: str
    exam: str
    trainee: str
    attempt: int

    def __repr__(self) -> str:
        return f"Source({self.exam!r}, {self.trainee!r}, {self.attempt})"

    def digest(self, purpose: str) -> bytes:
        """Return HMAC-SHA256 of purpose, exam, trainee and attempt: nothing of one purpose tells anything of another."""
        told = f"{purpose}/{self.exam}/{self.trainee}/{self.attempt}"
        return hmac.new(self.seed.encode("utf-8"), told.encode("utf-8"), hashlib.sha256).digest()

    @property
    def form(self) -> str:
        """Id of the form."""
        return f"{self.exam}-{self.digest('form').hex()[:8]}"

    @property
    def opening_code(self) -> str:
        """What the trainee opens the form with: 16 letters in groups of four."""
        letters = base64.b32encode(self.digest("open")[:10]).decode("ascii")
        return "-".join(letters[at : at + _GROUP] for at in range(0, len(letters), _GROUP))

    def randomness(self) -> random.Random:
        """Return the one source of chance of this form."""
        return random.Random(self.digest("draw"))

    def family_seed(self, place: str, again: int) -> str:
        """Return the seed of one draw from a family."""
        return f"{self.digest('family').hex()}/{place}/{again}"


def fingerprint(seed: str, exam: str) -> str:
    """Return what tells whether another seed is the same one, and nothing else."""
    return hmac.new(seed.encode("utf-8"), f"same/{exam}".encode(), hashlib.sha256).hexdigest()[:16]


def read_seed(path: Path, shared: Mapping[str, Path]) -> str:
    """Read the secret seed.

    Parameters
    ----------
    path
        A file of the instructor's.
    shared
        Folders that other people get to see, by what they are: no seed may stand in them.

    Raises
    ------
    CourseError
        When there is no seed, or it is none that only its owner knows.
    """
    _check_place(path, shared)
    try:
        found = path.stat()
        if not stat.S_ISREG(found.st_mode):
            raise CourseError(f"{path} is not a file. Make a seed with `python -m grader exam seed FILE`.")
        if found.st_mode & _OTHERS:
            raise CourseError(
                f"Other people can read {path}, and with the seed they could find every form and key. Close it"
                f" (chmod 600 {path}); if somebody may have read it, make a new one before you draw."
            )
        with path.open("rb") as file:
            seed = file.read(_MOST_BYTES).decode("utf-8").strip()
    except FileNotFoundError:
        raise CourseError(
            f"There is no file {path}. Make a seed with `python -m grader exam seed {path}`."
        ) from None
    except UnicodeDecodeError:
        raise CourseError(
            f"{path} is not text. Make a seed with `python -m grader exam seed FILE`."
        ) from None
    except OSError as error:
        raise CourseError(f"{path} cannot be read ({error.strerror}).") from None
    if len(seed) < FEWEST or len(set(seed)) < FEWEST // 4:
        raise CourseError(
            f"The seed in {path} needs {FEWEST} characters or more, and different ones: a short one could be found by"
            " trying, and with it every key. Make one with `python -m grader exam seed FILE`."
        )
    return seed


def _check_place(path: Path, shared: Mapping[str, Path]) -> None:
    place = path.expanduser().resolve()
    for what, folder in shared.items():
        if place.is_relative_to(folder.resolve()):
            raise CourseError(
                f"{path} is inside {what} ({folder}), which other people see or get a copy of. Keep the seed in a folder of your"
                " own."
            )


def make_seed(path: Path, shared: Mapping[str, Path]) -> None:
    """Write a new seed that nobody else can read, into a folder that is made where it is missing.

    Raises
    ------
    CourseError
        When there is a file already, or it cannot be written there.
    """
    _check_place(path, shared)
    try:
        path.parent.mkdir(mode=_PRIVATE_FOLDER, parents=True, exist_ok=True)
    except OSError as error:
        raise CourseError(f"The folder {path.parent} cannot be made ({error.strerror}).") from None
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, _PRIVATE)
    except FileExistsError:
        raise CourseError(f"{path} is there already. Nothing was changed: forms may rest on it.") from None
    except OSError as error:
        raise CourseError(f"{path} cannot be written ({error.strerror}).") from None
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(f"{secrets.token_hex(FEWEST)}\n")
