"""Assignments: a list of cases becomes an nbgrader source notebook and the public cases beside it.

What is written here is released to trainees, so this module reads ``case.yml`` alone and never a key.
"""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Literal, Self

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook
from pydantic import Field, model_validator

from grader.errors import AssignmentFileError, NotFoundError
from grader.library.case import CASE_ID, Text, find_case
from grader.library.encounter import Case, Item
from grader.library.files import FileModel, read_model

ASSIGNMENT_ID = r"^[a-z][a-z0-9-]{0,39}$"
SUBMISSION_CELL = "submission"
"""Grade id of the cell that carries comments on the submission as a whole."""

_HOW_TO = """\
# {title}

{introduction}

**How this works**

1. In the menu above, choose **Run**, then **Run All Cells**. Each case then appears below its heading, with its
   documents and its questions. You do not have to read or write any program code.
2. Answer the questions in the cases. Every answer is saved as you give it, in the file `answers.json` beside this
   page; there is nothing else to save. You can close the page and come back later: run all cells again and your
   answers are there.
3. When you have finished, follow **Handing in** at the end.

Only your answers are graded. Changes to this page itself are not.
"""

_HANDING_IN = """\
## Handing in

Choose **Nbgrader**, then **Assignment List** in the menu and press **Submit** beside *{assignment}*. You can hand in
again until the due date; the last time counts. Codes and choices are graded at once, and what you wrote in your own
words is read by your instructor.
"""

_NOTE = "*Your note on this case is written in the case above. Your instructor grades it: {points} points.*"


