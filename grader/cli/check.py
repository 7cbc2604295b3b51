"""``python -m grader codes check``: findings on one claim, or on a file with a claim a line."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from grader import codeset
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


def add_verb(codes: Any, a_date: Any) -> None:
    """Add ``check`` to the commands about codes; ``a_date`` reads a date."""
    check = codes.add_parser("check", help="check the codes of a claim against the official rules")
    check.add_argument("codes", nargs="*", metavar="CODE", help="codes in the order reported")
    check.add_argument("--date", type=a_date, default=date.today(), help="date of the encounter (today)")
    check.add_argument("--setting", choices=SETTINGS, default=SETTINGS[0])
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
        return _check_file(options.file)
    if problem := _wrong_codes(options.codes):
        raise CourseError(f"The claim cannot be checked: {problem}.")
    claim = ClaimLine("", tuple(options.codes), options.date, options.setting, options.encounter)
    found = findings(claim)
    if options.json:
        print(json.dumps([as_data(each) for each in found], ensure_ascii=False, indent=2))
    else:
        for each in found:
            print(f"{MARKS[each.severity]} ({each.kind}): {each.message} [{each.cite}]")
        if not found:
            print("No finding.")
    return 0


def _check_file(path: Path) -> int:
    """Print one JSON line a claim; a line that is wrong gets its error and the others their findings."""
    wrong = 0
    for claim in read_claims(path):
        if isinstance(claim, ClaimFileError):
            wrong += 1
            print(json.dumps({"error": str(claim)}, ensure_ascii=False))
        else:
            found = [as_data(each) for each in findings(claim)]
            print(json.dumps({"id": claim.id, "findings": found}, ensure_ascii=False))
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


def read_claims(path: Path) -> Iterator[ClaimLine | ClaimFileError]:
    """Yield the claims of a file one by one, and an error in place of each line that is wrong.

    Raises
    ------
    ClaimFileError
        When the file cannot be read at all.
    """
    try:
        with path.open(encoding="utf-8-sig") as lines:
            for number, line in enumerate(lines, start=1):
                if line.strip():
                    try:
                        yield _claim(line, path, number)
                    except ClaimFileError as error:
                        yield error
    except (OSError, UnicodeDecodeError) as error:
        problem = "it is not UTF-8 text" if isinstance(error, UnicodeDecodeError) else "it cannot be read"
        raise ClaimFileError(path, "", problem, "Give a text file with one claim a line") from None


def _claim(line: str, path: Path, number: int) -> ClaimLine:
    def wrong(field: str, problem: str) -> ClaimFileError:
        return ClaimFileError(path, f"line {number}{f', {field}' if field else ''}", problem, _FORMAT)

    try:
        data = json.loads(line)
    except (ValueError, RecursionError):
        raise wrong("", "it is not a JSON object") from None
    if not isinstance(data, dict):
        raise wrong("", "it is not a JSON object")
    if unknown := sorted(set(data) - _FIELDS):
        raise wrong(unknown[0][:40], "there is no such field")
    codes = data.get("codes", ())
    if problem := _wrong_codes(codes):
        raise wrong("codes", problem)
    try:
        on = date.fromisoformat(str(data.get("date")))
    except ValueError:
        raise wrong("date", "it must be the date of the encounter, YYYY-MM-DD") from None
    setting, encounter = data.get("setting", SETTINGS[0]), data.get("encounter")
    if setting not in SETTINGS:
        raise wrong("setting", f"it must be {' or '.join(SETTINGS)}")
    if encounter is not None and encounter not in ENCOUNTERS:
        raise wrong("encounter", f"it must be {', '.join(ENCOUNTERS)}, or be left out")
    name = data.get("id")
    return ClaimLine(str(number if name is None else name), tuple(codes), on, setting, encounter)


def _wrong_codes(codes: object) -> str:
    """Return what is wrong with the codes of a claim; nothing when they can be checked."""
    if not isinstance(codes, list) or not all(isinstance(code, str) for code in codes):
        return "it must be a list of codes"
    if not codes or len(codes) > MOST_CODES:
        return f"it must hold 1 to {MOST_CODES} codes"
    if any(not 0 < len(code.strip()) <= LONGEST_CODE for code in codes):
        return "it holds an empty or endless code"
    return ""
