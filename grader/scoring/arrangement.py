"""Scoring what was matched and what was put in order."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from grader.answers import OrderAnswer, PairsAnswer
from grader.library.encounter import Item
from grader.library.item_keys import MatchKey, OrderKey
from grader.scoring.findings import Finding, Score, Unscorable


def score_match(answer: PairsAnswer, key: MatchKey, item: Item) -> Score | Unscorable:
    """Score matched prompts: right ones ÷ all prompts; a prompt left open earns nothing."""
    if not answer.pairs:
        return Unscorable("Nothing was matched.", item.points, blank=True)
    options = {choice.id: choice.text for choice in item.choices}
    if not (set(answer.pairs) <= set(key.pairs) and set(answer.pairs.values()) <= set(options)):
        return Unscorable("A match is none of those offered.", item.points, blank=False)
    findings = []
    for prompt in item.prompts:
        right = key.pairs[prompt.id]
        said = f"“{prompt.text}” belongs to “{options[right]}”: {key.reasons[prompt.id]}"
        given = answer.pairs.get(prompt.id)
        kind, severity = ("correct", "ok") if given == right else ("wrong_match", "error")
        if given is None:
            kind, severity = "missed", "warning"
        findings.append(Finding(kind, severity, (), said, key.cite, from_key=True))
    earned = sum(answer.pairs.get(prompt) == right for prompt, right in key.pairs.items())
    return Score(item.points * earned / len(key.pairs), item.points, tuple(findings))


def score_order(answer: OrderAnswer, key: OrderKey, item: Item) -> Score | Unscorable:
    """Score an order by the steps that stand rightly one after the other.

    The longest run of steps in the right order, other steps left out, counts: n steps in order earn everything, a
    reversed order nothing, one step out of place costs 1 ÷ (n - 1) of the points.
    """
    if not answer.order:
        return Unscorable("The steps were not put in order.", item.points, blank=True)
    if sorted(answer.order) != sorted(key.order):
        return Unscorable("The steps are not those of the question.", item.points, blank=False)
    texts = {choice.id: choice.text for choice in item.choices}
    kept = _in_order([key.order.index(step) for step in answer.order])
    findings = []
    for place, step in enumerate(key.order):
        said = f"Step {place + 1}: “{texts[step]}” {key.reasons[step]}"
        kind, severity = ("correct", "ok") if place in kept else ("wrong_place", "error")
        findings.append(Finding(kind, severity, (), said, key.cite, from_key=True))
    earned = (len(kept) - 1) / (len(key.order) - 1)
    return Score(item.points * earned, item.points, tuple(findings))


def _in_order(places: Sequence[int]) -> set[int]:
    """Return the members of a longest increasing subsequence."""
    ends: list[int] = []
    runs: list[tuple[int, ...]] = []
    for place in places:
        at = bisect_left(ends, place)
        run = (*runs[at - 1], place) if at else (place,)
        ends[at:], runs[at:] = [place, *ends[at + 1 :]], [run, *runs[at + 1 :]]
    return set(runs[-1])