class _AssignmentFile(FileModel):
    schema_: Annotated[Literal["assignment/1"], Field(alias="schema")]
    id: Annotated[str, Field(pattern=ASSIGNMENT_ID)]
    title: Text
    introduction: Text
    cases: Annotated[tuple[Annotated[str, Field(pattern=CASE_ID)], ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _each_case_once(self) -> Self:
        if len(set(self.cases)) < len(self.cases):
            raise ValueError("a case is listed twice")
        return self


@dataclass(frozen=True, slots=True)
class Assignment:
    """An assignment with its cases in order."""

    id: str
    title: str
    introduction: str
    cases: tuple[Case, ...]


def load_assignment(assignment_file: Path, cases_root: Path) -> Assignment:
    """Read an ``assignment.yml`` and the cases it lists.

    Parameters
    ----------
    assignment_file
        ``<assignment>/assignment.yml``; the folder has the assignment's id.
    cases_root
        Folder with one folder a case.

    Raises
    ------
    AssignmentFileError
        Names the file, the field and what to do.
    """
    data = read_model(assignment_file, _AssignmentFile, AssignmentFileError)
    folder = assignment_file.resolve().parent.name
    if data.id != folder:
        raise AssignmentFileError(
            assignment_file, "id", f"it says {data.id} in the folder {folder}", "Make the two the same"
        )
    cases = []
    for place, case_id in enumerate(data.cases):
        try:
            cases.append(find_case(cases_root, case_id))
        except NotFoundError:
            remedy = f"Correct the id, or write {case_id}/case.yml among the cases"
            raise AssignmentFileError(
                assignment_file, f"cases.{place}", f"there is no case {case_id}", remedy
            ) from None
    return Assignment(data.id, data.title, data.introduction, tuple(cases))


def build_assignment(assignment_file: Path, cases_root: Path, out: Path) -> Path:
    """Write the nbgrader source folder of an assignment and return it.

    Parameters
    ----------
    assignment_file
        ``<assignment>/assignment.yml``.
    cases_root
        Folder with one folder a case.
    out
        Course root; ``source/<id>/`` in it is written anew, because nbgrader releases whatever stands there.
    """
    assignment = load_assignment(assignment_file, cases_root)
    folder = out / "source" / assignment.id
    if folder.exists():
        shutil.rmtree(folder)
    folder.mkdir(parents=True)
    notebook = nbformat.writes(assignment_notebook(assignment), version=4)
    (folder / f"{assignment.id}.ipynb").write_text(notebook + "\n", encoding="utf-8")
    released = json.dumps(released_cases(assignment), ensure_ascii=False, indent=1)
    (folder / "cases.json").write_text(released + "\n", encoding="utf-8")
    return folder


def released_cases(assignment: Assignment) -> dict[str, Any]:
    """Return the content of ``cases.json``: what trainees may see of each case, and nothing more."""
    cases = [case.public() for case in assignment.cases]
    return {"schema": "cases/1", "assignment": assignment.id, "cases": cases}


def grade_id(item_key: str) -> str:
    """Return the nbgrader grade id of an item key: ``enc-0001/codes`` is ``enc-0001-codes``."""
    return item_key.replace("/", "-")


def assignment_notebook(assignment: Assignment) -> nbformat.NotebookNode:
    """Return the notebook of an assignment; the same assignment gives the same notebook, cell ids included."""
    cells = [
        new_markdown_cell(
            _HOW_TO.format(title=assignment.title, introduction=assignment.introduction), id="how-to"
        ),
        _opening_cell(),
    ]
    for number, case in enumerate(assignment.cases, start=1):
        cells.append(new_markdown_cell(_case_heading(number, case), id=f"{case.id}-heading"))
        cells.append(_case_cell(case))
        cells += [_item_cell(case, item) for item in case.items]
    cells.append(new_markdown_cell(_HANDING_IN.format(assignment=assignment.id), id="handing-in"))
    notebook = new_notebook(cells=cells)
    notebook.metadata["kernelspec"] = {"display_name": "Python 3", "language": "python", "name": "python3"}
    notebook.metadata["language_info"] = {"name": "python"}
    notebook.nbformat_minor = 5
    nbformat.validate(notebook)
    return notebook


def _opening_cell() -> nbformat.NotebookNode:
    # nbgrader keeps comments for "solution" cells alone: this one carries those on the whole submission.
    source = "from grader.workbench import open_assignment\n\nunit = open_assignment()"
    return _hidden_code(source, SUBMISSION_CELL, solution=True)


def _case_heading(number: int, case: Case) -> str:
    points = sum(item.points for item in case.items)
    return f"## Case {number}: {case.title}\n\n{case.setting.capitalize()}, {points:g} points"


def _case_cell(case: Case) -> nbformat.NotebookNode:
    return _hidden_code(f'unit.show("{case.id}")', f"{case.id}-case", locked=True)


def _item_cell(case: Case, item: Item) -> nbformat.NotebookNode:
    key = case.item_key(item)
    if item.kind == "documentation":
        metadata = _nbgrader(grade_id(key), grade=True, solution=True, points=item.points)
        metadata |= {"course": {"item": key}, "editable": False}
        source = _NOTE.format(points=f"{item.points:g}")
        return new_markdown_cell(source, id=grade_id(key), metadata=metadata)
    source = f"# {key}: {item.points:g} points, graded from your saved answers."
    cell = _hidden_code(source, grade_id(key), grade=True, locked=True, points=item.points)
    cell.metadata["course"] = {"item": key}
    return cell


def _hidden_code(source: str, name: str, **nbgrader: Any) -> nbformat.NotebookNode:
    metadata = _nbgrader(name, **nbgrader)
    metadata |= {"editable": False, "jupyter": {"source_hidden": True}}
    return new_code_cell(source, id=name, metadata=metadata)


def _nbgrader(
    name: str,
    *,
    grade: bool = False,
    solution: bool = False,
    locked: bool = False,
    points: float | None = None,
) -> dict[str, Any]:
    cell: dict[str, Any] = {"grade": grade, "grade_id": name, "locked": locked, "schema_version": 3}
    cell |= {"solution": solution, "task": False}
    if points is not None:
        cell["points"] = points
    return {"nbgrader": cell, "deletable": False}
