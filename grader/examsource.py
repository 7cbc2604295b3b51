"""From the cases of a form to its nbgrader source: a notebook, and one sealed file that only its trainee can open.

Nothing here ever sees a key: what is released never had one in its hands.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Protocol

import nbformat

from grader.library.encounter import Case
from grader.sitting.form import readable
from grader.sitting.rules import Rules, TimeRule, WindowRule
from grader.sitting.sealing import EXAM, seal
from grader.source import code_cell, fresh_folder, grade_cells, notebook_of, released_cases, text_cell


class ExamLike(Protocol):
    """What a form needs of its blueprint."""

    @property
    def id(self) -> str:
        """Id of the exam."""

    @property
    def title(self) -> str:
        """What it is called."""

    @property
    def introduction(self) -> str:
        """What its trainees are told."""

    @property
    def time(self) -> TimeRule:
        """How long it lasts."""

    @property
    def window(self) -> WindowRule:
        """When it is sat."""


def write_exam_source(
    form_id: str,
    cases: Sequence[Case],
    blueprint: ExamLike,
    code: str,
    source: Path,
    own: Rules | None = None,
) -> Path:
    """Write the nbgrader source of a form.

    Parameters
    ----------
    form_id
        nbgrader's name of the assignment.
    cases
        In the order they are shown.
    blueprint
        Title, introduction, time and window are told by it.
    code
        What the form is opened with.
    source
        nbgrader's ``source`` folder; ``source/<form_id>`` is made anew.
    own
        Times of this form; None where those of the blueprint hold.

    Returns
    -------
    Path
        The notebook.

    Raises
    ------
    CourseError
        When the code cannot be an opening code.
    """
    time, window = own or blueprint.time, own or blueprint.window
    about = readable(form_id, blueprint.id, blueprint.title, blueprint.introduction, time, window)
    sealed = seal(released_cases(form_id, cases), about, code)
    folder = fresh_folder(source, form_id)
    (folder / EXAM).write_text(json.dumps(sealed, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    notebook = folder / f"{form_id}.ipynb"
    nbformat.write(_notebook(cases, blueprint.title), notebook)
    return notebook


def _notebook(cases: Sequence[Case], title: str) -> Any:
    end = text_cell("end", _END)
    end.metadata["jp-MarkdownHeadingCollapsed"] = True  # JupyterLab folds away the cells for grading
    cells = [
        text_cell("title", f"# {title}"),
        text_cell("how", _HOW),
        code_cell("open", "from grader.workbench.exam import open_exam\n\nopen_exam()"),
        end,
    ]
    for case in cases:
        cells.extend(grade_cells(case))
    return notebook_of(cells)


_HOW = """**How to begin**

1. Press the button **▶▶** above (*Restart the kernel and run all cells*) and confirm. The exam appears below.
2. Read what it says about time and rules. Then type the opening code that your instructor gave you.
3. Should the page or the machine fail, open this notebook again, press **▶▶** and type the code again: your answers are kept."""

_END = """## For grading

Nothing is to be done below. When you have handed over the exam above, submit it as your instructor told you."""
