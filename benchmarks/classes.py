"""Classes that are made up, of any size: each trainee's answers come from the seed and the trainee's number.

    python -m benchmarks.classes FOLDER [--submissions 1000] [--late 0.05] [--broken 0.02]

`make_class` makes ordinary trainees, `mixed_class` every kind of submission that real classes hand in.
"""

from __future__ import annotations

import argparse
import random
from datetime import datetime, timedelta
from pathlib import Path

from benchmarks.answering import Answering
from benchmarks.course import DUE, NAME, Submission, as_file, hand_in, make_course, released, the_answering
from benchmarks.mixed import DAMAGES, mixed_class
from grader.grading.configuration import CONFIG_FILE

__all__ = ["NAME", "hand_in_again", "make_class", "mixed_class", "trainee"]


def trainee(number: int) -> str:
    """Return the name of one trainee."""
    return f"trainee-{number:06d}"


def make_class(root: Path, count: int, seed: int = 1, *, late: float = 0.0, broken: float = 0.0) -> None:
    """Make a course of the assignment ``six`` in which ``count`` trainees have handed in, or let the class grow to that.

    Parameters
    ----------
    root
        The course root; made when it is not there.
    count
        How many trainees there are in the end; those who are there already stay as they are.
    seed
        The same seed gives the same class, and a smaller class is the beginning of a larger one.
    late
        Share of trainees who hand in minutes to days after the assignment is due.
    broken
        Share of trainees whose ``answers.json`` is missing or damaged.
    """
    if not (root / CONFIG_FILE).exists():
        make_course(root)
    there = {path.name for path in (root / "submitted").iterdir()}
    answering, files = the_answering(), released(root)
    for number in range(count):
        if trainee(number) not in there:
            _hand_in(root, answering, files, number, f"{seed} {number}", late, broken)


def hand_in_again(root: Path, count: int, share: float, seed: int = 2) -> tuple[str, ...]:
    """Let a share of a class of ``count`` hand in other answers, a week later than the first; return who did."""
    answering, files = the_answering(), released(root)
    numbers = sorted(random.Random(f"{seed} again").sample(range(count), round(share * count)))
    for number in numbers:
        answers = as_file(answering.answers(f"{seed} {number}"))
        when = _when(random.Random(f"{seed} {number} when"), 0.0) + timedelta(days=7)
        hand_in(root, Submission(trainee(number), {**files, "answers.json": answers}, when))
    return tuple(trainee(number) for number in numbers)


def _hand_in(
    root: Path,
    answering: Answering,
    files: dict[str, bytes],
    number: int,
    seed: str,
    late: float,
    broken: float,
) -> None:
    draw = random.Random(f"{seed} when")
    answers = as_file(answering.answers(seed))
    at = _when(draw, late)
    submission = Submission(trainee(number), {**files, "answers.json": answers}, at)
    if draw.random() < broken:
        submission = DAMAGES[draw.choice(sorted(DAMAGES))](submission)
    hand_in(root, submission)


def _when(draw: random.Random, late: float) -> datetime:
    """Return when somebody hands in: most in the last days, and late up to a week after that."""
    if draw.random() < late:
        return DUE + timedelta(minutes=draw.choice((1, 5, 60, 24 * 60, 6 * 24 * 60)) * draw.uniform(1, 1.1))
    return DUE - timedelta(hours=min(draw.expovariate(1 / 30), 14 * 24), minutes=1)


def main() -> None:
    """Make a class, to look at or to try something on."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--submissions", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--late", type=float, default=0.0)
    parser.add_argument("--broken", type=float, default=0.0)
    chosen = parser.parse_args()
    make_class(chosen.folder, chosen.submissions, chosen.seed, late=chosen.late, broken=chosen.broken)


if __name__ == "__main__":
    main()
