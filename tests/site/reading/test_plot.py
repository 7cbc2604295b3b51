"""The plot of confidence: what it shows, what it says to those who do not see it, and how it fits into the page."""

import re
import xml.etree.ElementTree as ET

import pytest

from grader.site.reading import plot
from grader.site.reading.card import Bin, Card
from tests.conftest import ROOT
from tests.site.reading.sample import sample

SVG = "{http://www.w3.org/2000/svg}"
STYLES = (ROOT / "book/_static/plots.css").read_text()


def drawn(*bins: tuple[float, float, float, int]) -> ET.Element:
    """The plot of bins, each with its start, what was said, what was right, and how many; of the sample without any."""
    data = sample()
    if bins:
        data["calibration"] = [
            {"from": start, "to": min(1.0, start + 0.1), "said": said, "right": right, "n": n}
            for start, said, right, n in bins
        ]
    return ET.fromstring(plot.calibration_plot(Card.model_validate(data)))


def dots(svg: ET.Element) -> list[tuple[float, float, float]]:
    """Place and size of each dot."""
    return [tuple(float(dot.attrib[name]) for name in ("cx", "cy", "r")) for dot in svg.iter(f"{SVG}circle")]


def test_the_plot_is_an_image_with_a_title_and_a_description():
    """Screen readers hear what it is and what it shows, and nothing of the shapes."""
    svg = drawn()
    title, description = svg.find(f"{SVG}title"), svg.find(f"{SVG}desc")
    assert svg.attrib["role"] == "img" and title.text and len(description.text) > 80
    assert svg.attrib["aria-labelledby"].split() == [title.attrib["id"], description.attrib["id"]]


def test_the_description_tells_every_number_of_the_plot():
    """Each dot is told with how many answers it holds, how sure they were and how many were right."""
    said = drawn((0.5, 0.56, 0.54, 321), (0.9, 0.97, 0.9, 4000)).find(f"{SVG}desc").text
    assert "Of 321 answers with a confidence of 50–60%, 56.0% on average, 54.0% were right." in said
    assert (
        "Of 4,000 answers with a confidence of 90–100%, 97.0% on average, 90.0% were right: too sure." in said
    )


@pytest.mark.parametrize(("right", "verdict"), [(0.75, "."), (0.6, ": too sure."), (0.9, ": too careful.")])
def test_the_description_says_on_which_side_of_the_line_a_dot_is(right, verdict):
    """A dot that is clearly off is called so; one near the line is not."""
    assert drawn((0.7, 0.75, right, 10)).find(f"{SVG}desc").text.endswith(f"were right{verdict}")


def test_dots_stand_where_the_numbers_are():
    """Right as said is on the line, less is below it, more above; more answers make a larger dot."""
    exact, below, above = dots(drawn((0.5, 0.55, 0.55, 900), (0.6, 0.65, 0.5, 100), (0.7, 0.75, 0.9, 400)))
    line = plot._LEFT + plot._BOTTOM
    assert exact[0] + exact[1] == pytest.approx(line, abs=0.2)
    assert below[0] + below[1] > line + 10 and above[0] + above[1] < line - 10
    assert exact[2] > above[2] > below[2] >= 4


def test_a_bin_without_answers_has_no_dot():
    """Nothing is drawn where nothing was said."""
    assert len(dots(drawn())) == sum(each["n"] > 0 for each in sample()["calibration"])


@pytest.mark.parametrize("low", [0.0, 0.25, 0.5, 0.9, 0.97])
def test_every_dot_lies_within_the_scales(low):
    """Wherever the confidences begin, the scales hold all of them and end at 100."""
    svg = drawn((low, low + 0.02, max(0, low - 0.07), 5), (0.9, 1.0, 1.0, 5))
    for across, down, _ in dots(svg):
        assert plot._LEFT <= across <= plot._RIGHT and plot._TOP <= down <= plot._BOTTOM
    ticks = [text.text for text in svg.iter(f"{SVG}text") if text.text.isdecimal()]
    assert ticks[-1] == "100" and len(ticks) >= 4


def test_the_plot_has_the_colours_of_the_page_and_nothing_foreign():
    """Every shape is painted by a class that has its rule; no script, no style, no address but the name of SVG."""
    text = plot.calibration_plot(Card.model_validate(sample()))
    assert not re.search(r"#[0-9a-fA-F]{3,6}\b|rgb|hsl|style=|href|url\(|on\w+=", text)
    assert set(re.findall(r"https?://[^\"]+", text)) == {"http://www.w3.org/2000/svg"}
    for element in ET.fromstring(text).iter():
        if element.tag.removeprefix(SVG) in ("path", "text", "circle"):
            classes = element.attrib["class"].split()
            assert element.get("fill") == "none" or any(name.startswith("fill-") for name in classes)
            assert all(f"figure.plot .{name} " in STYLES for name in classes)


def test_text_is_large_enough_on_a_phone():
    """The plot is no wider than a phone has room for, so that its words have 13 px there."""
    assert float(drawn().attrib["viewBox"].split()[2]) * 13 <= 16 * 277
    assert "figure.plot text { font-size: 16px" in STYLES


def test_the_largest_confidence_of_all_is_drawn():
    """A program that is always sure still makes a plot."""
    sure = Bin.model_validate({"from": 1, "to": 1, "said": 1, "right": 1, "n": 3})
    card = Card.model_validate(sample()).model_copy(update={"calibration": (sure,)})
    assert "100%" in plot.calibration_plot(card)
