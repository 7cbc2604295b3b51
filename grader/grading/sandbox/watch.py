"""A running notebook and all its processes, looked at from outside: has it used more than it may?"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path

from grader.grading.sandbox.outcome import Limits, size
from grader.grading.sandbox.walls import WORK

PROC = Path("/proc")
_PAGE = os.sysconf("SC_PAGE_SIZE")
_TICKS = os.sysconf("SC_CLK_TCK")
_FILES = 20_000
"""How many files it may write: an empty one takes memory that is counted as nobody's."""
_COMPUTED, _THREADS, _PAGES = slice(10, 14), 16, 20  # user and system, its own and its ended children's
_GONE = (OSError, ValueError, LookupError)
"""What reading about a process raises when it ends meanwhile."""


def possible() -> bool:
    """Return whether this system tells which processes a process has started."""
    return (PROC / "thread-self" / "children").exists()


def breach(first: int, limits: Limits) -> str:
    """Return which limit was passed, as a sentence; ``""`` when none was.

    Parameters
    ----------
    first
        The process that all others come from.
    limits
        How much they may use together.
    """
    processes = list(_tree(first))
    stats = [stat for process in processes if (stat := _stat(process))]
    # Two threads are bubblewrap's own.
    if sum(stat[_THREADS] for stat in stats) > limits.processes + 2:
        return f"It started more than {limits.processes} processes and was stopped."
    if sum(sum(stat[_COMPUTED]) for stat in stats) > limits.cpu_seconds * _TICKS:
        return f"It computed for more than {limits.cpu_seconds:g} seconds and was stopped."
    # Memory that processes share is counted once, which takes longer: only where it matters.
    if sum(stat[_PAGES] for stat in stats) * _PAGE > limits.memory_bytes < sum(map(_share, processes)):
        return f"It used more than {size(limits.memory_bytes)} of memory and was stopped."
    if any(_files(process) > _FILES for process in processes[1:2]):
        return f"It wrote more than {_FILES:,} files and was stopped."
    return ""


def _tree(first: int) -> Iterator[int]:
    waiting = [first]
    while waiting:
        process = waiting.pop()
        yield process
        with contextlib.suppress(*_GONE):
            for thread in (PROC / str(process) / "task").iterdir():
                with contextlib.suppress(*_GONE):
                    waiting.extend(map(int, (thread / "children").read_text(encoding="ascii").split()))


def _stat(process: int) -> list[int]:
    """Return the numbers of ``stat``, which follow a name in which anything may stand and a letter."""
    with contextlib.suppress(*_GONE):
        text = (PROC / str(process) / "stat").read_text(encoding="utf-8", errors="replace")
        return list(map(int, text.rpartition(")")[2].split()[1:]))
    return []


def _share(process: int) -> int:
    """Return its memory, with its share of what it has in common with others."""
    with contextlib.suppress(*_GONE):
        text = (PROC / str(process) / "smaps_rollup").read_text(encoding="ascii")
        lines = dict(line.split(":", 1) for line in text.splitlines()[1:])
        return int(lines["Pss"].split()[0]) * 1024
    stat = _stat(process)
    return stat[_PAGES] * _PAGE if stat else 0


def _files(process: int) -> int:
    """Return how many files there are in its ``/tmp``; while bubblewrap builds the walls that is still ours."""
    with contextlib.suppress(*_GONE):
        inside = PROC / str(process) / "root" / WORK.lstrip("/")
        if inside.stat().st_dev != Path(WORK).stat().st_dev:
            found = os.statvfs(inside)
            return found.f_files - found.f_ffree
    return 0
