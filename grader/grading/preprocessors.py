"""What nbgrader runs in place of trainees' code.

Stock ``nbgrader autograde`` with these preprocessors, and ``python -m grader grade``, come to the same gradebook:

RestoreRelease   puts the notebook that was released in place of the one handed in
ScoreAnswers     reads ``answers.json`` as data and writes score and findings where code would have printed them
SaveScores       records them; what could not be scored waits for the instructor
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import nbformat
from nbformat.notebooknode import NotebookNode
from nbgrader import utils
from nbgrader.preprocessors import NbGraderPreprocessor, SaveAutoGrades
from traitlets import Unicode

from grader.errors import CourseError
from grader.grading import record
from grader.grading.graded import Graded, grade
from grader.grading.intake.submission import HandedIn, take_in
from grader.grading.lock import alone
from grader.grading.material import Places, load_material, release_of

Resources = dict[str, Any]
_GRADED = "coding_back_pain_graded"


class Submission:
    """Where one submission stands: nbgrader keeps stages, trainees and assignments in folders."""

    def __init__(self, resources: Resources) -> None:
        self.assignment: str = resources["nbgrader"]["assignment"]
        self.trainee: str = resources["nbgrader"]["student"]
        # <course>/<stage>/<trainee>/<assignment>
        self.course = Path(resources["metadata"]["path"]).resolve().parents[2]

    def take_in(self, released: NotebookNode) -> HandedIn:
        """Look at what was handed in."""
        folder = self.course / "submitted" / self.trainee / self.assignment
        return take_in(folder, self.trainee, self.assignment, released)


class RestoreRelease(NbGraderPreprocessor):
    """Replace the notebook handed in by the released one: a changed, deleted or added cell changes nothing."""

    def preprocess(self, nb: NotebookNode, resources: Resources) -> tuple[NotebookNode, Resources]:
        """Return the released notebook; the one handed in stays as it is in ``submitted``."""
        submission = Submission(resources)
        # While `python -m grader grade` is at work this is refused: both would write the same files.
        with alone(submission.course, submission.assignment):
            pass
        released = release_of(submission.course, submission.assignment)
        restored = nbformat.reads(released.read_text(encoding="utf-8"), as_version=4)
        if refused := submission.take_in(restored).refused:
            # nbgrader has copied what links point at into autograded/; on an error it removes that folder.
            raise CourseError(f"{submission.trainee}: {refused}")
        return restored, resources


class ScoreAnswers(NbGraderPreprocessor):
    """Score ``answers.json`` against the keys; no code of the trainee is run."""

    cases = Unicode(help="Folder of the case library.").tag(config=True)
    keys = Unicode(help="Folder of the keys; empty when they stand beside the cases.").tag(config=True)
    assignments = Unicode(help="Folder with <assignment>/assignment.yml.").tag(config=True)

    def preprocess(self, nb: NotebookNode, resources: Resources) -> tuple[NotebookNode, Resources]:
        """Return the notebook with the score of every item in its grade cell."""
        submission = Submission(resources)
        places = Places(
            submission.course, Path(self.assignments), Path(self.cases), Path(self.keys or self.cases)
        )
        material = load_material(places, submission.assignment)
        graded = grade(material, submission.take_in(nb))
        resources[_GRADED] = graded
        return nbformat.reads(graded.notebook, as_version=4), resources


class SaveScores(SaveAutoGrades):
    """Record the scores; a grade cell without a score never counts as full or as nothing, it waits."""

    def preprocess(self, nb: NotebookNode, resources: Resources) -> tuple[NotebookNode, Resources]:
        """Enter every score and comment, and keep the record of it."""
        submission = Submission(resources)
        graded: Graded = resources[_GRADED]
        before = record.read(submission.course, submission.assignment, submission.trainee)
        self.digests = {name: cell.digest for name, cell in before.cells.items()} if before else {}
        self.comments = {cell.name: cell.comment for cell in graded.cells if cell.free_text}
        self.now = graded.record.cells
        saved: tuple[NotebookNode, Resources] = super().preprocess(nb, resources)
        record.write(submission.course, submission.assignment, graded.record)
        return saved

    def _add_score(self, cell: NotebookNode, resources: Resources) -> None:
        name = cell.metadata["nbgrader"]["grade_id"]
        grade = self.gradebook.find_grade(name, self.notebook_id, self.assignment_id, self.student_id)
        scored = cell.cell_type != "code" or any(
            output.output_type == "execute_result" for output in cell.outputs
        )
        score = utils.determine_grade(cell, self.log)[0] if scored else None
        confirmed = grade.manual_score is not None and not grade.needs_manual_grade
        same = self.digests.get(name) == self.now[name].digest
        # What an instructor confirmed stays confirmed for the same answer; another answer is looked at again.
        if not (confirmed and score == grade.auto_score and same):
            grade.needs_manual_grade = score is None or grade.manual_score is not None
        grade.auto_score = score
        self.gradebook.db.commit()

    def _add_comment(self, cell: NotebookNode, resources: Resources) -> None:
        """Put the suggestion where formgrader has its comment; what an instructor writes there takes its place."""
        super()._add_comment(cell, resources)
        name = cell.metadata["nbgrader"]["grade_id"]
        of_cell = self.gradebook.find_comment(name, self.notebook_id, self.assignment_id, self.student_id)
        of_cell.auto_comment = self.comments[name]
        self.gradebook.db.commit()
