"""The commands about releases of the code set: ``python -m grader codes install``, ``diff`` and ``impact``."""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from grader import codeset
from grader.codeset.build import write_search_text
from grader.codeset.changes import in_words
from grader.codeset.diff import Differences, Ended, differences, newest
from grader.codeset.install import Installed, install
from grader.codeset.tabular import SEARCH_TEXT
from grader.errors import CourseError

if TYPE_CHECKING:
    from grader.impact import Touch

ROOT = Path(__file__).resolve().parent.parent.parent


def add_verbs(codes: Any, day: Any) -> None:
    """Add the commands to the parser of ``codes``; ``day`` reads a date."""
    put = codes.add_parser("install", help="install a newer official release, as downloaded from CMS or NCHS")
    put.add_argument("path", type=Path, help="a file, a folder or a zip")
    put.add_argument("--release", default="", help="FY2027 (from the name of the file)")
    put.add_argument(
        "--from", dest="starts", type=day, help="first day of the release (1 October of its fiscal year)"
    )
    put.set_defaults(run=_install)
    diff = codes.add_parser("diff", help="show what changed from one release to another")
    diff.add_argument("first", help="FY2026, or a date")
    diff.add_argument("second", help="FY2027, or a date")
    diff.add_argument("--json", action="store_true")
    diff.set_defaults(run=_diff)
    touched = codes.add_parser("impact", help="list the cases, keys and pages that a newer release touches")
    touched.add_argument("first", nargs="?", help="FY2026 (the release before the newest)")
    touched.add_argument("second", nargs="?", help="FY2027 (the newest release)")
    touched.add_argument("--cases", type=Path, default=ROOT / "cases", help="folder of the cases")
    touched.add_argument("--keys", type=Path, help="folder of the keys (the folder of the cases)")
    touched.add_argument("--pages", type=Path, default=ROOT / "book", help="folder of the pages")
    touched.add_argument("--json", action="store_true")
    touched.set_defaults(run=_impact)


def _install(options: argparse.Namespace) -> int:
    done = install(options.path, options.release, options.starts)
    if SEARCH_TEXT.exists():
        write_search_text(codeset.load(), SEARCH_TEXT)
    print(_told(done))
    return 0


def _told(done: Installed) -> str:
    made = done.release
    lines = [
        f"{made.name} is installed, in force from {in_words(made.starts)}: {done.before:,} → {made.codes:,} codes, "
        f"{len(made.begins)} added, {len(made.ends)} ended or now headings, {len(made.revised)} titles revised.",
        f"Written: {shown(done.path)}. Commit this file.",
    ]
    if not done.with_notes:
        lines.append(
            "These files bring no notes: new codes have those of the codes above them. The tabular XML has their own."
        )
    if done.renoted:
        lines.append(
            f"The notes of {len(done.renoted)} older codes changed as well; the course keeps the notes it was built with."
        )
    if done.others:
        lines.append(f"{' and '.join(done.others)} had been installed before: install again.")
    lines.append("Next: python -m grader codes impact")
    return "\n".join(lines)


def shown(path: Path) -> str:
    """Return a path as seen from the folder that the command runs in."""
    here = Path.cwd()
    return str(path.relative_to(here)) if path.is_relative_to(here) else str(path)


def _diff(options: argparse.Namespace) -> int:
    codes = codeset.load()
    found = differences(codes, options.first, options.second)
    if options.json:
        print(json.dumps(_as_json(found), ensure_ascii=False, indent=2))
        return 0
    print(
        f"{options.first} → {options.second}: what changed after {in_words(found.first)}, up to {in_words(found.second)}"
    )
    _section("added", [f"{change.code:<9} {change.title}" for change in found.added])
    _section("ended", [_line(code) for code in found.ended])
    _section("became headings", [_line(code) for code in found.headings])
    _section("titles revised", [f"{code.code:<9} {code.old} → {code.new}" for code in found.revised])
    whole = f"This is the whole list, as of the release {codes.release}."
    print("\n" + (whole if found.whole else f"This list is not whole. {' '.join(found.unknown)}"))
    return 0


def _section(name: str, lines: Sequence[str]) -> None:
    print(f"\n{len(lines)} {name}")
    for line in lines:
        print(f"  {line}")


def _line(code: Ended) -> str:
    return f"{code.code:<9} {code.title} → {', '.join(code.replaced_by) or 'no successor named'}"


def _as_json(found: Differences) -> dict[str, Any]:
    def ended(codes: Sequence[Ended]) -> list[dict[str, Any]]:
        return [{**asdict(code), "on": code.on.isoformat()} for code in codes]

    return {
        **_span(found),
        "added": [{"code": c.code, "title": c.title, "on": c.on.isoformat()} for c in found.added],
        "ended": ended(found.ended),
        "became_headings": ended(found.headings),
        "revised": [{**asdict(code), "on": code.on.isoformat()} for code in found.revised],
    }


def _span(found: Differences) -> dict[str, Any]:
    return {
        "from": found.first.isoformat(),
        "to": found.second.isoformat(),
        "whole": found.whole,
        "unknown": list(found.unknown),
    }


WHEN = {
    "now": "to correct now: the encounter is of the newer release",
    "check": "to look at",
    "redate": "still right for the date of the encounter; to change when the case gets a later date",
}
"""What each kind of touch asks for, in the order in which it is printed."""


def _impact(options: argparse.Namespace) -> int:
    from grader.impact import Roots, impact  # pydantic and the library: only this command needs them

    codes = codeset.load()
    if options.first and not options.second:
        raise CourseError("Name two releases, the older first, or none for the newest.")
    first = options.first or f"FY{newest(codes) - 1}"
    second = options.second or f"FY{newest(codes)}"
    found = differences(codes, first, second)
    touches = impact(codes, found, Roots(options.cases, options.keys or options.cases, options.pages))
    if options.json:
        rows = [{**asdict(touch), "file": shown(touch.file)} for touch in touches]
        print(json.dumps({**_span(found), "touched": rows}, ensure_ascii=False, indent=2))
    else:
        _print_touches(found, touches)
    return 1 if any(touch.when == "now" for touch in touches) else 0


def _print_touches(found: Differences, touches: Sequence[Touch]) -> None:
    print(f"From {in_words(found.first)} to {in_words(found.second)}")
    for when, heading in WHEN.items():
        lines = [
            f"{shown(touch.file)}: {touch.field}: {touch.code} {touch.happened}. {touch.todo}."
            for touch in touches
            if touch.when == when
        ]
        if lines:
            _section(heading, lines)
    if not touches:
        print("\nNo case, key or page is touched.")
    if not found.whole:
        print(f"\nMore may be touched. {' '.join(found.unknown)}")
