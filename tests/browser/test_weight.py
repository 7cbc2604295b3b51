"""How heavy a text page of the book is and how soon it shows, beside the same page as the stock theme makes it."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from benchmarks.site import Measured, compare, plain

pytestmark = pytest.mark.browser
RUNS = 3


@pytest.fixture(scope="module")
def measured(browser: Browser) -> dict[str, Measured]:
    """Both pages, measured in turn on this machine."""
    return compare(browser, runs=RUNS)


def test_a_text_page_is_light(measured):
    """All that a text page loads comes to 350 KB at most, compressed as hosts do."""
    assert 50_000 < measured["ours"].visit.weight <= 350_000


def test_a_text_page_shows_sooner_than_the_stock_themes(measured):
    """On a slow phone the first contentful paint comes within 60 % of the time that the stock theme takes."""
    assert 0 < measured["ours"].paint <= 0.6 * measured["stock"].paint


def test_a_text_page_does_not_move_while_it_loads(measured):
    """Nothing that comes later pushes away what is being read."""
    assert measured["ours"].visit.shift < 0.01


def test_the_stock_page_says_what_ours_says():
    """A page for comparison keeps the words of directives that the stock theme does not know, and the directives that it knows."""
    text = "# T\n\n```{goals}\n- count;\n```\n\n````{compare}\n```{good} Clear\nSaid once.\n```\n````\n\n:::{table} Codes\n:class: x\n| a |\n:::\n"
    stock = plain(text)
    assert all(
        words in stock
        for words in ("- count;", "**Clear**", "Said once.", ":::{table} Codes\n:class: x\n| a |\n:::")
    )
    assert "{goals}" not in stock and "{good}" not in stock and "````" not in stock
