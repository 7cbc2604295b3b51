"""A new class: a folder of its own, outside the code that is shared, that nobody but its owner can open."""

from __future__ import annotations

import os
from pathlib import Path

from grader.errors import CourseError
from grader.grading.configuration import CONFIG_FILE
from grader.grading.record import PRIVATE

OWN_FOLDER = 0o700
NAME = "coding-back-pain"
PLACE = "COURSE_FOLDER"
"""Environment variable with the folder of the class."""
_OTHERS = 0o077
# Trainees add to the exchange and cannot take away what is another's, as in /tmp.
_EXCHANGE_MODE = 0o1777
_REACHABLE = 0o755
# nbgrader looks for files with patterns: it finds none below a folder with these in its name.  Two of them mean something
# else in the address of the gradebook.
_PATTERNS = "*?[]%"


def default_course() -> Path:
    """Return the folder of the class when none is named: this one if it holds a class, ``$COURSE_FOLDER``, or one at home."""
    here = Path.cwd()
    if (here / CONFIG_FILE).is_file():
        return here
    named = os.environ.get(PLACE)
    return Path(named).expanduser() if named else Path.home() / NAME


def new_course(
    folder: Path, exercises: Path, exchange: Path | None = None, *, anywhere: bool = False
) -> None:
    """Make the folder of a class with its ``nbgrader_config.py``; nothing that is there is overwritten.

    Parameters
    ----------
    folder
        Becomes the course root.
    exercises
        Folder with ``<assignment>/assignment.yml``, beside the case library.
    exchange
        Folder through which assignments go out and come back, made where there is none; nbgrader's own when not given.
    anywhere
        Whether the class may stand in the checkout of the course, and its exchange in the class: for a class that
        nobody takes part in.

    Raises
    ------
    CourseError
        When grades do not belong there, or a class is there already.
    """
    root = folder.expanduser().resolve()
    exercises = exercises.resolve()
    place = exchange.expanduser().resolve() if exchange is not None else None
    if problem := _refused(root, exercises, place, anywhere):
        raise CourseError(problem)
    try:
        root.mkdir(parents=True, exist_ok=True, mode=OWN_FOLDER)
        root.chmod(OWN_FOLDER)
        if place is not None:
            _make_exchange(place)
        _write(root / CONFIG_FILE, configuration(root, exercises, place))
    except OSError as error:
        raise CourseError(
            f"The class cannot be made: {error.filename or root}: {error.strerror or error}."
        ) from error


def configuration(root: Path, exercises: Path, exchange: Path | None) -> str:
    """Return the text of a class's ``nbgrader_config.py``; it goes with the folder when that is moved."""
    if exchange is None:
        line = '# get_config().Exchange.root = "/srv/exchange"'
    elif exchange.is_relative_to(root):
        line = f"get_config().Exchange.root = str(root / {str(exchange.relative_to(root))!r})"
    else:
        line = f"get_config().Exchange.root = {str(exchange)!r}"
    return _CONFIG.format(exercises=repr(str(exercises)), exchange=line)


_CONFIG = '''"""nbgrader, configured so that answers are scored as data and no code of a trainee is ever run."""

from pathlib import Path

# nbgrader logs an error in this file and goes on with its own settings, which run trainees' code; it does not swallow
# an exit.
try:
    from grader.grading.configuration import configure

    root = Path(__file__).resolve().parent
    configure(get_config(), root, assignments=Path({exercises}))  # noqa: F821 (traitlets defines it)
    # The folder through which assignments go out and come back; trainees must be able to write to it.
    {exchange}
    # Grades are kept in gradebook.db in this folder, unless you name a database.
    # get_config().CourseDirectory.db_url = "postgresql+psycopg2://user@host/gradebook"
except Exception as error:
    raise SystemExit(f"nbgrader_config.py does not work, so nothing was done: {{error!r}}") from error
'''


def _refused(root: Path, exercises: Path, exchange: Path | None, anywhere: bool) -> str:
    """Return why no class can be made, or ``""``."""
    if (root / CONFIG_FILE).exists() or (root / CONFIG_FILE).is_symlink():
        return f"{root} holds a class already ({CONFIG_FILE} is there). Nothing was changed."
    if not exercises.is_dir():
        return f"There is no folder {exercises} with assignments."
    shared = checkout(root)
    if shared is not None and not anywhere:
        return (
            f"{root} is inside {shared}, which holds the code of the course. Answers and grades do not belong where code is"
            " shared: one push would publish them. Name a folder outside of it."
        )
    if any(letter in str(root) for letter in _PATTERNS):
        return f"nbgrader cannot work in a folder with one of {' '.join(_PATTERNS)} in its path. Name another one."
    return _unfit(root) or (_unfit_exchange(root, exchange, anywhere) if exchange is not None else "")


def checkout(folder: Path) -> Path | None:
    """Return the checkout of the course that a folder lies in."""
    for parent in (folder, *folder.parents):
        if (parent / ".git").exists() and all((parent / name).is_dir() for name in ("grader", "cases")):
            return parent
    return None


def _unfit(root: Path) -> str:
    """Return why an existing folder cannot become one that its owner alone can open."""
    if not root.exists():
        return ""
    if not root.is_dir():
        return f"{root} is not a folder."
    if root.stat().st_uid != os.geteuid():
        return f"{root} belongs to somebody else, who could read every answer and grade. Name a folder of your own."
    if root.stat().st_mode & _OTHERS and any(root.iterdir()):
        return (
            f"Other people can open {root}, and it holds files already. Name a new folder, or close this one first:"
            f" chmod 700 {root}"
        )
    return ""


def _unfit_exchange(root: Path, exchange: Path, anywhere: bool) -> str:
    if exchange.exists() and not exchange.is_dir():
        return f"{exchange} is not a folder, so nothing can go through it."
    if exchange.is_relative_to(root) and not anywhere:
        return f"Trainees could not reach {exchange}: nobody but you can open {root}. Name a folder outside of it."
    if root.is_relative_to(exchange):
        return f"{root} is inside the exchange, where everybody may write. Name a folder outside of it."
    return ""


def _make_exchange(exchange: Path) -> None:
    """Make the exchange so that everybody can reach it, whatever modes this process gives to what it makes."""
    missing = [folder for folder in (exchange, *exchange.parents) if not folder.exists()]
    for folder in reversed(missing):
        folder.mkdir()
        folder.chmod(_EXCHANGE_MODE if folder == exchange else _REACHABLE)


def _write(path: Path, text: str) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, PRIVATE)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(text)
