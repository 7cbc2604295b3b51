"""A form: the encounters that one trainee gets at one attempt, with their keys."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

from grader.library.encounter import Case
from grader.library.reference import Key


@dataclass(frozen=True, slots=True)
class Form:
    """One form.

    Parameters
    ----------
    id
        nbgrader's name of the assignment, ``certification-3f9c01ab``: it tells neither trainee nor attempt.
    exam
        Id of the blueprint.
    trainee
        nbgrader's name of the student.
    attempt
        1 for the first sitting.
    cases
        In the order they are shown.
    keys
        By id of the case; they never leave the instructor's machine.
    """

    id: str
    exam: str
    trainee: str
    attempt: int
    cases: tuple[Case, ...]
    keys: Mapping[str, Key]

    @property
    def points(self) -> float:
        """Points of all questions."""
        return sum(item.points for case in self.cases for item in case.items)


def form_digest(form_id: str) -> str:
    """Return what a certificate says of a form: it can be compared with the form's name."""
    return hashlib.sha256(form_id.encode("utf-8")).hexdigest()
