"""How sure decisions are."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.decision.statistics import (
    Counted,
    consistency,
    error_at_mark,
    error_variance,
    mean_error_variance,
    reliability,
)


def people(number: int, cases: int, spread: float, seed: int = 1) -> list[Counted]:
    """Draw people whose ability differs by ``spread``, each with cases of four codes of their own."""
    rng = np.random.default_rng(seed)
    abilities = np.clip(rng.normal(0.85, spread, number), 0.05, 0.99)
    return [
        Counted(tuple(rng.binomial(4, ability, cases).astype(float)), (4.0,) * cases) for ability in abilities
    ]


def test_the_error_of_one_person_is_that_of_drawing_other_cases():
    """The formula agrees with the spread of shares over forms drawn again and again for the same person."""
    rng = np.random.default_rng(2)
    forms = [Counted(tuple(rng.binomial(4, 0.8, 25).astype(float)), (4.0,) * 25) for _ in range(3000)]
    observed = np.var([form.share for form in forms])
    assert np.mean([error_variance(form) for form in forms]) == pytest.approx(observed, rel=0.07)


def test_codes_that_hang_together_make_a_larger_error():
    """A person who gets whole cases right or wrong is known less well than one whose mistakes are spread."""
    whole = Counted((4.0, 4.0, 0.0, 4.0), (4.0,) * 4)
    spread = Counted((3.0,) * 4, (4.0,) * 4)
    assert whole.share == spread.share
    assert error_variance(whole) > error_variance(spread) == 0


def test_parts_of_the_blueprint_take_their_difference_out_of_the_error():
    """What a blueprint fixes, such as how many hard cases a form has, is no error."""
    right, of = (4.0, 4.0, 1.0, 1.0), (4.0,) * 4
    assert error_variance(Counted(right, of, ("easy", "easy", "hard", "hard"))) == 0
    assert error_variance(Counted(right, of)) > 0


@given(st.lists(st.sampled_from("abc"), min_size=2, max_size=9))
def test_every_case_counts_in_some_part(strata):
    """However few cases a part has, each case adds to the error and none is counted twice."""
    from grader.decision.statistics import _strata

    numbers = tuple(float(n) for n in range(len(strata)))
    places = [
        place for part in _strata(Counted(numbers, (9.0,) * len(strata), tuple(strata))) for place in part
    ]
    assert sorted(places) == list(range(len(strata)))


def test_reliability_is_near_the_true_part_of_the_variance():
    """On simulated people the estimate meets the squared correlation of true and observed shares."""
    rng = np.random.default_rng(3)
    abilities = np.clip(rng.normal(0.8, 0.1, 2000), 0.05, 0.99)
    sat = [Counted(tuple(rng.binomial(4, a, 25).astype(float)), (4.0,) * 25) for a in abilities]
    truth = np.corrcoef(abilities, [each.share for each in sat])[0, 1] ** 2
    assert reliability(sat) == pytest.approx(truth, abs=0.02)


def test_more_cases_make_it_more_reliable():
    """Four times the cases leave less error; people who do not differ leave nothing but error."""
    assert reliability(people(400, 40, 0.08)) > reliability(people(400, 10, 0.08))
    assert reliability(people(400, 20, 0.0)) < 0.2


def test_nothing_is_told_of_nobody():
    """Of no people, one, or people who all got everything right, there is no reliability."""
    assert reliability([]) is None
    assert reliability(people(1, 5, 0.1)) is None
    perfect = [Counted((4.0, 4.0), (4.0, 4.0))] * 3
    assert reliability(perfect) is None
    assert error_at_mark(perfect, 0.95) is None
    assert error_variance(Counted((1.0,), (2.0,))) is None


def test_the_error_at_the_mark_is_smaller_than_in_the_middle():
    """Near everything right there is little room for error; on average it is that of all people."""
    sat = people(500, 25, 0.1)
    assert error_at_mark(sat, 0.95) < error_at_mark(sat, 0.6)
    alike = people(500, 25, 0.0)
    assert error_at_mark(alike, 0.85) ** 2 == pytest.approx(mean_error_variance(alike), rel=0.05)


def test_consistency_meets_a_simulation():
    """Two parallel forms of simulated people agree as often as the method says, and so do errors against the truth."""
    rng = np.random.default_rng(4)
    taus = rng.beta(18, 2, 200_000)
    one, two = rng.binomial(100, taus) / 100, rng.binomial(100, taus) / 100
    reliable = float(np.corrcoef(one, two)[0, 1])
    told = consistency(float(one.mean()), float(one.var()), reliable, 0.95)
    assert told.same == pytest.approx(np.mean((one >= 0.95) == (two >= 0.95)), abs=0.01)
    assert told.false_pass == pytest.approx(np.mean((one >= 0.95) & (taus < 0.95)), abs=0.01)
    assert told.false_fail == pytest.approx(np.mean((one < 0.95) & (taus >= 0.95)), abs=0.01)
    assert told.right + told.false_pass + told.false_fail == pytest.approx(1)
    assert 0 < told.kappa < told.same


@pytest.mark.parametrize(("variance", "reliable"), [(0.0, 0.8), (0.01, 0.0), (0.01, 1.0), (0.2, 0.9)])
def test_no_consistency_where_the_shares_do_not_allow_of_it(variance, reliable):
    """Nobody differs, all is error, nothing is error, or the spread is impossible: no figure is made up."""
    assert consistency(0.9, variance, reliable, 0.95) is None
