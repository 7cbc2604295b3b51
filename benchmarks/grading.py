"""What it costs to grade a class: this project's command beside nbgrader's own, all in one run on this machine.

    python -m benchmarks.grading [--submissions 1000] [--stock 25] [--workers 1]
    python -m benchmarks.grading --sizes 1000,10000,100000

Three ways to grade the same trainees with the same answers:

grade          ``python -m grader grade`` on a class of ``--submissions``
stock          ``nbgrader autograde`` as it comes, on plain notebooks with the answers typed in, for ``--stock`` of them
preprocessors  ``nbgrader autograde`` with this project's preprocessors, on the class of ``grade``, for ``--stock`` of them

Of each, one trainee is graded first.  The command is then run again with nothing to do: that is its start-up.  The rest of the
class hands in, and the command is run once more: what that costs beyond the start-up, shared among the rest, is the cost of a
submission.  Costs are those of all processes that a command starts.  Where the start-up is counted in, every way is taken to
grade ``--submissions``.  Stock checks only answers that plain Python can compare, and does not read the note.

With ``--sizes`` a class of each size is graded by ``grade`` alone, and then once more with nothing to do.
"""

from __future__ import annotations

import argparse
import os
import platform
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.classes import make_class, trainee
from benchmarks.course import NAME, the_answering
from benchmarks.processes import GRADE, NBGRADER, Cost, measure
from benchmarks.stock import hand_in_stock, make_stock_course

AUTOGRADE = (*NBGRADER, "autograde", NAME)
OURS, STOCK, MIDDLE = "grade", "stock", "preprocessors"


@dataclass(frozen=True, slots=True)
class Measured:
    """One way to grade: what its start-up cost, and what a run that graded ``count`` submissions did."""

    count: int
    start_up: Cost
    run: Cost

    def each(self, what: str) -> float:
        """Return seconds a submission without the start-up, of ``cpu`` or ``wall``."""
        spent: float = getattr(self.run, what) - getattr(self.start_up, what)
        return spent / self.count

    def in_all(self, what: str, submissions: int) -> float:
        """Return seconds a submission with the start-up, in a class of so many."""
        start_up: float = getattr(self.start_up, what)
        return self.each(what) + start_up / submissions


def of_a_class(root: Path, count: int, command: Sequence[str], grow: Callable[[int], None]) -> Measured:
    """Measure a command on a class that grows from one trainee to ``count``.

    Parameters
    ----------
    root
        The course root, where the command is run.
    grow
        Lets the class grow to a size.
    """
    grow(1)
    measure(command, root)
    start_up = measure(command, root)
    grow(count)
    return Measured(count - 1, start_up, measure(command, root))


def compare(folder: Path, submissions: int, stock: int, seed: int, workers: int) -> dict[str, Measured]:
    """Measure the three ways to grade."""
    ours, plain, middle = (folder / name for name in (OURS, STOCK, MIDDLE))
    answering = the_answering()
    make_stock_course(plain, answering)

    def grow_stock(count: int) -> None:
        there = len(list((plain / "submitted").iterdir()))
        hand_in_stock(plain, answering, range(there, count), seed, trainee)

    return {
        OURS: of_a_class(
            ours, submissions, grade_command(ours, workers), lambda count: make_class(ours, count, seed)
        ),
        STOCK: of_a_class(plain, stock, AUTOGRADE, grow_stock),
        MIDDLE: of_a_class(middle, stock, AUTOGRADE, lambda count: make_class(middle, count, seed)),
    }


def grade_command(root: Path, workers: int = 1) -> tuple[str, ...]:
    """Return the command that is measured."""
    return (*GRADE, NAME, "--course", str(root), *(("--workers", str(workers)) if workers > 1 else ()))


