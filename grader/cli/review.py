"""``python -m grader review``: what waits for an instructor, and how far instructor and suggestion agree."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any


def add_verbs(verbs: Any) -> None:
    """Add ``review`` to the parser."""
    review = verbs.add_parser("review", help="list the notes and messages to confirm, most doubtful first")
    review.add_argument("assignment")
    review.add_argument("--all", action="store_true", help="list those that are confirmed as well")
    review.add_argument("--keys", type=Path, help="folder of the keys (the folder of the cases)")
    review.add_argument(
        "--course", type=Path, default=Path.cwd(), help="folder with nbgrader_config.py (this folder)"
    )
    review.set_defaults(run=_review)


def _review(options: argparse.Namespace) -> int:
    from grader.grading.agreement import FILE, in_words, record  # nbgrader takes seconds to import
    from grader.grading.course import Course
    from grader.grading.review import review_assignment

    course = Course(options.course, options.keys)
    print(review_assignment(course, options.assignment, options.all))
    compared = record(course, options.assignment)
    print(f"\n{in_words(compared)}")
    if compared:
        print(f"\nWritten: {FILE}.")
    return 0
