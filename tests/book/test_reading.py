"""The page on how notes are read: every number is the card's, and no card means no page."""

import re

import pytest

from grader.scoring.documentation.names import NAMES
from grader.site.reading.card import PLACE, Card
from grader.site.reading.tables import SHOWN, TABLES, numbers
from tests.book.small import SmallBook
from tests.conftest import ROOT
from tests.site.reading.sample import put, sample

PAGE = (ROOT / "book/how-notes-are-read.md").read_text(encoding="utf-8")
DIRECTIVES = re.compile(r"^```\{reading-\w+\}.*\n```$", re.MULTILINE)


@pytest.fixture(scope="module")
def book(tmp_path_factory) -> SmallBook:
    """The page itself, beside a sample of the card; what it links to is not there."""
    found = SmallBook(tmp_path_factory.mktemp("reading"), "course_reading")
    with (found.folder / "conf.py").open("a") as file:
        file.write('myst_enable_extensions += ["deflist", "attrs_block", "attrs_inline"]\n')
    put(found.folder, sample())
    found.write(page=re.sub(r"\[([^]]+)\]\([^)]+\)", r"\1", PAGE))
    assert found.build() == ""
    return found


def cells(book: SmallBook, caption: str) -> list[list[str]]:
    """The lines of a table of the page, with plain apostrophes."""
    table = next(t for t in book.page("page").select("table") if caption in t.caption.get_text())
    return [
        [cell.get_text().strip().replace("’", "'") for cell in row.select("th, td")]
        for row in table.select("tbody tr")
    ]


@pytest.mark.parametrize("name", TABLES)
def test_tables_on_the_page_are_those_of_the_card(book, name):
    """Each table stands on the page once, cell for cell, and its first column heads the lines."""
    table = TABLES[name](Card.model_validate(sample()))
    assert cells(book, table.caption) == [list(row) for row in table.rows]
    assert PAGE.count(f"```{{reading-table}} {name}\n") == 1
    headed = [row.find(["th", "td"]).name for row in book.page("page").select("tbody tr")]
    assert set(headed) == {"th"}


def test_every_element_has_a_row_on_the_page(book):
    """No element is left out of what is told."""
    first = [row[0] for row in cells(book, "By element")]
    assert len(first) == len(NAMES)
    assert all(shown.startswith(name) for shown, name in zip(first, NAMES.values(), strict=True))


def test_the_plot_stands_with_its_numbers_as_a_table(book):
    """Who does not see the plot has title, description and the same numbers."""
    page = book.page("page")
    svg = page.select_one("figure.plot svg")
    assert svg.find("title").get_text() and svg.find("desc").get_text() and page.figcaption.get_text()
    rows = [
        row.get_text(" ", strip=True) for row in page.select("details.numbers table.plot-numbers tbody tr")
    ]
    told = [each for each in sample()["calibration"] if each["n"]]
    assert len(rows) == len(told) == len(svg.select("circle"))
    for row, each in zip(rows, told, strict=True):
        assert (
            f"{100 * each['said']:.1f}%" in row
            and f"{100 * each['right']:.1f}%" in row
            and f"{each['n']:,}" in row
        )


def test_known_failures_stand_on_the_page(book):
    """Each sentence of the card is a point of a list."""
    points = [item.get_text(strip=True) for item in book.page("page").select("section li")]
    assert set(sample()["failures"]) <= set(points)


def test_no_number_is_typed_by_hand():
    """Digits stand in the page's source only to explain what a number means, never as a result."""
    text = re.sub(r"\{reading\}`[^`]+`|\]\([^)]*\)", "", DIRECTIVES.sub("", PAGE))
    explained = ("90 of 100", "100%", "points of 100", "It is 1 for", "and 0 for", "F1")
    for words in explained:
        text = text.replace(words, "")
    text = re.sub(r"^\d+\. ", "", text, flags=re.MULTILINE)  # a numbered list
    assert re.findall(r"\S*\d\S*", text) == []


def test_every_number_that_the_page_names_is_in_the_card():
    """No name on the page is left without its number, and a name that is none is told."""
    named = set(re.findall(r"\{reading\}`([^`]+)`", PAGE))
    assert named and named <= set(numbers(Card.model_validate(sample())))


def test_every_measure_is_explained():
    """Whatever the table of results names is explained in words below it."""
    terms = ", ".join(re.findall(r"^(.+)\n: ", PAGE, flags=re.MULTILINE)).lower()
    assert [label for label, _ in SHOWN.values() if label.lower() not in terms] == []


def test_a_missing_card_fails_the_build_with_one_clear_message(tmp_path):
    """The book is built with warnings as errors; whoever builds it reads once what is missing."""
    book = SmallBook(tmp_path, "course_reading")
    book.write(page="# Page\n\n{reading}`notes` notes by {reading}`writers`\n\n```{reading-plot}\n```\n")
    said = book.build()
    assert said.count("there is no such file") == 1 and str(PLACE) in said and "Traceback" not in said
    assert "page.md" in said


def test_a_malformed_card_fails_the_build_and_a_mended_one_does_not(tmp_path):
    """A card without a measure is refused by its name; the next card is read without touching the page."""
    book = SmallBook(tmp_path, "course_reading")
    data = sample()
    del data["held_out"]["all"]["kappa"]
    put(tmp_path, data)
    book.write(page="# Page\n\n```{reading-table} held-out\n```\n")
    assert "held_out.all: kappa is missing" in book.build()
    put(tmp_path, sample())
    assert book.build() == "" and len(cells(book, "Measured on writers")) == len(SHOWN)


def test_a_number_or_a_table_that_is_none_fails_the_build(tmp_path):
    """A typing mistake on the page is told with what there is."""
    book = SmallBook(tmp_path, "course_reading")
    put(tmp_path, sample())
    book.write(page="# Page\n\n{reading}`nots`\n\n```{reading-table} element\n```\n")
    said = book.build()
    assert "has no number 'nots'" in said and "There is no table 'element'. There are held-out" in said


def test_without_known_failures_the_page_says_so(tmp_path):
    """No empty list."""
    book = SmallBook(tmp_path, "course_reading")
    put(tmp_path, sample() | {"failures": []})
    book.write(page="# Page\n\n```{reading-failures}\n```\n")
    assert book.build() == "" and "wrote down no kind of error" in book.page("page").get_text()


def test_the_page_is_where_people_look():
    """It is in the contents, and the page on scoring and the path of instructors lead to it."""
    assert "file: book/how-notes-are-read\n" in (ROOT / "_toc.yml").read_text()
    for name in ("how-scoring-works", "paths"):
        assert "(how-notes-are-read.md)" in (ROOT / "book" / f"{name}.md").read_text(encoding="utf-8")
