"""From a list of cases to an nbgrader source notebook that people who do not program can use.

Nothing here ever sees a key: what is released never had one in its hands.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import nbformat

from grader.assignment import Assignment, grade_id
from grader.library.encounter import Case, Item

PLACEHOLDER = "# Your answers above are graded here. There is nothing to do in this cell."
NOTE_PLACEHOLDER = "*Your instructor reads and grades what you wrote above. There is nothing to do here.*"


def build_assignment(assignment: Assignment, source: Path) -> Path:
    """Write the nbgrader source of an assignment: a notebook and the public part of its cases.

    Parameters
    ----------
    assignment
        What to build.
    source
        nbgrader's ``source`` folder; ``source/<id>`` is made anew.

    Returns
    -------
    Path
        The notebook.
    """
    folder = fresh_folder(source, assignment.id)
    (folder / "cases.json").write_bytes(released_cases(assignment.id, assignment.cases))
    notebook = folder / f"{assignment.id}.ipynb"
    nbformat.write(_notebook(assignment), notebook)
    return notebook


def fresh_folder(source: Path, name: str) -> Path:
    """Return the empty folder of an assignment in nbgrader's ``source``; what stood there is removed."""
    folder = source / name
    if folder.exists():
        shutil.rmtree(folder)
    folder.mkdir(parents=True)
    return folder


def released_cases(assignment: str, cases: Sequence[Case]) -> bytes:
    """Return the public part of the cases as JSON."""
    released = {"schema": "cases/1", "assignment": assignment, "cases": [case.public() for case in cases]}
    return (json.dumps(released, ensure_ascii=False, indent=1) + "\n").encode("utf-8")


def _notebook(assignment: Assignment) -> Any:
    cells = [
        text_cell("title", f"# {assignment.title}\n\n{assignment.introduction}"),
        text_cell("how", _HOW),
        code_cell("open", "from grader.workbench import open_assignment\n\nunit = open_assignment()"),
    ]
    for number, case in enumerate(assignment.cases, start=1):
        cells.append(text_cell(f"{case.id}-title", f"## Encounter {number}: {case.title}"))
        cells.append(code_cell(f"{case.id}-show", f'unit.show("{case.id}")'))
        cells.extend(grade_cells(case))
    return notebook_of(cells)


def notebook_of(cells: Sequence[Any]) -> Any:
    """Return a notebook of cells."""
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    notebook = nbformat.v4.new_notebook(cells=list(cells), metadata={"kernelspec": kernel})
    notebook.nbformat_minor = 5
    return notebook


_HOW = """**How to work**

1. Press the button **▶▶** above (*Restart the kernel and run all cells*) and confirm. The charts and questions appear.
2. Read each chart and answer. Everything works with the keyboard alone.
3. Your answers are saved at every change, in a file beside this page. You may close it and go on later: press **▶▶** again.
4. When you are done, submit the assignment as your instructor told you."""


def text_cell(name: str, source: str) -> Any:
    """Return a cell to be read."""
    metadata = {"deletable": False, "editable": False}
    return nbformat.v4.new_markdown_cell(source, id=name, metadata=metadata)


def code_cell(name: str, source: str) -> Any:
    """Return a cell to be run, whose code is not shown."""
    metadata = {
        "deletable": False,
        "editable": False,
        "jupyter": {"source_hidden": True},
        "nbgrader": _mark(name, grade=False),
    }
    return nbformat.v4.new_code_cell(source, id=name, metadata=metadata)


def grade_cells(case: Case) -> list[Any]:
    """Return the cells that nbgrader books the points of a case by."""
    return [_grade_cell(case, item) for item in case.items]


def _grade_cell(case: Case, item: Item) -> Any:
    name = grade_id(case.item_key(item))
    manual = item.is_free_text
    mark = {**_mark(name, grade=True, solution=manual), "points": item.points}
    metadata: dict[str, Any] = {"deletable": False, "editable": False, "nbgrader": mark}
    if manual:
        # nbgrader leaves a graded solution to the instructor; a graded test it would score by itself.
        return nbformat.v4.new_markdown_cell(NOTE_PLACEHOLDER, id=name, metadata=metadata)
    metadata["jupyter"] = {"source_hidden": True}
    return nbformat.v4.new_code_cell(PLACEHOLDER, id=name, metadata=metadata)


def _mark(name: str, *, grade: bool, solution: bool = False) -> dict[str, Any]:
    return {
        "schema_version": 3,
        "grade_id": name,
        "grade": grade,
        "solution": solution,
        "locked": not solution,
        "task": False,
    }
