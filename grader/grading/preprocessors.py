"""What nbgrader runs in place of trainees' code.

Stock ``nbgrader autograde`` with these preprocessors, and ``python -m grader grade``, come to the same gradebook:

RestoreRelease   puts the notebook that was released in place of the one handed in
ScoreAnswers     reads ``answers.json`` as data and writes score and findings where code would have printed them
SaveScores       records them; what could not be scored waits for the instructor
"""

from __future__ import annotations

import hashlib
import json
import re
from html import escape
from pathlib import Path
from typing import Any

import nbformat
from nbformat.notebooknode import NotebookNode
from nbgrader import utils
from nbgrader.preprocessors import NbGraderPreprocessor, SaveAutoGrades
from traitlets import Unicode

from grader import codeset
from grader.answers import Answer, Answers, NoteAnswer
from grader.assignment import by_grade_id, load_assignment
from grader.errors import AnswersFileError, CourseError, NotFoundError
from grader.feedback import as_html, sureness
from grader.grading.echo import said
from grader.grading.submission import obstacle, read_submission
from grader.grading.suggestion import Suggested, comment, remember
from grader.library.encounter import Case, Item
from grader.library.key import load_key
from grader.scoring.documentation.names import NAMES
from grader.scoring.findings import Finding, Score, Unscorable
from grader.scoring.score import ItemScore, score_item

Resources = dict[str, Any]

_SUGGESTED = "Suggested by the automatic reading; the points that an instructor gives count."
_LOOKED_AT = 5
_COMMENTS = "coding_back_pain_comments"


class Submission:
    """Where one submission stands: nbgrader keeps stages, trainees and assignments in folders."""

    def __init__(self, resources: Resources) -> None:
        self.assignment: str = resources["nbgrader"]["assignment"]
        self.student: str = resources["nbgrader"]["student"]
        self.notebook: str = resources["nbgrader"]["notebook"]
        # <course>/<stage>/<student>/<assignment>
        self.course = Path(resources["metadata"]["path"]).resolve().parents[2]
        self.folder = self.course / "submitted" / self.student / self.assignment


class RestoreRelease(NbGraderPreprocessor):
    """Replace the notebook handed in by the released one: a changed, deleted or added cell changes nothing."""

    def preprocess(self, nb: NotebookNode, resources: Resources) -> tuple[NotebookNode, Resources]:
        """Return the released notebook; the one handed in stays as it is in ``submitted``."""
        submission = Submission(resources)
        if problem := obstacle(submission.folder, submission.assignment):
            # nbgrader has copied what links point at into autograded/; on an error it removes that folder.
            raise CourseError(f"{submission.student}: {problem}")
        released = submission.course / "release" / submission.assignment / f"{submission.notebook}.ipynb"
        if not released.exists():
            raise NotFoundError(
                f"{released} is missing. Run `nbgrader generate_assignment {submission.assignment}`."
            )
        return nbformat.read(released, as_version=4), resources


class ScoreAnswers(NbGraderPreprocessor):
    """Score ``answers.json`` against the keys; no code of the trainee is run."""

    cases = Unicode(help="Folder of the case library.").tag(config=True)
    keys = Unicode(help="Folder of the keys; empty when they stand beside the cases.").tag(config=True)
    assignments = Unicode(help="Folder with <assignment>/assignment.yml.").tag(config=True)

    def preprocess(self, nb: NotebookNode, resources: Resources) -> tuple[NotebookNode, Resources]:
        """Write the score of every item into its grade cell."""
        submission = Submission(resources)
        assignment = load_assignment(
            Path(self.assignments) / submission.assignment / "assignment.yml", Path(self.cases)
        )
        items = by_grade_id(assignment.cases)
        suggested: dict[str, Suggested] = {}
        answers, reason = self._answers(submission)
        for cell in nb.cells:
            if not utils.is_grade(cell):
                continue
            name = cell.metadata.nbgrader["grade_id"]
            case, item = items[name]
            answer = answers.items.get(case.item_key(item)) if answers else None
            score = (
                Unscorable(reason, item.points, blank=False) if reason else self._score(case, item, answer)
            )
            _write(cell, case, item, answer, score)
            if item.is_free_text and isinstance(score, Score):
                suggested[name] = Suggested(case.item_key(item), score.points, score.possible)
                resources.setdefault(_COMMENTS, {})[name] = comment(score)
        remember(submission.course, submission.assignment, submission.student, suggested)
        return nb, resources

    def _answers(self, submission: Submission) -> tuple[Answers | None, str]:
        try:
            return read_submission(submission.folder, submission.assignment), ""
        except AnswersFileError as error:
            return None, str(error)

    def _score(self, case: Case, item: Item, answer: Answer | None) -> ItemScore:
        key = load_key(Path(self.keys or self.cases) / case.id, case)
        return score_item(case, item, answer, key.items[item.id], codeset.load())


