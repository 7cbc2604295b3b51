"""Scoring the codes assigned to one encounter.

Code-level score = correct ÷ (reference + extra codes), floored at 0.  A reference code is weighted by its points, an
extra code by the mean of them.  Optional codes are neutral, an alternative answer earns its stated credit, and the
first-listed code reported out of first place earns half of its points.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from grader.answers import CodesAnswer
from grader.codeset.tabular import CodeSet, normalize
from grader.codeset.validity import validity
from grader.library.item_keys import FAILS, Alternative, CodesKey, ExpectedCode, WrongPick
from grader.scoring.edits import check_codes
from grader.scoring.findings import CodeAccuracy, Finding, Score, Unscorable
from grader.scoring.share import share

MISPLACED_SHARE = 0.5
_EXACT = 9  # decimal places
NOT_VALID = "a code is not valid on the date of the encounter"
_IN_ORDER = frozenset(("sequencing", "external_cause_first"))
_ON_THE_LIST = frozenset(("sequence", "use_additional", "code_first", "code_also"))


@dataclass(frozen=True, slots=True)
class _Reference:
    """One complete right answer: the reference itself or an alternative with its credit."""

    points: dict[str, float]
    first: str
    credit: float
    alternative: Alternative | None = None


@dataclass(frozen=True, slots=True)
class _Match:
    reference: _Reference
    fraction: float
    misplaced: bool
    extra: tuple[str, ...]


def score_codes(
    answer: CodesAnswer, key: CodesKey, possible: float, on: date, codeset: CodeSet, care: str = "outpatient"
) -> Score | Unscorable:
    """Score the codes a trainee assigned to one encounter against its key.

    Parameters
    ----------
    answer
        Codes in the order reported; the first is the first-listed diagnosis.
    key
        The codes the encounter supports, each with its reason and citation.
    possible
        Points of the item.
    on
        Date of the encounter; decides which codes are valid.
    codeset
        The tabular list.
    care
        ``outpatient`` or ``inpatient``: some rules differ.

    Returns
    -------
    Score | Unscorable
        Points and at least one finding per code; a blank answer is unscorable, not 0.
    """
    reported = tuple(normalize(code) for code in answer.codes if code.strip())
    if not reported:
        return Unscorable("No code was entered.", possible, blank=True)
    # Of equals the reference itself counts, also where a third of one is a bit less than a third of another.
    matches = [_match(reported, reference, key) for reference in _references(key)]
    best = max(matches, key=lambda match: round(match.fraction, _EXACT))
    edits = _edits(reported, key, on, codeset, care)
    if best.misplaced:
        # The key says which code belongs first; beside it only rules that are broken in any case are worth a sentence.
        edits = tuple(edit for edit in edits if edit.kind != "sequence" or edit.severity == "error")
    picks = _fired(reported, best, key)
    findings = (*_on_reference(reported, best, key, codeset), *_on_extra(best, picks, edits, codeset), *edits)
    failed = dict.fromkeys(FAILS[pick.error] for pick in picks if pick.error in FAILS)
    if not all(validity(codeset, code, on).billable for code in reported):
        failed[NOT_VALID] = None
    return Score(possible * best.fraction, possible, findings, tuple(failed), _accuracy(reported, best, key))


def _edits(
    reported: Sequence[str], key: CodesKey, on: date, codeset: CodeSet, care: str
) -> tuple[Finding, ...]:
    """Return the findings of the official rules; what only the key's phase of care tells counts as the key's words."""
    plain = check_codes(reported, on, codeset, care)
    if key.encounter is None:
        return plain
    edits = check_codes(reported, on, codeset, care, key.encounter)
    return tuple(edit if edit in plain else replace(edit, from_key=True) for edit in edits)


def _references(key: CodesKey) -> list[_Reference]:
    whole = _Reference({e.code: e.points for e in key.expected}, key.expected[0].code, 1.0)
    others = [_Reference(dict.fromkeys(a.codes, 1.0), a.codes[0], a.credit, a) for a in key.alternatives]
    return [whole, *others]


def _match(reported: Sequence[str], reference: _Reference, key: CodesKey) -> _Match:
    neutral = {optional.code for optional in key.optional} | set(reference.points)
    repeated = [code for place, code in enumerate(reported) if code in reported[:place]]
    extra = tuple(code for code in reported if code not in neutral) + tuple(
        c for c in repeated if c in neutral
    )
    misplaced = (
        key.sequence == "first_listed" and reference.first in reported and reported[0] != reference.first
    )
    total = sum(reference.points.values())
    earned = sum(points for code, points in reference.points.items() if code in reported)
    if misplaced:
        earned -= reference.points[reference.first] * (1 - MISPLACED_SHARE)
    fraction = reference.credit * share(earned, total, len(reference.points), len(extra))
    return _Match(reference, fraction, misplaced, extra)


def _accuracy(reported: Sequence[str], match: _Match, key: CodesKey) -> CodeAccuracy:
    right = sum(code in reported for code in match.reference.points)
    first = reported[0] == match.reference.first if key.sequence == "first_listed" else None
    return CodeAccuracy(right, len(match.reference.points), len(match.extra), first)


def _fired(reported: Sequence[str], match: _Match, key: CodesKey) -> list[WrongPick]:
    """Return the foreseen mistakes that this answer makes, for each extra code the one that fits best."""
    extra = set(match.extra)
    optional = {code.code for code in key.optional}
    core = [code for code in reported if code not in optional]
    fired: list[WrongPick] = []
    for code in dict.fromkeys(match.extra):
        fitting = [
            w
            for w in key.wrong
            if code in w.codes and extra.issuperset(c for c in w.codes if _foreign(c, key))
        ]
        # All its codes reported, rather than some; then the longer, more particular one.
        fitting.sort(key=lambda wrong: (set(wrong.codes) <= set(reported), len(wrong.codes)), reverse=True)
        fired.extend(wrong for wrong in fitting[:1] if wrong not in fired)
    for wrong in key.wrong:
        if any(_foreign(code, key) for code in wrong.codes):
            continue
        in_order = tuple(reported[: len(wrong.codes)]) == wrong.codes
        if in_order if wrong.error in _IN_ORDER else set(core) == set(wrong.codes) and match.fraction < 1:
            fired.append(wrong)
    return fired


def _foreign(code: str, key: CodesKey) -> bool:
    return code not in {e.code for e in key.expected} and code not in {o.code for o in key.optional}


def _on_reference(reported: Sequence[str], match: _Match, key: CodesKey, codeset: CodeSet) -> list[Finding]:
    if match.reference.alternative is not None:
        findings = list(_on_alternative(reported, match.reference.alternative))
    else:
        findings = [_on_expected(reported, expected, codeset) for expected in key.expected]
    if match.misplaced:
        first = match.reference.first
        message = (
            f"{first} belongs first: it is the main reason for this encounter. Out of place it earns half."
        )
        findings.append(Finding("sequence", "warning", (first,), message, _FIRST_LISTED, from_key=True))
    for optional in key.optional:
        if optional.code in reported:
            message = f"{optional.code} may be reported and costs nothing: {optional.when}"
            findings.append(Finding("optional", "ok", (optional.code,), message, _KEY, from_key=True))
    return findings


def _on_alternative(reported: Sequence[str], other: Alternative) -> Iterator[Finding]:
    message = f"An accepted alternative, worth {other.credit:.0%} of the points: {other.when}"
    severity = "ok" if other.credit == 1 else "advice"
    yield Finding("alternative", severity, other.codes, message, _KEY, from_key=True)
    for code in other.codes:
        if code not in reported:
            yield Finding("missing", "warning", (code,), f"{code} is missing.", _KEY, from_key=True)


def _on_expected(reported: Sequence[str], expected: ExpectedCode, codeset: CodeSet) -> Finding:
    named = f"{expected.code} ({codeset.title(expected.code)})"
    subject = (expected.code,)
    if expected.code in reported:
        return Finding("correct", "ok", subject, f"{named}: {expected.why}", expected.cite, from_key=True)
    return Finding(
        "missing", "warning", subject, f"{named} is missing: {expected.why}", expected.cite, from_key=True
    )


_KEY = "Course key"
_FIRST_LISTED = "ICD-10-CM Official Guidelines, Sections II and IV.G"


def _on_extra(
    match: _Match, picks: Sequence[WrongPick], edits: Sequence[Finding], codeset: CodeSet
) -> list[Finding]:
    findings = [
        Finding(pick.error, "error", pick.codes, pick.why, pick.cite, from_key=True) for pick in picks
    ]
    # Advice, and what is missing or out of order, does not say that a code should not be there.
    faults = [edit for edit in edits if edit.severity != "advice" and edit.kind not in _ON_THE_LIST]
    explained = {code for finding in (*findings, *faults) for code in finding.subject}
    for code in dict.fromkeys(match.extra):
        if code not in explained:
            message = f"{code} ({codeset.title(code)}) is not supported by this record; an extra code lowers the score."
            findings.append(Finding("unsupported", "error", (code,), message, _SUPPORTED, from_key=True))
    return findings


_SUPPORTED = "ICD-10-CM Official Guidelines, Sections I.A.19, III and IV.J"
