"""Everything that is known of each form of an exam: what was handed in, when, and how it was graded."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from grader.codeset.releases import fiscal_year
from grader.decision.answered import Answered, answered, ruled
from grader.decision.rulings import FILE, Ruling, Rulings, read_rulings
from grader.errors import FileError, NotFoundError
from grader.exam.blueprint import BlueprintFile, load_blueprint
from grader.exam.folder import exam_folder
from grader.exam.forms import FormEntry, read_forms
from grader.exam.times import times_of
from grader.grading.course import Course
from grader.grading.graded import state
from grader.grading.intake.handed_in import is_there
from grader.grading.intake.received import read_received
from grader.grading.intake.submission import take_in, utc
from grader.grading.material import load_material
from grader.grading.reports.outcome import Outcome as Graded
from grader.grading.reports.outcome import Submissions, reading
from grader.sitting.record import read_sitting
from grader.sitting.timing import Timing, judge_time


@dataclass(frozen=True, slots=True)
class Sat:
    """One form that was drawn for somebody, and all that is known of its sitting.

    Parameters
    ----------
    entry
        Whose form it is.
    handed_in
        Whether anything was.
    submitted
        When, as nbgrader says; None where it does not.
    timing
        What record and submission say of its time; None where nothing was handed in.
    answers
        Every question, with its key; empty where nothing can be decided on yet.
    trouble
        Why nothing can be decided on yet, and what to do; empty where all is well.
    ruling
        What an instructor decided about its time; None where nothing was.
    remarks
        What was odd about the submission and did not matter to grading.
    """

    entry: FormEntry
    handed_in: bool = False
    submitted: datetime | None = None
    timing: Timing | None = None
    answers: tuple[Answered, ...] = ()
    trouble: str = ""
    ruling: Ruling | None = None
    remarks: tuple[str, ...] = ()

    @property
    def codeset(self) -> tuple[str, ...]:
        """Releases of the code set that its encounters were coded by."""
        years = {fiscal_year(answer.question.case.encounter_date) for answer in self.answers}
        return tuple(f"FY{year}" for year in sorted(years))


@dataclass(frozen=True, slots=True)
class Exam:
    """An exam with all its forms, by trainee and attempt."""

    blueprint: BlueprintFile
    sittings: tuple[Sat, ...]


def read_exam(course: Course, exam: str) -> Exam:
    """Read all that is known of an exam's forms.

    Raises
    ------
    NotFoundError
        When the exam was never drawn.
    CourseError
        When a file of it, or the gradebook, cannot be read.
    """
    folder = exam_folder(course.root, exam)
    blueprint = load_blueprint(folder.blueprint)
    rulings = read_rulings(folder)
    entries = sorted(read_forms(folder), key=lambda entry: (entry.trainee, entry.attempt))
    known = {entry.form for entry in entries}
    if stray := sorted(rulings.forms - known):
        raise NotFoundError(
            f"The rulings of {exam} name a form {stray[0]!r} that was not drawn. Correct its name."
        )
    with ExitStack() as stack:
        book = _Book(course, stack)
        sittings = tuple(_sat(course, book, blueprint, entry) for entry in entries)
    return Exam(blueprint, tuple(_ruled(sat, rulings) for sat in sittings))


def _ruled(sat: Sat, rulings: Rulings) -> Sat:
    """Return a form with what an instructor ruled about it and its questions."""
    sat = replace(sat, ruling=rulings.sittings.get(sat.entry.form))
    ruling = rulings.items.get(sat.entry.form, {})
    if not sat.answers:
        return sat
    if stray := sorted(set(ruling) - {answer.question.name for answer in sat.answers}):
        return replace(
            sat, trouble=f"{FILE} rules on {stray[0]!r}, which is no question of this form. Correct it."
        )
    answers = (
        ruled(each, ruling[name]) if (name := each.question.name) in ruling else each for each in sat.answers
    )
    return replace(sat, answers=tuple(answers))


class _Book:
    """nbgrader's gradebook, opened when the first submission asks for it: an exam nobody has sat needs none."""

    def __init__(self, course: Course, stack: ExitStack) -> None:
        self._course, self._stack = course, stack
        self._connection: Any = None

    def graded(self, form: str, trainee: str) -> Graded:
        """Return what became of one submission."""
        if self._connection is None:
            self._connection = self._stack.enter_context(reading(self._course.db_url))
        submissions = Submissions(self._course.root, self._connection, form)
        return next(submissions.of([trainee]))


def _sat(course: Course, book: _Book, blueprint: BlueprintFile, entry: FormEntry) -> Sat:
    folder = course.root / "submitted" / entry.trainee / entry.form
    if not is_there(folder):
        return Sat(entry)
    again = f"Run `python -m grader exam grade {blueprint.id}`"
    try:
        material = load_material(course.places, entry.form)
        graded = book.graded(entry.form, entry.trainee)
    except (NotFoundError, FileError) as error:
        return Sat(entry, True, trouble=f"It was handed in and cannot be looked at. {error}")
    handed_in = take_in(folder, entry.trainee, entry.form, material.released)
    submitted = utc(handed_in.timestamp)
    submitted = submitted.replace(tzinfo=UTC) if submitted else None
    sat = Sat(entry, True, submitted, remarks=graded.remarks)
    if not handed_in.refused:
        # A folder that is a link is somebody else's: nothing in it is read.
        sitting, received = read_sitting(folder, entry.form), read_received(folder)
        own = times_of(blueprint, entry)
        timing = judge_time(sitting, submitted, received, own, own)
        sat = replace(sat, timing=timing)
    if graded.record is None:
        return replace(sat, trouble=f"It is not graded yet. {again}.")
    if graded.record.state != state(material, handed_in):
        changed = "Since it was graded, the answers, the keys or the scoring have changed"
        return replace(sat, trouble=f"{changed}. {again}; the decision rests on what it says then.")
    if graded.entered is None:
        return replace(sat, trouble=f"It could not be graded: {graded.reason}")
    try:
        answers = answered(material.questions, graded.record.cells, graded.entered.grades)
    except KeyError as missing:
        return replace(sat, trouble=f"The gradebook has no points for {missing}. {again}.")
    return replace(sat, answers=answers)
