"""What waits for an instructor, the most doubtful first."""

from __future__ import annotations

import filecmp
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from grader.errors import AnswersFileError, NotFoundError
from grader.exam.folder import exam_folder
from grader.exam.forms import FormEntry, read_forms
from grader.feedback import points
from grader.grading import record
from grader.grading.course import Course
from grader.grading.intake.submission import read_submission
from grader.grading.suggestion import Reader
from grader.scoring.findings import Finding, Score
from grader.scoring.score import ItemScore

_SHOWN = 2
_STATES = {
    "ok": "found",
    "advice": "found in part",
    "warning": "not found",
    "error": "otherwise than the record",
}
# Kinds of findings whose words stand in their message; the others name an element of a note.
_IN_WORDS = ("correct", "missed", "fault")
_NOT_FOUND = "Not found – check: "
_LESSON = "teaching"


@dataclass(frozen=True, slots=True)
class ReviewRow:
    """One free-text answer for an instructor to look at.

    Parameters
    ----------
    suggested, possible
        Points that the automatic reading suggests, None where it could not read the answer; and points at most.
    doubt
        Points of the suggestion that may be wrong; None where the reading cannot tell.
    flagged
        Whether the answer bears a sign, such as copied text, that a person should look at.
    look_at
        What to look at first, in plain words.
    where
        Path of the answer in formgrader.
    confirmed
        Points that an instructor has given; None while the answer waits.
    form
        The assignment as formgrader calls it, where the list is of all forms of an exam; empty otherwise.
    """

    trainee: str
    item: str
    suggested: float | None
    possible: float
    doubt: float | None
    flagged: bool
    look_at: tuple[str, ...]
    where: str
    confirmed: float | None = None
    form: str = ""

    @property
    def place(self) -> tuple[float, bool, bool, float, str, str]:
        """Where it stands in the list: by doubt, then signs, then how much is known, then how far it is from full."""
        missing = self.possible - (self.suggested or 0.0)
        return (
            -(self.doubt or 0.0),
            not self.flagged,
            self.doubt is not None,
            -missing,
            self.trainee,
            self.item,
        )


@dataclass(frozen=True, slots=True)
class Review:
    """The answers to look at, and who has handed in again since the last grading."""

    assignment: str
    rows: tuple[ReviewRow, ...]
    newer: tuple[str, ...]
    exam: bool = False

    def __str__(self) -> str:
        """Return the list for a terminal."""
        if not self.rows:
            lines = [f"No note or message of {self.assignment} waits for confirmation."]
        else:
            lines = [f"{'Trainee':<14} {'Item':<20} {'Suggested':>14} {'In doubt':>9}  Look first at"]
            lines += [line for row in self.rows for line in _lines(row)]
            lines += ["", _where_to_confirm(self.rows)]
        if self.newer:
            verb = "exam grade" if self.exam else "grade"
            again = f"Run `python -m grader {verb} {self.assignment}` first."
            lines.append(f"Handed in again since the last grading: {', '.join(self.newer)}. {again}")
        return "\n".join(lines)


def _lines(row: ReviewRow) -> list[str]:
    suggested = f"{'–' if row.suggested is None else points(row.suggested)} of {points(row.possible)}"
    doubt = "–" if row.doubt is None else points(row.doubt)
    confirmed = "" if row.confirmed is None else f"[confirmed: {points(row.confirmed)}] "
    look = f"{confirmed}{'; '.join(row.look_at)}".strip()
    return [
        f"{row.trainee:<14} {row.item:<20} {suggested:>14} {doubt:>9}  {look}".rstrip(),
        f"    {row.form} {row.where}" if row.form else f"    {row.where}",
    ]


def _where_to_confirm(rows: Sequence[ReviewRow]) -> str:
    return (
        "Confirm in formgrader: put the path below an answer behind the address of your Jupyter server, such as\n"
        f"http://localhost:8888{rows[0].where}, and enter the points.\n"
        "In doubt: points of the suggestion that may be wrong; – where the reading cannot tell."
    )


def review_assignment(course: Course, assignment: str, everything: bool = False) -> Review:
    """Return the free-text answers that wait for an instructor, the most doubtful first.

    Parameters
    ----------
    everything
        List confirmed answers as well.
    """
    reader = Reader(course.places, assignment)
    rows: list[ReviewRow] = []
    with course.gradebook() as gradebook:
        submissions = gradebook.assignment_submissions(assignment)
        if not submissions:
            raise NotFoundError(
                f"No submission of {assignment} has been graded. Run `python -m grader grade {assignment}` first."
            )
        for submission in submissions:
            rows += _rows(course, reader, submission, everything)
        newer = [s.student.id for s in submissions if _handed_in_again(course, assignment, s.student.id)]
    return Review(assignment, tuple(sorted(rows, key=lambda row: row.place)), tuple(sorted(newer)))


