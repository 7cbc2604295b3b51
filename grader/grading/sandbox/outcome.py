"""What a run came to, in words: what was sent from inside is checked field by field before it is believed."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any

HEAD = 1_000
"""Bytes that the line in front of the notebook may have."""
_MARKS = 2_000_000
"""A few bytes of JSON become a hundred in memory: how many values a notebook may have."""
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,59}")


@dataclass(frozen=True, slots=True)
class Limits:
    """How much one notebook may use.

    Parameters
    ----------
    seconds
        From start to end, the start of its Python included.
    cpu_seconds
        Computing, all its processes together.
    memory_bytes
        Memory, all its processes together.
    processes
        Processes and threads at one time; Jupyter itself needs about twenty.
    file_bytes
        One file: the notebook, what a cell writes, what is shown in the end.
    """

    seconds: float = 120
    cpu_seconds: float = 60
    memory_bytes: int = 1_000_000_000
    processes: int = 80
    file_bytes: int = 20_000_000


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run came to.

    Parameters
    ----------
    ended
        It ran to its end without being stopped; a cell with an error does not stop the others.
    said
        One plain sentence for an instructor.
    """

    ended: bool
    said: str


def size(number: int) -> str:
    """Return a number of bytes as people say it."""
    if number >= 1_000_000_000:
        return f"{round(number / 1_000_000_000, 1):g} GB"
    return f"{round(number / 1_000_000, 1):g} MB"


def told(sent: bytes, stopped: str, limits: Limits) -> tuple[Outcome, bytes]:
    """Return what a run came to and the executed notebook, ``b""`` where there is none.

    Parameters
    ----------
    sent
        What came from inside.
    stopped
        Why it was stopped from outside; ``""`` when it was not.
    limits
        What it could use.
    """
    if stopped:
        return Outcome(False, stopped), b""
    line, _, rest = sent.partition(b"\n")
    report = _parsed(line) if len(line) <= HEAD else None
    if not isinstance(report, dict):
        return Outcome(False, "It broke off without a result."), b""
    notebook, problem = _notebook(rest, limits)
    outcome = _outcome(report, limits)
    if problem and outcome.ended:
        outcome = Outcome(False, problem)
    return outcome, notebook


def _outcome(report: dict[str, Any], limits: Limits) -> Outcome:
    state, cell, error = report.get("state"), report.get("cell"), report.get("error")
    where = f"cell {cell}" if type(cell) is int and 0 < cell < 100_000 else "a cell"
    if state == "large":
        return Outcome(False, f"It showed more than {size(limits.file_bytes)} and was stopped.")
    if state == "died":
        return Outcome(False, f"Its Python broke off in {where}.")
    if state == "unreadable":
        return Outcome(False, "It cannot be opened: it is not a notebook.")
    if state != "ended":
        return Outcome(False, "It could not be run.")
    if error is None:
        return Outcome(True, "It ran to its end.")
    name = f" ({error})" if isinstance(error, str) and _NAME.fullmatch(error) else ""
    return Outcome(True, f"{where[0].upper()}{where[1:]} ended with an error{name}.")


def _notebook(content: bytes, limits: Limits) -> tuple[bytes, str]:
    """Return a notebook written anew, and what is wrong with it; what is not a notebook is nothing."""
    if len(content) > limits.file_bytes:
        return b"", f"It showed more than {size(limits.file_bytes)}; that was not kept."
    if sum(map(content.count, (b",", b"[", b"{"))) > _MARKS:
        return b"", "It showed more pieces than can be kept."
    data = _parsed(content)
    if not (isinstance(data, dict) and data.get("nbformat") == 4 and isinstance(data.get("cells"), list)):
        return b"", "What it showed is not a notebook and was not kept."
    # Half a character, which JSON can hold and a file cannot, becomes a question mark.
    return json.dumps(data, ensure_ascii=False).encode("utf-8", "replace") + b"\n", ""


def _parsed(content: bytes) -> Any:
    """Return what a piece of JSON holds; None where it is none."""
    try:
        return json.loads(content.decode("utf-8"), parse_constant=_refused)
    except (ValueError, RecursionError):
        return None


def _refused(constant: str) -> Any:
    raise ValueError(f"{constant} is not JSON")
