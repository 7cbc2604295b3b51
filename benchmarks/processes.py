"""What a command costs with every process that it starts: time on the clock, time of the processors, and memory.

The command runs under a small process of its own that becomes the parent of whatever the command leaves behind, so that nothing
escapes the count.  Linux alone does that; elsewhere, what a command does not wait for is not counted.
"""

from __future__ import annotations

import contextlib
import ctypes
import json
import os
import resource
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

NBGRADER = (str(Path(sys.executable).with_name("nbgrader")),)
GRADE = (sys.executable, "-m", "grader", "grade")
_ADOPT = 36  # PR_SET_CHILD_SUBREAPER
_PATIENCE = 10  # seconds for what a command leaves behind
_LOOK = 0.1  # seconds between two looks at the memory
_PAGE = resource.getpagesize()


@dataclass(frozen=True, slots=True)
class Cost:
    """What one command cost.

    Parameters
    ----------
    wall
        Seconds on the clock.
    cpu
        Seconds of processors, user and system, of all its processes.
    peak
        Bytes of memory of all its processes at the worst moment that was looked at; what they share counts for each.
    """

    wall: float
    cpu: float
    peak: int


def environment() -> dict[str, str]:
    """Return the environment that commands run in: nbgrader calls a program beside this Python by name."""
    return {
        **os.environ,
        "PATH": os.pathsep.join((str(Path(sys.executable).parent), os.environ.get("PATH", ""))),
    }


def measure(command: Sequence[str], folder: Path) -> Cost:
    """Run a command in a folder and return what it cost.

    Raises
    ------
    RuntimeError
        With the end of what it said, when it fails.
    """
    watched = [sys.executable, "-P", str(Path(__file__).resolve()), *command]
    done = subprocess.run(
        watched, cwd=folder, env=environment(), capture_output=True, text=True, errors="replace", check=False
    )
    if done.returncode:
        raise RuntimeError(f"{' '.join(command)} failed:\n{done.stderr[-2000:]}")
    return Cost(**json.loads(done.stdout.splitlines()[-1]))


def _watch(command: Sequence[str]) -> Cost:
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(_ADOPT, 1, 0, 0, 0)
    begin = time.perf_counter()
    # What it says goes where errors go: the last line of the output is the measurement.
    process = subprocess.Popen(command, stdout=sys.stderr)
    look = _Look()
    look.start()
    status = process.wait()
    wall = time.perf_counter() - begin
    _wait_for_the_rest()
    look.enough.set()
    look.join()
    if status:
        raise SystemExit(1)
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    largest = used.ru_maxrss * (1 if sys.platform == "darwin" else 1024)
    return Cost(wall, used.ru_utime + used.ru_stime, max(look.peak, largest))


def _wait_for_the_rest() -> None:
    end = time.monotonic() + _PATIENCE
    while time.monotonic() < end:
        try:
            if os.waitpid(-1, os.WNOHANG) == (0, 0):
                time.sleep(0.01)
        except ChildProcessError:
            return
    raise SystemExit(f"Something that it started still runs after {_PATIENCE} seconds.")


class _Look(threading.Thread):
    """Looks at the memory of all processes below this one, again and again."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.peak = 0
        self.enough = threading.Event()

    def run(self) -> None:
        while not self.enough.wait(_LOOK):
            self.peak = max(self.peak, sum(map(_resident, _below(os.getpid()))))


def _below(process: int) -> Iterator[int]:
    """Yield the processes that a process started, and those that they started."""
    for path in Path(f"/proc/{process}/task").glob("*/children"):
        with contextlib.suppress(OSError):
            for child in map(int, path.read_text().split()):
                yield child
                yield from _below(child)


def _resident(process: int) -> int:
    with contextlib.suppress(OSError, IndexError):
        return int(Path(f"/proc/{process}/statm").read_text().split()[1]) * _PAGE
    return 0


if __name__ == "__main__":
    print(json.dumps(asdict(_watch(sys.argv[1:]))))