def review_exam(course: Course, exam: str, everything: bool = False) -> Review:
    """Return what waits in all forms of an exam that were graded, of those they were drawn for.

    Raises
    ------
    NotFoundError
        When the exam was not drawn, or none of its forms is graded yet.
    """
    graded = graded_forms(course, exam)
    if not graded:
        raise NotFoundError(
            f"No form of {exam} has been graded. Run `python -m grader exam grade {exam}` first."
        )
    rows, newer = list[ReviewRow](), set[str]()
    for entry in graded:
        found = review_assignment(course, entry.form, everything)
        rows += [replace(row, form=entry.form) for row in found.rows if row.trainee == entry.trainee]
        newer |= {entry.trainee} & set(found.newer)
    return Review(exam, tuple(sorted(rows, key=lambda row: row.place)), tuple(sorted(newer)), exam=True)


def graded_forms(course: Course, exam: str) -> tuple[FormEntry, ...]:
    """Return the forms of an exam that the gradebook has answers of."""
    entries = read_forms(exam_folder(course.root, exam))
    with course.gradebook() as gradebook:
        return tuple(
            e
            for e in entries
            if record.read(course.root, e.form, e.trainee) and gradebook.assignment_submissions(e.form)
        )


def _rows(course: Course, reader: Reader, submission: Any, everything: bool) -> list[ReviewRow]:
    shown = [
        (notebook, grade)
        for notebook in submission.notebooks
        for grade in notebook.grades
        if grade.name in reader.items
        and (grade.needs_manual_grade or (everything and grade.manual_score is not None))
    ]
    if not shown:
        return []
    trainee, assignment = submission.student.id, submission.name
    # Formgrader shows what was graded; the trainee may have handed in something else since.
    graded = course.root / "autograded" / trainee / assignment
    try:
        answers, problem = read_submission(graded, assignment), ""
    except AnswersFileError as error:
        answers, problem = None, str(error)
    rows = []
    for notebook, grade in shown:
        score = reader.suggestion(grade.name, answers) if answers else problem
        rows.append(_row(reader, trainee, notebook, grade, score))
    return rows


def _row(reader: Reader, trainee: str, notebook: Any, grade: Any, score: ItemScore | str) -> ReviewRow:
    case, item = reader.items[grade.name]
    where = f"/formgrader/submissions/{notebook.id}/#{grade.name}"
    confirmed = None if grade.needs_manual_grade else float(grade.manual_score)
    if not isinstance(score, Score):
        blank = not isinstance(score, str) and score.blank
        reason = _first_sentence(score if isinstance(score, str) else score.reason)
        suggested, doubt = (0.0, 0.0) if blank else (None, item.points)
        return ReviewRow(
            trainee, case.item_key(item), suggested, item.points, doubt, False, (reason,), where, confirmed
        )
    signs = [finding for finding in score.findings if not finding.subject]
    return ReviewRow(
        trainee,
        case.item_key(item),
        score.points,
        score.possible,
        score.doubt if score.doubt or any(f.confidence is not None for f in score.findings) else None,
        bool(signs),
        tuple(_words(finding) for finding in (*signs, *_least_sure(score))),
        where,
        confirmed,
    )


def _least_sure(score: Score) -> list[Finding]:
    """Return the findings that are least sure; where none says how sure it is, those that cost points."""
    about = [finding for finding in score.findings if finding.subject and finding.kind != _LESSON]
    weighed = [(f.confidence, place, f) for place, f in enumerate(about) if f.confidence is not None]
    if weighed:
        return [finding for sure, _, finding in sorted(weighed)[:_SHOWN] if sure < 1]
    return [finding for finding in about if finding.severity != "ok"][:_SHOWN]


def _words(finding: Finding) -> str:
    if finding.subject and finding.kind not in _IN_WORDS:
        sure = "" if finding.confidence is None else f" ({finding.confidence:.0%} sure)"
        return f"{finding.subject[0]}: {_STATES[finding.severity]}{sure}"
    return _first_sentence(finding.message.replace(_NOT_FOUND, "not found: ", 1))


def _first_sentence(text: str) -> str:
    """What follows is advice for the trainee."""
    return text.split(". ")[0].rstrip(".")


def _handed_in_again(course: Course, assignment: str, trainee: str) -> bool:
    """Tell whether the answers now handed in are others than those that were graded; no link is opened."""
    place = Path(trainee) / assignment / "answers.json"
    now, graded = course.root / "submitted" / place, course.root / "autograded" / place
    if now.is_symlink() or not now.is_file():
        return False
    return not graded.is_file() or not filecmp.cmp(now, graded, shallow=False)
