"""What lies in nbgrader's exchange of one person: what was handed in, and the feedback that was released."""

from __future__ import annotations

import hashlib
import os
import re
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from grader.grading.course import Course

STOCK = "/usr/local/share/nbgrader/exchange"
"""nbgrader's exchange where a configuration names none."""
_SECRET = "submission_secret.txt"
_MOST_SECRET = 10_000
# An assignment has no + in its name; a trainee may.
_HANDED_IN = re.compile(r"(?P<trainee>.+)\+(?P<assignment>[^+]+)\+\d{4}-\d\d-\d\d.*", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Place:
    """The exchange of one course."""

    root: Path

    @classmethod
    def of(cls, course: Course) -> Place:
        """Return the exchange that a course's configuration names."""
        exchange = course.config.Exchange
        root = Path(str(exchange.root) if "root" in exchange else STOCK)
        return cls(root / course.course_id)

    def handed_in(self, trainee: str) -> Iterator[Path]:
        """Yield what one person has handed in, each time anew."""
        inbound = self.root / "inbound"
        if inbound.is_dir():
            yield from sorted(path for path in inbound.iterdir() if owner(path.name) == trainee)

    def pages(self, folders: Sequence[Path]) -> Iterator[Path]:
        """Yield the released feedback on what was handed in.

        Parameters
        ----------
        folders
            Of one person: submissions in the exchange, and folders of the course with one folder an assignment.
        """
        outbound = self.root / "feedback"
        names = {name for folder in folders for each in _submissions(folder) for name in _page_names(each)}
        for name in sorted(names):
            # nbgrader writes a page beside its place first.
            both = (outbound / f"{name}.html", outbound / f"{name}-tmp.html")
            yield from (path for path in both if path.is_file())


def owner(name: str) -> str:
    """Return whose a folder of the exchange is, as ``nbgrader collect`` tells it; empty where it cannot be told."""
    if found := _HANDED_IN.fullmatch(name):
        return found["trainee"]
    parts = name.rsplit("+", 3)
    return parts[0] if len(parts) > 2 else ""


def page_name(secret: str, notebook: str) -> str:
    """Return what nbgrader calls a page of feedback in the exchange."""
    return hashlib.md5(f"{secret}{notebook}".encode()).hexdigest()


def _submissions(folder: Path) -> Iterator[Path]:
    if folder.is_dir() and not folder.is_symlink():
        yield folder
        yield from (path for path in folder.iterdir() if path.is_dir() and not path.is_symlink())


def _page_names(folder: Path) -> Iterator[str]:
    if secret := _secret(folder / _SECRET):
        handed_in = _HANDED_IN.fullmatch(folder.name)
        # A page is named after its notebook, and an assignment has one of its own name.
        notebooks = {handed_in["assignment"] if handed_in else folder.name}
        notebooks |= {path.stem for path in folder.iterdir() if path.suffix in (".ipynb", ".html")}
        yield from (page_name(secret, notebook) for notebook in notebooks)


def _secret(path: Path) -> str:
    """Return what a trainee's nbgrader wrote; no link is opened, and no pipe waited for."""
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except OSError:
        return ""
    with os.fdopen(descriptor, "rb") as file:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            return ""
        return file.read(_MOST_SECRET).decode("utf-8", "replace")
