"""Scoring a choice item: all or nothing, with the reason for the option chosen."""

from __future__ import annotations

from grader.answers import ChoiceAnswer
from grader.library.reference import ChoiceKey
from grader.scoring.findings import Finding, Score, Unscorable


def score_choice(answer: ChoiceAnswer, key: ChoiceKey, possible: float) -> Score | Unscorable:
    """Score one choice; no choice, or one that the item does not offer, is unscorable."""
    if not answer.choice:
        return Unscorable("No choice was made.", possible, blank=True)
    if answer.choice not in key.reasons:
        return Unscorable("The choice is none of those offered.", possible, blank=False)
    right = answer.choice == key.correct
    kind, severity = ("correct", "ok") if right else ("wrong_choice", "error")
    finding = Finding(kind, severity, (), key.reasons[answer.choice], key.cite, from_key=True)
    return Score(possible if right else 0.0, possible, (finding,))
