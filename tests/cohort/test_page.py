"""Tables, numbers and plots of the page."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET

import pytest

from grader.cohort.card import MAIN, PLACE, READY, read_card
from grader.cohort.plot import PLOTS
from grader.cohort.tables import TABLES, numbers
from tests.conftest import ROOT

CARD = read_card(ROOT / PLACE)
SVG = "{http://www.w3.org/2000/svg}"


@pytest.mark.parametrize("name", TABLES)
def test_every_line_of_a_table_is_as_long_as_its_head(name):
    """No number stands under another heading; no cell is empty."""
    table = TABLES[name](CARD)
    assert table.rows and all(len(row) == len(table.head) and all(row) for row in table.rows)
    assert len({row[0] for row in table.rows}) == len(table.rows)


def test_the_first_table_has_the_numbers_of_all_runs():
    """Wrong decisions with their range, of both cohorts."""
    row = next(row for row in TABLES["results"](CARD).rows if row[0].startswith("Decided wrongly"))
    rate = CARD.parts[READY].together.wrong
    assert row[1] == f"{100 * rate.value:.1f}% ({100 * rate.low:.1f}–{100 * rate.high:.1f})"
    assert numbers(CARD)["ready-wrong"] == f"{100 * rate.value:.1f}%"


def test_causes_are_counted_in_their_columns():
    """Codes that let somebody pass, and codes that fail somebody, cohort by cohort."""
    row = next(row for row in TABLES["causes"](CARD).rows if row[0] == "Codes")
    told = [
        (CARD.parts[name].causes.false_pass["codes"], CARD.parts[name].causes.false_fail["codes"])
        for name in MAIN
    ]
    assert row[1:] == tuple(str(count) for pair in told for count in pair)


@pytest.mark.parametrize("name", PLOTS)
def test_a_plot_is_whole_without_colours_and_without_eyes(name):
    """It has a title, a description with its numbers, classes in place of colours, and stays in its frame."""
    plot = PLOTS[name](CARD)
    svg = ET.fromstring(plot.svg)
    assert svg.find(f"{SVG}title").text == plot.title and svg.find(f"{SVG}desc").text == plot.description
    assert len(re.findall(r"\d+\.\d%", plot.description)) >= 10 and "#" not in plot.svg
    _, _, width, height = map(float, svg.attrib["viewBox"].split())
    for circle in svg.iter(f"{SVG}circle"):
        assert 0 < float(circle.attrib["cx"]) < width and 0 < float(circle.attrib["cy"]) < height


def test_both_cohorts_have_a_marker_and_a_line_of_their_own():
    """A dot and a whole line for one, a square and a dotted line for the other, for each bin that holds anybody."""
    svg = PLOTS["passes"](CARD).svg
    dots = sum(1 for each in CARD.parts["ready-or-not"].bins if each.passed.of)
    squares = sum(1 for each in CARD.parts["finishers"].bins if each.passed.of)
    assert svg.count("<circle") == dots + 1 and svg.count("h10v10h-10z") == squares + 1
    assert svg.count('stroke-dasharray="2 4"') == 1
