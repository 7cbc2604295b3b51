"""Matches count one by one; an order counts by its longest right run."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.answers import OrderAnswer, PairsAnswer
from grader.scoring.arrangement import score_match, score_order
from grader.scoring.findings import Unscorable
from tests.scoring.items import MATCH, MATCH_KEY, ORDER, ORDER_KEY


@pytest.mark.parametrize(
    ("pairs", "points", "kinds"),
    [
        ({"p1": "c1", "p2": "c2", "p3": "c1"}, 3, ["correct"] * 3),
        ({"p1": "c1", "p2": "c1"}, 1, ["correct", "wrong_match", "missed"]),
        ({"p1": "c2", "p2": "c1", "p3": "c2"}, 0, ["wrong_match"] * 3),
    ],
)
def test_each_prompt_counts(pairs, points, kinds):
    """A prompt earns its share, and each is answered with where it belongs and why."""
    score = score_match(PairsAnswer(pairs), MATCH_KEY, MATCH)
    assert score.points == pytest.approx(points)
    assert [finding.kind for finding in score.findings] == kinds


@pytest.mark.parametrize(
    ("order", "points"),
    [("c2 c1 c4 c3", 3), ("c3 c4 c1 c2", 0), ("c1 c2 c4 c3", 2), ("c3 c2 c1 c4", 2), ("c1 c2 c3 c4", 1)],
)
def test_the_longest_right_run_counts(order, points):
    """In order earns all, reversed nothing, one step out of place costs one part of n - 1."""
    assert score_order(OrderAnswer(tuple(order.split())), ORDER_KEY, ORDER).points == pytest.approx(points)


@given(st.permutations(ORDER_KEY.order))
def test_an_order_is_scored_as_the_best_of_all_subsequences(order):
    """The score agrees with trying every subset of the steps."""
    places = [ORDER_KEY.order.index(step) for step in order]
    best = max(
        size
        for size in range(1, 5)
        for run in itertools.combinations(places, size)
        if list(run) == sorted(run)
    )
    assert score_order(OrderAnswer(tuple(order)), ORDER_KEY, ORDER).points == pytest.approx(best - 1)


@pytest.mark.parametrize("order", [(), ("c1",), ("c1", "c1", "c2", "c3"), ("c1", "c2", "c3", "c9")])
def test_an_order_of_other_steps_is_unscorable(order):
    """Steps left out, doubled or unknown are told apart from a wrong order."""
    score = score_order(OrderAnswer(order), ORDER_KEY, ORDER)
    assert isinstance(score, Unscorable) and score.blank == (order == ())


@pytest.mark.parametrize("pairs", [{}, {"p9": "c1"}, {"p1": "c9"}])
def test_a_match_of_other_things_is_unscorable(pairs):
    """Nothing matched is blank; unknown names are neither 0 nor an exception."""
    score = score_match(PairsAnswer(pairs), MATCH_KEY, MATCH)
    assert isinstance(score, Unscorable) and score.blank == (pairs == {})
