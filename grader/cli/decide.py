"""``python -m grader exam decide|result|report``: who passes, why, and how sure that is."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from grader.cli.grading import add_course, course_folder
from grader.visible import short

if TYPE_CHECKING:
    from grader.decision.result import Result


def add_exam_verbs(exam: Any) -> None:
    """Add ``decide``, ``result`` and ``report`` to the verbs of ``exam``."""
    decide = exam.add_parser(
        "decide", help="decide who passes, and list what is decided otherwise than before"
    )
    decide.add_argument("exam")
    add_course(decide)
    decide.set_defaults(run=_decide)
    result = exam.add_parser(
        "result", help="write a page for each trainee that explains the decision, and show one"
    )
    result.add_argument("exam")
    result.add_argument("trainee", nargs="?", help="show what this trainee is told")
    result.add_argument(
        "--book",
        type=_address,
        metavar="URL",
        help="where the book is published: pages link to it then",
    )
    add_course(result)
    result.set_defaults(run=_result)
    report = exam.add_parser(
        "report", help="write the instructor's report: outcomes, near misses, statistics"
    )
    report.add_argument("exam")
    add_course(report)
    report.set_defaults(run=_report)


def _address(text: str) -> str:
    if not text.startswith(("https://", "http://")):
        raise argparse.ArgumentTypeError("it must begin with https:// or http://")
    return text


def _now() -> datetime:
    return datetime.now().astimezone()


def _decide(options: argparse.Namespace) -> int:
    from grader.decision.exam import outcomes  # what reads databases is slow to import
    from grader.decision.file import write_decisions
    from grader.decision.readfails import missing_rulings, read_fails
    from grader.decision.sat import read_exam
    from grader.decision.table import FILE, as_text, changes_as_text, write_table
    from grader.exam.folder import exam_folder
    from grader.grading.course import Course

    course, now = Course(course_folder(options)), _now()
    folder = exam_folder(course.root, options.exam)
    exam = read_exam(course, options.exam)
    decided = outcomes(exam, now)
    changed = write_decisions(folder, exam.blueprint, decided, now)
    write_table(folder.root / FILE, decided)
    print(as_text(decided))
    for told in filter(None, (changes_as_text(changed), missing_rulings(read_fails(exam.sittings)))):
        print(f"\n{told}")
    print(f"\nWritten in {folder.root}: {folder.decisions.name} and {FILE}.")
    return 0


def _result(options: argparse.Namespace) -> int:
    from grader.decision.publish import find_result, results, write_results
    from grader.exam.folder import exam_folder
    from grader.grading.course import Course

    course = Course(course_folder(options))
    folder = exam_folder(course.root, options.exam)
    told = results(course, options.exam, _now(), options.book or "")
    shown = find_result(told, options.trainee) if options.trainee is not None else None
    write_results(folder, told)
    if shown is not None:
        print(f"{shown}\n")
    print(f"Written in {folder.results}: {_pages(told)}")
    print("Send each trainee their own page; nothing else in the class is for them.")
    return 0


def _pages(told: Sequence[Result]) -> str:
    """Return for how many there is a page, and about whom nothing is decided yet."""
    open_ = [short(result.trainee) for result in told if result.waiting]
    whom = "1 trainee" if len(told) == 1 else f"each of {len(told)} trainees"
    said = f"a page for {whom}; {len(told) - len(open_)} decided"
    return f"{said}, {len(open_)} not decided yet: {', '.join(open_)}." if open_ else f"{said}."


def _report(options: argparse.Namespace) -> int:
    from grader.decision.publish import write_report
    from grader.grading.course import Course

    words, place = write_report(Course(course_folder(options)), options.exam, _now())
    print(f"{words}\n\nWritten: {place}.")
    return 0
