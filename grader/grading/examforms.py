"""The forms of an exam through nbgrader's exchange: released, collected and graded one by one, as any assignment is.

nbgrader starts slowly, so that all of them go through one process.  A command that was stopped goes on where it stopped.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from glob import escape
from pathlib import Path

from grader.errors import CourseError
from grader.exam.blueprint import BlueprintFile, load_blueprint
from grader.exam.folder import ExamFolder, exam_folder
from grader.exam.forms import FormEntry, read_forms
from grader.exam.stored import form_cases
from grader.exam.times import in_words, times_of
from grader.examsource import write_exam_source
from grader.grading import record
from grader.grading.course import Course
from grader.grading.gradebook import AssignmentBook
from grader.grading.intake.handed_in import is_there, who_handed_in
from grader.grading.intake.submission import MAX_TIMESTAMP, content, timestamp, utc
from grader.grading.run import grade_assignment
from grader.sitting.sealing import EXAM

Progress = Callable[[int, int], None]
EXCHANGE = "/usr/local/share/nbgrader/exchange"
"""nbgrader's own, where the configuration names none."""


@dataclass(frozen=True, slots=True)
class FormState:
    """How far one form has come.

    Parameters
    ----------
    entry
        Whose form it is.
    released
        Whether it went out.
    handed_in
        Whether it came back from the trainee it was drawn for.
    graded
        Whether what came back was graded.
    remarks
        What somebody has to look at, in words.
    """

    entry: FormEntry
    released: bool
    handed_in: bool
    graded: bool
    remarks: tuple[str, ...]


def exchange_of(course: Course) -> Path:
    """Return the folder through which assignments go out and come back."""
    return Path(str(course.config.Exchange.get("root", EXCHANGE)))


def outbound_of(course: Course) -> Path:
    """Return the folder that forms are released into."""
    return exchange_of(course) / course.course_id / "outbound"


def has_gone_out(course: Course, entry: FormEntry) -> bool:
    """Tell whether a form was released."""
    return (outbound_of(course) / entry.form / EXAM).is_file()


def has_handed_in(course: Path, entry: FormEntry) -> bool:
    """Tell whether a form came back from the trainee it was drawn for."""
    return is_there(course / "submitted" / entry.trainee / entry.form)


def release_exam(course: Course, exam: str, progress: Progress) -> int:
    """Seal and release every form that has not gone out yet, and return how many did.

    Parameters
    ----------
    course
        The class.
    exam
        Id of the exam.
    progress
        Told how many forms are done, and of how many.

    Raises
    ------
    CourseError
        When nbgrader refuses, or a release would hold anything but notebook and sealed form; what went out stays out.
    """
    folder = exam_folder(course.root, exam)
    blueprint = load_blueprint(folder.blueprint)
    waiting = [entry for entry in read_forms(folder) if not has_gone_out(course, entry)]
    codes = opening_codes(folder)
    for done, entry in enumerate(waiting, 1):
        if entry.form not in codes:
            raise CourseError(
                f"{folder.opening_codes} has no code for {entry.form}. Bring back the table that was drawn."
            )
        _release(course, folder, blueprint, entry, codes[entry.form])
        progress(done, len(waiting))
    return len(waiting)


def _release(
    course: Course, folder: ExamFolder, blueprint: BlueprintFile, entry: FormEntry, code: str
) -> None:
    own = times_of(blueprint, entry)
    write_exam_source(entry.form, form_cases(folder, entry), blueprint, code, course.root / "source", own)
    course.stage("generate_assignment", entry.form)
    made = {path.name for path in (course.root / "release" / entry.form).iterdir()}
    if made != {EXAM, f"{entry.form}.ipynb"}:
        raise CourseError(
            f"release/{entry.form} would hold {', '.join(sorted(made))}; a form is its notebook and {EXAM} alone. It was not"
            " released."
        )
    # nbgrader keeps times in UTC, and without saying so.  What comes within the grace is not late.
    due = (own.closes + timedelta(minutes=own.grace)).astimezone(UTC).replace(tzinfo=None)
    with course.gradebook() as gradebook:
        gradebook.update_or_create_assignment(entry.form, duedate=due)
    course.stage("release_assignment", entry.form)


def opening_codes(folder: ExamFolder) -> dict[str, str]:
    """Return by form the code that it is opened with.

    Raises
    ------
    CourseError
        When the table cannot be read.
    """
    try:
        with folder.opening_codes.open(encoding="utf-8", newline="") as file:
            return {row["form"]: row["code"] for row in csv.DictReader(file)}
    except (OSError, KeyError, UnicodeDecodeError) as error:
        raise CourseError(
            f"{folder.opening_codes} cannot be read ({type(error).__name__}). Bring back the table that was drawn."
        ) from None


