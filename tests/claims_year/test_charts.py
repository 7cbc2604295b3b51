"""The charts: what they say to those who do not see them, and how they fit into the page."""

import re
import xml.etree.ElementTree as ET

import pytest
from bs4 import BeautifulSoup

from grader.claims_year import charts, findings, lesson
from grader.claims_year.charts import Chart
from grader.claims_year.findings import Pair
from grader.claims_year.rates import Rate
from grader.claims_year.svg import PAINTS
from tests.conftest import ROOT

CHARTS = [
    lesson.reasons,
    lesson.months,
    lesson.payers,
    lesson.change,
    lesson.missing_by_payer,
    lesson.unspecified,
]
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(params=CHARTS, ids=lambda chart: chart.__name__)
def html(request, claims):
    """Each chart of the lesson."""
    return request.param(claims).text


def svg_of(html: str) -> ET.Element:
    """The drawing of a chart; it must parse."""
    return ET.fromstring(html[html.index("<svg") : html.index("</svg>") + len("</svg>")])


def test_a_chart_is_an_image_with_a_name_and_a_description(html):
    """Screen readers hear title and description, and nothing of the shapes."""
    svg = svg_of(html)
    title, description = svg.find(f"{SVG}title"), svg.find(f"{SVG}desc")
    assert svg.attrib["role"] == "img" and title.text and len(description.text) > 80
    assert svg.attrib["aria-labelledby"].split() == [title.attrib["id"], description.attrib["id"]]


def test_a_chart_carries_nothing_foreign(html):
    """No script, style, metadata, link or address but the SVG namespace."""
    svg = svg_of(html)
    assert {element.tag.removeprefix(SVG) for element in svg.iter()} <= {
        "svg",
        "title",
        "desc",
        "path",
        "text",
    }
    assert not re.search(r"href|url\(|on\w+=|style=|Date|matplotlib", html)
    assert set(re.findall(r"https?://[^\"]+", html)) == {"http://www.w3.org/2000/svg"}


def test_a_chart_has_the_colours_of_the_page(html):
    """Every shape is painted by class, never by a fixed or forgotten colour, and each class has its rule."""
    css = (ROOT / "book/_static/plots.css").read_text()
    assert not re.search(r"#[0-9a-fA-F]{3,6}\b|rgb|hsl", html)
    for element in svg_of(html).iter():
        if element.tag in (f"{SVG}path", f"{SVG}text"):
            classes = element.attrib["class"].split()
            assert element.get("fill") == "none" or any(name.startswith("fill-") for name in classes)
            assert all(f"figure.plot .{name} " in css for name in classes)


def test_ids_are_the_charts_own(claims):
    """All charts can stand on one page: no id appears twice."""
    ids = re.findall(r' id="([^"]+)"', "".join(chart(claims).text for chart in CHARTS))
    assert len(ids) == 2 * len(CHARTS) == len(set(ids))


def test_the_same_data_make_the_same_chart(claims):
    """Builds can be compared byte for byte."""
    assert [chart(claims) for chart in CHARTS] == [chart(claims) for chart in CHARTS]


def test_text_is_large_enough_on_a_phone(html):
    """On 277 px, what a phone of 320 leaves for a chart, text has 13 px: the chart may not grow wider."""
    width = float(svg_of(html).attrib["viewBox"].split()[2])
    assert charts.TEXT * 277 / width >= 13
    assert f"font-size: {charts.TEXT}px" in (ROOT / "book/_static/plots.css").read_text()


def test_the_description_names_the_largest_bar():
    """What is said of a chart comes from its numbers, wherever the largest stands."""
    rows = [("small", Rate(3, 200)), ("huge", Rate(90, 200)), ("<none>", Rate(0, 200))]
    html = charts.bars(Chart("x", "Title & more", "Caption"), "Reason", rows).text
    description = svg_of(html).find(f"{SVG}desc").text
    assert "The longest bar: huge, 90 of 200 claims, which is 45.0 of 100." in description
    assert all(f"{name}, {rate.per_hundred:.1f}" in description for name, rate in rows)


def test_the_description_of_the_lessons_reasons_is_true(claims):
    """The longest bar of the lesson is named with its count."""
    name, rate = findings.by_reason(claims)[0]
    description = svg_of(lesson.reasons(claims).text).find(f"{SVG}desc").text
    assert f"{name}, {rate.count} of {rate.of:,} claims" in description


def test_the_description_of_months_finds_highest_and_lowest():
    """High and low months are told with their shares."""
    rates = [Rate(count, 100) for count in (5, 6, 9, 4, 4, 4, 3, 1, 2, 2, 2, 7)]
    html = charts.months(Chart("x", "T", "C"), [("Late", rates), ("Early", rates[::-1])], (7, "change")).text
    description = svg_of(html).find(f"{SVG}desc").text
    assert "highest in March with 9.0, lowest in August with 1.0" in description
    assert "5.0 in January and 7.0 in December" in description


@pytest.mark.parametrize(
    ("after", "said"),
    [
        (Rate(10, 1000), "Lower, with ranges that do not touch: A."),
        (Rate(200, 1000), "Higher, with ranges that do not touch: A."),
        (Rate(99, 1000), "touch each other everywhere"),
    ],
)
def test_the_description_of_pairs_tells_what_moved(after, said):
    """Whether ranges touch is told as it is."""
    html = charts.pairs(Chart("x", "T", "C"), "Reason", [Pair("A", Rate(100, 1000), after)]).text
    assert said in svg_of(html).find(f"{SVG}desc").text


def test_every_chart_comes_with_its_numbers(html):
    """Below each chart the same numbers stand in a table with caption and headings."""
    soup = BeautifulSoup(html, "html.parser")
    table = soup.select_one("details.numbers table")
    assert table.caption.get_text() and soup.figcaption.get_text()
    drawn = set(re.findall(r"\d+\.\d", " ".join(text.get_text() for text in soup.select("svg text"))))
    assert drawn <= set(re.findall(r"\d+\.\d", table.get_text(" ")))


def test_series_differ_by_more_than_colour(claims):
    """One series has round hollow marks and a dashed line, the other square filled ones and a solid line."""
    paths = [path.attrib for path in svg_of(lesson.months(claims).text).iter(f"{SVG}path")]
    rust = [path for path in paths if "stroke-rust" in path["class"]]
    teal = [path for path in paths if "stroke-teal" in path["class"]]
    assert any("stroke-dasharray" in path for path in rust)
    assert not any("stroke-dasharray" in path for path in teal)
    marks = [{path["d"] for path in series if "transform" in path} for series in (rust, teal)]
    assert all(len(shapes) == 1 for shapes in marks) and marks[0] != marks[1]


def test_markup_in_names_stays_text():
    """A name with markup is shown as it is."""
    rows = [("<b>&", Rate(1, 2))]
    soup = BeautifulSoup(charts.bars(Chart("x", "<i>", "<u>"), "R", rows).text, "html.parser")
    assert not soup.select("b, i, u") and "<b>&" in soup.get_text()


def test_no_two_paints_are_the_same():
    """Each colour to draw with stands for one class."""
    assert len(set(PAINTS.values())) == len(PAINTS)
