"""``python -m grader report``: a class in figures, for the instructor."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from grader.cli.grading import add_course, add_keys, course_folder


def add_verbs(verbs: Any) -> None:
    """Add ``report`` to the parser."""
    report = verbs.add_parser(
        "report", help="write what a class did: points, mistakes, items, who is missing"
    )
    report.add_argument("assignment")
    report.add_argument("--out", type=Path, help="folder to write to (report/ASSIGNMENT in the course)")
    add_keys(report)
    add_course(report)
    report.set_defaults(run=_report)


def _report(options: argparse.Namespace) -> int:
    from grader.grading.course import Course  # what reads databases and writes pages is slow to import
    from grader.grading.reports.report_files import ITEMS, PAGE, TRAINEES, write_report
    from grader.grading.reports.report_text import in_words

    course = Course(course_folder(options), options.keys)
    figures, folder = write_report(course, options.assignment, options.out)
    print(f"{in_words(figures)}\n\nWritten in {folder}: {PAGE}, {TRAINEES} and {ITEMS}.")
    return 0
