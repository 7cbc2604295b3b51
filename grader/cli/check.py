"""``python -m grader codes check``: findings on one claim, or on a file with a claim a line."""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from grader import codeset
from grader.codeset import CodeSet
from grader.codeset.tabular import normalize
from grader.errors import ClaimFileError, CourseError
from grader.feedback import MARKS
from grader.scoring.edits import check_codes
from grader.scoring.findings import Finding

SETTINGS = ("outpatient", "inpatient")
ENCOUNTERS = ("initial", "subsequent", "sequela")
MOST_CODES = 100
LONGEST_CODE = 40
_FIELDS = frozenset(("id", "codes", "date", "setting", "encounter"))
_FORMAT = 'Write {"id": "1", "codes": ["M54.9"], "date": "2026-11-02", "setting": "outpatient"}'


@dataclass(frozen=True, slots=True)
class ClaimLine:
    """One claim of a file; ``encounter`` is None where it is not known."""

    id: str
    codes: tuple[str, ...]
    on: date
    setting: str
    encounter: str | None


@dataclass(frozen=True, slots=True)
class WrongLine:
    """A line that is no claim, with the claim's id where it could be read."""

    id: str | None
    error: ClaimFileError


def add_verb(codes: Any, a_date: Any) -> None:
    """Add ``check`` to the commands about codes; ``a_date`` reads a date."""
    check = codes.add_parser("check", help="check the codes of a claim against the official rules")
    check.add_argument("codes", nargs="*", metavar="CODE", help="codes in the order reported")
    check.add_argument("--date", type=a_date, help="date of the encounter (today)")
    check.add_argument("--setting", choices=SETTINGS, help="outpatient, where nothing else is said")
    check.add_argument("--encounter", choices=ENCOUNTERS, help="phase of care, where it is known")
    check.add_argument(
        "--file", type=Path, help="check many claims: one JSON object a line, with id, codes and date"
    )
    check.add_argument("--json", action="store_true")
    check.set_defaults(run=_check)


def _check(options: argparse.Namespace) -> int:
    if bool(options.codes) == bool(options.file):
        raise CourseError("Give the codes of one claim, or --file with a claim a line.")
    if options.file:
        said = {
            "date": options.date.isoformat() if options.date else None,
            "setting": options.setting,
            "encounter": options.encounter,
        }
        return _check_file(options.file, {name: value for name, value in said.items() if value is not None})
    codes = [code for word in options.codes for code in re.split(r"[,;]\s*", word) if code]
    if problem := _wrong_codes(codes):
        raise CourseError(f"The claim cannot be checked: {problem}.")
    claim = ClaimLine(
        "", tuple(codes), options.date or date.today(), options.setting or SETTINGS[0], options.encounter
    )
    found = findings(claim)
    if options.json:
        print(json.dumps([as_data(each) for each in found], ensure_ascii=False, indent=2))
    else:
        for each in found:
            print(f"{MARKS[each.severity]} ({each.kind}): {each.message} [{each.cite}]")
        if not found:
            print("No finding.")
    tell_what_is_known(codeset.load(), claim.on)
    return 0


def tell_what_is_known(codes: CodeSet, on: date) -> None:
    """Say on the error stream when an encounter is later than the last release that is known as a whole."""
    if on > codes.known_until:
        print(
            f"Note: this goes by the codes of {codes.release} and the later changes that touch this course. "
            "`python -m grader codes install` adds a newer release.",
            file=sys.stderr,
        )


def _check_file(path: Path, defaults: Mapping[str, str]) -> int:
    """Print one JSON line a claim; a line that is wrong gets its error and the others their findings."""
    wrong = 0
    latest = date.min
    for number, claim in read_claims(path, defaults):
        if isinstance(claim, WrongLine):
            wrong += 1
            row = {"id": claim.id, "line": number, "error": str(claim.error)}
            print(
                json.dumps(
                    {name: value for name, value in row.items() if value is not None}, ensure_ascii=False
                )
            )
        else:
            latest = max(latest, claim.on)
            found = [as_data(each) for each in findings(claim)]
            print(json.dumps({"id": claim.id, "findings": found}, ensure_ascii=False))
    tell_what_is_known(codeset.load(), latest)
    return 2 if wrong else 0


