"""Shares, ranges and mixes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.claims_year.rates import Rate, at_mix, grouped, share

RATES = st.integers(1, 5000).flatmap(lambda of: st.builds(Rate, st.integers(0, of), st.just(of)))


def test_wilsons_range():
    """The range is Wilson's: 81 of 263 gives 25.5 to 36.6 (Newcombe 1998)."""
    assert Rate(81, 263).range == pytest.approx((25.53, 36.62), abs=0.01)


@given(RATES)
def test_a_range_holds_its_share_and_stays_possible(rate):
    """The share lies in its range, and the range between 0 and 100."""
    low, high = rate.range
    assert -1e-9 <= low <= rate.per_hundred + 1e-9 and rate.per_hundred - 1e-9 <= high <= 100 + 1e-9


@given(RATES)
def test_more_claims_make_a_shorter_range(rate):
    """Ten times the claims with the same share never tell less."""
    more = Rate(rate.count * 10, rate.of * 10)
    assert more.range[1] - more.range[0] < rate.range[1] - rate.range[0]


def test_nothing_counted_is_no_error():
    """No claims: no share, and a range that rules nothing out."""
    assert Rate(0, 0).per_hundred == 0 and Rate(0, 0).range == (0.0, 100.0)


@given(st.dictionaries(st.text(max_size=3), RATES, min_size=1, max_size=4))
def test_at_its_own_mix_a_share_is_itself(rates):
    """Weighing groups by their own sizes gives the share of all."""
    whole = Rate(sum(rate.count for rate in rates.values()), sum(rate.of for rate in rates.values()))
    assert at_mix(rates, rates) == pytest.approx(whole.per_hundred)


def test_groups_hold_every_claim_once(claims):
    """Grouping loses nothing, so parts add up to the whole."""
    groups = grouped(claims, lambda claim: claim.payer)
    assert sorted(claim.id for theirs in groups.values() for claim in theirs) == [
        claim.id for claim in claims
    ]
    counted = [share(theirs, lambda claim: claim.came_back).count for theirs in groups.values()]
    assert sum(counted) == share(claims, lambda claim: claim.came_back).count
