"""Scoring choices: one option, all or nothing, or several by the course's formula."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from grader.answers import ChoiceAnswer, ChoicesAnswer
from grader.library.encounter import Item
from grader.library.item_keys import FAILS, ChoiceKey, ChoicesKey
from grader.scoring.findings import Finding, Score, Unscorable
from grader.scoring.share import share


def score_choice(answer: ChoiceAnswer, key: ChoiceKey, item: Item) -> Score | Unscorable:
    """Score one choice; no choice, or one that the item does not offer, is unscorable."""
    if not answer.choice:
        return Unscorable("No choice was made.", item.points, blank=True)
    if answer.choice not in key.reasons:
        return Unscorable("The choice is none of those offered.", item.points, blank=False)
    right = answer.choice == key.correct
    kind, severity = ("correct", "ok") if right else ("wrong_choice", "error")
    finding = Finding(kind, severity, (), key.reasons[answer.choice], key.cite, from_key=True)
    return Score(item.points if right else 0.0, item.points, (finding,), _failed(key.fails, [answer.choice]))


def score_choices(answer: ChoicesAnswer, key: ChoicesKey, item: Item) -> Score | Unscorable:
    """Score a choice of several: right ones ÷ (all right ones + wrong ones chosen)."""
    chosen = set(answer.choices)
    if not chosen:
        return Unscorable("No choice was made.", item.points, blank=True)
    if not chosen <= set(key.reasons):
        return Unscorable("A choice is none of those offered.", item.points, blank=False)
    correct = set(key.correct)
    findings = []
    for option in item.choices:
        said = f"“{option.text}” {key.reasons[option.id]}"
        if option.id in chosen & correct:
            findings.append(Finding("correct", "ok", (), said, key.cite, from_key=True))
        elif option.id in chosen:
            findings.append(Finding("wrong_choice", "error", (), said, key.cite, from_key=True))
        elif option.id in correct:
            findings.append(Finding("missed", "warning", (), f"Not chosen: {said}", key.cite, from_key=True))
    earned = share(len(chosen & correct), len(correct), len(correct), len(chosen - correct))
    return Score(item.points * earned, item.points, tuple(findings), _failed(key.fails, chosen))


def _failed(fails: Mapping[str, str], chosen: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(FAILS[reason] for option, reason in fails.items() if option in chosen))