def _write(cell: NotebookNode, case: Case, item: Item, answer: Answer | None, score: ItemScore) -> None:
    """Put answer, findings and score into a grade cell, in the places where nbgrader looks for them."""
    if item.is_free_text:
        # Left unchanged, nbgrader gives the cell 0 with "No response"; changed, it waits for the instructor.
        if not (isinstance(score, Unscorable) and score.blank):
            cell.source = _suggestion(answer, score)
        return
    shown = f"{_echo(case, item, answer)}{as_html(score)}"
    data = {"text/html": shown, "text/plain": " "}
    cell.outputs = [nbformat.v4.new_output("display_data", data)]
    if isinstance(score, Score) or score.blank:
        earned = min(max(score.points, 0.0), item.points) if isinstance(score, Score) else 0.0
        cell.outputs.append(nbformat.v4.new_output("execute_result", {"text/plain": repr(earned)}))


def _suggestion(answer: Answer | None, score: ItemScore) -> str:
    text = answer.text if isinstance(answer, NoteAnswer) else ""
    lines = "<br>".join(escape(line) or "&nbsp;" for line in text.splitlines())
    head = f"<p><em>{_SUGGESTED}</em></p>{_least_sure(score)}" if isinstance(score, Score) else ""
    shown = f"<blockquote>{lines}</blockquote>{head}{as_html(score)}"
    # The cell is Markdown: on one line, with its special characters as entities, it stays what it is here.
    return re.sub(r"[][!$`*_\\]", lambda mark: f"&#{ord(mark[0])};", re.sub(r"\s+", " ", shown))


def _least_sure(score: Score) -> str:
    """Return what to look at first: what the reading is least sure of, in one line."""
    unsure = sorted((f for f in score.findings if sureness(f)), key=lambda f: f.confidence or 0.0)
    if not unsure:
        return ""
    named = "; ".join(f"{escape(_about(finding))} ({sureness(finding)})" for finding in unsure[:_LOOKED_AT])
    more = f"; and {len(unsure) - _LOOKED_AT} more" if len(unsure) > _LOOKED_AT else ""
    return f"<p>The reading is least sure of: {named}{more}.</p>"


def _about(finding: Finding) -> str:
    """Return the name of an element of a note; what a message is searched for is told by its first sentence."""
    if finding.kind in NAMES and finding.subject:
        return finding.subject[0]
    return finding.message.split(". ")[0].rstrip(".")


def _echo(case: Case, item: Item, answer: Answer | None) -> str:
    return f"<p>Your answer: <strong>{escape(said(answer, item, case)) or '(none)'}</strong></p>"


class SaveScores(SaveAutoGrades):
    """Record the scores; a grade cell without a score never counts as full or as nothing, it waits."""

    def _add_score(self, cell: NotebookNode, resources: Resources) -> None:
        name = cell.metadata["nbgrader"]["grade_id"]
        grade = self.gradebook.find_grade(name, self.notebook_id, self.assignment_id, self.student_id)
        scored = cell.cell_type != "code" or any(
            output.output_type == "execute_result" for output in cell.outputs
        )
        score = utils.determine_grade(cell, self.log)[0] if scored else None
        confirmed = grade.manual_score is not None and not grade.needs_manual_grade
        same = self._answered_as_before(cell, resources)
        # What an instructor confirmed stays confirmed for the same answer; another answer is looked at again.
        if not (confirmed and score == grade.auto_score and same):
            grade.needs_manual_grade = score is None or grade.manual_score is not None
        grade.auto_score = score
        self.gradebook.db.commit()

    def _add_comment(self, cell: NotebookNode, resources: Resources) -> None:
        """Put the suggestion where formgrader has its comment; what an instructor writes there takes its place."""
        super()._add_comment(cell, resources)
        name = cell.metadata["nbgrader"]["grade_id"]
        if name in resources.get(_COMMENTS, {}):
            of_cell = self.gradebook.find_comment(name, self.notebook_id, self.assignment_id, self.student_id)
            of_cell.auto_comment = resources[_COMMENTS][name]
            self.gradebook.db.commit()

    def _answered_as_before(self, cell: NotebookNode, resources: Resources) -> bool:
        """Tell whether the graded cell is what it was at the last grading, and remember it for the next."""
        submission = Submission(resources)
        known = submission.course / "graded" / submission.assignment / f"{submission.student}.json"
        digests = json.loads(known.read_text(encoding="utf-8")) if known.exists() else {}
        name = cell.metadata["nbgrader"]["grade_id"]
        shown = cell.source + "".join(output.data.get("text/html", "") for output in cell.get("outputs", []))
        digest = hashlib.sha256(shown.encode()).hexdigest()
        same = digests.get(name) == digest
        known.parent.mkdir(parents=True, exist_ok=True)
        known.write_text(json.dumps({**digests, name: digest}, indent=1), encoding="utf-8")
        return same