def collect_exam(course: Course, exam: str, progress: Progress) -> int:
    """Collect what was submitted of every form, and return how many trainees have handed in.

    Of several submissions the last counts; where late work does not count, the last before the exam had closed and the grace
    was over: one that comes late takes the place of none in time.
    """
    folder = exam_folder(course.root, exam)
    entries = read_forms(folder)
    with _before_it_closed(course, load_blueprint(folder.blueprint).window.late == "void"):
        for done, entry in enumerate(entries, 1):
            if has_gone_out(course, entry):
                course.stage("collect", entry.form)
            progress(done, len(entries))
    return sum(has_handed_in(course.root, entry) for entry in entries)


def strangers(course: Course, exam: str) -> tuple[tuple[str, FormEntry], ...]:
    """Return who handed in a form that was drawn for somebody else, with that form."""
    return tuple(
        (name, entry)
        for entry in read_forms(exam_folder(course.root, exam))
        for name in sorted(who_handed_in(course.root, entry.form) - {entry.trainee})
    )


@contextmanager
def _before_it_closed(course: Course, cut: bool) -> Iterator[None]:
    settings = course.api.config.ExchangeCollect
    before = settings.get("before_duedate", False)
    settings.before_duedate = cut
    try:
        yield
    finally:
        settings.before_duedate = before


@dataclass(frozen=True, slots=True)
class GradedForms:
    """What grading came to.

    Parameters
    ----------
    now
        How many forms were graded now: what is graded and unchanged is left alone.
    count
        How many are graded in all.
    troubles
        By form, why one could not be.
    waiting
        How many answers wait for an instructor.
    """

    now: int
    count: int
    troubles: Mapping[str, str]
    waiting: int


def grade_exam(course: Course, exam: str, progress: Progress) -> GradedForms:
    """Grade every form that came back; one that cannot be graded stops no other.

    Raises
    ------
    NotFoundError
        When there is no such exam.
    """
    entries = [
        entry for entry in read_forms(exam_folder(course.root, exam)) if has_handed_in(course.root, entry)
    ]
    troubles: dict[str, str] = {}
    now = waiting = 0
    for done, entry in enumerate(entries, 1):
        before = record.read(course.root, entry.form, entry.trainee)
        try:
            grade_assignment(course, entry.form, lambda _done, _of: None)
        except CourseError as error:
            troubles[entry.form] = str(error)
        else:
            waiting += _waiting(course, entry)
            kept = record.read(course.root, entry.form, entry.trainee)
            if kept is not None and kept.reason:
                troubles[entry.form] = f"{entry.trainee}: {kept.reason}"
            else:
                now += kept != before
        progress(done, len(entries))
    return GradedForms(now, len(entries) - len(troubles), troubles, waiting)


def _waiting(course: Course, entry: FormEntry) -> int:
    book = AssignmentBook(course.db_url, entry.form)
    given = book.given(tuple(book.solution_cells))
    return sum(bool(each.waits) for each in given if each.trainee == entry.trainee)


def exam_states(course: Course, exam: str) -> tuple[FormState, ...]:
    """Return how far every form has come."""
    folder = exam_folder(course.root, exam)
    blueprint = load_blueprint(folder.blueprint)
    return tuple(_state(course, blueprint, entry) for entry in read_forms(folder))


def _state(course: Course, blueprint: BlueprintFile, entry: FormEntry) -> FormState:
    kept = record.read(course.root, entry.form, entry.trainee)
    others = sorted(who_handed_in(course.root, entry.form) - {entry.trainee})
    remarks = [f"handed in by {name}, whose form it is not" for name in others]
    if kept is not None and kept.reason:
        remarks.append(kept.reason)
    return FormState(
        entry,
        has_gone_out(course, entry),
        has_handed_in(course.root, entry),
        kept is not None and bool(kept.cells),
        (*remarks, *_left_aside(course, blueprint, entry)),
    )


def _left_aside(course: Course, blueprint: BlueprintFile, entry: FormEntry) -> Iterator[str]:
    """Yield that there is a later submission in the exchange than the one that was collected."""
    collected = course.root / "submitted" / entry.trainee / entry.form
    inbound = exchange_of(course) / course.course_id / "inbound"
    came = [
        at for path in inbound.glob(f"{escape(f'{entry.trainee}+{entry.form}')}+*") if (at := _time(path))
    ]
    if not came or not is_there(collected):
        return
    last, taken = max(came), _stamp(collected)
    if taken is None or last <= taken:
        return
    own = times_of(blueprint, entry)
    said = f"a later submission, of {in_words(last)}, "
    if own.late == "void" and last > own.closes + timedelta(minutes=own.grace):
        yield f"{said}was left aside: the exam had closed"
    else:
        yield f"{said}is not collected yet: run `exam collect` again"


def _time(submission: Path) -> datetime | None:
    """Return when something was submitted, by the name that nbgrader gave it: trainee, assignment, time and chance."""
    parts = submission.name.rsplit("+", 3)
    at = utc(parts[2]) if len(parts) > _TIME else None
    return at.replace(tzinfo=UTC) if at else None


_TIME = 2


def _stamp(submission: Path) -> datetime | None:
    try:
        at = utc(timestamp(content(submission / "timestamp.txt", MAX_TIMESTAMP)))
    except (CourseError, OSError):
        return None  # grading says what is wrong with it
    return at.replace(tzinfo=UTC) if at else None
