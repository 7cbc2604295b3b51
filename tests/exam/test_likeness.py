"""Charts that are alike: found without comparing every two of them."""

from __future__ import annotations

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from grader.exam.likeness import ALIKE, likeness, twins

CHARTS = st.lists(st.frozensets(st.integers(0, 12), min_size=1, max_size=9), max_size=7)


@given(CHARTS)
def test_charts_are_found_alike_exactly_where_they_are(charts):
    """Compared with trying every pair: each is like the first of those kept that it is like, or none is."""
    named = {str(place): chart for place, chart in enumerate(charts)}
    found = twins(named)
    kept = [name for name in named if name not in found]
    for name, chart in named.items():
        before = [
            other for other in kept if int(other) < int(name) and likeness(chart, named[other]) >= ALIKE
        ]
        assert found.get(name) == (before[0] if before else None)
    assert all(likeness(named[one], named[other]) < ALIKE for one, other in combinations(kept, 2))
