"""The search for encounters: it finds a choice exactly where there is one."""

from __future__ import annotations

import random
from itertools import combinations, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.exam import assembly
from grader.exam.assembly import Demand, Exhausted, Stratum, assemble, reach
from grader.exam.pool import Candidate


def candidate(name: str, points: int, difficulty: int = 1) -> Candidate:
    """Return an encounter that has nothing but points and difficulty."""
    return Candidate(name, "", "coding", points, difficulty, (), ("assign-codes",))


def points(low: int, high: int) -> Demand:
    """Ask for so many points."""
    return Demand("points", "points", low, high, lambda each: int(each.points))


def hard(low: int, high: int) -> Demand:
    """Ask for so many encounters of difficulty 2."""
    return Demand("difficulty", "hard ones", low, high, lambda each: each.difficulty == 2)


@st.composite
def tasks(draw):
    """A small task: up to three strata, points and difficulty bounded."""
    strata = []
    for number in range(draw(st.integers(1, 3))):
        pairs = draw(st.lists(st.tuples(st.integers(1, 6), st.integers(1, 2)), min_size=1, max_size=5))
        made = tuple(candidate(f"{number}-{at}", *pair) for at, pair in enumerate(pairs))
        strata.append(Stratum(draw(st.integers(1, len(made))), made))
    low, least = draw(st.integers(3, 30)), draw(st.integers(0, 4))
    return strata, [points(low, low + draw(st.integers(0, 2))), hard(least, least + draw(st.integers(0, 1)))]


def meets(chosen, demands) -> bool:
    """Tell whether a choice has what is asked of it."""
    return all(each.low <= sum(each.of(one) for one in chosen) <= each.high for each in demands)


@settings(max_examples=150)
@given(tasks(), st.integers(0, 3))
def test_it_finds_a_choice_exactly_where_there_is_one(task, seed):
    """Compared with trying everything: what is found meets every demand, and nothing is found only where nothing does."""
    strata, demands = task
    everything = product(*(combinations(each.candidates, each.count) for each in strata))
    possible = any(meets([one for part in choice for one in part], demands) for choice in everything)
    found = assemble(strata, demands, random.Random(seed))
    assert (found is not None) == possible
    if found is not None:
        assert meets(found, demands)
        for each in strata:
            assert len(set(found) & set(each.candidates)) == each.count


@settings(max_examples=50)
@given(tasks(), st.integers(0, 9))
def test_the_order_in_which_encounters_were_found_does_not_matter(task, seed):
    """The same encounters in another order give the same choice."""
    strata, demands = task
    turned = [Stratum(each.count, each.candidates[::-1]) for each in strata]
    assert assemble(strata, demands, random.Random(seed)) == assemble(turned, demands, random.Random(seed))


def test_chance_decides_which_of_many_choices_it_is():
    """Every encounter that can be chosen is chosen at times, and none of them always."""
    strata = [Stratum(3, tuple(candidate(str(at), 1 + at % 3) for at in range(9)))]
    chosen = [assemble(strata, [points(6, 6)], random.Random(seed)) for seed in range(200)]
    counts = {
        name: sum(any(one.name == name for one in each) for each in chosen) for name in map(str, range(9))
    }
    assert all(20 < count < 150 for count in counts.values())


def test_what_comes_last_is_taken_only_where_nothing_else_does():
    """Encounters that a trainee knows are left alone while others will do."""
    strata = [Stratum(2, tuple(candidate(str(at), 1) for at in range(4)))]
    found = assemble(strata, [], random.Random(1), last={"0", "3"})
    assert {each.name for each in found} == {"1", "2"}


def test_the_reach_of_a_pool_is_told():
    """For each demand, the least and the most that any choice has."""
    strata = [Stratum(2, (candidate("a", 1), candidate("b", 3), candidate("c", 5)))]
    span = reach(strata, [points(0, 0)])
    assert (span.low, span.high) == ((4,), (8,))


def test_a_search_that_takes_too_long_is_given_up(monkeypatch):
    """It ends, and does not say that there is no form."""
    monkeypatch.setattr(assembly, "MOST_STEPS", 20)
    strata = [Stratum(9, tuple(candidate(str(at), 2 * at + 2) for at in range(18)))]
    with pytest.raises(Exhausted):
        assemble(strata, [points(151, 151)], random.Random(1))
