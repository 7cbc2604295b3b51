"""The forms of lessons: what they look like without a script, and what they refuse."""

import pytest

from tests.book.small import SmallBook


@pytest.fixture
def book(tmp_path) -> SmallBook:
    """A book with the forms."""
    return SmallBook(tmp_path, "course_forms")


def lesson(text: str) -> str:
    return f"# A lesson\n\n{text}\n"


def test_a_quick_check_opens_without_javascript_and_is_numbered(book):
    """Each check is a native disclosure with its number, on every page from 1."""
    checks = "```{check} How *many* codes?\nOne.\n```\n\n```{check} And now?\nTwo.\n```\n"
    book.write(first=lesson(checks), second=lesson(checks))
    assert book.build() == ""
    for name in ("first", "second"):
        found = book.page(name).select("details.check")
        assert [check.summary.get_text(" ", strip=True) for check in found] == [
            "1. How many codes?",
            "2. And now?",
        ]
        assert found[0].summary.em and "One." in found[0].get_text()


def test_poor_and_good_say_in_words_which_is_which(book):
    """Nobody has to see the colour."""
    sides = "````{compare}\n```{poor}\nA\n```\n```{good} with a title\nB\n```\n````\n"
    book.write(first=lesson(sides))
    assert book.build() == ""
    titles = [title.get_text(" ", strip=True) for title in book.page("first").select(".compare-title")]
    assert titles == ["Poor", "Good : with a title"] or titles == ["Poor", "Good: with a title"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("````{compare}\n```{good}\nB\n```\n```{poor}\nA\n```\n````\n", "one {poor} and one {good}"),
        ("````{compare}\n```{poor}\nA\n```\n````\n", "one {poor} and one {good}"),
        ("```{drawing} nothing-like-it\nCaption.\n```\n", "There is no drawing 'nothing-like-it'"),
        ("```{check} A question?\n```\n", "check"),
    ],
)
def test_a_wrong_form_is_told(book, text, said):
    """A form that an author got wrong fails the build, with what is wrong."""
    book.write(first=lesson(text))
    assert said in book.build()


def test_a_drawing_keeps_its_description_and_can_be_led_to(book):
    """The drawing is in the page, with its text alternative, its caption and the targets of index entries."""
    figures = book.folder / "book" / "figures"
    figures.mkdir(parents=True)
    (figures / "one.svg").write_text(
        '<svg viewBox="0 0 1 1" role="img"><title>One</title><desc>All of it.</desc></svg>'
    )
    book.write(first=lesson("```{index} single: drawing\n```\n\n```{drawing} one\nWhat it *means*.\n```\n"))
    assert book.build() == ""
    page = book.page("first")
    figure = page.select_one("figure.drawing.one")
    assert figure.desc.string == "All of it." and figure.figcaption.em
    assert page.select_one("#index-0") is not None
