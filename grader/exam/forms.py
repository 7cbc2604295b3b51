"""``forms.json``: who got which form, with its encounters; it holds no key."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from grader.errors import FormsFileError
from grader.exam.folder import ExamFolder
from grader.exam.overlap import Overlap

SCHEMA = "exam-forms/1"


@dataclass(frozen=True, slots=True)
class FormEntry:
    """One form.

    Parameters
    ----------
    form
        Its id, which is the assignment's.
    trainee, name, email
        As the roster says; the address may be empty.
    attempt
        1 for the first sitting.
    points
        Of all questions.
    cases
        Ids of its encounters, in the order they are shown.
    drawn
        When, in UTC.
    opens, closes
        Times of its own, with their offset from UTC; empty where the blueprint's hold.
    extra
        Minutes that it lasts longer than the blueprint says.
    """

    form: str
    trainee: str
    name: str
    email: str
    attempt: int
    points: float
    cases: tuple[str, ...]
    drawn: str = ""
    opens: str = ""
    closes: str = ""
    extra: int = 0


@dataclass(frozen=True, slots=True)
class FormsFile:
    """A whole ``forms.json``.

    Parameters
    ----------
    exam
        Id of the blueprint.
    blueprint
        Digest of the blueprint that all forms were drawn by.
    seed
        Tells whether another seed is the one that was drawn with, and nothing else of it.
    """

    exam: str
    blueprint: str
    seed: str
    forms: tuple[FormEntry, ...]


def read_forms(folder: ExamFolder) -> tuple[FormEntry, ...]:
    """Return who got which form, in the order they were drawn.

    Raises
    ------
    FormsFileError
        When the file cannot be read.
    """
    return read_forms_file(folder).forms


def latest_forms(entries: Iterable[FormEntry]) -> Mapping[str, FormEntry]:
    """Return each trainee's form of the highest attempt."""
    return {each.trainee: each for each in sorted(entries, key=lambda entry: entry.attempt)}


def read_forms_file(folder: ExamFolder) -> FormsFile:
    """Read ``forms.json``.

    Raises
    ------
    FormsFileError
        When the file cannot be read.
    """
    path = folder.forms_list
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        if data["schema"] != SCHEMA:
            raise FormsFileError(
                path, "schema", f"it is not {SCHEMA}", "Use the release of the course it was made with"
            )
        entries = tuple(_entry(each) for each in data["forms"])
        return FormsFile(str(data["exam"]), str(data["blueprint"]), str(data["seed"]), entries)
    except (OSError, ValueError, TypeError, KeyError) as error:
        problem = f"it cannot be read ({type(error).__name__})"
        raise FormsFileError(path, "", problem, "Bring back the copy that was drawn") from None


def _entry(data: Mapping[str, Any]) -> FormEntry:
    entry = FormEntry(**{**data, "cases": tuple(data["cases"])})
    moments = [datetime.fromisoformat(each) for each in (entry.opens, entry.closes) if each]
    if any(moment.tzinfo is None for moment in moments) or not isinstance(entry.extra, int):
        raise ValueError("not the times of a form")
    return entry


def forms_text(file: FormsFile, overlap: Overlap, bound: float) -> str:
    """Return the text of ``forms.json``."""
    data = {
        "schema": SCHEMA,
        "exam": file.exam,
        "blueprint": file.blueprint,
        "seed": file.seed,
        "forms": [asdict(each) for each in file.forms],
        "overlap": {**asdict(overlap), "bound": bound},
    }
    return f"{json.dumps(data, ensure_ascii=False, indent=1)}\n"
