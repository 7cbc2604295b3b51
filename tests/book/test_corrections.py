"""Corrections of common guides: their form, and the page that lists all of them."""

import course_corrections
import pytest

from tests.book.small import SmallBook
from tests.browser.conftest import SITE

RULE = "since 2021 it is a heading.\n\nTabular List, M54.5\n"


@pytest.fixture
def book(tmp_path, monkeypatch) -> SmallBook:
    """A book that teaches three corrections."""
    monkeypatch.setattr(course_corrections, "COUNT", 3)
    return SmallBook(tmp_path, "course_corrections")


def box(number: int, said: str = "something wrong") -> str:
    return f"```{{correction}} {number} {said}\n{RULE}```\n\n"


def test_every_correction_is_listed_once_with_each_lesson_that_teaches_it(book):
    """The list has each number once, in order, in the words of the first lesson, with links to all."""
    book.write(
        index="# Start\n\n```{corrections}\n```",
        zebra=f"# Zebra\n\n{box(3)}{box(1, 'M54.5 is a code')}",
        apple=f"# Apple\n\n{box(2)}{box(1, 'other words')}",
    )
    assert book.build() == ""
    page = book.page("index")
    assert [h2.get_text(strip=True).rstrip("¶#") for h2 in page.select("h2")] == [
        "Correction 1",
        "Correction 2",
        "Correction 3",
    ]
    first = page.select_one("#number-1")
    assert (
        "Common guides say: M54.5 is a code" in first.get_text()
        and "The rule is: since 2021" in first.get_text()
    )
    assert [a["href"] for a in first.select(".taught-in a")] == [
        "book/lessons/zebra.html#correction-1",
        "book/lessons/apple.html#correction-1",
    ]
    assert book.page("apple").select_one("#correction-1.correction")


def test_a_missing_number_fails_the_build(book):
    """The list is complete or the build says what is missing."""
    book.write(index="# Start\n\n```{corrections}\n```", zebra=f"# Zebra\n\n{box(2)}")
    assert "No lesson teaches the corrections 1, 3" in book.build()


@pytest.mark.parametrize("first", ["4 too many", "0 none", "without a number", "1"])
def test_a_correction_needs_a_number_and_a_statement(book, first):
    """A number that the course does not have is refused."""
    book.write(zebra=f"# Zebra\n\n```{{correction}} {first}\n{RULE}```\n")
    assert "Begin with a number from 1 to 3" in book.build()


def test_a_rule_without_its_source_is_refused(book):
    """The last paragraph is the citation; it may not be left out."""
    book.write(zebra="# Zebra\n\n```{correction} 1 something wrong\nit is a heading.\n```\n")
    assert "its citation as the last one" in book.build()


@pytest.mark.browser
def test_the_published_page_lists_all_of_them():
    """Every correction of the course stands on the page, each with a citation and a lesson."""
    from bs4 import BeautifulSoup

    page = BeautifulSoup((SITE / "book" / "corrections.html").read_text(), "html.parser")
    sections = page.select("article section section")
    assert [section["id"] for section in sections] == [
        f"number-{n}" for n in range(1, course_corrections.COUNT + 1)
    ]
    for section in sections:
        assert section.select_one(".correction > p:last-child a") and section.select_one(".taught-in a"), (
            section["id"]
        )
