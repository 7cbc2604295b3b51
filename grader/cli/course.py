"""``python -m grader course new`` and ``forget``: a class of one's own, and one person removed from it."""

from __future__ import annotations

import argparse
import shlex
import sys
from pathlib import Path
from typing import Any

from grader.cli.certificate import add_issuer, issuer_root
from grader.cli.grading import add_course, course_folder
from grader.errors import CourseError


def add_verbs(verbs: Any, root: Path) -> None:
    """Add ``course new`` and ``forget`` to the parser; ``root`` holds the exercises."""
    course = verbs.add_parser("course", help="make the folder of a class").add_subparsers(
        required=True, metavar="COMMAND"
    )
    new = course.add_parser("new", help="make a folder for answers and grades that nobody else can open")
    new.add_argument(
        "folder", type=Path, nargs="?", help="the folder ($COURSE_FOLDER, or ~/coding-back-pain)"
    )
    new.add_argument(
        "--exchange",
        type=Path,
        metavar="DIR",
        help="folder through which assignments go out and come back (/usr/local/share/nbgrader/exchange)",
    )
    new.add_argument(
        "--anywhere",
        action="store_true",
        help="inside the code of the course as well: for a class of samples",
    )
    new.set_defaults(run=_new, root=root)
    forget = verbs.add_parser("forget", help="remove everything of one trainee")
    forget.add_argument("trainee")
    add_course(forget)
    forget.add_argument("--yes", action="store_true", help="do not ask")
    add_issuer(forget)
    forget.set_defaults(run=_forget)


def _new(options: argparse.Namespace) -> int:
    from grader.grading.newcourse import default_course, new_course

    folder = (options.folder or default_course()).expanduser().resolve()
    new_course(folder, options.root / "exercises", options.exchange, anywhere=options.anywhere)
    print(f"Made: {folder}, which nobody but you can open. Answers and grades of your class stay there.")
    if folder != default_course().resolve():
        print(f"Tell the commands so: export COURSE_FOLDER={shlex.quote(str(folder))}")
    print("Next: python -m grader assignment build unit-1")
    return 0


def _forget(options: argparse.Namespace) -> int:
    from grader.grading.course import Course  # what opens gradebooks takes its time to import
    from grader.grading.forgetting.forget import forget
    from grader.grading.forgetting.traces import find

    course = Course(course_folder(options))
    found, issued = find(course, options.trainee), _certificates(options)
    if not options.yes:
        print(f"{course.root} has of this name: {found}.")
    if issued:
        print(f"{issued}\n")
    if not options.yes:
        _ask(options.trainee)
    done = forget(course, options.trainee)
    print(f"{done}\n\n{issued}" if issued else done)
    return 1 if done.kept else 0


def _certificates(options: argparse.Namespace) -> str:
    """Return which certificates of a trainee still verify; an issuer that cannot be read keeps nothing from being removed."""
    from grader.certificate.holding import as_text, still_hold
    from grader.certificate.issuer import present

    root = issuer_root(options)
    if options.issuer is None and not root.is_dir():
        return ""
    try:
        return as_text(still_hold(root, options.trainee, present()), options.issuer)
    except CourseError as error:
        return f"Whether there are certificates that still verify could not be looked up: {error}"


def _ask(trainee: str) -> None:
    """Let a person confirm on a terminal; there is no way back."""
    from grader.visible import one_line

    if not sys.stdin.isatty():
        raise CourseError("Nothing was removed. Say --yes to remove it without being asked.")
    try:
        typed = input(f"Remove all of it? It cannot be brought back. Type {one_line(trainee)} to go on: ")
    except EOFError:
        typed = ""
    if typed != trainee:
        raise CourseError("Nothing was removed.")
