"""What a reader gets who prints a page from the browser."""

from io import BytesIO

import pytest
from pypdf import PdfReader

from tests.browser.conftest import SITE

pytestmark = pytest.mark.browser
SHEETS = sorted(path.stem for path in (SITE / "book" / "cheat-sheets").glob("*.html"))
MARGINS = dict.fromkeys(("top", "right", "bottom", "left"), "0.5in")


def test_there_are_cheat_sheets():
    """The book has its cheat sheets."""
    assert SHEETS


@pytest.mark.parametrize("colours", ["light", "dark"])
@pytest.mark.parametrize("name", SHEETS)
def test_a_cheat_sheet_is_one_page(page, site, name, colours):
    """Printed on letter paper, a sheet is one page, whatever colours the reader has on the screen."""
    page.emulate_media(color_scheme=colours)
    page.goto(f"{site}/book/cheat-sheets/{name}.html")
    printed = PdfReader(BytesIO(page.pdf(format="Letter", margin=MARGINS)))
    assert len(printed.pages) == 1
    text = printed.pages[0].extract_text()
    assert "Cheat sheet" in text and "Print it with your browser" not in text


@pytest.mark.parametrize("colours", ["light", "dark"])
def test_only_what_is_to_be_read_is_printed(page, site, colours):
    """Menus and buttons go, title and answers are there, and ink is dark on paper."""
    page.emulate_media(color_scheme=colours, media="print")
    page.goto(f"{site}/book/lessons/m54-family.html")
    for gone in (".bd-sidebar-primary", ".bd-header-article", ".prev-next-area", ".headerlink"):
        assert page.locator(gone).count() and not page.locator(gone).first.is_visible(), gone
    assert page.locator("article h1").is_visible()
    assert page.locator(".check-answer").first.is_visible()
    ink = page.locator("article p").last.evaluate("p => getComputedStyle(p).color")
    assert ink == "rgb(31, 42, 45)"
