"""The measures are the textbook's: worked by hand here, and bounded for any labels."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.evaluation.measures import (
    MEASURES,
    contradiction_f1,
    kappa,
    macro_f1,
    mean_absolute_error,
    measure,
    micro_f1,
    precision,
    quadratic_kappa,
    recall,
)
from grader.library.item_keys import ELEMENTS
from grader.scoring.documentation.evidence import STATES


def states(**named: str) -> dict[str, str]:
    """The states of a note: those named, the rest absent."""
    return dict.fromkeys(ELEMENTS, "absent") | named


PAIRS = [
    (states(rom="present", quality="present"), states(rom="present", quality="partial")),
    (states(rom="contradicted"), states(rom="present")),
    (states(severity="present"), states(severity="present", timing="contradicted")),
]


def test_f1_precision_and_recall_of_present() -> None:
    """Two right of three read and three labelled."""
    assert precision(PAIRS) == recall(PAIRS) == micro_f1(PAIRS) == pytest.approx(2 / 3)


def test_macro_f1_is_the_mean_over_elements() -> None:
    """rom 2/3, quality 0, severity 1, and 14 elements that nobody stated or read count as 1."""
    assert macro_f1(PAIRS) == pytest.approx((2 / 3 + 0 + 1 + 14) / 17)


def test_contradictions_are_measured_by_themselves() -> None:
    """One contradiction labelled, another one read: nothing agrees."""
    assert contradiction_f1(PAIRS) == 0
    assert contradiction_f1([(states(rom="contradicted"), states(rom="contradicted"))]) == 1


def test_totals_differ_by_halves() -> None:
    """Half a point, one point, nothing."""
    assert mean_absolute_error(PAIRS) == pytest.approx(0.5)


def test_kappa_counts_what_chance_would() -> None:
    """Full agreement is 1, the opposite everywhere is below 0."""
    same = [(labels, labels) for labels, _ in PAIRS]
    assert kappa(same) == quadratic_kappa(same) == 1
    swapped = [(states(rom="present"), states(rom="absent", quality="present"))]
    assert kappa(swapped) < 0.1


def test_quadratic_kappa_is_that_of_the_definition() -> None:
    """The closed form equals the sum over all pairs of labels and readings."""
    rng = random.Random(3)
    pairs = [tuple({e: rng.choice(STATES) for e in ELEMENTS} for _ in range(2)) for _ in range(30)]
    shares = {"present": 2, "partial": 1}
    one, other = ([sum(shares.get(s, 0) for s in pair[i].values()) for pair in pairs] for i in (0, 1))
    observed = sum((a - b) ** 2 for a, b in zip(one, other, strict=True)) / 30
    chance = sum((a - b) ** 2 for a in one for b in other) / 900
    assert quadratic_kappa(pairs) == pytest.approx(1 - observed / chance)


LABELS = st.fixed_dictionaries({element: st.sampled_from(STATES) for element in ELEMENTS})


@settings(max_examples=50, deadline=None)
@given(st.lists(st.tuples(LABELS, LABELS), min_size=1, max_size=6))
def test_every_measure_is_bounded(pairs: list[tuple[dict[str, str], dict[str, str]]]) -> None:
    """Whatever the labels: shares lie in 0 to 1, kappas at most at 1, an error at most at 17."""
    for name, function in MEASURES.items():
        value = function(pairs)
        assert value <= (17 if name == "mae" else 1 + 1e-9)
        assert value >= 0 or name in ("kappa", "qwk")


def test_intervals_hold_the_value_and_repeat() -> None:
    """The interval is around the value, and the same seed gives the same one."""
    first = measure(PAIRS, seed=5)
    assert first == measure(PAIRS, seed=5)
    assert all(each.low <= each.value <= each.high for each in first.values())
