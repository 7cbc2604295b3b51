"""The commands about the book: ``python -m grader book …``."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from grader import codeset
from grader.errors import CourseError
from grader.site.book_pdf import edition


def add_verbs(verbs: Any, root: Path) -> None:
    """Add ``book`` and its commands to the parser; ``root`` is the folder of the project."""
    book = verbs.add_parser("book", help="check the built book").add_subparsers(
        required=True, metavar="COMMAND"
    )
    report = book.add_parser("report", help="links, spelling and readability of every page")
    report.add_argument("site", type=Path, nargs="?", default=root / "build" / "book" / "_build" / "html")
    report.add_argument(
        "--words", type=Path, default=root / "book" / "words.txt", help="the book's own words"
    )
    report.set_defaults(run=_report)
    publish = book.add_parser("publish", help="write the folder that a static host serves")
    publish.add_argument("out", type=Path)
    publish.add_argument("--site", type=Path, default=root / "build" / "book" / "_build" / "html")
    publish.add_argument("--pdf", type=Path, help="the whole book in one file")
    publish.add_argument(
        "--issuer", type=Path, help="the folder of an issuer of certificates; its folder public is published"
    )
    publish.set_defaults(run=_publish)
    pdf = book.add_parser("pdf", help="print the whole book into one PDF")
    pdf.add_argument("out", type=Path)
    pdf.add_argument("--site", type=Path, default=root / "build" / "book" / "_build" / "html")
    pdf.add_argument("--toc", type=Path, default=root / "_toc.yml", help="what the site was built from")
    pdf.set_defaults(run=_pdf)


def _report(options: argparse.Namespace) -> int:
    from grader.site.report import examine  # it reads a dictionary, which takes a second

    report = examine(options.site, options.words, codeset.load())
    print(report)
    return 1 if report.faults else 0


def _publish(options: argparse.Namespace) -> int:
    from grader.site.publish import publish

    issuer = None
    if options.issuer is not None:
        from grader.certificate.published import published_files

        issuer = published_files(options.issuer)
    count = publish(options.site, options.out, options.pdf, issuer)
    print(f"Ready to serve: {options.out}, {count} files.")
    return 0


def _pdf(options: argparse.Namespace) -> int:
    try:
        from grader.site.book_pdf.printing import print_book
    except ModuleNotFoundError as error:  # only who prints needs what tests/requirements.txt holds
        raise CourseError(
            f"The package {error.name} is missing. Run `make pdf`, which installs it."
        ) from None
    count = print_book(options.site, options.toc, options.out, edition(codeset.load()))
    print(f"The whole book: {options.out}, {count} pages.")
    return 0
