"""Scoring the audit of another coder's codes: each one right or wrong, and what is missing."""

from __future__ import annotations

from grader.answers import AuditAnswer
from grader.codeset.tabular import CodeSet, normalize
from grader.library.encounter import Item
from grader.library.item_keys import AuditKey, MissingCode, Verdict
from grader.scoring.findings import Finding, Score, Unscorable
from grader.scoring.share import share

_SUPPORTED = "ICD-10-CM Official Guidelines, Sections I.A.19, III and IV.J"


def score_audit(answer: AuditAnswer, key: AuditKey, item: Item, codeset: CodeSet) -> Score | Unscorable:
    """Score an audit: right verdicts and missing codes found ÷ (all of them + codes wrongly called missing)."""
    if not answer.verdicts and not answer.missing:
        return Unscorable("No code was judged.", item.points, blank=True)
    if not set(answer.verdicts) <= set(item.coded) or not set(answer.verdicts.values()) <= {"right", "wrong"}:
        return Unscorable("A verdict is on none of the codes reported.", item.points, blank=False)
    missing = dict.fromkeys(normalize(code) for code in answer.missing if code.strip())
    wanted = {entry.code for entry in key.missing}
    extra = [code for code in missing if code not in wanted]
    findings = [_on_verdict(verdict, answer.verdicts.get(verdict.code), codeset) for verdict in key.verdicts]
    findings += [_on_missing(entry, entry.code in missing, codeset) for entry in key.missing]
    for code in extra:
        said = f"{code} ({codeset.title(code)}) is not missing: this record does not support it."
        findings.append(Finding("unsupported", "error", (code,), said, _SUPPORTED, from_key=True))
    right = sum(answer.verdicts.get(verdict.code) == verdict.verdict for verdict in key.verdicts)
    parts = len(key.verdicts) + len(key.missing)
    earned = share(right + len(wanted & set(missing)), parts, parts, len(extra))
    return Score(item.points * earned, item.points, tuple(findings))


def _on_verdict(verdict: Verdict, given: str | None, codeset: CodeSet) -> Finding:
    word = "right" if verdict.verdict == "right" else "not right"
    said = f"{verdict.code} ({codeset.title(verdict.code)}) is {word}: {verdict.why}"
    kind, severity = ("correct", "ok") if given == verdict.verdict else ("wrong_verdict", "error")
    if given is None:
        kind, severity = "missed", "warning"
    return Finding(kind, severity, (verdict.code,), said, verdict.cite, from_key=True)


def _on_missing(entry: MissingCode, found: bool, codeset: CodeSet) -> Finding:
    named = f"{entry.code} ({codeset.title(entry.code)})"
    if found:
        return Finding(
            "correct", "ok", (entry.code,), f"{named} is missing: {entry.why}", entry.cite, from_key=True
        )
    said = f"You did not see that {named} is missing: {entry.why}"
    return Finding("missed", "warning", (entry.code,), said, entry.cite, from_key=True)
