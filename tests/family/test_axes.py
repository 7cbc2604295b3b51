"""Drawing and counting encounters."""

import random
from datetime import date

import pytest

from grader.errors import CourseError
from grader.family.axes import FIRST_DAY, LAST_DAY, count, draw_facts, draw_values, encounters
from grader.family.facts import facts_from
from grader.family.key import codes_key
from grader.family.source import ALWAYS, Axis, Limit, family_names, read_family


@pytest.mark.parametrize("name", family_names())
def test_every_family_has_at_least_500_distinct_encounters(name):
    """Counted from the axes, each encounter once."""
    family = read_family(name)
    found = [tuple(values.values()) for values in encounters(family)]
    assert len(found) == len(set(found)) == count(family) >= 500


@pytest.mark.parametrize("name", family_names())
def test_every_code_that_a_family_can_ask_for_is_derived(name, codes):
    """Encounters from one end of the axes to the other have a key that breaks no rule, with mistakes enough."""
    found = list(encounters(read_family(name)))
    for values in found[:: max(1, len(found) // 60)]:
        assert codes_key(facts_from(values, FIRST_DAY, 70), codes)["expected"]


def test_what_is_drawn_is_possible_and_in_the_fiscal_year():
    """Drawn values are among those counted, and the day is one on which the place is open."""
    family = read_family("sciatica")
    possible = {tuple(values.items()) for values in encounters(family)}
    rng = random.Random(1)
    for _ in range(200):
        assert tuple(draw_values(family, rng).items()) in possible
        facts = draw_facts(family, rng)
        assert FIRST_DAY <= facts.on <= LAST_DAY
        assert facts.setting in ("urgent care", "emergency department") or facts.on.weekday() < 5


@pytest.mark.parametrize("name", ["stenosis", "comorbidity"])
def test_offices_are_closed_on_holidays(name):
    """No visit at a weekend, on Thanksgiving, at Christmas or on New Year's Day."""
    family, rng = read_family(name), random.Random(5)
    days = {draw_facts(family, rng).on for _ in range(1500)}
    assert days.isdisjoint({date(2026, 11, 26), date(2026, 12, 25), date(2027, 1, 1)})
    assert all(day.weekday() < 5 for day in days)


def test_conditions_that_leave_nothing_are_an_error():
    """A family that contradicts itself says on which axis."""
    from dataclasses import replace

    never = Limit({"side": frozenset(("nowhere",))}, {})
    family = replace(
        read_family("sciatica"), axes=(Axis("side", (("right", ALWAYS),)), Axis("sex", (("male", never),)))
    )
    with pytest.raises(CourseError, match="no value of sex"):
        draw_values(family, random.Random(1))
