"""The commands about the code set: ``python -m grader codes …``."""

from __future__ import annotations

import argparse
import json
from datetime import date
from typing import Any

from grader import codeset
from grader.cli import check, releases, search
from grader.codeset.build import build, official_xml, write_search_text
from grader.codeset.tabular import normalize
from grader.codeset.validity import validity


def add_verbs(verbs: Any) -> None:
    """Add ``codes`` and its commands to the parser."""
    codes = verbs.add_parser("codes", help="look up ICD-10-CM codes").add_subparsers(
        required=True, metavar="COMMAND"
    )
    make = codes.add_parser("build", help="build the code set from the official tabular list")
    make.set_defaults(run=_build)
    show = codes.add_parser("show", help="show one code and whether it is valid on a date")
    show.add_argument("code")
    show.add_argument(
        "--date", type=_date, default=date.today(), help="date of the encounter, YYYY-MM-DD (today)"
    )
    show.add_argument("--json", action="store_true")
    show.set_defaults(run=_show)
    check.add_verb(codes, _date)
    search.add_verb(codes)
    releases.add_verbs(codes, _date)


def _date(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a date; write YYYY-MM-DD") from None


def _build(_options: argparse.Namespace) -> int:
    codes = build(official_xml())
    write_search_text(codes)
    print(f"Code set built: {len(codes):,} entries of {codes.release}.")
    return 0


def _show(options: argparse.Namespace) -> int:
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
            "notes",
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
    check.tell_what_is_known(codes, options.date)
    return 0


def _place(name: str) -> str:
    return f"chapter {name}" if name.isdigit() else name


def _print_code(shown: dict[str, Any]) -> None:
    print(f"{shown['code']}  {shown['title'] or '(not in ICD-10-CM)'}")
    print(f"On {shown['date']}: {'valid and billable' if shown['billable'] else shown['reason']}")
    if shown["ancestors"]:
        print(f"Stands under: {' > '.join(_place(name) for name in reversed(shown['ancestors']))}")
    if shown["children"]:
        print(f"Divided into: {', '.join(shown['children'])}")
    for kind, notes in shown["notes"].items():
        print(kind.replace("_", " ").capitalize() + ":")
        for note in notes:
            text = note["text"].replace("\n", "\n    ")
            print(f"  {text}" + (f"  (at {_place(note['at'])})" if note["at"] != shown["code"] else ""))
