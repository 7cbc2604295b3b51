"""``python -m grader exam renew``: a short form of what changed since a certificate was issued."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from grader import codeset
from grader.cli import exam as exam_verbs
from grader.cli import whose
from grader.cli.certificate import add_issuer, issuer_root
from grader.cli.drawn import told
from grader.cli.grading import add_course
from grader.errors import CourseError
from grader.visible import short

if TYPE_CHECKING:
    from grader.exam.drawing import Exam
    from grader.exam.renewal.drawing import Due

_SOON = 180  # days


def add_exam_verbs(exam: Any) -> None:
    """Add ``renew`` to the commands of ``exam``."""
    renew = exam.add_parser("renew", help="draw short forms of what changed since certificates were issued")
    renew.add_argument(
        "blueprint", type=Path, help="a blueprint.yml that renews certificates, such as renewal"
    )
    whose.add_who(renew)
    renew.add_argument(
        "--since",
        type=_day,
        metavar="DATE",
        help="when their certificates were issued, where your issuer's folder does not know it",
    )
    renew.add_argument(
        "--within",
        type=int,
        default=_SOON,
        metavar="DAYS",
        help=f"take whose certificate ends in so many days, or has ended ({_SOON})",
    )
    add_course(renew)
    add_issuer(renew)
    renew.set_defaults(run=_renew)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{short(text)}: write a day like 2026-10-01") from None


def _renew(options: argparse.Namespace) -> int:
    from grader.exam.drawing import open_exam
    from grader.exam.pool import load_pool
    from grader.exam.renewal.changed import taught_categories
    from grader.exam.renewal.drawing import draw_renewal
    from grader.exam.secret import read_seed
    from grader.exam.writing import Libraries
    from grader.grading.lock import one_at_a_time
    from grader.library.case import load_cases
    from grader.library.key import load_keys

    whose.check_who(options)
    course = exam_verbs.course_of(options)
    seed = read_seed(options.seed_file, exam_verbs.shared(course, options.seed_file))
    with one_at_a_time(course.root):
        exam = open_exam(course.root, exam_verbs.blueprint_of(options.blueprint, course), seed)
        exam = whose.corrected(options, exam, course)
        due = _due(options, exam, course.root)
        sittings = [each.sitting for each in due]
        whose.check_waits(course, exam, sittings, options.attempt is not None)
        codes = codeset.load()
        pool = load_pool(course.cases, course.keys, course.cases / "families", codes)
        taught = taught_categories(load_keys(course.keys, load_cases(course.cases)).values())
        today = datetime.now(UTC).date()
        libraries = Libraries(course.cases, course.keys)
        with exam_verbs.bar("Drawing") as tell:
            summary = draw_renewal(exam, due, today, seed, taught, pool, libraries, codes, tell)
    more = whose.remarks(options, exam, bool(summary.new))
    print("\n".join((told(summary, exam.blueprint), *more)))
    return 0


def _due(options: argparse.Namespace, exam: Exam, course: Path) -> Sequence[Due]:
    """Return who has a certificate to renew and no form of this round yet, or sits again; tell who holds one for longer."""
    from grader.certificate.due import due_for
    from grader.certificate.folder import open_folder
    from grader.certificate.registry import read_registry
    from grader.exam.renewal.drawing import Due, renews_of

    renews = renews_of(exam)
    sittings = whose.sittings_of(options, exam, course)
    if options.since is not None:
        if options.since >= datetime.now(UTC).date():
            raise CourseError("--since must be a day that is over: nothing can have changed since.")
        if sittings:
            print(
                f"Issued on {options.since} is taken for all of them (--since); no certificate was looked at."
            )
        return [Due(each, options.since) for each in sittings]
    registry = read_registry(open_folder(issuer_root(options)))
    found, later = due_for(sittings, renews, registry, timedelta(days=options.within), datetime.now(UTC))
    for entry in later:
        print(
            f"{short(entry.trainee)}: the certificate holds until {entry.expires:%Y-%m-%d}; no form was drawn."
        )
    return found
