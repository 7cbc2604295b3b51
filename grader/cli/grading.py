"""``python -m grader grade`` and what stands around it: make an assignment, grade a class, show one."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from grader.grading.course import Course

ROOT = Path(__file__).resolve().parent.parent.parent

# The gradebook, and nbgrader even more, take their time to import: only the commands that need them do.


def add_verbs(verbs: Any) -> None:
    """Add the commands of a class to the parser."""
    assignment = verbs.add_parser("assignment", help="make assignments").add_subparsers(
        required=True, metavar="COMMAND"
    )
    make = assignment.add_parser("build", help="write the nbgrader source of an assignment")
    make.add_argument("assignment")
    add_course(make)
    make.set_defaults(run=_assignment_build)
    _add_grade(verbs)
    show = verbs.add_parser(
        "demonstration", help="run a class of sample trainees, and their exam, through nbgrader"
    )
    show.add_argument("out", type=Path)
    show.add_argument("--assignment", default="unit-1")
    show.set_defaults(run=_demonstration)


def add_course(parser: argparse.ArgumentParser) -> None:
    """Let a command be told where the course is."""
    parser.add_argument(
        "--course",
        type=Path,
        help="folder of the class (this one if it has a nbgrader_config.py, $COURSE_FOLDER, or ~/coding-back-pain)",
    )


def add_keys(parser: argparse.ArgumentParser) -> None:
    """Let a command be told where the keys are."""
    parser.add_argument("--keys", type=Path, help="folder of the keys (the folder of the cases)")


def _add_grade(verbs: Any) -> None:
    grade = verbs.add_parser("grade", help="grade what is new of an assignment and print the class")
    grade.add_argument("assignment")
    add_keys(grade)
    add_course(grade)
    grade.add_argument(
        "--submissions", type=Path, metavar="ZIP", help="take in this zip of a submitted/ folder first"
    )
    grade.add_argument("--force", action="store_true", help="grade what is unchanged as well")
    where = grade.add_mutually_exclusive_group()
    where.add_argument(
        "--workers", type=_count, default=1, metavar="N", help="grade with so many processes of this machine"
    )
    where.add_argument(
        "--scheduler", default="", metavar="tcp://…", help="grade on the workers of this Dask scheduler"
    )
    grade.add_argument(
        "--execute",
        action="store_true",
        help="run trainees' notebooks as well, each shut in; their points come from their answers all the same",
    )
    grade.set_defaults(run=_grade)


def _count(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= 256:
        raise argparse.ArgumentTypeError("it must be a number from 1 to 256")
    return int(text)


def course_folder(options: argparse.Namespace) -> Path:
    """Return the folder of the class that a command is about."""
    from grader.grading.newcourse import default_course

    folder: Path | None = options.course
    return folder or default_course()


def _assignment_build(options: argparse.Namespace) -> int:
    from grader.grading.course import Course

    Course(course_folder(options)).build(options.assignment)
    print(
        f"Written: source/{options.assignment}. Next: nbgrader generate_assignment {options.assignment} --force"
    )
    return 0


def _grade(options: argparse.Namespace) -> int:
    from grader.grading.course import Course
    from grader.grading.run import How, grade_assignment

    course = Course(course_folder(options), options.keys)
    how = How(force=options.force, processes=options.workers, scheduler=options.scheduler)
    if options.execute:
        from grader.grading.execution import check_walls

        check_walls()
    try:
        if options.submissions:
            _take_in(options.submissions, course.root, options.assignment)
        with _bar("Grading") as tell:
            table = grade_assignment(course, options.assignment, tell, how)
        table.write_csv(course.root / "grades.csv")
        print(f"{table}\n\nWritten: grades.csv, autograded/ and nbgrader's gradebook.")
        if options.execute:
            _execute(course, options.assignment)
    except KeyboardInterrupt:
        print(
            "\nStopped. What was graded is kept; the same command goes on where it stopped.", file=sys.stderr
        )
        return 130
    return 0


def _take_in(archive: Path, root: Path, assignment: str) -> None:
    from grader.grading.intake.unpack import unpack

    unpacked = unpack(archive, root, assignment)
    print(
        f"{archive.name}: {len(unpacked.taken):,} taken in, {len(unpacked.skipped):,} here already"
        " (only one with a newer timestamp.txt takes the place of another)."
    )
    for name, reason in unpacked.refused.items():
        print(f"  {name or 'the archive'}: {reason}")


def _execute(course: Course, assignment: str) -> None:
    from grader.grading.execution import FOLDER, execute

    with _bar("Running notebooks") as tell:
        outcomes = execute(course, assignment, tell)
    for trainee, outcome in outcomes.items():
        if not outcome.ended:
            print(f"  {trainee}: {outcome.said}")
    ended = sum(outcome.ended for outcome in outcomes.values())
    print(
        f"{ended:,} of {len(outcomes):,} notebooks ran to their end. They are in {FOLDER}/; points do not rest on them."
    )


@contextmanager
def _bar(what: str) -> Iterator[Callable[[int, int], None]]:
    """Show a progress bar with rate and time left, on a terminal alone."""
    from tqdm import tqdm

    with tqdm(desc=what, unit=" submissions", disable=None, dynamic_ncols=True, leave=False) as bar:

        def tell(done: int, of: int) -> None:
            bar.total = of
            bar.update(done - bar.n)

        yield tell


def _demonstration(options: argparse.Namespace) -> int:
    from grader.demonstration.exam import show_exam
    from grader.grading.course import Course
    from grader.grading.demonstration import run_demonstration

    run_demonstration(options.out, ROOT / "exercises", options.assignment, _progress)
    shown = show_exam(Course(options.out), options.out / "issuer", _progress)
    (options.out / "exam.txt").write_text(f"{shown}\n", encoding="utf-8")
    return 0


def _progress(line: str) -> None:
    print(line, flush=True)
