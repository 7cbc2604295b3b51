"""The result page of a trainee and the report of an exam, as people open them from the disk."""

from pathlib import Path

import pytest

from grader.decision import figures
from grader.decision.exam import decide_exam
from grader.decision.file import write_decisions
from grader.decision.publish import results, write_report, write_results
from grader.exam.blueprint import load_blueprint
from grader.exam.folder import exam_folder
from tests.browser.conftest import axe, new_context
from tests.decision.made import EXAM, LATER, Person, make_exam, wrong_codes

pytestmark = pytest.mark.browser
LONG = (
    "A name that is as long as names of people of large families, with every part of it written out, can be"
)
PEOPLE = (
    Person("passes"),
    Person(
        "fails", wrong_codes("enc-0014", "enc-0063", "enc-0113"), name="<img src=x onerror=alert(1)>" + LONG
    ),
    Person("a-name-as-long-as-those-of-accounts-of-a-large-institution-can-be", confirmed=None, name=LONG),
    Person("late", minutes=90, name="Ed"),
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    """The folder with all pages of an exam; as if two sittings were enough for statistics."""
    course = make_exam(tmp_path_factory.mktemp("exam") / "class", *PEOPLE)
    exam = exam_folder(course.root, EXAM)
    write_decisions(exam, load_blueprint(exam.blueprint), decide_exam(course, EXAM, LATER), LATER)
    write_results(exam, results(course, EXAM, LATER, "https://course.example.org/book/"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(figures, "ENOUGH", 2)
        write_report(course, EXAM, LATER)
    return exam.results


def place_of(folder: Path, name: str) -> Path:
    """Return the file of a page; the report, which is for the instructor, stands apart from those of trainees."""
    return (folder.parent if name == "report" else folder) / f"{name}.html"


LOOKS = [
    *(
        (name, width, colours)
        for name in ("passes", "fails", "late", "report")
        for width, colours in ((1280, "light"), (360, "dark"))
    ),
    ("report", 360, "light"),
    ("fails", 1280, "dark"),
]


@pytest.mark.parametrize(("name", "width", "colours"), LOOKS)
def test_anybody_can_read_it(browser, folder, name, width, colours):
    """No violation, nothing wider than the screen, no request and no error, at a desk and on a phone."""
    address = place_of(folder, name).as_uri()
    context = new_context(browser, width=width, color_scheme=colours)
    page = context.new_page()
    asked, said = [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    page.goto(address)
    assert "Sample exam" in page.title()
    assert page.evaluate("document.documentElement.scrollWidth") == width
    ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert ground == ("rgb(253, 252, 249)" if colours == "light" else "rgb(20, 25, 27)")
    assert asked == [address] and not said
    assert page.locator("img").count() == 0
    assert not axe(page)
    context.close()


def test_a_phone_shows_the_whole_result_table(browser, folder):
    """What was reached, what was asked and whether it is met stand side by side without scrolling, even at 360 pixels."""
    context = new_context(browser, width=360)
    page = context.new_page()
    page.goto((folder / "fails.html").as_uri())
    assert page.locator(".table").first.evaluate("table => table.scrollWidth <= table.clientWidth")
    context.close()


@pytest.mark.parametrize("name", ["fails", "report"])
def test_it_prints_in_dark_ink(browser, folder, name):
    """On paper colours are light whatever the screen has, and no column is cut off."""
    context = new_context(browser, width=980, color_scheme="dark")
    page = context.new_page()
    page.goto(place_of(folder, name).as_uri())
    page.emulate_media(media="print", color_scheme="dark")
    assert page.evaluate("getComputedStyle(document.querySelector('h1')).color") == "rgb(18, 57, 60)"
    assert page.evaluate(
        "[...document.querySelectorAll('.table')].every(t => t.scrollWidth <= t.clientWidth + 1)"
    )
    context.close()
