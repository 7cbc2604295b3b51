"""The commands of the course: parse, call, print."""

from __future__ import annotations

import argparse
import gzip
import json
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from grader import codeset
from grader.answers import read_answers
from grader.codeset.build import build, official_xml, write_search_text
from grader.codeset.search import CodeIndex, parse_rows
from grader.codeset.tabular import SEARCH_TEXT, normalize
from grader.codeset.validity import validity
from grader.errors import CourseError
from grader.feedback import as_text, points, result
from grader.library.case import find_case
from grader.library.key import load_key
from grader.lint import lint
from grader.scoring.score import score_case

ROOT = Path(__file__).resolve().parent.parent


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
    _codes_verbs(verbs)
    _library_verbs(verbs)
    _class_verbs(verbs)
    return parser


def _codes_verbs(verbs: Any) -> None:
    codes = verbs.add_parser("codes", help="look up ICD-10-CM codes").add_subparsers(
        required=True, metavar="COMMAND"
    )
    make = codes.add_parser("build", help="build the code set from the official tabular list")
    make.set_defaults(run=_codes_build)
    show = codes.add_parser("show", help="show one code and whether it is valid on a date")
    show.add_argument("code")
    show.add_argument(
        "--date", type=_date, default=date.today(), help="date of the encounter, YYYY-MM-DD (today)"
    )
    show.add_argument("--json", action="store_true")
    show.set_defaults(run=_codes_show)
    search = codes.add_parser("search", help="find codes by words, with typing mistakes forgiven")
    search.add_argument("words")
    search.add_argument("--limit", type=int, default=10)
    search.add_argument("--json", action="store_true")
    search.set_defaults(run=_codes_search)


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


def _class_verbs(verbs: Any) -> None:
    assignment = verbs.add_parser("assignment", help="make assignments").add_subparsers(
        required=True, metavar="COMMAND"
    )
    make = assignment.add_parser("build", help="write the nbgrader source of an assignment")
    make.add_argument("assignment")
    _course(make)
    make.set_defaults(run=_assignment_build)
    grade = verbs.add_parser("grade", help="grade every submission of an assignment and print the class")
    grade.add_argument("assignment")
    grade.add_argument("--keys", type=Path, help="folder of the keys (the folder of the cases)")
    _course(grade)
    grade.set_defaults(run=_grade)
    show = verbs.add_parser("demonstration", help="run a class of eight sample trainees through nbgrader")
    show.add_argument("out", type=Path)
    show.add_argument("--assignment", default="unit-1")
    show.set_defaults(run=_demonstration)


def _course(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--course", type=Path, default=Path.cwd(), help="folder with nbgrader_config.py (this folder)"
    )


def _date(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a date; write YYYY-MM-DD") from None


def _codes_build(_options: argparse.Namespace) -> int:
    codes = build(official_xml())
    write_search_text(codes)
    print(f"Code set built: {len(codes):,} entries of {codes.release}.")
    return 0


def _codes_show(options: argparse.Namespace) -> int:
    codes = codeset.load()
    code = normalize(options.code)
    verdict = validity(codes, code, options.date)
    base, _ = codes.split(code)
    notes = {
        kind: [{"at": note.at, "text": note.text} for note in codes.notes(base, kind)]
        for kind in (
            "inclusion_terms",
            "includes",
            "excludes1",
            "excludes2",
            "code_first",
            "use_additional",
            "code_also",
        )
    }
    notes["inclusion_terms"] = [note for note in notes["inclusion_terms"] if note["at"] == base]
    entry = codes.get(base)
    shown = {
        "code": code,
        "title": codes.title(code),
        "date": options.date.isoformat(),
        "validity": verdict.kind,
        "billable": verdict.billable,
        "reason": verdict.reason,
        "instead": list(verdict.instead),
        "cite": verdict.cite,
        "ancestors": list(codes.ancestors(base)),
        "children": list(entry.children) if entry else [],
        "seventh_characters": dict(codes.seventh_characters(base)),
        "notes": {kind: found for kind, found in notes.items() if found},
        "release": codes.release,
    }
    if options.json:
        print(json.dumps(shown, ensure_ascii=False, indent=2))
    else:
        _print_code(shown)
    return 0


def _print_code(shown: dict[str, Any]) -> None:
    print(f"{shown['code']}  {shown['title'] or '(not in ICD-10-CM)'}")
    print(f"On {shown['date']}: {'valid and billable' if shown['billable'] else shown['reason']}")
    if shown["ancestors"]:
        print(f"Below: {' > '.join(reversed(shown['ancestors']))}")
    if shown["children"]:
        print(f"Above: {', '.join(shown['children'])}")
    for kind, notes in shown["notes"].items():
        print(kind.replace("_", " ").capitalize() + ":")
        for note in notes:
            print(f"  {note['text']}" + (f"  (at {note['at']})" if note["at"] != shown["code"] else ""))


def _codes_search(options: argparse.Namespace) -> int:
    if not SEARCH_TEXT.exists():
        raise CourseError("The code set has not been built yet. Run `python -m grader codes build`.")
    text = gzip.decompress(SEARCH_TEXT.read_bytes()).decode("utf-8")
    hits = CodeIndex(parse_rows(text)).search(options.words, options.limit)
    if options.json:
        found = [{"code": hit.code, "title": hit.title, "billable": hit.billable} for hit in hits]
        print(json.dumps(found, ensure_ascii=False, indent=2))
    else:
        for hit in hits:
            print(f"{hit.code:<9} {hit.title}" + ("" if hit.billable else "  (heading, not billable)"))
        if not hits:
            print("No code has these words. Try fewer or other words.")
    return 0


def _lint(options: argparse.Namespace) -> int:
    faults = lint(options.cases, options.keys or options.cases, codeset.load())
    for fault in faults:
        print(fault)
    print(f"{len(faults)} fault{'s' * (len(faults) > 1)}." if faults else "The case library is clean.")
    return 1 if faults else 0


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


def _assignment_build(options: argparse.Namespace) -> int:
    from grader.grading.course import Course

    Course(options.course).build(options.assignment)
    print(
        f"Written: source/{options.assignment}. Next: nbgrader generate_assignment {options.assignment} --force"
    )
    return 0


def _grade(options: argparse.Namespace) -> int:
    from grader.grading.course import Course, grade_assignment

    table = grade_assignment(Course(options.course, options.keys), options.assignment, _progress)
    table.write_csv(options.course / "grades.csv")
    print(f"\n{table}\n\nWritten: grades.csv, feedback/ and nbgrader's gradebook.")
    return 0


def _demonstration(options: argparse.Namespace) -> int:
    from grader.grading.demonstration import run_demonstration

    run_demonstration(options.out, ROOT / "exercises", options.assignment, _progress)
    return 0


def _progress(line: str) -> None:
    print(line, file=sys.stderr, flush=True)
