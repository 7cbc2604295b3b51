"""The page on how sure the exam is: every number is the card's, and no card means no page."""

import re
import shutil

import pytest

from grader.cohort.card import PLACE, read_card
from grader.cohort.plot import PLOTS
from grader.cohort.tables import TABLES, numbers
from tests.book.small import SmallBook
from tests.conftest import ROOT

PAGE = (ROOT / "book/how-sure-the-exam-is.md").read_text(encoding="utf-8")
CARD = read_card(ROOT / PLACE)


def with_card(folder) -> None:
    """Put the card that ships where a book looks for it."""
    (folder / PLACE).parent.mkdir(parents=True, exist_ok=True)
    shutil.copy(ROOT / PLACE, folder / PLACE)


@pytest.fixture(scope="module")
def book(tmp_path_factory) -> SmallBook:
    """The page itself; what it links to is not there."""
    found = SmallBook(tmp_path_factory.mktemp("cohort"), "course_cohort")
    with (found.folder / "conf.py").open("a") as file:
        file.write('myst_enable_extensions += ["deflist", "attrs_block", "attrs_inline"]\n')
    with_card(found.folder)
    found.write(page=re.sub(r"\[([^]]+)\]\([^)]+\)", r"\1", PAGE))
    assert found.build() == ""
    return found


@pytest.mark.parametrize("name", TABLES)
def test_tables_on_the_page_are_those_of_the_card(book, name):
    """Each table stands on the page, cell for cell, and its first column heads the lines."""
    wanted = TABLES[name](CARD)
    table = next(
        t for t in book.page("page").select("table") if t.caption and wanted.caption in t.caption.get_text()
    )
    rows = [[c.get_text().strip() for c in row.select("th, td")] for row in table.select("tbody tr")]
    assert rows == [list(row) for row in wanted.rows]
    assert {row.find(["th", "td"]).name for row in table.select("tbody tr")} == {"th"}


def test_both_plots_stand_with_their_numbers_as_tables(book):
    """Who does not see a plot has title, description and the same numbers."""
    page = book.page("page")
    assert (
        len(page.select("figure.plot svg desc"))
        == len(PLOTS)
        == len(page.select("details.numbers table.plot-numbers"))
    )


def test_every_number_that_the_page_names_is_in_the_card():
    """No name on the page is left without its number."""
    named = set(re.findall(r"\{cohort\}`([^`]+)`", PAGE))
    assert named and named <= set(numbers(CARD))


def test_a_missing_card_fails_the_build_with_one_clear_message(tmp_path):
    """Whoever builds the book reads once what is missing, and what writes it."""
    book = SmallBook(tmp_path, "course_cohort")
    book.write(page="# Page\n\n{cohort}`codes` codes, {cohort}`runs`\n\n```{cohort-plot} passes\n```\n")
    said = book.build()
    assert (
        said.count("there is no such file") == 1
        and "exam simulate --card" in said
        and "Traceback" not in said
    )


def test_a_number_a_table_or_a_plot_that_is_none_fails_the_build(tmp_path):
    """A typing mistake on the page is told with what there is."""
    book = SmallBook(tmp_path, "course_cohort")
    with_card(tmp_path)
    book.write(
        page="# Page\n\n{cohort}`cods`\n\n```{cohort-table} result\n```\n\n```{cohort-plot} pass\n```\n"
    )
    said = book.build()
    assert (
        "has no number 'cods'" in said
        and "no table 'result'. There are results" in said
        and "no plot 'pass'" in said
    )


def test_the_page_is_where_people_look():
    """It is in the contents, and the page for trainees leads to it."""
    assert "file: book/how-sure-the-exam-is\n" in (ROOT / "_toc.yml").read_text()
    assert "(how-sure-the-exam-is.md)" in (ROOT / "book/exam.md").read_text(encoding="utf-8")
