"""The trained model: linear scores of clauses, in whole numbers, so that every machine comes to the same result.

Weights are kept as bytes, one for each output, and added as one long integer: each output has a field of three bytes in
it, and one addition adds all of them.  `Model.from_data` reads what `grader.evaluation.training` wrote.
"""

from __future__ import annotations

import json
from base64 import b64decode
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from grader.library.item_keys import ELEMENTS

SCALE = 32
"""A score of 32 is a log-odds of one."""
FIELD = 3  # bytes of an output in a sum: a thousand weights fit
OFFSET = 128  # added to a weight, so that its byte is positive
FAR = 4 * SCALE  # beyond this a score says no more
SQUARINGS = 12


@dataclass(frozen=True, slots=True)
class Statement:
    """How strongly one clause states each element: at all, and in full."""

    stated: tuple[int, ...]
    in_full: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Weighing:
    """Weights by which an element of a note is decided from its clauses; the last of each is added as it is."""

    stated: tuple[int, ...]
    in_full: tuple[int, ...]
    contradicted: tuple[int, ...]


class Model:
    """What was learned from labelled notes.

    Parameters
    ----------
    statement
        Bytes of each feature, one for every output of `Statement`.
    statement_bias
        What each output starts from.
    contrast
        Weight of each feature of `grader.scoring.documentation.contrast`.
    contrast_bias
        What a contrast starts from.
    weighing
        How to decide, by element.
    """

    def __init__(
        self,
        statement: Mapping[str, bytes],
        statement_bias: tuple[int, ...],
        contrast: Mapping[str, int],
        contrast_bias: int,
        weighing: Mapping[str, Weighing],
    ) -> None:
        self._statement = statement
        self._bias = statement_bias
        self._contrast = contrast
        self._contrast_bias = contrast_bias
        self.weighing = weighing
        self._packed: dict[str, int] = {}

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> Model:
        """Build a model from the plain data of its file."""
        statement, contrast = data["statement"], data["contrast"]
        return cls(
            {name: b64decode(weights) for name, weights in statement["weights"].items()},
            tuple(statement["bias"]),
            contrast["weights"],
            contrast["bias"],
            {
                element: Weighing(tuple(w["stated"]), tuple(w["in_full"]), tuple(w["contradicted"]))
                for element, w in data["weighing"].items()
            },
        )

    def statement(self, features: Iterable[str]) -> Statement:
        """Return how strongly a clause with these features states each element."""
        total, count = 0, 0
        for feature in features:
            packed = self._packed.get(feature)
            if packed is None:
                weights = self._statement.get(feature)
                if weights is None:
                    continue
                packed = self._packed[feature] = _pack(weights)
            total += packed
            count += 1
        width = len(self._bias)
        raw = total.to_bytes(FIELD * width + 1, "little")
        sums = [
            int.from_bytes(raw[FIELD * place : FIELD * place + FIELD], "little")
            - OFFSET * count
            + self._bias[place]
            for place in range(width)
        ]
        return Statement(tuple(sums[: len(ELEMENTS)]), tuple(sums[len(ELEMENTS) :]))

    def contrast(self, features: Iterable[str]) -> int:
        """Return how strongly these features speak for a contradiction."""
        weights = self._contrast
        return self._contrast_bias + sum(weights.get(feature, 0) for feature in features)


def _pack(weights: bytes) -> int:
    """Return the bytes as one integer with room for sums between them."""
    spread = bytearray(FIELD * len(weights))
    spread[::FIELD] = weights
    return int.from_bytes(spread, "little")


def weigh(weights: tuple[int, ...], values: Iterable[int]) -> float:
    """Return the log-odds that weights give to values; both in whole numbers of `SCALE`."""
    *factors, constant = weights
    limited = (max(-FAR, min(FAR, value)) for value in values)
    total = sum(factor * value for factor, value in zip(factors, limited, strict=True)) + constant * SCALE
    return total / (SCALE * SCALE)


def probability(log_odds: float) -> float:
    """Return the probability of log-odds, by arithmetic that is the same on every machine."""
    power = 1 - max(-30.0, min(30.0, log_odds)) / (1 << SQUARINGS)
    for _ in range(SQUARINGS):
        power *= power
    return 1 / (1 + power)


@cache
def load() -> Model:
    """Return the model that comes with the course."""
    return Model.from_data(json.loads(Path(__file__).with_name("model.json").read_text(encoding="utf-8")))