def findings(claim: ClaimLine) -> Sequence[Finding]:
    """Return the findings on one claim."""
    codes = [normalize(code) for code in claim.codes]
    return check_codes(codes, claim.on, codeset.load(), claim.setting, claim.encounter)


def as_data(found: Finding) -> dict[str, Any]:
    """Return a finding as JSON data."""
    return {
        "kind": found.kind,
        "severity": found.severity,
        "codes": list(found.subject),
        "message": found.message,
        "rule": found.cite,
    }


def read_claims(path: Path, defaults: Mapping[str, str]) -> Iterator[tuple[int, ClaimLine | WrongLine]]:
    """Yield the claims of a file one by one with the number of the line; a line that is wrong comes with its error.

    Parameters
    ----------
    path
        A text file with one JSON object a line.
    defaults
        Date, setting and encounter of the claims that do not say their own.

    Raises
    ------
    ClaimFileError
        When the file cannot be read at all.
    """
    try:
        with path.open(encoding="utf-8-sig") as lines:
            for number, line in enumerate(lines, start=1):
                if line.strip():
                    yield number, _claim(line, path, number, defaults)
    except (OSError, UnicodeDecodeError) as error:
        missing = isinstance(error, FileNotFoundError)
        text = isinstance(error, UnicodeDecodeError)
        problem = (
            "there is no such file" if missing else "it is not UTF-8 text" if text else "it cannot be read"
        )
        raise ClaimFileError(path, "", problem, "Give a text file with one claim a line") from None


def _claim(line: str, path: Path, number: int, defaults: Mapping[str, str]) -> ClaimLine | WrongLine:
    try:
        data = json.loads(line)
    except (ValueError, RecursionError):
        data = None
    if not isinstance(data, dict):
        return WrongLine(None, ClaimFileError(path, f"line {number}", "it is not a JSON object", _FORMAT))
    given = {**defaults, **{name: value for name, value in data.items() if value not in (None, "")}}
    name = given.get("id", number)
    named = isinstance(name, str | int) and not isinstance(name, bool)
    fault = _fault(given) if named else ("id", "it must be a text or a whole number")
    if fault:
        field, problem = fault
        error = ClaimFileError(path, f"line {number}, {field}", problem, _FORMAT)
        return WrongLine(str(name) if named else None, error)
    return ClaimLine(
        str(name),
        tuple(given["codes"]),
        date.fromisoformat(given["date"]),
        given.get("setting", SETTINGS[0]),
        given.get("encounter"),
    )


def _fault(given: dict[str, Any]) -> tuple[str, str] | None:
    """Return the first field that is wrong and what is wrong with it."""
    if unknown := sorted(set(given) - _FIELDS):
        return unknown[0][:40], "there is no such field"
    if problem := _wrong_codes(given.get("codes")):
        return "codes", problem
    if not _is_date(given.get("date")):
        return "date", "it must be the date of the encounter, YYYY-MM-DD"
    if given.get("setting", SETTINGS[0]) not in SETTINGS:
        return "setting", f"it must be {' or '.join(SETTINGS)}"
    if given.get("encounter", ENCOUNTERS[0]) not in ENCOUNTERS:
        return "encounter", f"it must be {', '.join(ENCOUNTERS)}, or be left out"
    return None


def _is_date(value: object) -> bool:
    if not isinstance(value, str) or not re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
        return False
    try:
        date.fromisoformat(value)
    except ValueError:
        return False
    return True


def _wrong_codes(codes: object) -> str:
    """Return what is wrong with the codes of a claim; nothing when they can be checked."""
    if not isinstance(codes, list) or not all(isinstance(code, str) for code in codes):
        return "it must be a list of codes"
    if not codes or len(codes) > MOST_CODES:
        return f"it must hold 1 to {MOST_CODES} codes"
    if any(not 0 < len(code.strip()) <= LONGEST_CODE for code in codes):
        return f"each code must have 1 to {LONGEST_CODE} characters"
    return ""
