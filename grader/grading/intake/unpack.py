"""A zip of submissions put in place: each trainee's folder in one step, and an older one only by a newer one.

Whatever an archive holds, one trainee's part harms no other's.  A run may end at any point: the next one puts right what
this one left.
"""

from __future__ import annotations

import errno
import os
import shutil
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from grader.errors import CourseError
from grader.grading.intake.archive import DAMAGED, IN_PARTS, SUBMITTED, Entry, folded, listing, opened
from grader.grading.intake.received import RECEIVED
from grader.grading.intake.submission import MAX_TIMESTAMP, content, timestamp, utc
from grader.grading.lock import alone
from grader.grading.record import FOLDER, PRIVATE

MAX_FILE = 20_000_000
MAX_SUBMISSION = 50_000_000
MAX_ARCHIVE = 10_000_000_000
MAX_RATIO = 200
"""So much larger than its packed form may a file be; text is ten times as large."""
_SMALL = 1_000_000
_CHUNK = 65_536
_PRIVATE_FOLDER = 0o700
_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EIO, errno.EROFS)


@dataclass(frozen=True, slots=True)
class Unpacked:
    """What became of an archive.

    Parameters
    ----------
    taken
        Trainees whose submissions were put in place.
    skipped
        Trainees who have handed in already, and not earlier.
    refused
        By trainee why nothing was taken; under the empty name, which entries belong to nobody.
    """

    taken: tuple[str, ...]
    skipped: tuple[str, ...]
    refused: Mapping[str, str]


def unpack(archive: Path, course_root: Path, assignment: str) -> Unpacked:
    """Put the submissions of a zip archive into ``submitted/``.

    Parameters
    ----------
    archive
        With ``submitted/<trainee>/<assignment>/…`` or ``<trainee>/<assignment>/…``, all of it in one more folder or not.
    course_root
        The course root.
    assignment
        Which assignment.

    Raises
    ------
    CourseError
        When it is no zip archive, the assignment is being graded, or the disk is full; what was put in place stays.
    """
    if not assignment or Path(assignment).name != assignment or assignment.startswith("."):
        raise CourseError(f"{assignment!r} is no name of an assignment.")
    taken: list[str] = []
    skipped: list[str] = []
    try:
        with alone(course_root, assignment), opened(archive) as source:
            found = listing(source, assignment)
            refused = {**found.refused, **({"": found.strays} if found.strays else {})}
            with _workplace(course_root, assignment) as place:
                work = _Work(source, assignment, course_root / SUBMITTED, place, _names(course_root))
                for trainee, entries in sorted(found.trainees.items()):
                    try:
                        (taken if work.take(trainee, entries) else skipped).append(trainee)
                    except CourseError as error:
                        refused[trainee] = str(error)
    except OSError as error:
        raise CourseError(f"Unpacking stopped: {error.strerror}. {_MEND}") from error
    return Unpacked(tuple(taken), tuple(skipped), refused)


_MEND = "What was put in place stays; mend this and run the command again."


def _names(course_root: Path) -> Mapping[str, str]:
    """Return the trainees who have handed in before, by what is the same for names that look alike."""
    submitted = course_root / SUBMITTED
    submitted.mkdir(mode=_PRIVATE_FOLDER, exist_ok=True)
    return {folded(path.name): path.name for path in submitted.iterdir()}


@contextmanager
def _workplace(course_root: Path, assignment: str) -> Iterator[Path]:
    """Give a folder to build in, on the same disk; what a killed run left there is put right first."""
    place = _place(course_root, assignment)
    put_right(course_root, assignment)
    for folder in (place, place / "new", place / "old"):
        folder.mkdir(mode=_PRIVATE_FOLDER)
    try:
        yield place
    finally:
        put_right(course_root, assignment)


def _place(course_root: Path, assignment: str) -> Path:
    return course_root / FOLDER / f".unpacking-{assignment}"


def put_right(course_root: Path, assignment: str) -> None:
    """Put back what a killed run had moved aside and has nothing in its place, and remove the rest.

    Nobody else may be at work on the assignment.
    """
    place, submitted = _place(course_root, assignment), course_root / SUBMITTED
    for old in (place / "old").glob("*"):
        target = submitted / old.name / assignment
        if not os.path.lexists(target):
            target.parent.mkdir(mode=_PRIVATE_FOLDER, exist_ok=True)
            old.rename(target)
    if place.exists():
        shutil.rmtree(place)


@dataclass(slots=True)
class _Budget:
    """How many bytes may still be inflated."""

    left: int

    def spend(self, number: int, too_much: str) -> None:
        """Count bytes, and refuse those beyond the bound."""
        self.left -= number
        if self.left < 0:
            raise CourseError(too_much)


