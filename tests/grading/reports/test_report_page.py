"""The report as a page."""

import re
from datetime import datetime

import pytest
from bs4 import BeautifulSoup

from grader.grading.reports.outcome import Outcome
from grader.grading.reports.report import GROUPS, LISTED, ClassFigures
from grader.grading.reports.report_files import write_report
from grader.grading.reports.report_page import page
from tests.grading.reports.sample import UNIT, small_class

HOSTILE = "<script>alert(1)</script>\u202e&amp;\x1b\udcff{{ 7 * 7 }}"


@pytest.fixture(scope="module")
def shown(tmp_path_factory) -> BeautifulSoup:
    """The page of the small class."""
    course = small_class(tmp_path_factory.mktemp("class") / "course")
    _, folder = write_report(course, UNIT)
    return BeautifulSoup((folder / "report.html").read_text(encoding="utf-8"), "html.parser")


def of(total: ClassFigures) -> str:
    """The page of some figures."""
    return page(total, datetime(2026, 11, 2, 8, 30))


def test_the_page_needs_nothing_else(shown):
    """No script, no other file and no other host; and the page forbids them itself."""
    assert not shown.find_all(["script", "link", "img", "iframe", "object", "form", "base"])
    assert all(a["href"].startswith("#") and shown.find(id=a["href"][1:]) for a in shown.find_all("a"))
    policy = shown.find("meta", attrs={"http-equiv": "Content-Security-Policy"})["content"]
    assert policy == "default-src 'none'; style-src 'unsafe-inline'"
    assert not re.search(r"url\(|@import|https?:", str(shown))


def test_tables_say_what_they_are(shown):
    """Every table has a caption, heads with a scope, and a region of that name which a keyboard can scroll."""
    tables = shown.find_all("table")
    assert len(tables) == 5
    for table in tables:
        name = table.caption.find(id=True)
        region = table.parent
        assert region["role"] == "region" and region["tabindex"] == "0"
        assert region["aria-labelledby"] == name["id"] and name.get_text(strip=True)
        assert all(th.get("scope") in ("col", "row") for th in table.find_all("th"))
        width = len(table.thead.find_all("th"))
        assert all(len(row.find_all(["th", "td"])) == width for row in table.tbody.find_all("tr"))


def test_missing_is_told_from_nothing(shown):
    """Whoever is missing has dashes and a reason; a share of nothing is a dash as well."""
    rows = {row.th.get_text(): row.get_text(" ", strip=True) for row in shown.table.tbody.find_all("tr")}
    assert rows["ed"] == "ed – – – – – – – – Missing. Nothing was handed in."
    assert rows["ana"].startswith("ana 12 of 24 50 % 1 9 0 75 % 100 % 0 of 1")
    assert "Failed enc-0002: a code is not valid" in rows["bo"] and "Odd, and no matter." in rows["bo"]


def test_words_not_identifiers(shown):
    """Mistakes, signs and kinds of items are named as a person would."""
    text = shown.get_text(" ")
    for words in ("Code missing", "Copied from the record", "Assign codes", "Wrong option chosen"):
        assert words in text
    assert "vignette_copy" not in text and "assign-codes" not in text and "wrong_choice" not in text


def test_the_same_note_is_shown(shown):
    """Those who wrote the same are named with the item."""
    assert "ana, bo (enc-0001/note)" in shown.find(class_="same").get_text()


def test_names_are_text_and_visible():
    """Markup, templates and letters that turn others around are shown, and are nothing but letters."""
    total = ClassFigures(HOSTILE, 10.0)
    total.add(Outcome(HOSTILE, HOSTILE, (HOSTILE,)))
    for name in ("ana", HOSTILE):
        total.copies.add(HOSTILE, "x", name)
    text = of(total)
    text.encode()
    assert (
        "<script" not in text
        and "\u202e" not in text
        and "\x1b" not in text
        and "49" not in text.split("</style>")[1]
    )
    assert text.count("&lt;script&gt;alert(1)&lt;/script&gt;⟦U+202E⟧&amp;amp;⟦U+001B⟧\\udcff{{ 7 * 7 }}") == 7


def test_a_class_without_anything_is_a_page():
    """Nobody graded and nobody known: headings and the explanation, no empty table."""
    text = of(ClassFigures(UNIT, 0.0))
    assert "<table" not in text and "How it is counted" in text and "As of 2 November 2026, 08:30" in text


def test_a_large_class_points_to_the_table():
    """Above two hundred only those that need attention are listed, and reasons are counted over all."""
    total = ClassFigures(UNIT, 10.0)
    for place in range(10_000):
        total.add(Outcome(f"t{place:05}", "Nothing was handed in." if place % 2 else "It is a link."))
    for group in range(GROUPS + 5):
        for name in "ab":
            total.copies.add("enc-0001/note", str(group), name)
    text = of(total)
    assert "Listed are 200 of the 10,000 trainees that need attention" in text and "trainees.csv" in text
    assert text.count("<tr") == LISTED + 1 + 3 and "5,000" in text and "And 5 more groups." in text
    assert len(text) < 200_000


def test_a_large_class_where_all_is_well_lists_nobody():
    """Nothing to do is said."""
    total = ClassFigures(UNIT, 10.0)
    total.trainees = total.graded = LISTED + 1
    assert "Nobody needs attention." in of(total) and "<table" not in of(total)
