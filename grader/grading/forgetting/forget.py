"""Everything of one person removed: answers, feedback, grades, rows of tables, and what lies in the exchange.

What tells that there is more to remove goes last, so that a run that was stopped is finished by the next one.
"""

from __future__ import annotations

import html
import os
import re
import shutil
from collections.abc import Callable, Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from pathlib import Path

from grader.grading.course import Course
from grader.grading.forgetting import erase, exams
from grader.grading.forgetting.exchanged import Place
from grader.grading.forgetting.traces import assignments, files, find, gradebooks, inside, mark, tables
from grader.grading.lock import alone, one_at_a_time
from grader.grading.record import FOLDER, PRIVATE
from grader.visible import one_line

_REPORT = "report"
_CLASS_TEXT = "grades.txt"
# What killed commands were about to put in place.
_LEFTOVER = re.compile(r"\..*\.new|\.staging")
_ONE = {
    "pages": "page", "submissions": "submission", "rows": "row", "entries": "entry", "reports": "report",
    "records": "record", "folders": "folder",
}  # fmt: skip
_OUT_OF_REACH = (
    "Out of reach of this command: backups, other machines, reports and tables that were written or sent elsewhere, what a",
    "database server keeps to recover from a crash, and the trainee's own folder, from which answers can be submitted again.",
)
_ISSUED = (
    "Certificates were removed from the class. Copies that were handed out still verify, and the issuer's registry, which is",
    "outside of the class, still names whom they were issued to: look there, and revoke them if they must not verify any more.",
)


@dataclass(slots=True)
class Forgotten:
    """What was removed: counts, and no word of the person's.

    Parameters
    ----------
    exchange
        What has to be said about the exchange; empty when all is well.
    removed
        Of each kind of thing how many.
    anew
        Commands that make anew what was about the whole class and had to go.
    kept
        What could not be removed, and why.
    named
        Files that hold the name still; nobody but a person can tell what it means there.
    certified
        Whether certificates were among it.
    """

    trainee: str
    exchange: str = ""
    removed: dict[str, int] = field(default_factory=dict)
    anew: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    named: list[str] = field(default_factory=list)
    certified: bool = False

    def count(self, what: str, number: int) -> None:
        """Add to what was removed."""
        if number:
            self.removed[what] = self.removed.get(what, 0) + number

    def __str__(self) -> str:
        """Return it for a terminal."""
        name = one_line(self.trainee)
        lines = [f"Removed of {name}:"]
        lines += [f"{number:>8,} {_named(what, number)}" for what, number in self.removed.items()]
        for title, each in (
            ("What was about the whole class is made anew by:", self.anew),
            ("Could not be removed. Run the command again when it can be:", self.kept),
            (f"The name {name} still stands in these files. Look at them yourself:", self.named),
        ):
            lines += ["", title, *(f"  {line}" for line in each)] if each else []
        lines += ["", self.exchange] if self.exchange else []
        lines += ["", *_ISSUED] if self.certified else []
        return "\n".join([*lines, "", *_OUT_OF_REACH])


def _named(what: str, number: int) -> str:
    """Return what was removed in the right number: rows of tables, and one row of tables."""
    many, *rest = what.split(" ")
    return " ".join([_ONE.get(many, many) if number == 1 else many, *rest])


def forget(course: Course, trainee: str) -> Forgotten:
    """Remove everything of one person, and nothing of anybody else.

    Raises
    ------
    NotFoundError
        When there is nothing of that name.
    CourseError
        When the name is not one, a grading is under way, or the gradebook cannot be used; the next run goes on then.
    """
    root, place = course.root, Place.of(course)
    done = Forgotten(trainee)
    if not place.root.is_dir():
        done.exchange = f"There is no exchange in {place.root}, so nothing was looked for there."
    with ExitStack() as locks:
        for assignment in assignments(root, find(course, trainee)):
            locks.enter_context(alone(root, assignment))
        locks.enter_context(one_at_a_time(root))
        # Until now, a grading may have been at work.
        traces = find(course, trainee)
        unfinished = mark(root, trainee)
        unfinished.touch(mode=PRIVATE)
        # Which page answers a submission, only the submission tells: pages go first.
        _remove(done, "pages of feedback in the exchange", traces.pages)
        _remove(done, "submissions in the exchange", traces.handed_in)
        for url in gradebooks(course):
            done.count("rows of the gradebook", erase.erase_rows(url, trainee))
        _take_out_of_files(course, done)
        _remove_reports(root, done)
        _remove_of_exams(root, done, traces.exams)
        _remove(done, "records of grading", traces.records)
        _remove_leftovers(root, trainee)
        _remove(done, "folders of the class", traces.folders)
        if not done.kept:
            done.count("entries in lists of exams", exams.take_out(root, trainee))
        done.kept += [traces.closed] if traces.closed else []
        if not done.kept:
            unfinished.unlink()
    done.named += _still_named(root, trainee)
    return done


