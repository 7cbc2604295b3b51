"""The model's arithmetic: what is packed into one number is what plain addition gives, on every machine."""

import hashlib
import json
import math
from base64 import b64encode
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.library.item_keys import ELEMENTS
from grader.scoring.documentation import model as module
from grader.scoring.documentation.model import FAR, OFFSET, SCALE, Model, probability, weigh

WIDTH = 2 * len(ELEMENTS)
WEIGHTS = st.lists(st.integers(-OFFSET, OFFSET - 1), min_size=WIDTH, max_size=WIDTH)


def built(weights: dict[str, list[int]], bias: list[int]) -> Model:
    """A model with these weights for statements."""
    packed = {name: b64encode(bytes(w + OFFSET for w in row)).decode() for name, row in weights.items()}
    return Model.from_data(
        {
            "statement": {"weights": packed, "bias": bias},
            "contrast": {"weights": {"a": 5, "b": -7}, "bias": 1},
            "weighing": {},
        }
    )


@given(st.lists(WEIGHTS, min_size=1, max_size=40), WEIGHTS)
def test_a_packed_sum_is_the_sum(rows: list[list[int]], bias: list[int]) -> None:
    """However many features, and whatever their signs, no output runs into its neighbour."""
    names = {f"f{place}": row for place, row in enumerate(rows)}
    found = built(names, bias).statement([*names, "unknown"])
    assert [*found.stated, *found.in_full] == [sum(column) for column in zip(*rows, bias, strict=True)]


def test_a_contrast_adds_what_is_known() -> None:
    """Features that were never learned say nothing."""
    assert built({}, [0] * WIDTH).contrast({"a", "b", "c"}) == 1 + 5 - 7


@given(st.floats(-9, 9))
def test_probabilities_are_those_of_log_odds(log_odds: float) -> None:
    """The arithmetic without a library agrees with the textbook's to two digits."""
    assert probability(log_odds) == pytest.approx(1 / (1 + math.exp(-log_odds)), abs=0.005)


def test_far_values_say_no_more_than_near_ones() -> None:
    """Beyond the limit a value is cut, so that one clause cannot outweigh all else."""
    assert weigh((SCALE, 0), (FAR,)) == weigh((SCALE, 0), (100 * FAR,)) == FAR / SCALE
    assert weigh((SCALE, SCALE), (0,)) == 1


def test_the_shipped_model_is_the_one_of_its_card() -> None:
    """The card measures this very file, and it is small enough for a page."""
    data = Path(module.__file__).with_name("model.json").read_bytes()
    card = json.loads(Path(module.__file__).with_name("model_card.json").read_text("utf-8"))
    assert card["model"]["sha256"] == hashlib.sha256(data).hexdigest()
    assert len(data) == card["model"]["bytes"] < 3_000_000
    assert set(module.load().weighing) == set(ELEMENTS)
