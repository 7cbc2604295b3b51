"""The report of a class, as an instructor opens it from the disk."""

import pytest

from grader.grading.reports.report_files import write_report
from tests.browser.conftest import axe, new_context
from tests.grading.reports.sample import ANA, BO, CY, UNIT, UNREAD, make_course

pytestmark = pytest.mark.browser
HOSTILE = "<img src=x onerror=alert(1)>\u202eevil"
# The page's own policy keeps playwright from waiting for an expression.
SCROLLED = """region => new Promise(done => {
  const look = left => region.scrollLeft > 0 ? done(true) : left ? setTimeout(look, 50, left - 1) : done(false);
  look(100);
})"""
LONG = "a-name-that-is-as-long-as-names-of-accounts-of-a-large-institution-can-be"


@pytest.fixture(scope="module")
def address(tmp_path_factory) -> str:
    """Address of the page of a class with odd names."""
    people = {"ana": ANA, "bo": BO, "cy": CY, "di": UNREAD, "ed": None, HOSTILE: CY, LONG: BO}
    people |= {f"t{place}": (ANA, BO, CY)[place % 3] for place in range(12)}
    course = make_course(
        tmp_path_factory.mktemp("class") / "course", people, {"bo": ("Odd, and no matter.",)}
    )
    return (write_report(course, UNIT)[1] / "report.html").as_uri()


@pytest.mark.parametrize("width", [1280, 360])
@pytest.mark.parametrize("colours", ["light", "dark"])
def test_anybody_can_read_it(browser, address, width, colours):
    """No violation, nothing wider than the screen, no request and no error, at a desk and on a phone."""
    context = new_context(browser, width=width, color_scheme=colours)
    page = context.new_page()
    asked, said = [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    page.goto(address)
    assert page.title() == "Class report: unit-1"
    assert page.evaluate("document.documentElement.scrollWidth") == width
    ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert ground == ("rgb(253, 252, 249)" if colours == "light" else "rgb(20, 25, 27)")
    assert asked == [address] and not said
    assert not axe(page)
    context.close()


def test_a_table_scrolls_by_keyboard_under_its_caption(browser, address):
    """On a phone the wide table scrolls in its own box, and its caption stays in sight."""
    context = new_context(browser, width=360)
    page = context.new_page()
    page.goto(address)
    table = page.get_by_role("region", name="Everybody who handed in")
    table.focus()
    page.keyboard.press("ArrowRight")
    assert table.evaluate(SCROLLED)
    assert page.evaluate("document.scrollingElement.scrollLeft") == 0
    table.evaluate("region => region.scrollTo(600, 0)")
    caption = page.locator("caption span").first.bounding_box()
    assert caption["x"] >= 0 and caption["x"] + caption["width"] <= 360
    context.close()


def test_names_are_only_names(browser, address):
    """A name that is markup is read as it was written, its hidden letters shown."""
    context = new_context(browser, width=1280)
    page = context.new_page()
    page.goto(address)
    assert page.get_by_role("rowheader", name="<img src=x onerror=alert(1)>⟦U+202E⟧evil").count() == 1
    assert page.locator("img").count() == 0
    context.close()


def test_it_prints_in_dark_ink_without_the_menu(browser, address):
    """On paper colours are light whatever the screen has, the menu is gone, and no column is cut off."""
    context = new_context(browser, width=980, color_scheme="dark")
    page = context.new_page()
    page.goto(address)
    page.emulate_media(media="print", color_scheme="dark")
    assert page.evaluate("getComputedStyle(document.querySelector('h1')).color") == "rgb(18, 57, 60)"
    assert not page.get_by_role("navigation").is_visible()
    assert page.evaluate(
        "[...document.querySelectorAll('.table')].every(t => t.scrollWidth <= t.clientWidth + 1)"
    )
    context.close()
