"""What wordings can ask for beside the facts."""

from dataclasses import replace
from datetime import date

import pytest

from grader.family.values import age_band, short, values_of
from tests.family.conftest import facts


@pytest.mark.parametrize(
    ("given", "axis", "value"),
    [
        ({"region": "cervicothoracic"}, "body", "neck"),
        ({"region": "thoracolumbar"}, "body", "mid"),
        ({"problem": "flank pain"}, "body", "flank"),
        ({"problem": "degeneration", "pattern": "neither"}, "pain", "no"),
        ({"problem": "osteoporosis"}, "pain", "no"),
        ({}, "pain", "yes"),
        ({"mentioned": "asthma"}, "background", "mentioned"),
        ({"managed": "diabetes"}, "background", "managed"),
        ({"bone": "senile"}, "background", "managed"),
        ({}, "background", "none"),
        ({"opioid": "long term"}, "drugs", "yes"),
        ({}, "drugs", "no"),
        ({"suspected": "discitis", "certainty": "likely"}, "infection", "yes"),
        ({"suspected": "discitis", "certainty": "ruled out"}, "infection", "no"),
    ],
)
def test_values_follow_from_facts(given, axis, value):
    """Part of the body, pain, background, medicines, infection."""
    assert values_of(facts(**{"problem": "pain", **given}))[axis] == value


def test_ibuprofen_and_the_like_are_for_the_young_and_healthy():
    """Not from 65 on, not with a stomach, a pressure or sugar to mind."""
    young = replace(facts(problem="pain"), age=40)
    assert values_of(young)["nsaid"] == "yes"
    assert values_of(replace(young, age=65))["nsaid"] == "no"
    assert values_of(replace(young, mentioned=("reflux",)))["nsaid"] == "no"


def test_times_of_life_and_dates():
    """Young to 39, older from 65; dates as charts write them."""
    assert [age_band(age) for age in (39, 40, 64, 65)] == ["young", "middle", "middle", "older"]
    assert short(date(2026, 11, 2)) == "11/2/2026"
