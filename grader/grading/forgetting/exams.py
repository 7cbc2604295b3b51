"""What there is of one person in the exams of a class: forms, decisions, result pages and certificates.

A form is an assignment of one person's.  Its encounters and keys stay: they tell nothing of anybody, and other forms may have
them.  The list of forms is changed last, for it tells what else there is.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import yaml

from grader.errors import CourseError
from grader.exam.folder import EXAMS, ExamFolder
from grader.exam.forms import read_forms
from grader.grading.forgetting.erase import read_text, replace_text

RULINGS = "rulings.yml"
REPORT = "report.html"
CERTIFICATES = "certificates"
_STAGES = ("source", "release")


def exams(root: Path) -> list[ExamFolder]:
    """Return the exams of a class."""
    return [ExamFolder(path) for path in _inside(root / EXAMS) if (path / "forms.json").is_file()]


def _inside(folder: Path) -> list[Path]:
    return sorted(folder.iterdir()) if folder.is_dir() else []


def forms(root: Path, trainee: str) -> list[str]:
    """Return the forms that one person was given, as the lists of the exams say."""
    return [entry.form for exam in exams(root) for entry in read_forms(exam) if entry.trainee == trainee]


def released(exchange: Path, forms: Iterable[str]) -> Iterator[Path]:
    """Yield the folders of forms in the exchange of a course."""
    yield from (place for place in (exchange / "outbound" / form for form in forms) if place.exists())


def own(root: Path, trainee: str) -> Iterator[Path]:
    """Yield files and folders of the class that are about one person alone."""
    for form in forms(root, trainee):
        places = [root / stage / form for stage in _STAGES]
        places += [exam.forms / form for exam in exams(root)]
        yield from (place for place in places if place.exists())
    for exam in exams(root):
        yield from (page for page in [exam.results / f"{trainee}.html"] if page.is_file())
    for folder in _inside(root / CERTIFICATES):
        # Names may hold dots: what is before the last one has to be the name as a whole.
        yield from (path for path in _inside(folder) if path.stem == trainee)


def about_all(root: Path) -> list[tuple[str, Path]]:
    """Return the reports of exams, each with the name of its exam: they tell of everybody."""
    # Reports of before stand among the pages of trainees.
    pages = [(exam.root.name, place / REPORT) for exam in exams(root) for place in (exam.root, exam.results)]
    return [(name, page) for name, page in pages if page.is_file()]


def tables(root: Path) -> list[Path]:
    """Return the tables of exams, which have a column of names."""
    return [
        path
        for exam in exams(root)
        for path in _inside(exam.root)
        if path.suffix == ".csv" and path.is_file()
    ]


def leftovers(root: Path) -> list[Path]:
    """Return what a draw that was killed left: folders beside those of the exams."""
    return [path for path in _inside(root / EXAMS) if path.name.startswith(".")]


def take_out(root: Path, trainee: str) -> int:
    """Take one person out of the lists of the exams, and return how many entries went.

    Raises
    ------
    CourseError
        When one of them cannot be read; the next run goes on then.
    """
    count = 0
    for exam in exams(root):
        theirs = {entry.form for entry in read_forms(exam) if entry.trainee == trainee}
        count += _rulings(exam.root / RULINGS, theirs)
        count += _listed(exam.decisions, "outcomes", trainee, theirs)
        count += _listed(exam.forms_list, "forms", trainee, theirs)
    return count


def _listed(path: Path, name: str, trainee: str, theirs: set[str]) -> int:
    """Take entries out of a JSON file; ``overlap`` may name the two forms that have most in common."""
    if not path.is_file():
        return 0
    try:
        data: dict[str, Any] = json.loads(read_text(path))
        kept = [entry for entry in data[name] if entry["trainee"] != trainee]
    except (ValueError, TypeError, KeyError):
        raise _unreadable(path) from None
    gone = len(data[name]) - len(kept)
    if gone:
        data[name] = kept
        overlap = data.get("overlap")
        if isinstance(overlap, dict) and theirs.intersection(overlap.get("worst", ())):
            data["overlap"] = {**overlap, "worst": []}
        replace_text(path, json.dumps(data, ensure_ascii=False, indent=1) + "\n")
    return gone


def _rulings(path: Path, theirs: set[str]) -> int:
    if not path.is_file():
        return 0
    try:
        data: dict[str, Any] = yaml.safe_load(read_text(path))
        kept = [ruling for ruling in data["rulings"] if ruling["form"] not in theirs]
    except (yaml.YAMLError, TypeError, KeyError):
        raise _unreadable(path) from None
    gone = len(data["rulings"]) - len(kept)
    if gone:
        text = yaml.safe_dump({**data, "rulings": kept}, sort_keys=False, allow_unicode=True, width=10_000)
        replace_text(path, text)
    return gone


def _unreadable(path: Path) -> CourseError:
    return CourseError(
        f"{path} cannot be read. Bring it back, and run the command again: it goes on where it stopped."
    )
