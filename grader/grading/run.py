"""Grading a class: what is new or changed is graded, whatever happens in between, and everything else is left alone.

Submissions are read one by one, graded where `How` says, and written by this process alone: first the ``autograded`` folder,
then the gradebook, and the record last.  A submission without a record of its present state is graded by the next run, so
that this one may end at any point.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path

from sqlalchemy import make_url

from grader.errors import CourseError, NotFoundError
from grader.grading import record, tree
from grader.grading.agreement import bring_up_to_date
from grader.grading.course import Course
from grader.grading.disk import room
from grader.grading.entry import enter, renew_penalties
from grader.grading.gradebook import AssignmentBook
from grader.grading.graded import Graded, grade_all, state
from grader.grading.intake.handed_in import is_there
from grader.grading.intake.submission import HandedIn, name_fault, take_in
from grader.grading.intake.unpack import put_right
from grader.grading.late import penalty_of
from grader.grading.lock import alone
from grader.grading.material import Material, load_material
from grader.grading.record import Record
from grader.grading.reports.classtable import ClassTable
from grader.grading.reports.results import class_table
from grader.grading.workers import Batch, Finished, Lost, Results, cluster, here, processes

Progress = Callable[[int, int], None]
"""Told how many submissions are done, and of how many."""
_MOST = 50
_MOST_BYTES = 4_000_000


@dataclass(frozen=True, slots=True)
class How:
    """How a class is graded.

    Parameters
    ----------
    force
        Grade what is unchanged as well.
    processes
        How many processes of this machine grade.
    scheduler
        Address of a Dask scheduler whose workers grade instead.
    """

    force: bool = False
    processes: int = 1
    scheduler: str = ""


def grade_assignment(
    course: Course, assignment: str, progress: Progress, how: How | None = None
) -> ClassTable:
    """Grade every submission that is new or changed, and return the class.

    Each submission stands for itself: one that cannot be graded is reported and stops no other.  Grading again gives
    the same scores and keeps what an instructor entered by hand.

    Raises
    ------
    NotFoundError
        When there is no such assignment, it was never released, or nobody has submitted it.
    CourseError
        When it is being graded already, the disk is full, or the gradebook cannot be used; what was graded is kept.
    """
    with (
        _private(course),
        room(),
        alone(course.root, assignment),
        tree.staging(course.root, assignment) as staged,
    ):
        material = load_material(course.places, assignment)
        put_right(course.root, assignment)
        trainees = course.trainees(assignment)
        if not trainees:
            raise NotFoundError(
                f"Nobody has submitted {assignment}. Run `nbgrader collect {assignment} --update` first."
            )
        book = AssignmentBook(course.db_url, assignment)
        _compare(book, material)
        # Grading suggests anew: what an instructor said to the suggestions before has to be on record.
        bring_up_to_date(course, book)
        work = _Work(course, material, book, trainees, progress, staged, how or How())
        with closing(work.graded()) as finished:
            for batch, results in finished:
                work.write(batch.items, results)
        renew_penalties(book, penalty_of(course.config))
        return class_table(course, assignment)


def _compare(book: AssignmentBook, material: Material) -> None:
    free = {name for name, question in material.questions.items() if question.item.is_free_text}
    if set(book.grade_cells) != set(material.questions) or not free <= set(book.solution_cells):
        raise CourseError(
            f"The gradebook does not have the questions of the release. Run `nbgrader generate_assignment {book.name}"
            " --force`; nothing was graded."
        )


@dataclass(slots=True)
class _Work:
    """One run over a class."""

    course: Course
    material: Material
    book: AssignmentBook
    trainees: Sequence[str]
    progress: Progress
    staged: Path
    how: How
    done: int = 0
    before: dict[str, Record | None] = field(default_factory=dict)

    def graded(self) -> Finished[HandedIn, Graded]:
        """Yield batches of submissions with what became of each, as they come."""
        if self.how.scheduler:
            return cluster(self.how.scheduler, grade_all, self.material, self._batches())
        if self.how.processes > 1:
            return processes(self.how.processes, grade_all, self.material, self._batches())
        return here(grade_all, self.material, self._batches())

    def _batches(self) -> Iterator[Batch[HandedIn]]:
        batch: list[HandedIn] = []
        size = 0
        for handed_in in self._changed():
            batch.append(handed_in)
            size += len(handed_in.answers or b"")
            if len(batch) == _MOST or size > _MOST_BYTES:
                yield Batch(tuple(batch))
                batch, size = [], 0
        if batch:
            yield Batch(tuple(batch))

    def _changed(self) -> Iterator[HandedIn]:
        """Yield what has to be graded, and remember what the gradebook rests on so far."""
        known = self.book.graded()
        assignment = self.material.assignment
        for trainee in self.trainees:
            folder = self.course.root / "submitted" / trainee / assignment
            if name_fault(trainee) or not is_there(folder):
                # A name that no gradebook keeps has no record either; a folder may be replaced just now.
                self._advance(1)
                continue
            handed_in = take_in(folder, trainee, assignment, self.material.released)
            before = record.read(self.course.root, assignment, trainee)
            if not self.how.force and before is not None and self._stands(before, handed_in, known):
                self._advance(1)
                continue
            self.before[trainee] = before
            yield handed_in

    def _stands(self, before: Record, handed_in: HandedIn, known: set[str]) -> bool:
        if before.state != state(self.material, handed_in):
            return False
        if not before.cells:
            return True
        folder = tree.autograded(self.course.root, before.trainee, self.material.assignment)
        return before.trainee in known and (folder / f"{self.material.assignment}.ipynb").is_file()

    def write(self, batch: Sequence[HandedIn], results: Results[Graded]) -> None:
        """Write what became of a batch; the records last."""
        assignment = self.material.assignment
        graded = [_kept(*pair) for pair in zip(batch, results, strict=True)]
        before = {each.trainee: self.before.pop(each.trainee) for each in graded}
        for each in graded:
            if each.cells:
                tree.place(self.course.root, assignment, each, self.staged)
        digests = {
            trainee: {name: cell.digest for name, cell in old.cells.items()}
            for trainee, old in before.items()
            if old is not None
        }
        enter(self.book, graded, digests)
        for each in graded:
            old = before[each.trainee]
            kept = each.record if each.cells or old is None else replace(each.record, cells=old.cells)
            record.write(self.course.root, assignment, kept)
        self._advance(len(graded))

    def _advance(self, number: int) -> None:
        self.done += number
        self.progress(self.done, len(self.trainees))


def _kept(handed_in: HandedIn, result: Graded | Lost) -> Graded:
    """Return what is written down of a submission; one that was lost is tried again by the next run."""
    if isinstance(result, Graded):
        return result
    return Graded(Record(handed_in.trainee, "", handed_in.timestamp, result.reason, handed_in.remarks))


@contextmanager
def _private(course: Course) -> Iterator[None]:
    """Let nobody else read what is written, and nbgrader's gradebook."""
    database = make_url(course.db_url)
    if database.get_backend_name() == "sqlite" and database.database:
        # A gradebook that is not there yet is told of by whoever opens it.
        with suppress(FileNotFoundError):
            Path(database.database).chmod(record.PRIVATE)
    before = os.umask(0o077)
    try:
        yield
    finally:
        os.umask(before)
