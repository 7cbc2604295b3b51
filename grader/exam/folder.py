"""Where an exam stands in the folder of a class, for nobody but the instructor to open.

``<class>/exams/<exam>/``
    ``blueprint.yml``         the blueprint that the forms were drawn by
    ``forms.json``            who got which form, with its cases; no key
    ``opening-codes.csv``     what each trainee opens the own form with
    ``forms/<form>/``         ``assignment.yml`` of each form
    ``cases/``, ``keys/``     the encounters of all forms, and apart from them their keys
    ``rulings.yml``           what an instructor decided about sittings whose time is not known, where there are any
    ``decisions.json``        what was decided; ``decisions.csv`` is the same for a spreadsheet
    ``report.html``           the report, for instructors alone: it names trainees, cases and what was right in them
    ``results/``              a page for each trainee
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from grader.errors import NotFoundError

EXAMS = "exams"


@dataclass(frozen=True, slots=True)
class ExamFolder:
    """The folder of one exam."""

    root: Path

    @property
    def blueprint(self) -> Path:
        """The blueprint the forms were drawn by."""
        return self.root / "blueprint.yml"

    @property
    def forms_list(self) -> Path:
        """Who got which form."""
        return self.root / "forms.json"

    @property
    def opening_codes(self) -> Path:
        """What each trainee opens the own form with."""
        return self.root / "opening-codes.csv"

    @property
    def forms(self) -> Path:
        """Folder with ``<form>/assignment.yml``."""
        return self.root / "forms"

    @property
    def cases(self) -> Path:
        """Folder of the encounters."""
        return self.root / "cases"

    @property
    def keys(self) -> Path:
        """Folder of the keys, apart from all that is released."""
        return self.root / "keys"

    @property
    def decisions(self) -> Path:
        """What was decided."""
        return self.root / "decisions.json"

    @property
    def results(self) -> Path:
        """Pages that explain the decisions."""
        return self.root / "results"


def exam_folder(course: Path, exam: str) -> ExamFolder:
    """Return the folder of an exam that was drawn.

    Raises
    ------
    NotFoundError
        When it was not.
    """
    folder = ExamFolder(course / EXAMS / exam)
    if not folder.forms_list.is_file():
        raise NotFoundError(
            f"No exam {exam!r} was drawn in {course}. Draw one with `python -m grader exam draw`."
        )
    return folder


def exam_of_form(course: Path, form: str) -> ExamFolder | None:
    """Return the folder of the exam that an assignment is a form of; None for any other assignment."""
    # What begins with a dot is being drawn just now.
    for path in sorted((course / EXAMS).glob("[!.]*")):
        if (path / "forms" / form / "assignment.yml").is_file():
            return ExamFolder(path)
    return None
