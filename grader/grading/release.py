"""Feedback reaches a trainee only when an instructor has confirmed all of it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from nbgrader.api import Gradebook, MissingEntry
from nbgrader.exchange.default import ExchangeReleaseFeedback

_SHOWN = 5


def waiting(submission: Any) -> list[Any]:
    """Return the grades of a submission that wait for an instructor, as nbgrader's gradebook has them."""
    return [
        grade for notebook in submission.notebooks for grade in notebook.grades if grade.needs_manual_grade
    ]


class ReleaseConfirmed(ExchangeReleaseFeedback):  # type: ignore[misc]  # nbgrader has no types
    """``nbgrader release_feedback``, and formgrader's button, for confirmed submissions alone."""

    def copy_files(self) -> None:
        """Release the feedback of every submission that is confirmed, and say whose is held back and why."""
        excluded = [name for name in self.coursedir.student_id_exclude.split(",") if name]
        folders = sorted(path for path in _folders(self.src_path) if path.parent.name not in excluded)
        with Gradebook(self.coursedir.db_url, self.coursedir.course_id) as gradebook:
            reasons = {
                path.parent.name: _reason(gradebook, self.coursedir.assignment_id, path) for path in folders
            }
        held = {trainee: reason for trainee, reason in reasons.items() if reason}
        self._release([*excluded, *held])
        for trainee, reason in held.items():
            self.log.warning("Not released to %s: %s", trainee, reason)
        if held:
            self._advise(len(held), len(reasons))

    def _release(self, excluded: list[str]) -> None:
        before = self.coursedir.student_id_exclude
        self.coursedir.student_id_exclude = ",".join(excluded)
        try:
            super().copy_files()
        finally:
            self.coursedir.student_id_exclude = before

    def _advise(self, held: int, all_of_them: int) -> None:
        name = self.coursedir.assignment_id
        advice = (
            f"Feedback was held back from {held} of {all_of_them}. Confirm their points in formgrader, then run "
            f"`nbgrader generate_feedback {name} --force` and `nbgrader release_feedback {name}`."
        )
        if held == all_of_them:
            self.fail(advice)
        self.log.warning(advice)


def _folders(pattern: str) -> set[Path]:
    """Return the feedback folders, ``<course>/feedback/<trainee>/<assignment>``, that nbgrader would release."""
    path = Path(pattern)
    trainees = path.parent.parent.glob("*") if path.parent.name == "*" else [path.parent]
    folders = (trainee / path.name for trainee in trainees)
    return {folder for folder in folders if any(folder.glob("*.html"))}


def _reason(gradebook: Gradebook, assignment: str, folder: Path) -> str:
    """Return why the feedback of one trainee has to wait, or ``""`` when it may go out."""
    try:
        submission = gradebook.find_submission(assignment, folder.parent.name)
    except MissingEntry:
        return "the gradebook has no record of this submission; grade it first."
    names = sorted(grade.name for grade in waiting(submission))
    if names:
        return f"{_count(len(names))} for confirmation ({_listed(names)})."
    stale = [notebook.name for notebook in submission.notebooks if not _up_to_date(folder, notebook)]
    if stale:
        return "the page was written before these points were given; generate the feedback again."
    return ""


def _count(number: int) -> str:
    return "1 answer waits" if number == 1 else f"{number} answers wait"


def _listed(names: list[str]) -> str:
    more = f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else ""
    return f"{', '.join(names[:_SHOWN])}{more}"


def _up_to_date(folder: Path, notebook: Any) -> bool:
    """Tell whether a feedback page shows the points of the gradebook: it is not rewritten when they are confirmed."""
    path = folder / f"{notebook.name}.html"
    if not path.exists():
        return False
    page = path.read_text(encoding="utf-8")
    for grade in notebook.grades:
        # As nbgrader's template writes its table of contents, which stands before anything that a trainee wrote.
        shown = re.search(rf'<a href="#{re.escape(grade.name)}">[^<]*</a> \(Score: (\S+) /', page)
        if shown and shown[1] != str(round(float(grade.score), 2)):
            return False
    return True
