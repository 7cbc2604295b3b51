"""What a trainee handed in, looked at without opening any link or running anything."""

from __future__ import annotations

from pathlib import Path

import nbformat

from grader.answers import Answers, read_answers
from grader.errors import AnswersFileError

MAX_NOTEBOOK = 20_000_000


def read_submission(folder: Path, assignment: str) -> Answers:
    """Return the answers of one submission.

    Raises
    ------
    AnswersFileError
        When they are missing, damaged or those of another assignment.
    """
    answers = read_answers(folder / "answers.json")
    if answers.assignment != assignment:
        problem = f"they are the answers to {answers.assignment[:80]!r}, not to {assignment!r}"
        raise AnswersFileError("answers.json", "assignment", problem, "Ask for the file of this assignment")
    return answers


def obstacle(folder: Path, assignment: str) -> str:
    """Return why nbgrader cannot even open a submission, or ``""`` when it can."""
    links = [path.name for path in folder.rglob("*") if path.is_symlink()]
    if folder.is_symlink() or links:
        return f"It contains a link ({', '.join(links) or folder.name}); links are not followed. Ask for the file itself."
    notebook = folder / f"{assignment}.ipynb"
    if not notebook.is_file():
        return f"{notebook.name} is missing. Ask the trainee to submit again."
    if notebook.stat().st_size > MAX_NOTEBOOK:
        return f"{notebook.name} is larger than {MAX_NOTEBOOK:,} bytes. Ask the trainee to clear its output."
    try:
        nbformat.read(notebook, as_version=4)
    except Exception as error:  # nbformat raises whatever its parsers raise
        return f"{notebook.name} is not a notebook ({type(error).__name__}). Ask the trainee to submit again."
    return ""


def reason_not_scored(folder: Path, assignment: str) -> str:
    """Return why a submission has no scores, or ``""`` when it has."""
    problem = obstacle(folder, assignment)
    if problem:
        return problem
    try:
        read_submission(folder, assignment)
    except AnswersFileError as error:
        return str(error)
    return ""
