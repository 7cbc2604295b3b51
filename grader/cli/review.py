"""``python -m grader review``: what waits for an instructor, and how far instructor and suggestion agree."""

from __future__ import annotations

import argparse
from typing import Any

from grader.cli.grading import add_course, add_keys, course_folder


def add_verbs(verbs: Any) -> None:
    """Add ``review`` to the parser."""
    review = verbs.add_parser("review", help="list the notes and messages to confirm, most doubtful first")
    review.add_argument("assignment", help="an assignment, or an exam: all of its forms")
    review.add_argument("--all", action="store_true", help="list those that are confirmed as well")
    add_keys(review)
    add_course(review)
    review.set_defaults(run=_review)


def _review(options: argparse.Namespace) -> int:
    from grader.exam.folder import EXAMS, ExamFolder
    from grader.grading.agreement import FILE, bring_up_to_date, in_words  # nbgrader takes seconds to import
    from grader.grading.course import Course
    from grader.grading.gradebook import AssignmentBook
    from grader.grading.review import graded_forms, review_assignment, review_exam

    course, name = Course(course_folder(options), options.keys), options.assignment
    if ExamFolder(course.root / EXAMS / name).forms_list.is_file():
        print(review_exam(course, name, options.all))
        names = [entry.form for entry in graded_forms(course, name)]
    else:
        print(review_assignment(course, name, options.all))
        names = [name]
    compared = [
        row for each in names for row in bring_up_to_date(course, AssignmentBook(course.db_url, each))
    ]
    print(f"\n{in_words(compared)}")
    if compared:
        print(f"\nWritten: {FILE}.")
    return 0
