"""How a made-up trainee codes an encounter: the right codes, with the mistakes that the key foresees."""

from __future__ import annotations

import random
from collections.abc import Sequence

from grader.answers import CodesAnswer
from grader.cohort.trainee import chance
from grader.library.item_keys import CodesKey, WrongPick

ADDITIONAL = 0.3
"""How much harder it is to see an additional code than the first one."""
REPLACED_FIRST, REPLACED_LATER = 0.85, 0.5
"""How often a code that is missed is replaced by a wrong one, rather than left out."""
EXTRA = 0.25
"""Chance of a code too many, as a part of the chance of missing a code."""
DISORDER = 0.4
"""The same for a wrong order."""
INVALID = 0.25
"""How often a code that is not valid is reported, compared with any other foreseen mistake: the search offers valid ones."""
_ADDED = frozenset(
    ("symptom_with_diagnosis", "external_cause_misuse", "excludes1", "g89_misuse", "unsupported_specificity")
)
_ORDER = frozenset(("sequencing", "external_cause_first"))


def code(key: CodesKey, logit: float, rng: random.Random) -> CodesAnswer:
    """Return the codes that a trainee reports.

    Parameters
    ----------
    key
        The reference, with the mistakes it foresees.
    logit
        Ability of the trainee in this case, less the difficulty of the case.
    rng
        Where chance comes from.
    """
    expected = tuple(entry.code for entry in key.expected)
    answer = list(expected)
    for place, wanted in enumerate(expected):
        if rng.random() >= chance(logit - (ADDITIONAL if place else 0)):
            answer = _miss(answer, wanted, key, rng)
    slip = 1 - chance(logit)
    if rng.random() < EXTRA * slip:
        answer = _add(answer, expected, key, rng)
    if key.sequence == "first_listed" and len(expected) > 1 and rng.random() < DISORDER * slip:
        answer = _disorder(answer, key, rng)
    return CodesAnswer(tuple(dict.fromkeys(answer)))


def _miss(answer: list[str], wanted: str, key: CodesKey, rng: random.Random) -> list[str]:
    """Replace a code by a foreseen wrong one, or leave it out; nobody hands in an empty answer who knows a wrong one."""
    first = wanted == key.expected[0].code
    left = [code for code in answer if code != wanted]
    picks = [pick for pick in key.wrong if wanted not in pick.codes and pick.error not in _ORDER]
    if picks and (not left or rng.random() < (REPLACED_FIRST if first else REPLACED_LATER)):
        return _replaced(answer, wanted, _pick(picks, rng), key)
    return left


def _replaced(answer: list[str], wanted: str, pick: WrongPick, key: CodesKey) -> list[str]:
    """Put a foreseen mistake into an answer: one wrong code in place of the right one, several as the whole answer."""
    known = {entry.code for entry in key.expected}
    if len(pick.codes) > 1 or known.issuperset(pick.codes):
        return list(pick.codes)
    return [pick.codes[0] if code == wanted else code for code in answer]


def _add(answer: list[str], expected: Sequence[str], key: CodesKey, rng: random.Random) -> list[str]:
    """Add a foreseen code that does not belong there."""
    single = [pick for pick in key.wrong if pick.error in _ADDED and len(pick.codes) == 1]
    whole = [pick for pick in key.wrong if pick.error not in _ORDER and set(expected) < set(pick.codes)]
    picks = [pick for pick in (*single, *whole) if not set(answer).issuperset(pick.codes)]
    return [*answer, *_pick(picks, rng).codes] if picks else answer


def _disorder(answer: list[str], key: CodesKey, rng: random.Random) -> list[str]:
    """Put another code first, as the key foresees it where it does."""
    unseen = {entry.code for entry in key.expected}.difference(answer)
    picks = [pick for pick in key.wrong if pick.error in _ORDER and unseen.isdisjoint(pick.codes)]
    if picks:
        return [*_pick(picks, rng).codes, *answer]
    return [*answer[1:], *answer[:1]]


def _pick(picks: Sequence[WrongPick], rng: random.Random) -> WrongPick:
    weights = [INVALID if pick.error == "invalid_code" else 1.0 for pick in picks]
    return rng.choices(picks, weights)[0]
