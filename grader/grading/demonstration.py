"""A class of eight sample trainees, graded by real nbgrader from release to export."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import nbformat
from nbformat.notebooknode import NotebookNode
from nbgrader.exchange.default import ExchangeFetchAssignment, ExchangeSubmit

from grader.grading.course import Course
from grader.grading.newcourse import new_course
from grader.grading.reports.classtable import ClassTable
from grader.grading.reports.export import ClassExport
from grader.grading.reports.report_files import write_report
from grader.grading.run import grade_assignment

Progress = Callable[[str], None]

HOSTILE_CODE = """\
from pathlib import Path
print([path.read_text() for path in Path("/").rglob("key.yml")])
while True:
    pass
"""
SCRIPT = "<script>document.title = 'taken over'</script>"


@dataclass(frozen=True, slots=True)
class Trainee:
    """One of the eight: whose answers are handed in, and in what state."""

    id: str
    about: str
    answers: str  # name of a file in sample_class/, or ""


TRAINEES = (
    Trainee("trainee-1", "answers everything", "complete.json"),
    Trainee("trainee-2", "answers some, not all of it right", "partial.json"),
    Trainee("trainee-3", "opens it and answers nothing", "empty.json"),
    Trainee("trainee-4", "hands in no answers.json", ""),
    Trainee("trainee-5", "hands in a damaged answers.json", "malformed.json"),
    Trainee("trainee-6", "changes and deletes cells of the notebook", "complete.json"),
    Trainee("trainee-7", "adds code that looks for the key and never ends", "partial.json"),
    Trainee("trainee-8", "writes script tags into note, codes and notebook", "script.json"),
)


def run_demonstration(out: Path, exercises: Path, assignment: str, progress: Progress) -> ClassTable:
    """Run the whole course of an assignment in ``out``, which is made anew, and return the class.

    Parameters
    ----------
    out
        Becomes a course root of its own, with exchange, gradebook and feedback.
    exercises
        The real course root, with ``<assignment>/assignment.yml`` and its ``sample_class``.
    assignment
        Which assignment.
    progress
        Told what is going on.
    """
    if out.exists():
        shutil.rmtree(out)
    out = out.resolve()
    # Nobody takes part in this class: it may stand beside the code, and its exchange in it.
    new_course(out, exercises, out / "exchange", anywhere=True)
    course = Course(out)
    progress("  building and releasing the assignment")
    course.build(assignment)
    for stage in ("generate_assignment", "release_assignment"):
        course.stage(stage, assignment)
    progress(f"  {len(TRAINEES)} trainees fetch it, work and submit")
    for trainee in TRAINEES:
        _work_and_submit(course, exercises / assignment / "sample_class", assignment, trainee)
    course.stage("collect", assignment)
    progress("  grading them, and writing feedback")
    table = grade_assignment(course, assignment, lambda done, of: None)
    table.write_csv(out / "grades.csv")
    write_report(course, assignment)
    course.stage("generate_feedback", assignment)
    with course.gradebook() as gradebook:
        ClassExport(parent=course.api, to=str(out / "nbgrader-export.csv")).export(gradebook)
    (out / "grades.txt").write_text(f"{table}\n", encoding="utf-8")
    return table


def _work_and_submit(course: Course, samples: Path, assignment: str, trainee: Trainee) -> None:
    home = course.root / "trainees" / trainee.id
    home.mkdir(parents=True)
    coursedir = course.api.coursedir
    earlier = coursedir.assignment_id, coursedir.student_id
    coursedir.assignment_id, coursedir.student_id = assignment, trainee.id
    try:
        parts = {"coursedir": coursedir, "authenticator": course.api.authenticator, "parent": course.api}
        ExchangeFetchAssignment(assignment_dir=str(home), **parts).start()
        folder = home / assignment
        if trainee.answers:
            shutil.copyfile(samples / trainee.answers, folder / "answers.json")
        _tamper(folder / f"{assignment}.ipynb", trainee.id)
        ExchangeSubmit(assignment_dir=str(home), cache=str(home / ".cache"), **parts).start()
    finally:
        coursedir.assignment_id, coursedir.student_id = earlier


def _tamper(path: Path, trainee: str) -> None:
    """Do to the notebook what the trainee in question does."""
    notebook: NotebookNode = nbformat.read(path, as_version=4)
    graded = [cell for cell in notebook.cells if cell.metadata.get("nbgrader", {}).get("grade")]
    if trainee == "trainee-6":
        graded[0].source = "print('8.0')"
        notebook.cells.remove(graded[1])
        notebook.cells.append(json.loads(json.dumps(graded[2])) | {"id": "twice"})
    elif trainee == "trainee-7":
        for cell in graded:
            cell.source = HOSTILE_CODE
        notebook.cells.insert(0, nbformat.v4.new_code_cell(HOSTILE_CODE, id="hostile"))
    elif trainee == "trainee-8":
        notebook.cells.insert(0, nbformat.v4.new_markdown_cell(SCRIPT, id="script"))
    else:
        return
    path.write_text(json.dumps(notebook), encoding="utf-8")
