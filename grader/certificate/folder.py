"""The issuer's folder: private keys and what was issued, outside of all that is shared, for its owner's eyes alone.

``issuer.json``      name, address and keys, as published
``keys/``            private keys
``registry.json``    what was issued and what was withdrawn
``public/``          what is published with the book, below ``<address>issuer/``
"""

from __future__ import annotations

import fcntl
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import mkstemp

from grader.errors import CertificateFileError, CourseError
from grader.grading.configuration import CONFIG_FILE

PLACE = "ISSUER_FOLDER"
"""Environment variable with the issuer's folder."""
NAME = "coding-back-pain-issuer"
OWN_FOLDER, PUBLIC_FOLDER, PRIVATE, READABLE = 0o700, 0o755, 0o600, 0o644
_OTHERS = 0o077
_OF_AN_ISSUER = ("issuer.json", "keys", "registry.json", "public/status.jwt")


@dataclass(frozen=True, slots=True)
class IssuerFolder:
    """Where things stand in the folder of an issuer."""

    root: Path

    @property
    def settings(self) -> Path:
        """Name, address and keys."""
        return self.root / "issuer.json"

    @property
    def keys(self) -> Path:
        """Folder of the private keys."""
        return self.root / "keys"

    @property
    def registry(self) -> Path:
        """What was issued and what was withdrawn."""
        return self.root / "registry.json"

    @property
    def public(self) -> Path:
        """What is published with the book."""
        return self.root / "public"


def default_issuer() -> Path:
    """Return the issuer's folder when none is named: ``$ISSUER_FOLDER``, or one at home."""
    named = os.environ.get(PLACE)
    return Path(named).expanduser() if named else Path.home() / NAME


def make_folder(root: Path, *, anywhere: bool = False) -> IssuerFolder:
    """Make the folder of a new issuer; nothing that is there is overwritten.

    Parameters
    ----------
    root
        Becomes the issuer's folder.
    anywhere
        Whether it may stand in a repository or a class: for an issuer whose certificates mean nothing.

    Raises
    ------
    CourseError
        When keys do not belong there, or an issuer is there already.
    """
    root = root.expanduser().resolve()
    if problem := _taken(root) or ("" if anywhere else _misplaced(root)):
        raise CourseError(problem)
    folder = IssuerFolder(root)
    try:
        root.mkdir(parents=True, exist_ok=True, mode=OWN_FOLDER)
        root.chmod(OWN_FOLDER)
        folder.keys.mkdir(mode=OWN_FOLDER)
        # Copied to a web server, its modes go with it.
        folder.public.mkdir(mode=PUBLIC_FOLDER, exist_ok=True)
    except OSError as error:
        raise CourseError(
            f"The issuer's folder cannot be made: {error.filename or root}: {error.strerror or error}."
        ) from error
    return folder


def open_folder(root: Path) -> IssuerFolder:
    """Return the folder of an issuer whose keys nobody else can have read.

    Raises
    ------
    CourseError
        When there is none, or others can open it.
    """
    root = root.expanduser().resolve()
    folder = IssuerFolder(root)
    if not folder.settings.is_file():
        raise CourseError(f"{root} holds no issuer. Make one first: python -m grader keys init")
    for path in (root, folder.keys):
        if path.stat().st_mode & _OTHERS:
            raise CourseError(
                f"Other people can open {path}, so the keys in it may be known to others. Close it: chmod 700 {path}."
                " If others have been on this machine, make new keys: python -m grader keys rotate --compromised KID"
            )
    return folder


def _taken(root: Path) -> str:
    """Return why there can be no new issuer in a folder that is there, or ``""``."""
    if not root.exists():
        return ""
    if not root.is_dir():
        return f"{root} is not a folder."
    if root.stat().st_uid != os.geteuid():
        return f"{root} belongs to somebody else, who could sign in your name. Name a folder of your own."
    if any((root / name).exists() for name in _OF_AN_ISSUER):
        return f"{root} holds an issuer already. Nothing was changed."
    if root.stat().st_mode & _OTHERS and any(root.iterdir()):
        return f"Other people can open {root}, and it holds files already. Name a new folder."
    return ""


def _misplaced(root: Path) -> str:
    """Return why no keys may be kept in a place, or ``""``."""
    for parent in (root, *root.parents):
        if (parent / ".git").exists():
            return f"{root} is inside the repository {parent}: one push would publish the keys. Name a folder outside of it."
        if (parent / CONFIG_FILE).exists():
            return f"{root} is inside the class {parent}. Name a folder outside of it: keys outlive a class."
        if _is_exchange(parent):
            return f"{root} is inside the exchange {parent}, where trainees may write. Name a folder outside of it."
    return ""


def _is_exchange(folder: Path) -> bool:
    """Tell whether trainees hand in below a folder: all may write to it, and nbgrader has courses there."""
    return (
        folder.is_dir()
        and bool(folder.stat().st_mode & stat.S_IWOTH)
        and next(folder.glob("*/inbound"), None) is not None
    )


@contextmanager
def alone(folder: IssuerFolder) -> Iterator[None]:
    """Wait until nobody else writes in the issuer's folder, and keep others waiting; the lock goes with the process."""
    descriptor = os.open(folder.root / ".lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, PRIVATE)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def put(path: Path, data: bytes, mode: int = PRIVATE) -> None:
    """Put a file in place in one step, so that a crash leaves the old one or the new one.

    Raises
    ------
    CertificateFileError
        When it cannot be written.
    """
    new = ""
    try:
        descriptor, new = mkstemp(dir=path.parent, prefix=".", suffix=".new")
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fchmod(file.fileno(), mode)
            os.fsync(file.fileno())
        Path(new).replace(path)
        _keep_name(path.parent)
    except OSError as error:
        if new:
            Path(new).unlink(missing_ok=True)
        raise CertificateFileError(
            path, "", f"it cannot be written: {error.strerror or error}", "Make room, or name another folder"
        ) from error


def put_once(path: Path, data: bytes) -> None:
    """Write a private file that must not be there yet.

    Raises
    ------
    CertificateFileError
        When it is there.
    """
    if path.exists() or path.is_symlink():
        raise CertificateFileError(
            path, "", "it is there already", "Nothing was overwritten; look at it first"
        )
    put(path, data)


def _keep_name(folder: Path) -> None:
    """Make sure that a new name in a folder outlives a power cut."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