@dataclass(frozen=True, slots=True)
class _Work:
    """One archive on its way into a course."""

    source: zipfile.ZipFile
    assignment: str
    submitted: Path
    place: Path
    known: Mapping[str, str]
    whole: _Budget = field(default_factory=lambda: _Budget(MAX_ARCHIVE))

    def take(self, trainee: str, entries: Sequence[Entry]) -> bool:
        """Put one submission in place, and tell whether it was new or newer."""
        target = self.submitted / trainee / self.assignment
        self._check(trainee, target)
        new = self.place / "new" / trainee
        try:
            if target.exists() and not _is_newer(self._time(entries), _time_of(target)):
                return False
            self._build(new, entries)
            self._swap(new, target, self.place / "old" / trainee)
        except DAMAGED:
            raise CourseError(f"Its part of the archive is damaged. {_ANEW}") from None
        except OSError as error:
            if error.errno in _FULL:
                raise
            raise CourseError(f"It cannot be put in place ({error.strerror}). {_MEND}") from error
        finally:
            shutil.rmtree(new, ignore_errors=True)
        return True

    def _check(self, trainee: str, target: Path) -> None:
        """Refuse to write where a link leads, or beside a name that some computers take for the same."""
        other = self.known.get(folded(trainee), trainee)
        if other != trainee and not target.parent.exists():
            raise CourseError(
                f"{other} in submitted/ differs in capitals or accents alone. Rename one of the two."
            )
        for path in (target.parent, target):
            if path.is_symlink() or (path.exists() and not path.is_dir()):
                raise CourseError(
                    "A link or a file stands in its place in submitted/. Remove it, then unpack again."
                )

    def _time(self, entries: Sequence[Entry]) -> datetime | None:
        for entry in entries:
            if entry.path == ("timestamp.txt",) and not entry.is_folder:
                with self.source.open(entry.info) as file:
                    return utc(timestamp(file.read(MAX_TIMESTAMP + 1)))
        return None

    def _build(self, new: Path, entries: Sequence[Entry]) -> None:
        own = _Budget(MAX_SUBMISSION)
        new.mkdir(mode=_PRIVATE_FOLDER)
        for entry in entries:
            if [*map(folded, entry.path[:1])] == [RECEIVED]:
                continue  # only `collect` knows when something arrived
            folders = entry.path if entry.is_folder else entry.path[:-1]
            for depth in range(1, len(folders) + 1):
                new.joinpath(*folders[:depth]).mkdir(mode=_PRIVATE_FOLDER, exist_ok=True)
            if not entry.is_folder:
                self._write(new.joinpath(*entry.path), entry.info, own)

    def _write(self, path: Path, info: zipfile.ZipInfo, own: _Budget) -> None:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, PRIVATE)
        with os.fdopen(descriptor, "wb") as file:
            for chunk in self._inflated(info):
                own.spend(len(chunk), f"It holds more than {MAX_SUBMISSION:,} bytes. {_LESS}")
                self.whole.spend(len(chunk), f"The archive holds more than {MAX_ARCHIVE:,} bytes. {IN_PARTS}")
                file.write(chunk)

    def _inflated(self, info: zipfile.ZipInfo) -> Iterator[bytes]:
        """Yield the content of a file bit by bit: how large it is shows only then."""
        size = 0
        with self.source.open(info) as file:
            while chunk := file.read(_CHUNK):
                size += len(chunk)
                if size > MAX_FILE:
                    raise CourseError(f"One of its files is larger than {MAX_FILE:,} bytes. {_LESS}")
                if size > max(_SMALL, MAX_RATIO * info.compress_size):
                    raise CourseError(
                        f"One of its files is over {MAX_RATIO} times as large as packed. {_LESS}"
                    )
                yield chunk
        if size != info.file_size:
            raise zipfile.BadZipFile

    def _swap(self, new: Path, target: Path, old: Path) -> None:
        """Put a folder in place; the one before is moved aside first and removed last."""
        target.parent.mkdir(mode=_PRIVATE_FOLDER, exist_ok=True)
        if target.exists():
            target.rename(old)
        new.rename(target)
        if old.exists():
            shutil.rmtree(old)


_ANEW = "Download or pack the archive again."
_LESS = "Ask the trainee to clear the output of the notebook and to submit again."


def _is_newer(new: datetime | None, old: datetime | None) -> bool:
    return new is not None and (old is None or new > old)


def _time_of(target: Path) -> datetime | None:
    """Return when the submission that is there was handed in, where it says so."""
    try:
        return utc(timestamp(content(target / "timestamp.txt", MAX_TIMESTAMP)))
    except (CourseError, OSError):
        return None
