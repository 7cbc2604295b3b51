"""Scoring marked evidence: the passages of the chart that decide the answer."""

from __future__ import annotations

from grader.answers import PassagesAnswer
from grader.library.encounter import Case, Item
from grader.library.item_keys import EvidenceKey
from grader.library.passages import holding
from grader.scoring.findings import Finding, Score, Unscorable
from grader.scoring.share import share

_NOTHING = "This passage does not decide it."


def score_evidence(answer: PassagesAnswer, key: EvidenceKey, item: Item, case: Case) -> Score | Unscorable:
    """Score marked passages: deciding ones ÷ (all deciding ones + others marked), weighted by points."""
    chart = case.passages()
    marked = dict.fromkeys(answer.passages)
    if not marked:
        return Unscorable("No passage was marked.", item.points, blank=True)
    if not set(marked) <= set(chart):
        return Unscorable("A passage is none of those of the record.", item.points, blank=False)
    findings, earned, explained = [], 0.0, set()
    for support in key.passages:
        places = set(holding(support.quote, chart))
        explained |= places
        found = places & set(marked)
        earned += support.points if found else 0.0
        kind, severity = ("correct", "ok") if found else ("missed", "warning")
        said = support.why if found else f"Not marked: {support.why}"
        findings.append(Finding(kind, severity, (), said, key.cite, evidence=support.quote, from_key=True))
    neutral = {place for quote in key.neutral for place in holding(quote, chart)}
    extra = [place for place in marked if place not in explained | neutral]
    for place in extra:
        why = next((w.why for w in key.wrong if w.quote in chart[place]), _NOTHING)
        findings.append(
            Finding("wrong_passage", "error", (), why, key.cite, evidence=chart[place], from_key=True)
        )
    whole = sum(support.points for support in key.passages)
    fraction = share(earned, whole, len(key.passages), len(extra))
    return Score(item.points * fraction, item.points, tuple(findings))
