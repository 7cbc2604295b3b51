"""A grading that is ended by force, at any of its steps; and what must hold whenever that happened."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from benchmarks.classes import NAME
from grader.grading import record
from grader.grading.course import Course
from grader.grading.run import How, grade_assignment

ITEMS = 6
_STEPS = ("os.mkdir", "os.rename", "os.rmdir", "os.remove", "shutil.rmtree")


def run(root: Path, how: How | None = None) -> None:
    """Grade the class."""
    grade_assignment(Course(root), NAME, lambda done, of: None, how)


def ended_at(root: Path, step: int, how: How | None = None) -> bool:
    """Grade in a process that ends by force right before one of the steps that change something; tell whether it got there."""
    return _in_a_child(lambda: _count_steps(step), root, how, None)


def ended_after(root: Path, seconds: float, how: How | None = None) -> bool:
    """Grade in a process that is ended by force after some time; tell whether it was still at work."""
    return _in_a_child(lambda: None, root, how, seconds)


def _in_a_child(prepare: Callable[[], None], root: Path, how: How | None, seconds: float | None) -> bool:
    child = os.fork()
    if child == 0:
        code = 1
        try:
            prepare()
            run(root, how)
            code = 0
        finally:
            # Nothing of the tests' own may run in the child.
            os._exit(code)
    if seconds is not None:
        time.sleep(seconds)
        os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        return True
    assert os.WEXITSTATUS(status) == 0
    return False


def _count_steps(at: int) -> None:
    steps = 0

    def step(*_: Any) -> None:
        nonlocal steps
        steps += 1
        if steps == at:
            os.kill(os.getpid(), signal.SIGKILL)

    def audit(event: str, arguments: tuple[Any, ...]) -> None:
        writes = (
            event == "open" and isinstance(arguments[2], int) and arguments[2] & (os.O_WRONLY | os.O_RDWR)
        )
        if event in _STEPS or writes:
            step()

    sa.event.listen(sa.Engine, "commit", step)
    sys.addaudithook(audit)


def check(root: Path) -> None:
    """What is there after a grading was ended is whole: folders, rows of the gradebook, and records."""
    for folder in (root / "autograded").glob(f"*/{NAME}"):
        notebook = json.loads((folder / f"{NAME}.ipynb").read_text())
        assert (
            sum(bool(cell["metadata"].get("nbgrader", {}).get("grade")) for cell in notebook["cells"])
            == ITEMS
        )
    graded = Counter(trainee for trainee, *_ in rows(root))
    assert set(graded.values()) <= {ITEMS}
    for each in record.read_all(root, NAME):
        if each.cells:
            assert each.trainee in graded
            assert (root / "autograded" / each.trainee / NAME / f"{NAME}.ipynb").exists()


_ROWS = """
select s.student_id, c.name, g.auto_score, g.manual_score, g.needs_manual_grade, n.late_submission_penalty, s.timestamp,
       (select k.auto_comment from comment k join base_cell b on b.id = k.cell_id where k.notebook_id = n.id and b.name = c.name)
from submitted_assignment s
left join submitted_notebook n on n.assignment_id = s.id
left join grade g on g.notebook_id = n.id
left join base_cell c on c.id = g.cell_id
order by 1, 2
"""


def rows(root: Path) -> list[tuple[Any, ...]]:
    """Everything that the gradebook holds of the class, a line a grade."""
    connection = sqlite3.connect(root / "gradebook.db")
    try:
        assert connection.execute("pragma integrity_check").fetchone() == ("ok",)
        return connection.execute(_ROWS).fetchall()
    finally:
        connection.close()


def everything(root: Path) -> dict[str, Any]:
    """All that grading a class writes: the gradebook, the autograded files and the records."""
    files = {
        str(path.relative_to(root)): path.read_bytes()
        for folder in ("autograded", "graded")
        for path in (root / folder).rglob("*")
        if path.is_file() and path.name != ".lock"
    }
    return {"rows": rows(root), **files}
