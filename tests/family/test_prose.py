"""Charts: filled, tidy, long enough, and in the style of their form."""

import random
from dataclasses import replace

import pytest

from grader.errors import CourseError
from grader.family.axes import FIRST_DAY, encounters
from grader.family.facts import facts_from
from grader.family.prose import Teller, abbreviate, expand, tidy
from grader.family.source import ALWAYS, family_names, read_family
from grader.family.values import values_of
from tests.family.conftest import facts


@pytest.fixture
def teller():
    """A teller of one plain encounter."""
    encounter = facts(problem="sciatica", side="right")
    return Teller(read_family("sciatica"), encounter, random.Random(1))


def test_slots_are_filled(teller):
    """A number from a range, one of several words, a fact, a wording with a capital letter."""
    assert teller.render("{4-4}") == "4"
    assert teller.render("{a|a}") == "a"
    assert teller.render("{age}") == "70"
    assert teller.render("{He} and {he}") == "She and she"


def test_a_kept_wording_is_the_same_through_the_chart(teller):
    """`{=job}` is chosen once, and may begin a sentence."""
    said = {teller.render("{=job}") for _ in range(20)}
    assert len(said) == 1
    job = said.pop()
    assert teller.render("{=Job}") == job[0].upper() + job[1:]


@pytest.mark.parametrize("name", family_names())
def test_every_encounter_has_titles_that_fit(name):
    """At least three to choose from, whatever the facts."""
    family = read_family(name)
    found = list(encounters(family))
    for values in found[:: max(1, len(found) // 300)]:
        told = values_of(facts_from(values, FIRST_DAY, family.ages[0]))
        assert sum(limit.allows(told) for limit, _ in family.titles) >= 3, values


def test_a_wording_that_does_not_exist_or_never_ends_is_an_error(teller):
    """The author is told which."""
    with pytest.raises(CourseError, match="no wording 'ghost'"):
        teller.render("{ghost}")
    family = read_family("sciatica")
    circle = replace(family, phrases={**family.phrases, "loop": ((ALWAYS, "{loop}"),)})
    with pytest.raises(CourseError, match="circles"):
        Teller(circle, facts(problem="sciatica", side="right"), random.Random(1)).render("{loop}")


def test_empty_slots_leave_no_trace():
    """No double blanks, no lonely stops, no heading with nothing below."""
    assert tidy("A  b .\n\nRESULTS:\n\n\nPLAN:\nx..\n") == "A b.\n\nPLAN:\nx.\n"


def test_abbreviations_come_back():
    """What busy people shorten, the checker reads in full."""
    table = {"with": "w/", "without": "w/o", "right": "R", "weeks": "wks"}
    brief = abbreviate("without pain, with sciatica, right, 3 weeks", table)
    assert brief == "w/o pain, w/ sciatica, R, 3 wks"
    assert expand(brief, table) == "without pain, with sciatica, right, 3 weeks"
