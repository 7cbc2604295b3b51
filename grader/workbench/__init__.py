"""The workbench in JupyterLab: shows a case, keeps the answers in ``answers.json`` beside the notebook.

Only the public part of a case crosses to the browser.  Traits tagged ``sync=True`` are all that does.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import anywidget
import traitlets

from grader.answers import SCHEMA, read_answers, to_data
from grader.codeset.tabular import SEARCH_TEXT
from grader.errors import AnswersFileError, CourseError, NotFoundError

STATIC = Path(__file__).parent / "static"
ANSWERS = "answers.json"

Check = Callable[[dict[str, Any]], dict[str, Any]]
Save = Callable[[dict[str, Any], dict[str, Any]], str]


class Workbench(anywidget.AnyWidget):
    """One case with its items.

    Parameters
    ----------
    case
        The public part of the case.
    answers
        Earlier answers by item key.
    save
        Called with the case and its answers at every change; returns what to tell the trainee.
    check
        Called with the answers on Check; None where the instructor grades.
    """

    _esm = STATIC / "workbench.js"
    _css = STATIC / "workbench.css"
    case = traitlets.Dict().tag(sync=True)
    mode = traitlets.Unicode("graded").tag(sync=True)
    answers = traitlets.Dict().tag(sync=True)
    check = traitlets.Int(0).tag(sync=True)
    result = traitlets.Instance(dict, allow_none=True).tag(sync=True)
    status = traitlets.Unicode("").tag(sync=True)

    def __init__(
        self, case: dict[str, Any], answers: dict[str, Any], save: Save, check: Check | None = None
    ) -> None:
        self._save, self._check = save, check
        super().__init__(case=case, answers=answers, mode="practice" if check else "graded")
        self.observe(self._keep_answers, "answers")
        self.observe(self._answer_check, "check")
        self.on_msg(self._asked)

    def _keep_answers(self, change: dict[str, Any]) -> None:
        try:
            self.status = self._save(self.case, change["new"])
        except (OSError, UnicodeError) as error:
            self.status = f"NOT saved: {error}. Copy your answers, then tell your instructor."

    def _answer_check(self, change: dict[str, Any]) -> None:
        if self._check is None:
            return
        try:
            self.result = {"check": change["new"], **self._check(self.answers)}
        except CourseError as error:
            self.result = {"check": change["new"], "error": str(error)}

    def _asked(self, _widget: object, content: object, _buffers: object) -> None:
        # Half a megabyte of codes goes as a message: a trait would be saved into every notebook.
        if content == {"kind": "codes"}:
            self.send({"kind": "codes"}, [SEARCH_TEXT.read_bytes()])


class AnswersFile:
    """The ``answers.json`` of one notebook.

    Parameters
    ----------
    path
        Where it stands.
    assignment
        Whose answers they are.
    """

    def __init__(self, path: Path, assignment: str) -> None:
        self.path = path
        self.assignment = assignment
        self.notice = ""
        self._items: dict[str, Any] = {}
        if path.exists():
            try:
                self._items = self._stored()
            except AnswersFileError as error:
                self.notice = self._set_aside(error)

    def _set_aside(self, error: AnswersFileError) -> str:
        kept = _free_name(self.path)
        self.path.rename(kept)
        return f"Your earlier answers could not be read and were kept as {kept.name}. {error}"

    def _stored(self) -> dict[str, Any]:
        """Return what the file holds now: another notebook may have written to it."""
        stored = read_answers(self.path)
        if stored.assignment != self.assignment:
            problem = f"it belongs to {stored.assignment[:80]!r}, not to {self.assignment!r}"
            raise AnswersFileError(self.path.name, "assignment", problem, "Keep one assignment a folder")
        items: dict[str, Any] = to_data(stored)["items"]
        return items

    def of(self, case: dict[str, Any]) -> dict[str, Any]:
        """Return the answers to one case."""
        return {item["id"]: self._items[item["id"]] for item in case["items"] if item["id"] in self._items}

    def all(self) -> dict[str, Any]:
        """Return every answer that the file holds now, and go on from these: another notebook may have written to it."""
        if self.path.exists():
            with suppress(AnswersFileError):  # saving sets aside what cannot be read
                self._items = self._stored()
        return dict(self._items)

    def save(self, case: dict[str, Any], answers: dict[str, Any]) -> str:
        """Write the file anew, all or nothing, and return what to tell the trainee.

        What the answers no longer hold of this case was taken back.  Grading runs a copy of the notebook: there,
        nothing may be written.
        """
        if os.environ.get("NBGRADER_EXECUTION"):
            return "Not saved: this is a grading run."
        told = "Your answers are saved."
        if self.path.exists():
            try:
                self._items.update(self._stored())
            except AnswersFileError as error:
                told = self._set_aside(error)
        for item in case["items"]:
            self._items.pop(item["id"], None)
        self._items.update(answers)
        data = {"schema": SCHEMA, "assignment": self.assignment, "items": self._items}
        draft = self.path.with_name(f".{self.path.name}.{os.getpid()}")
        content = json.dumps(data, ensure_ascii=False, indent=1).encode("utf-8")
        try:
            _write_through(draft, content)
            draft.replace(self.path)
        except OSError:
            draft.unlink(missing_ok=True)
            raise
        return told


def _write_through(path: Path, content: bytes) -> None:
    """Write a file, and return when it is on the disk."""
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    path.chmod(0o644)


def _free_name(path: Path) -> Path:
    number = 1
    while (kept := path.with_name(f"answers-unreadable-{number}.json")).exists():
        number += 1
    return kept


class Assignment:
    """The cases of one assignment, as released beside the notebook."""

    def __init__(self, folder: Path) -> None:
        released = folder / "cases.json"
        try:
            data = json.loads(released.read_text(encoding="utf-8"))
            self._cases = {case["id"]: case for case in data["cases"]}
            assignment = str(data["assignment"])
        except FileNotFoundError:
            raise NotFoundError(
                "cases.json is not beside this notebook. Fetch the assignment again."
            ) from None
        except (ValueError, KeyError, TypeError):
            raise CourseError(
                "cases.json beside this notebook is damaged. Fetch the assignment again."
            ) from None
        self._file = AnswersFile(folder / ANSWERS, assignment)
        # Opened and left unanswered is not the same as never worked on.
        self._file.save({"items": []}, {})

    def show(self, case_id: str) -> Workbench:
        """Return the workbench of one case, with the answers given so far."""
        if case_id not in self._cases:
            raise NotFoundError(f"This assignment has no case {case_id}. Fetch the assignment again.")
        case = self._cases[case_id]
        workbench = Workbench(case, self._file.of(case), self._file.save)
        workbench.status = self._file.notice
        return workbench


def open_assignment(folder: Path | None = None) -> Assignment:
    """Open the assignment that stands beside the notebook."""
    return Assignment(folder or Path.cwd())