def _remove(done: Forgotten, what: str, paths: Sequence[Path]) -> None:
    for path in paths:
        try:
            _take_away(path)
        except (OSError, RecursionError) as error:
            done.kept.append(f"{path}: {getattr(error, 'strerror', None) or error}")
        else:
            done.count(what, 1)


def _take_away(path: Path) -> None:
    """Remove a file, a folder whatever modes it was given, or a link without following it."""
    if path.is_symlink() or not path.is_dir():
        path.unlink(missing_ok=True)
        return
    # A folder in the exchange may be somebody else's, who alone can change its mode; mostly it need not be changed.
    with suppress(PermissionError):
        path.chmod(0o700)
        for folder, names, _ in os.walk(path):
            for name in names:
                inner = Path(folder, name)
                if not inner.is_symlink():
                    inner.chmod(0o700)
    shutil.rmtree(path)


def _take_out_of_files(course: Course, done: Forgotten) -> None:
    changes: tuple[tuple[str, Sequence[Path], Callable[[str, str], tuple[str, int]]], ...] = (
        ("rows of tables", tables(course.root), erase.without_rows),
        (
            "rows of tables",
            [path for path in files(course.root) if path.name == _CLASS_TEXT],
            erase.without_lines,
        ),
        ("entries of logs", _logs(course), erase.without_records),
    )
    for what, paths, without in changes:
        for path in paths:
            text, number = without(erase.read_text(path), done.trainee)
            if number:
                erase.replace_text(path, text)
                done.count(what, number)


def _logs(course: Course) -> list[Path]:
    """Return nbgrader's logs: it writes one where its configuration says so."""
    here = [path for path in files(course.root) if ".log" in path.name]
    named = course.config.NbGrader.logfile if "logfile" in course.config.NbGrader else ""
    there = (course.root / named).resolve()
    return [*here, there] if named and there.is_file() and there not in here else here


def _remove_reports(root: Path, done: Forgotten) -> None:
    """Remove whole reports: what they say of the class rests on this person as well."""
    for folder in inside(root / _REPORT):
        if any(_holds(path, done.trainee) for path in (files(folder) or [folder])):
            _remove(done, "reports of the class", [folder])
            done.anew.append(f"python -m grader report {folder.name}")


def _remove_of_exams(root: Path, done: Forgotten, own: Sequence[Path]) -> None:
    """Remove forms, result pages and certificates, and the reports of exams, which rest on this person as well."""
    done.certified = any(path.is_relative_to(root / exams.CERTIFICATES) for path in own)
    _remove(done, "files and folders of exams and certificates", own)
    for name, page in exams.about_all(root):
        if _holds(page, done.trainee):
            _remove(done, "reports of exams", [page])
            done.anew.append(f"python -m grader exam report {name}")
    for path in exams.leftovers(root):
        _take_away(path)


def _holds(path: Path, trainee: str) -> bool:
    """Tell whether a name stands in a file, as it is written in text, a page or a table."""
    if not path.is_file():
        return False
    text = erase.read_text(path)
    escaped = html.escape(trainee)
    spellings = {trainee, trainee.replace('"', '""'), escaped}
    spellings.add(escaped.replace("&#x27;", "&#39;").replace("&quot;", "&#34;"))
    return any(erase.word(spelling).search(text) for spelling in spellings)


def _remove_leftovers(root: Path, trainee: str) -> None:
    """Remove what killed commands have left; no grading is under way now, and a table may just be written."""
    for folder in inside(root / FOLDER):
        for path in inside(folder):
            if _LEFTOVER.fullmatch(path.name):
                _take_away(path)
    for path in (path for folder in (root, *inside(root / _REPORT)) for path in inside(folder)):
        if _LEFTOVER.fullmatch(path.name) and _holds(path, trainee):
            _take_away(path)


def _still_named(root: Path, trainee: str) -> list[str]:
    """Return files of the class, beyond the folders of its trainees and the gradebook, that hold the name."""
    places = [*files(root), *(path for folder in inside(root / _REPORT) for path in files(folder))]
    for exam in exams.exams(root):
        places += [*files(exam.root), *files(exam.results)]
    return [
        str(path.relative_to(root)) for path in places if not erase.is_sqlite(path) and _holds(path, trainee)
    ]
