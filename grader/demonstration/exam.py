"""The sample exam in a class: drawn, sealed, sat, graded, decided, and certified.

Everything goes through the same doors as in earnest, nbgrader's exchange included; only the clock of the sittings is set.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from nbgrader.exchange.default import ExchangeFetchAssignment, ExchangeSubmit

from grader import codeset
from grader.certificate.certify import Certified, certify
from grader.certificate.issuer import init_issuer
from grader.decision.exam import decide_exam
from grader.decision.file import write_decisions
from grader.decision.outcome import Outcome
from grader.decision.publish import results, write_report, write_results
from grader.decision.table import as_text
from grader.demonstration.altered import write_altered
from grader.demonstration.candidates import CANDIDATES, Candidate, answers_of
from grader.exam.attempts import first_sittings
from grader.exam.blueprint import load_blueprint
from grader.exam.demands import content_of
from grader.exam.drawing import draw_exam, open_exam
from grader.exam.folder import ExamFolder, exam_folder
from grader.exam.forms import FormEntry, read_forms
from grader.exam.pool import load_pool
from grader.exam.stored import load_form
from grader.exam.writing import Libraries
from grader.grading import record
from grader.grading.course import Course
from grader.grading.examforms import collect_exam, grade_exam, opening_codes, release_exam
from grader.workbench.seat import Seat

Progress = Callable[[str], None]
EXAM = "sample-exam"
_SEED = "everybody may know the seed of the sample exam: it guards nothing"
_NAME, _URL = "Coding Back Pain, sample issuer", "https://course.example.org/"
_MINUTES = 40  # from the start of each sitting to its end


@dataclass(frozen=True, slots=True)
class Shown:
    """What the demonstration came to, and its files."""

    outcomes: tuple[Outcome, ...]
    certified: Certified
    altered: Path
    issuer: Path

    def __str__(self) -> str:
        """Return the table of decisions, and where to look."""
        (holder,) = self.certified.issued
        lines = [
            as_text(self.outcomes),
            "",
            f"Certificate: {holder.files[-1]}",
            f"The same with another name, a forgery: {self.altered}",
        ]
        return "\n".join(lines)


def show_exam(course: Course, issuer: Path, progress: Progress) -> Shown:
    """Let three sample trainees sit the sample exam in a class, and certify who passes.

    Parameters
    ----------
    course
        A class that nobody takes part in.
    issuer
        Becomes the folder of a sample issuer.
    progress
        Told what is going on.
    """
    outcomes = run_exam(course, course.assignments / EXAM / "blueprint.yml", CANDIDATES, progress)
    progress("  certifying who passed")
    init_issuer(issuer, _NAME, _URL, anywhere=True)
    certified = certify(course.root, EXAM, issuer)
    return Shown(outcomes, certified, write_altered(certified.issued[0].files), issuer)


def run_exam(
    course: Course, blueprint: Path, candidates: Sequence[Candidate], progress: Progress
) -> tuple[Outcome, ...]:
    """Let some candidates sit an exam that is open now, and decide."""
    progress("  drawing, sealing and releasing the forms of an exam")
    folder = _draw(course, blueprint, candidates)
    exam = folder.root.name
    release_exam(course, exam, _quiet)
    progress(f"  {len(candidates)} trainees open their forms, answer and submit")
    entries = {entry.trainee: entry for entry in read_forms(folder)}
    for candidate in candidates:
        _sit(course, folder, entries[candidate.who.trainee], candidate)
    collect_exam(course, exam, _quiet)
    progress("  grading and deciding")
    grade_exam(course, exam, _quiet)
    _confirm(course, tuple(entries.values()))
    return _decide(course, folder)


def _quiet(done: int, of: int) -> None:
    """Tell nothing of progress."""


def _draw(course: Course, blueprint: Path, candidates: Sequence[Candidate]) -> ExamFolder:
    exam = open_exam(course.root, blueprint, _SEED)
    codes = codeset.load()
    which = content_of(exam.blueprint).pool
    pool = load_pool(course.cases, course.keys, course.cases / "families", codes, which)
    sittings = first_sittings([candidate.who for candidate in candidates], ())
    draw_exam(exam, sittings, _SEED, pool, Libraries(course.cases, course.keys), codes, _quiet)
    return exam_folder(course.root, exam.blueprint.id)


def _sit(course: Course, folder: ExamFolder, entry: FormEntry, candidate: Candidate) -> None:
    """Fetch the form, sit the exam as its desk lets people sit, and submit."""
    home = course.root / "trainees" / entry.trainee
    home.mkdir(parents=True, exist_ok=True)
    coursedir = course.api.coursedir
    earlier = coursedir.assignment_id, coursedir.student_id
    coursedir.assignment_id, coursedir.student_id = entry.form, entry.trainee
    try:
        parts = {"coursedir": coursedir, "authenticator": course.api.authenticator, "parent": course.api}
        ExchangeFetchAssignment(assignment_dir=str(home), **parts).start()
        _answer(home / entry.form, folder, entry, candidate)
        ExchangeSubmit(assignment_dir=str(home), cache=str(home / ".cache"), **parts).start()
    finally:
        coursedir.assignment_id, coursedir.student_id = earlier


def _answer(place: Path, folder: ExamFolder, entry: FormEntry, candidate: Candidate) -> None:
    form = load_form(folder, entry)
    given = answers_of(form, candidate.habit)
    now = datetime.now().astimezone() - timedelta(minutes=_MINUTES + 1)
    seat = Seat(place, lambda: now)
    seat.begin(opening_codes(folder)[entry.form])
    for case in form.cases:
        now += timedelta(minutes=_MINUTES / len(form.cases))
        seat.save({name: answer for name, answer in given.items() if name.startswith(f"{case.id}/")})
    seat.finish()


def _confirm(course: Course, entries: tuple[FormEntry, ...]) -> None:
    """Confirm what was suggested for notes and messages, as an instructor does in formgrader."""
    with course.gradebook() as gradebook:
        for entry in entries:
            kept = record.read(course.root, entry.form, entry.trainee)
            notebook = gradebook.find_submission_notebook(entry.form, entry.form, entry.trainee)
            for grade in notebook.grades:
                if grade.needs_manual_grade and kept is not None:
                    grade.manual_score = kept.cells[grade.name].points or 0.0
                    grade.needs_manual_grade = False
        gradebook.db.commit()


def _decide(course: Course, folder: ExamFolder) -> tuple[Outcome, ...]:
    now = datetime.now().astimezone()
    blueprint = load_blueprint(folder.blueprint)
    outcomes = decide_exam(course, blueprint.id, now)
    write_decisions(folder, blueprint, outcomes, now)
    write_results(folder, results(course, blueprint.id, now))
    write_report(course, blueprint.id, now)
    return outcomes
