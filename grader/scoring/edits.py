"""Checks that any list of codes must pass, whatever the encounter: those a claim scrubber makes.

They rest on the tabular list and the guidelines alone and know no key, so they may be shown to anybody.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from itertools import permutations

from grader.codeset.tabular import CodeSet
from grader.codeset.validity import validity
from grader.scoring.findings import Finding

INVALID_KINDS = frozenset(
    ("unknown_code", "not_billable", "retired", "not_yet_valid", "missing_7th", "wrong_7th")
)
_REFERENCE = re.compile(
    r"([A-Z][0-9A-Z]{2}(?:\.[0-9A-Z]{1,4})?)(?:\.?-(?!-)([A-Z][0-9A-Z]{2}(?:\.[0-9A-Z]{1,4})?)?)?"
)
_BRACKETS = re.compile(r"\(([^()]*)\)")


def check_codes(codes: Sequence[str], on: date, codeset: CodeSet) -> tuple[Finding, ...]:
    """Return every finding on a list of codes.

    Parameters
    ----------
    codes
        Normalized codes in the order reported.
    on
        Date of the encounter.
    codeset
        The tabular list.
    """
    unique = list(dict.fromkeys(codes))
    return (
        *_validity(unique, on, codeset),
        *_duplicates(codes),
        *_excludes1(unique, codeset),
        *_external_cause_first(codes, codeset),
    )


def _validity(codes: Sequence[str], on: date, codeset: CodeSet) -> list[Finding]:
    verdicts = [(code, validity(codeset, code, on)) for code in codes]
    return [Finding(v.kind, "error", (code,), v.reason, v.cite) for code, v in verdicts if not v.billable]


def _duplicates(codes: Sequence[str]) -> list[Finding]:
    repeated = [code for code in dict.fromkeys(codes) if codes.count(code) > 1]
    cite = "ICD-10-CM Official Guidelines, Section I.B.12"
    return [
        Finding(
            "duplicate",
            "warning",
            (code,),
            f"{code} is listed twice; report each code once. The repeat counts as an extra code.",
            cite,
        )
        for code in repeated
    ]


def _external_cause_first(codes: Sequence[str], codeset: CodeSet) -> list[Finding]:
    if not codes or codes[0][0] not in "VWXY" or codeset.split(codes[0])[0] not in codeset:
        return []
    message = f"{codes[0]} is an external cause code (V00–Y99); such a code is never listed first."
    return [
        Finding(
            "sequence", "error", (codes[0],), message, "ICD-10-CM Official Guidelines, Section I.C.20.a.6"
        )
    ]


def _excludes1(codes: Sequence[str], codeset: CodeSet) -> list[Finding]:
    found: dict[frozenset[str], Finding] = {}
    for code, other in permutations(codes, 2):
        pair = frozenset((code, other))
        if pair in found:
            continue
        for note in codeset.notes(codeset.split(code)[0], "excludes1"):
            if names(note.text, other) and not names(note.text, code):
                message = (
                    f"{code} and {other} are not reported together: the tabular list at {note.at} excludes "
                    f"“{note.text}”. Only conditions that have nothing to do with each other are an exception."
                )
                cite = (
                    f"ICD-10-CM Tabular List, Excludes1 at {note.at}; Official Guidelines, Section I.A.12.a"
                )
                found[pair] = Finding("excludes1", "error", (code, other), message, cite)
                break
    return list(found.values())


def names(note: str, code: str) -> bool:
    """Tell whether a note of the tabular list names ``code``: itself, its family (``M51.1-``) or a range."""
    bare = code.replace(".", "")
    for inside in _BRACKETS.findall(note):
        for first, last in _REFERENCE.findall(inside):
            low, high = first.replace(".", ""), last.replace(".", "")
            if bare.startswith(low) or (high and low <= bare[: len(high)] <= high):
                return True
    return False
