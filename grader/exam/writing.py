"""Writing the forms of an exam into the folder of a class: all of them or none, and for nobody but the instructor to open."""

from __future__ import annotations

import csv
import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from grader.errors import CourseError
from grader.exam.blueprint import BlueprintFile
from grader.exam.draw import DrawnForm
from grader.exam.folder import ExamFolder
from grader.exam.forms import FormEntry, FormsFile, forms_text
from grader.exam.level import level_case, level_key
from grader.exam.overlap import Overlap
from grader.family.writing import case_text, key_text
from grader.library.encounter import Case
from grader.library.reference import Key

_OWN = 0o077


@dataclass(frozen=True, slots=True)
class Libraries:
    """Where the files of the pool stand: ``<case>/case.yml``, and ``<case>/key.yml``."""

    cases: Path
    keys: Path


@dataclass(frozen=True, slots=True)
class Addition:
    """Forms to be added to an exam, and what its files say with them.

    Parameters
    ----------
    blueprint
        What the forms were drawn by; ``text`` is its file, kept as it is.
    drawn
        The new forms.
    file
        The list of all forms, the new ones last.
    codes
        By form, what it is opened with.
    overlap, bound
        What any two forms have in common, and may have.
    """

    blueprint: BlueprintFile
    text: bytes
    drawn: tuple[DrawnForm, ...]
    file: FormsFile
    codes: Mapping[str, str]
    overlap: Overlap
    bound: float


def write_exam(folder: ExamFolder, addition: Addition, libraries: Libraries) -> None:
    """Write new forms; those that are there stay as they are.

    Everything is written beside the exam's folder first.  A new exam is then put in place in one step; to one that is there,
    the new encounters are added, and last of all the list: until then nobody has the new forms.

    Raises
    ------
    CourseError
        When it cannot be written; nothing is changed then.
    """
    forms = addition.file.forms
    there = {name for entry in forms[: len(forms) - len(addition.drawn)] for name in entry.cases}
    try:
        with _private(), _staging(folder) as stage:
            stage.blueprint.write_bytes(addition.text)
            for each in addition.drawn:
                _write_form(stage, addition.blueprint, each, libraries, there)
            _write_codes(stage.opening_codes, forms, addition.codes)
            text = forms_text(addition.file, addition.overlap, addition.bound)
            stage.forms_list.write_text(text, encoding="utf-8")
            if folder.root.exists():
                _add(stage, folder)
            else:
                stage.root.rename(folder.root)
    except OSError as error:
        raise CourseError(
            f"The forms cannot be written: {error.filename or folder.root}: {error.strerror or error}."
        ) from error


@contextmanager
def _private() -> Iterator[None]:
    before = os.umask(_OWN)
    try:
        yield
    finally:
        os.umask(before)


@contextmanager
def _staging(folder: ExamFolder) -> Iterator[ExamFolder]:
    folder.root.parent.mkdir(exist_ok=True)
    new = Path(tempfile.mkdtemp(dir=folder.root.parent, prefix=f".{folder.root.name}-"))
    stage = ExamFolder(new)
    try:
        for part in (stage.forms, stage.cases, stage.keys):
            part.mkdir()
        yield stage
    finally:
        shutil.rmtree(new, ignore_errors=True)


def _write_form(
    stage: ExamFolder, blueprint: BlueprintFile, each: DrawnForm, libraries: Libraries, there: set[str]
) -> None:
    """Write a form, and those of its encounters that are not there yet, which are then."""
    for case in each.form.cases:
        if case.id not in there:
            if made := each.drawn.get(case.id):
                _write(stage, case.id, case_text(made.case), key_text(made.key))
            else:
                _write_of_library(stage, case, each.form.keys[case.id], libraries)
            there.add(case.id)
    form = stage.forms / each.form.id
    form.mkdir()
    assignment = {
        "schema": "assignment/1",
        "id": each.form.id,
        "title": blueprint.title,
        "introduction": blueprint.introduction,
        "cases": [case.id for case in each.form.cases],
    }
    (form / "assignment.yml").write_text(_text(assignment), encoding="utf-8")


def _write_of_library(stage: ExamFolder, case: Case, key: Key, libraries: Libraries) -> None:
    """Write an encounter of the library with the points that it has in the form."""
    own = level_case(_data(libraries.cases / case.id / "case.yml"), case)
    of_key = level_key(_data(libraries.keys / case.id / "key.yml"), key)
    _write(stage, case.id, _text(own), _text(of_key))


def _data(path: Path) -> Any:
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def _text(data: Mapping[str, Any]) -> str:
    return yaml.safe_dump(data, sort_keys=False, allow_unicode=True)


def _write(stage: ExamFolder, name: str, case: str, key: str) -> None:
    for place, file, text in ((stage.cases, "case.yml", case), (stage.keys, "key.yml", key)):
        (place / name).mkdir()
        (place / name / file).write_text(text, encoding="utf-8")


def _write_codes(path: Path, forms: Sequence[FormEntry], codes: Mapping[str, str]) -> None:
    # No cell begins as a formula does: the roster is refused where one would.
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file)
        table.writerow(("trainee", "name", "form", "code"))
        table.writerows((each.trainee, each.name, each.form, codes[each.form]) for each in forms)


def _add(stage: ExamFolder, folder: ExamFolder) -> None:
    for part in ("cases", "keys", "forms"):
        for new in sorted((stage.root / part).iterdir()):
            place = folder.root / part / new.name
            if place.exists():  # of a draw that was stopped here; no form on the list has it
                shutil.rmtree(place)
            new.rename(place)
    stage.opening_codes.replace(folder.opening_codes)
    stage.forms_list.replace(folder.forms_list)
