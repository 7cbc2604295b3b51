"""Writing the result page of every trainee, and the instructor's report."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from itertools import groupby
from pathlib import Path

from grader.decision import report as reports
from grader.decision.exam import outcomes, retake_of
from grader.decision.explained import Figure
from grader.decision.file import changes, decided_at, read_decisions
from grader.decision.outcome import Outcome
from grader.decision.result import Result, page, result_of
from grader.decision.sat import Exam, Sat, read_exam
from grader.decision.skills import skill_shares
from grader.decision.words import percent
from grader.errors import CourseError, NotFoundError
from grader.exam.blueprint import load_blueprint
from grader.exam.folder import ExamFolder, exam_folder
from grader.exam.forms import read_forms
from grader.exam.retake import MayRetake
from grader.exam.times import as_sat
from grader.grading.course import Course
from grader.grading.reports.spreadsheet import private_file

REPORT = "report.html"
_FOLDER_MODE = 0o700


def results(course: Course, exam: str, now: datetime, book: str = "") -> tuple[Result, ...]:
    """Return what every trainee of an exam is told, as it was decided last.

    Parameters
    ----------
    book
        Address of the published book, for links to what to practice.

    Raises
    ------
    DecisionsFileError
        When nothing was decided yet.
    CourseError
        When something has changed since, so that another decision would be taken.
    """
    folder = exam_folder(course.root, exam)
    decided, when = read_decisions(folder), decided_at(folder)
    found = read_exam(course, exam)
    if stale := changes(decided, outcomes(found, now)):
        names = ", ".join(sorted({change.form.trainee for change in stale})[:5])
        raise CourseError(
            f"Since {exam} was decided, something has changed for {names}. Run `python -m grader exam decide {exam}` first."
        )
    sittings = {sat.entry.form: sat for sat in found.sittings}
    return tuple(
        _result(found, list(forms), sittings, when, now, book)
        for _, forms in groupby(sorted(decided, key=_place), key=lambda outcome: outcome.trainee)
    )


def _place(outcome: Outcome) -> tuple[str, int]:
    return outcome.trainee, outcome.attempt


def _result(
    exam: Exam,
    forms: Sequence[Outcome],
    sittings: Mapping[str, Sat],
    decided: datetime,
    now: datetime,
    book: str,
) -> Result:
    *earlier, last = forms
    drawn = [sat.entry for sat in exam.sittings]
    may = retake_of(last.trainee, drawn, forms, exam.blueprint.retake, exam.blueprint.window.closes, now)
    skills = skill_shares(sittings[last.form].answers)
    own = as_sat(exam.blueprint, sittings[last.form].entry)
    return result_of(last, earlier, own, may, decided, skills, book)


def write_results(folder: ExamFolder, told: Sequence[Result]) -> None:
    """Write the page of every trainee.

    Raises
    ------
    CourseError
        When a page cannot be written, or a trainee's name is that of the instructor's report.
    """
    _make(folder.results)
    _remove_old(folder)
    for result in told:
        name = f"{result.trainee}.html"
        if name == REPORT or Path(name).name != name:
            raise CourseError(
                f"No page can be called after the trainee {result.trainee!r}. Give another name in the roster."
            )
        with private_file(folder.results / name) as file:
            file.write(page(result))


def find_result(told: Sequence[Result], trainee: str) -> Result:
    """Return what one trainee is told.

    Raises
    ------
    NotFoundError
        When no form was drawn for anybody of this name.
    """
    found = next((result for result in told if result.trainee == trainee), None)
    if found is None:
        raise NotFoundError(f"No form was drawn for {trainee!r}. The exam's forms.json says who has one.")
    return found


def retake_decision(course: Course, exam: str, trainee: str, now: datetime) -> MayRetake:
    """Tell whether a trainee may sit an exam again, from what was decided last; a form drawn since is still to be decided.

    Raises
    ------
    DecisionsFileError
        When nothing was decided yet.
    """
    folder = exam_folder(course.root, exam)
    blueprint = load_blueprint(folder.blueprint)
    drawn, decided = read_forms(folder), read_decisions(folder)
    return retake_of(trainee, drawn, decided, blueprint.retake, blueprint.window.closes, now)


def write_report(course: Course, exam: str, now: datetime) -> tuple[str, Path]:
    """Write the instructor's report of an exam as it stands now, and return it in short with its place.

    Raises
    ------
    CourseError
        When a file of the exam or the gradebook cannot be read, or the page cannot be written.
    """
    folder = exam_folder(course.root, exam)
    found = read_exam(course, exam)
    report = reports.report_of(found, outcomes(found, now), reports.families_of(folder))
    place = folder.root / REPORT
    _remove_old(folder)
    overlap = overlap_figures(folder)
    with private_file(place) as file:
        file.write(reports.page(report, overlap, now))
    return reports.as_text(report, overlap), place


def _remove_old(folder: ExamFolder) -> None:
    """Remove a report of before from among the pages that are handed out; no trainee's page has its name."""
    old = folder.results / REPORT
    try:
        old.unlink(missing_ok=True)
    except OSError as error:
        raise CourseError(f"{old} cannot be removed: {error.strerror or error}.") from error


def overlap_figures(folder: ExamFolder) -> tuple[Figure, ...]:
    """Return what forms have in common, as it was found when they were drawn; nothing where it was not told."""
    overlap = json.loads(folder.forms_list.read_bytes()).get("overlap", {})
    if not overlap.get("pairs"):
        return ()
    bound = percent(overlap["bound"])
    return (
        Figure(
            "Most in common",
            percent(overlap["most"]),
            f"Share of points of the two forms that have most in common; {bound} is allowed.",
        ),
        Figure(
            "In common on average", percent(overlap["mean"]), f"Over {overlap['pairs']:,} pairs of forms."
        ),
    )


def _make(folder: Path) -> None:
    try:
        folder.mkdir(exist_ok=True, mode=_FOLDER_MODE)
        folder.chmod(_FOLDER_MODE)
    except OSError as error:
        raise CourseError(f"{folder} cannot be made: {error.strerror or error}.") from error
