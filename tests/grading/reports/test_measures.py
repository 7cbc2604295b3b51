"""Shares and correlations, summed up as numbers come."""

from statistics import correlation

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from grader.grading.reports.measures import ENOUGH, Correlation, Share

PAIRS = st.lists(st.tuples(st.floats(0, 1), st.floats(0, 1)), min_size=ENOUGH, max_size=60)


def of(pairs) -> float | None:
    """The correlation of some pairs."""
    found = Correlation()
    for x, y in pairs:
        found.add(x, y)
    return found.value


def test_shares_add_up_and_of_nothing_there_is_none():
    """Sums before shares: one of two and two of two are three of four; nothing of nothing is no 0."""
    assert (Share(1, 2) + Share(2, 2)).percent == 75 and Share(0, 3).percent == 0 and Share().percent is None


@given(PAIRS)
def test_the_correlation_is_the_textbook_one(pairs):
    """The same number as the standard library gives for the whole list."""
    xs, ys = zip(*pairs, strict=True)
    assume(max(xs) - min(xs) > 0.01 and max(ys) - min(ys) > 0.01)
    assert of(pairs) == pytest.approx(correlation(xs, ys), abs=1e-6)


def test_an_item_tells_or_does_not():
    """Those who do well solve it: 1; those who do badly: −1; regardless of the rest: 0."""
    rest = [place / 9 for place in range(10)]
    assert of([(each, each) for each in rest]) == pytest.approx(1)
    assert of([(1 - each, each) for each in rest]) == pytest.approx(-1)
    assert of([(place % 2, value) for value in (0, 1) for place in range(6)]) == pytest.approx(0)


def test_too_few_or_no_difference_tell_nothing():
    """Nine trainees are too few, and an item that everybody solves correlates with nothing."""
    pairs = [(place % 2, place / 9) for place in range(10)]
    assert of(pairs) is not None and of(pairs[:9]) is None
    assert of([(1.0, y) for _, y in pairs]) is None and of([(x, 0.3) for x, _ in pairs]) is None
