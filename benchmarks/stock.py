"""The same class as nbgrader alone has it: plain notebooks with the answers typed in, and nothing of this project.

It is made as light as it can be: one cell to answer and one that checks it an item, in plain Python that imports nothing, under
nbgrader's own configuration.  The note is a cell that nobody checks but the instructor.
"""

from __future__ import annotations

import copy
import json
import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import nbformat

from benchmarks.answering import Answering
from benchmarks.course import DUE, NAME, Submission, hand_in
from benchmarks.processes import NBGRADER, environment
from grader.answers import Answers, to_data
from grader.assignment import grade_id
from grader.grading.configuration import CONFIG_FILE
from grader.library.encounter import Item
from grader.lint import exemplar

Cell = dict[str, Any]
EMPTY: dict[str, Any] = {"codes": [], "choice": "", "passages": [], "fields": {}, "text": ""}
"""What stands in a cell that nobody has answered, by shape of answer."""
_SHAPE = {
    "assign-codes": "codes",
    "documentation": "text",
    "choice": "choice",
    "evidence": "passages",
    "claim-repair": "fields",
}
# Each leaves its points as the value of the last line, which is how nbgrader gives part of them.
_CHECKS = {
    "codes": "round({points} * len(set({name}) & set({right})) / max(len(set({name}) | set({right})), 1), 2)",
    "passages": "round({points} * len(set({name}) & set({right})) / max(len(set({name}) | set({right})), 1), 2)",
    "choice": "{points} * ({name} == {right})",
    "fields": "round({points} * sum({name}.get(field) == value for field, value in {right}.items()) / {parts}, 2)",
}


def make_stock_course(root: Path, answering: Answering) -> None:
    """Make a course root of nbgrader's own and release the assignment, as an instructor would."""
    (root / "source" / NAME).mkdir(parents=True)
    (root / "submitted").mkdir()
    (root / CONFIG_FILE).write_text("# nbgrader's own settings\n", encoding="utf-8")
    cells = [nbformat.v4.new_markdown_cell("# Six questions", id="title")]
    for name, case, item, key in answering.items:
        right = to_data(Answers("", {"": exemplar(key, case)}))["items"][""]
        cells += _cells(grade_id(name), item, right[_SHAPE[item.kind]])
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    notebook = nbformat.v4.new_notebook(cells=cells, metadata={"kernelspec": kernel})
    nbformat.write(notebook, root / "source" / NAME / f"{NAME}.ipynb")
    subprocess.run(
        [*NBGRADER, "generate_assignment", NAME], cwd=root, check=True, capture_output=True, env=environment()
    )


def _cells(name: str, item: Item, right: Any) -> list[Cell]:
    """Return the cell that is answered, and the one that checks it."""
    shape, variable = _SHAPE[item.kind], name.replace("-", "_")
    if shape == "text":
        manual = _mark(name, solution=True, grade=True, points=item.points)
        return [nbformat.v4.new_markdown_cell("", id=name, metadata={"nbgrader": manual})]
    check = _CHECKS[shape].format(name=variable, right=repr(right), points=item.points, parts=len(right))
    solution = f"{variable} = {EMPTY[shape]!r}\n### BEGIN SOLUTION\n{variable} = {right!r}\n### END SOLUTION"
    test = f"### BEGIN HIDDEN TESTS\n{check}\n### END HIDDEN TESTS"
    answered = {"nbgrader": _mark(name, solution=True)}
    checked = {"nbgrader": _mark(f"{name}-check", grade=True, locked=True, points=item.points)}
    return [
        nbformat.v4.new_code_cell(solution, id=name, metadata=answered),
        nbformat.v4.new_code_cell(test, id=f"{name}-check", metadata=checked),
    ]


def _mark(name: str, *, points: float | None = None, **kind: bool) -> dict[str, Any]:
    mark = {"schema_version": 3, "grade_id": name, "grade": False, "solution": False, "locked": False}
    return {**mark, "task": False, **kind, **({} if points is None else {"points": points})}


def hand_in_stock(
    root: Path, answering: Answering, numbers: range, seed: int, name_of: Callable[[int], str]
) -> None:
    """Let trainees hand in the released notebook with their answers typed in; they answer as in the class of this seed."""
    notebook = json.loads((root / "release" / NAME / f"{NAME}.ipynb").read_text(encoding="utf-8"))
    for number in numbers:
        answers = answering.answers(f"{seed} {number}")["items"]
        typed = json.dumps(_typed(notebook, answers, answering)).encode()
        hand_in(root, Submission(name_of(number), {f"{NAME}.ipynb": typed}, DUE))


def _typed(
    notebook: Mapping[str, Any], answers: Mapping[str, Any], answering: Answering
) -> Mapping[str, Any]:
    done = copy.deepcopy(notebook)
    cells = {cell["id"]: cell for cell in done["cells"]}
    for name, _, item, _ in answering.items:
        shape = _SHAPE[item.kind]
        given = answers.get(name, {}).get(shape, EMPTY[shape])
        variable = grade_id(name).replace("-", "_")
        cells[grade_id(name)]["source"] = given if shape == "text" else f"{variable} = {given!r}"
    return done
