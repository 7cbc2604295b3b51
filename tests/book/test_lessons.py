"""Every lesson has what a lesson has."""

import re

import pytest

from tests.conftest import ROOT

LESSONS = sorted((ROOT / "book" / "lessons").glob("*.md"))
CONTENTS = re.findall(r"file: book/lessons/([\w-]+)", (ROOT / "_toc.yml").read_text())


def forms(text: str, name: str) -> int:
    """Count a form in a lesson."""
    return len(re.findall(rf"^`{{3,}}\{{{name}\}}", text, re.MULTILINE))


def test_every_lesson_is_in_the_contents():
    """No lesson is written and then not shown, and the contents list none twice."""
    assert sorted(CONTENTS) == [path.stem for path in LESSONS] and len(LESSONS) >= 20


@pytest.mark.parametrize("path", LESSONS, ids=lambda path: path.stem)
def test_a_lesson_is_whole(path):
    """Facts, goals, a worked example, three quick checks, a case, terms, sources, index entries, and where to read on."""
    text = path.read_text()
    assert [forms(text, name) for name in ("lesson-facts", "goals", "deeper")] == [1, 1, 1]
    assert forms(text, "check") >= 3 and forms(text, "case") >= 1 and forms(text, "example") >= 1
    assert forms(text, "index") >= 2 and text.count("{term}`") >= 5
    assert "](#src-" in text, "a lesson names its sources"
    assert 3 <= len(re.search(r"\{goals\}\n(.*?)\n```", text, re.DOTALL)[1].split("\n- ")) <= 6


@pytest.mark.parametrize("name", ["decision-tree", "code-anatomy", "split-timeline", "claim-life", "spine"])
def test_what_people_would_rather_look_at_is_drawn(name):
    """The figures that the course needs are there, with a title and a description, and stand in a lesson."""
    svg = (ROOT / "book" / "figures" / f"{name}.svg").read_text()
    described = re.search(r"<desc[^>]*>(.*?)</desc>", svg, re.DOTALL)
    assert 'role="img"' in svg and "<title" in svg and len(described[1].split()) > 20
    assert any(f"{{drawing}} {name}\n" in path.read_text() for path in LESSONS)


@pytest.mark.parametrize(
    "path", sorted((ROOT / "book" / "figures").glob("*.svg")), ids=lambda path: path.stem
)
def test_drawings_follow_the_colours_of_the_page(path):
    """No drawing has a colour or a size of its own, and its ids are its own on any page."""
    svg = path.read_text()
    assert not re.search(r'#[0-9a-fA-F]{3,6}\b|rgb\(|\sstyle=|\sfill=|\sstroke=|<script|href="(?!#)', svg)
    assert "width=" not in re.search(r"<svg[^>]*>", svg)[0]
    assert all(name.startswith(path.stem) for name in re.findall(r'\sid="([^"]+)"', svg))


def test_no_lesson_shows_a_case_of_the_exam(cases):
    """Cases in lessons are of the practice pool."""
    shown = {name for path in LESSONS for name in re.findall(r"\{case\} (\S+)", path.read_text())}
    assert shown and all(cases[name].pool == "practice" for name in shown)
