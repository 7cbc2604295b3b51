"""How well a reading agrees with the labels of a person: the numbers of the model card, with intervals.

A pair is the labels of a note and the states that were read, both by element.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from grader.library.item_keys import ELEMENTS
from grader.scoring.documentation.note import SHARES

Pair = tuple[Mapping[str, str], Mapping[str, str]]
_DRAWS = 200
_INTERVAL = 0.95


@dataclass(frozen=True, slots=True)
class Measured:
    """A number with the interval in which 95 of 100 samples of as many notes by the same writers would lie, or none."""

    value: float
    low: float
    high: float


def counts(pairs: Sequence[Pair], state: str, elements: Sequence[str] = ELEMENTS) -> tuple[int, int, int]:
    """Return how often a state was read and labelled, only read, and only labelled."""
    both = read = labelled = 0
    for labels, states in pairs:
        for element in elements:
            is_label, is_read = labels[element] == state, states[element] == state
            both += is_label and is_read
            read += is_read and not is_label
            labelled += is_label and not is_read
    return both, read, labelled


def f1(both: int, read: int, labelled: int) -> float:
    """Return the harmonic mean of precision and recall; 1 where there was nothing to find and nothing was found."""
    return 2 * both / (2 * both + read + labelled) if both + read + labelled else 1.0


def micro_f1(pairs: Sequence[Pair]) -> float:
    """Return F1 of 'present' over all elements together."""
    return f1(*counts(pairs, "present"))


def macro_f1(pairs: Sequence[Pair]) -> float:
    """Return the mean over the elements of F1 of 'present'."""
    return sum(f1(*counts(pairs, "present", (element,))) for element in ELEMENTS) / len(ELEMENTS)


def precision(pairs: Sequence[Pair], state: str = "present") -> float:
    """Return what share of the elements read so are labelled so."""
    both, read, _ = counts(pairs, state)
    return both / (both + read) if both + read else 1.0


def recall(pairs: Sequence[Pair], state: str = "present") -> float:
    """Return what share of the elements labelled so are read so."""
    both, _, labelled = counts(pairs, state)
    return both / (both + labelled) if both + labelled else 1.0


def kappa(pairs: Sequence[Pair]) -> float:
    """Return Cohen's kappa over three states: present, partial, and neither."""
    states = [
        (_three(labels[element]), _three(read[element])) for labels, read in pairs for element in ELEMENTS
    ]
    total = len(states)
    agreed = sum(one == other for one, other in states) / total
    chance = sum(
        sum(one == kind for one, _ in states) * sum(other == kind for _, other in states)
        for kind in ("present", "partial", "neither")
    ) / (total * total)
    return (agreed - chance) / (1 - chance) if chance < 1 else 1.0


def _three(state: str) -> str:
    return state if state in ("present", "partial") else "neither"


def total(states: Mapping[str, str]) -> float:
    """Return the points of a note when each element is worth one."""
    return sum(SHARES[states[element]] for element in ELEMENTS)


def quadratic_kappa(pairs: Sequence[Pair]) -> float:
    """Return the quadratic weighted kappa of total scores, in half points."""
    labelled = [round(2 * total(labels)) for labels, _ in pairs]
    read = [round(2 * total(states)) for _, states in pairs]
    observed = _mean((one - other) ** 2 for one, other in zip(labelled, read, strict=True))
    # The mean of (one - other)² over every label beside every reading.
    chance = _mean(one * one for one in labelled) + _mean(other * other for other in read)
    chance -= 2 * _mean(labelled) * _mean(read)
    return 1 - observed / chance if chance else 1.0


def _mean(values: Iterable[float]) -> float:
    listed = list(values)
    return sum(listed) / len(listed)


def mean_absolute_error(pairs: Sequence[Pair]) -> float:
    """Return by how many points of 17 the totals differ on average."""
    return sum(abs(total(labels) - total(states)) for labels, states in pairs) / len(pairs)


def contradiction_f1(pairs: Sequence[Pair]) -> float:
    """Return F1 of 'contradicted' over all elements together."""
    return f1(*counts(pairs, "contradicted"))


MEASURES: Mapping[str, Callable[[Sequence[Pair]], float]] = {
    "micro_f1": micro_f1,
    "macro_f1": macro_f1,
    "precision": precision,
    "recall": recall,
    "kappa": kappa,
    "qwk": quadratic_kappa,
    "mae": mean_absolute_error,
    "contradiction_f1": contradiction_f1,
    "contradiction_precision": lambda pairs: precision(pairs, "contradicted"),
    "contradiction_recall": lambda pairs: recall(pairs, "contradicted"),
}
"""What is measured, by its name in the model card."""


def measure(pairs: Sequence[Pair], seed: int = 1) -> dict[str, Measured]:
    """Return every measure with its bootstrap interval over notes; the same for the same seed."""
    rng = random.Random(seed)
    draws = [[pairs[rng.randrange(len(pairs))] for _ in pairs] for _ in range(_DRAWS)]
    found = {}
    for name, function in MEASURES.items():
        drawn = sorted(function(draw) for draw in draws)
        outside = round(_DRAWS * (1 - _INTERVAL) / 2)
        found[name] = Measured(function(pairs), drawn[outside], drawn[-1 - outside])
    return found
