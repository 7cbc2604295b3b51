"""What was done to the notebook that a trainee handed in, in one sentence.

The released notebook is graded whatever this says.  Nothing of the trainee's is run or quoted: it is counted.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any, NoReturn

MANY_CELLS = 50
"""So many cells of their own are remarked on; a few are a way to take notes."""
INSTEAD = "the released one was graded"
_DAMAGED = f"The notebook is damaged (it is not valid JSON); {INSTEAD}."
_OTHER = f"The file of the notebook does not hold a notebook; {INSTEAD}."

Cell = Mapping[str, Any]


def altered(data: bytes, released: Mapping[str, Any]) -> str:
    """Return what was done to a notebook, or ``""`` when it is the released one, worked with as is usual.

    Parameters
    ----------
    data
        The notebook's file.
    released
        The released notebook.
    """
    try:
        notebook = json.loads(data.decode("utf-8-sig"), parse_constant=_no_number)
    except (ValueError, RecursionError, MemoryError):
        return _DAMAGED
    cells = notebook.get("cells") if isinstance(notebook, dict) else None
    if not isinstance(cells, list) or not all(isinstance(cell, dict) for cell in cells):
        return _OTHER
    changes = [*_graded(cells, released["cells"]), *_added(cells, released["cells"])]
    if _kernel(notebook) not in ("", _kernel(released)):
        changes.append("another kernel")
    return f"The notebook was changed ({'; '.join(changes)}); {INSTEAD}." if changes else ""


def _no_number(name: str) -> NoReturn:
    raise ValueError(f"JSON has no {name}")


def _graded(cells: Sequence[Cell], released: Sequence[Cell]) -> list[str]:
    """Return what was done to the graded cells, kind by kind."""
    known = {_name(cell): cell for cell in released if _mark(cell).get("grade")}
    copies: dict[str, list[Cell]] = {name: [] for name in known}
    foreign = 0
    for cell in cells:
        name = _name(cell)
        if name in known:
            copies[name].append(cell)
        elif _mark(cell).get("grade"):
            foreign += 1
    pairs = [(copy, known[name]) for name, several in copies.items() for copy in several]
    counts = {
        "deleted": sum(not several for several in copies.values()),
        "changed": sum(_content(copy) != _content(original) for copy, original in pairs),
        "there more than once": sum(len(several) > 1 for several in copies.values()),
        "with other points or marks": sum(_mark(copy) != _mark(original) for copy, original in pairs),
        "that the course does not have": foreign,
    }
    said = ", ".join(f"{count:,} {what}" for what, count in counts.items() if count)
    return [f"graded cells: {said}"] if said else []


def _added(cells: Sequence[Cell], released: Sequence[Cell]) -> list[str]:
    """Return how many cells a trainee has added, when they are many."""
    names = [_name(cell) for cell in released]
    known = {*names} - {""}
    added = sum(_name(cell) not in known for cell in cells) - names.count("")
    return [f"{added:,} cells added"] if added >= MANY_CELLS else []


def _name(cell: Cell) -> str:
    """Return nbgrader's name of a cell, ``""`` where it has none."""
    name = _mark(cell).get("grade_id")
    return name if isinstance(name, str) else ""


def _mark(cell: Cell) -> Mapping[str, Any]:
    """Return what nbgrader has written about a cell, of whatever a trainee has put in that place."""
    metadata = cell.get("metadata")
    mark = metadata.get("nbgrader") if isinstance(metadata, dict) else None
    return mark if isinstance(mark, dict) else {}


def _content(cell: Cell) -> tuple[object, list[str] | None]:
    """Return kind and text of a cell; how its lines end is a matter of the editor."""
    source = cell.get("source")
    if isinstance(source, list) and all(isinstance(line, str) for line in source):
        source = "".join(source)
    return cell.get("cell_type"), source.rstrip().splitlines() if isinstance(source, str) else None


def _kernel(notebook: Mapping[str, Any]) -> object:
    """Return the name of a notebook's kernel, ``""`` where it names none."""
    metadata = notebook.get("metadata")
    kernel = metadata.get("kernelspec") if isinstance(metadata, dict) else None
    return kernel.get("name", "") if isinstance(kernel, dict) else ""
