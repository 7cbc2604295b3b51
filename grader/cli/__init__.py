"""The commands of the course: parse, call, print."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from grader import codeset
from grader.answers import read_answers
from grader.cli import (
    book,
    cases,
    certificate,
    claims_year,
    codes,
    cohort,
    course,
    decide,
    documentation,
    exam,
    families,
    grading,
    renewal,
    report,
    review,
)
from grader.errors import CourseError
from grader.feedback import as_text, points, result
from grader.library.case import find_case
from grader.library.key import load_key
from grader.lint import lint
from grader.scoring.score import score_case

ROOT = Path(__file__).resolve().parent.parent.parent
_FAMILY_DRAWS = 70  # a few of each family; `family lint` draws thousands


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code: 0 done, 1 faults found, 2 it could not be done."""
    options = _parser().parse_args(arguments)
    try:
        code: int = options.run(options)
    except CourseError as error:
        print(error, file=sys.stderr)
        return 2
    except BrokenPipeError:
        return 0
    return code


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m grader", description="Coding Back Pain: cases, codes and grading."
    )
    verbs = parser.add_subparsers(required=True, metavar="COMMAND")
    codes.add_verbs(verbs)
    families.add_verbs(verbs)
    _library_verbs(verbs)
    cases.add_verbs(verbs, _roots)
    course.add_verbs(verbs, ROOT)
    grading.add_verbs(verbs)
    sitting = exam.add_verbs(verbs)
    decide.add_exam_verbs(sitting)
    cohort.add_exam_verbs(sitting, ROOT)
    renewal.add_exam_verbs(sitting)
    certificate.add_verbs(verbs)
    review.add_verbs(verbs)
    report.add_verbs(verbs)
    documentation.add_verbs(verbs, ROOT)
    book.add_verbs(verbs, ROOT)
    claims_year.add_verbs(verbs)
    return parser


def _library_verbs(verbs: Any) -> None:
    check = verbs.add_parser("lint", help="check the whole case library")
    _roots(check)
    check.set_defaults(run=_lint)
    score = verbs.add_parser("score", help="score an answers.json against one case")
    score.add_argument("case")
    score.add_argument("answers", type=Path)
    score.add_argument("--json", action="store_true")
    _roots(score)
    score.set_defaults(run=_score)
    pack = verbs.add_parser("pack", help="write what the published pages fetch")
    pack.add_argument("out", type=Path)
    pack.add_argument("--pyodide", type=Path, default=ROOT / "book" / "node_modules" / "pyodide")
    _roots(pack)
    pack.set_defaults(run=_pack)


def _roots(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--cases", type=Path, default=ROOT / "cases", help="folder of the cases")
    parser.add_argument("--keys", type=Path, help="folder of the keys (the folder of the cases)")


def _lint(options: argparse.Namespace) -> int:
    codes_ = codeset.load()
    faults = [str(fault) for fault in lint(options.cases, options.keys or options.cases, codes_)]
    if (options.cases / "families").is_dir():
        reports = families.lint_families(options.cases / "families", _FAMILY_DRAWS, codes_, _quietly)
        faults += [fault for report in reports for fault in report.faults]
    for fault in faults:
        print(fault)
    print(f"{len(faults)} fault{'s' * (len(faults) > 1)}." if faults else "The case library is clean.")
    return 1 if faults else 0


def _quietly(line: str) -> None:
    """Tell nobody: a few draws take no time."""


def _score(options: argparse.Namespace) -> int:
    case = find_case(options.cases, options.case)
    key = load_key((options.keys or options.cases) / case.id, case)
    scored = score_case(case, read_answers(options.answers).items, key, codeset.load())
    if options.json:
        print(json.dumps({"case": case.id, **result(scored)}, ensure_ascii=False, indent=2))
    else:
        print(f"{case.id}: {points(scored.points)} of {points(scored.possible)} points")
        for name, score in scored.items.items():
            print(f"\n{name}: {as_text(score)}")
    return 0


# nbgrader and the widget take seconds to import: only the commands that need them do.


def _pack(options: argparse.Namespace) -> int:
    from grader.practice import write_pack

    count = write_pack(options.cases, options.keys or options.cases, options.pyodide, options.out)
    print(f"Practice pack written: {count} keys.")
    return 0
