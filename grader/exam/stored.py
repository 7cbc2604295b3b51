"""Reading back the forms of an exam that was drawn."""

from __future__ import annotations

from collections.abc import Mapping

from grader.exam.folder import ExamFolder
from grader.exam.form import Form
from grader.exam.forms import FormEntry
from grader.library.case import load_case
from grader.library.encounter import Case
from grader.library.key import load_key
from grader.library.reference import Key


def load_form(folder: ExamFolder, entry: FormEntry) -> Form:
    """Read one form with its keys, as it was drawn.

    Raises
    ------
    CaseFileError, KeyFileError
        When one of its files is missing or wrong.
    """
    return _form(folder, entry, {}, {})


def load_forms(folder: ExamFolder, entries: tuple[FormEntry, ...]) -> tuple[Form, ...]:
    """Read several forms; what they have in common is read once."""
    cases: dict[str, Case] = {}
    keys: dict[str, Key] = {}
    return tuple(_form(folder, entry, cases, keys) for entry in entries)


def form_cases(folder: ExamFolder, entry: FormEntry) -> tuple[Case, ...]:
    """Read what a trainee sees of a form, and no key."""
    return tuple(load_case(folder.cases / name) for name in entry.cases)


def _form(folder: ExamFolder, entry: FormEntry, cases: dict[str, Case], keys: dict[str, Key]) -> Form:
    for name in entry.cases:
        if name not in cases:
            cases[name] = load_case(folder.cases / name)
            keys[name] = load_key(folder.keys / name, cases[name])
    own: Mapping[str, Key] = {name: keys[name] for name in entry.cases}
    return Form(
        entry.form,
        folder.root.name,
        entry.trainee,
        entry.attempt,
        tuple(cases[name] for name in entry.cases),
        own,
    )
