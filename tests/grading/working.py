"""Errands for the tests of workers, and what must come of them."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from grader.grading.workers import Batch, Lost
from tests.conftest import ROOT
from tests.grading.cluster import module_in

OUTSIDE = ROOT / "tests" / "grading" / "outside"
errands = module_in(OUTSIDE, "errands")


def batches(errands: Sequence[Any], size: int = 10) -> Iterator[Batch[Any]]:
    """Divide errands."""
    for start in range(0, len(errands), size):
        yield Batch(tuple(errands[start : start + size]))


def values(finished: Iterator[tuple[Batch[Any], tuple[object, ...]]]) -> dict[int, object]:
    """Results by number, each exactly once."""
    found: dict[int, object] = {}
    for batch, results in finished:
        for errand, value in zip(batch.items, results, strict=True):
            assert errand.number not in found
            found[errand.number] = value
    return found


def some(count: int, **different: str) -> list[Any]:
    """Errands of which a few do something else: ``n7="die"``."""
    return [errands.Errand(number, different.get(f"n{number}", "")) for number in range(count)]


def right(count: int, **lost: str) -> dict[int, object]:
    """What `some` gives, with the reasons of those that are lost."""
    return {n: Lost(lost[f"n{n}"]) if f"n{n}" in lost else n * 10 for n in range(count)}


def failed(name: str) -> str:
    """Why an errand is lost whose exception has this name."""
    return f"Grading this submission failed ({name}); it was left out."


class Fatal:
    """Ends the process that receives it."""

    def __reduce__(self):
        """Unpickle as the end."""
        return os._exit, (1,)


def pids(folder: Path) -> set[int]:
    """The processes that left a trace."""
    return {int(path.name.split("-")[1]) for path in folder.iterdir()}


def runs(pid: int) -> bool:
    """Tell whether a process is there; one that has ended and waits to be noticed is not."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"