def comparison(measured: dict[str, Measured], submissions: int) -> str:
    """Return what was measured as a table, and how the other two compare with ``grade``."""
    lines = [
        f"{'':<14}{'graded':>8}{'start-up, s':>16}{'a submission, ms':>20}{'with start-up, ms':>20}{'memory':>10}",
        f"{'':<14}{'':>8}{'CPU    wall':>16}{'CPU    wall':>20}{'CPU    wall':>20}",
    ]
    for name, each in measured.items():
        alone = _pair(1000 * each.each("cpu"), 1000 * each.each("wall"))
        in_all = _pair(1000 * each.in_all("cpu", submissions), 1000 * each.in_all("wall", submissions))
        start_up = _pair(each.start_up.cpu, each.start_up.wall, 2)
        lines.append(
            f"{name:<14}{each.count:>8,}{start_up:>16}{alone:>20}{in_all:>20}{each.run.peak / 1e6:>7.0f} MB"
        )
    lines += ["", f"{'':<14}{'without start-up':>22}{f'class of {submissions:,}':>22}"]
    lines.append(f"{'':<14}{'CPU    wall':>22}{'CPU    wall':>22}")
    for name in (STOCK, MIDDLE):
        alone, in_all = (_pair(*pair) for pair in ratios(measured[OURS], measured[name], submissions))
        lines.append(f"{name} ÷ grade".ljust(22) + f"{alone:>14}{in_all:>22}")
    return "\n".join(lines)


def ratios(ours: Measured, other: Measured, submissions: int) -> tuple[tuple[float, float], ...]:
    """Return how many times as much the other costs, CPU and wall: without the start-up, and with it in a class of so many."""
    whats = ("cpu", "wall")
    alone = tuple(other.each(what) / ours.each(what) for what in whats)
    in_all = tuple(other.in_all(what, submissions) / ours.in_all(what, submissions) for what in whats)
    return (alone[0], alone[1]), (in_all[0], in_all[1])


def _pair(one: float, other: float, digits: int = 1) -> str:
    return f"{one:.{digits}f} {other:>7.{digits}f}"


def grow(folder: Path, size: int, seed: int, workers: int) -> tuple[Cost, Cost]:
    """Grade a class of a size, and once more with nothing to do."""
    root = folder / f"class-{size}"
    make_class(root, size, seed)
    command = grade_command(root, workers)
    return measure(command, root), measure(command, root)


def growth_head() -> str:
    """Return the head of the table of sizes."""
    return f"{'submissions':>12}{'CPU, s':>10}{'wall, s':>10}{'a submission, ms':>20}{'memory':>10}{'nothing to do, s':>20}"


def growth_line(size: int, first: Cost, again: Cost) -> str:
    """Return one line of the table of sizes."""
    each = _pair(1000 * first.cpu / size, 1000 * first.wall / size, 2)
    return (
        f"{size:>12,}{first.cpu:>10.1f}{first.wall:>10.1f}{each:>20}{first.peak / 1e6:>7.0f} MB"
        f"{_pair(again.cpu, again.wall):>20}"
    )


def machine() -> str:
    """Return what everything runs on, and how busy that is with other things."""
    busy = f", load {os.getloadavg()[0]:.1f} before" if hasattr(os, "getloadavg") else ""
    return f"Python {platform.python_version()}, {os.cpu_count()} processors, {platform.system()} {platform.machine()}{busy}"


def _size(text: str) -> int:
    if not text.isdecimal() or int(text) < 2:
        raise argparse.ArgumentTypeError("it must be 2 or more: one is graded before")
    return int(text)


def _sizes(text: str) -> tuple[int, ...]:
    return tuple(_size(size) for size in text.split(","))


def main(arguments: Sequence[str] | None = None) -> None:
    """Print a table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--submissions", type=_size, default=1000)
    parser.add_argument("--stock", type=_size, default=25)
    parser.add_argument("--sizes", type=_sizes, default=())
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args(arguments)
    print(f"{machine()}; {chosen.workers} process(es) of grade", flush=True)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if not chosen.sizes:
            measured = compare(folder, chosen.submissions, chosen.stock, chosen.seed, chosen.workers)
            print(comparison(measured, chosen.submissions))
            return
        print(growth_head())
        for size in chosen.sizes:
            print(growth_line(size, *grow(folder, size, chosen.seed, chosen.workers)), flush=True)


if __name__ == "__main__":
    main()
