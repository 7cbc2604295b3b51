"""What the build counts of lessons."""

from shutil import copytree

import pytest

from tests.book.small import SmallBook
from tests.conftest import ROOT

WORDS = " ".join(["word"] * 900)


@pytest.fixture
def book(tmp_path) -> SmallBook:
    """A book whose pages count."""
    return SmallBook(tmp_path, "course_outline")


def test_number_and_reading_time_are_counted(book):
    """A lesson's line tells its place in the contents and its reading time; nobody types them."""
    book.write(
        zebra=f"# Zebra\n\n```{{lesson-facts}}\n```\n\n{WORDS}\n",
        apple="# Apple\n\n```{lesson-facts}\n```\n\nShort.\n",
    )
    assert book.build() == ""
    facts = {name: book.page(name).select_one(".lesson-facts").get_text() for name in ("zebra", "apple")}
    assert facts == {
        "zebra": "Lesson 1 of 2 · about 5 minutes to read",
        "apple": "Lesson 2 of 2 · about 1 minute to read",
    }


def test_a_path_lists_its_lessons_and_adds_them_up(book):
    """A path shows titles and times in its own order, and the total."""
    book.write(
        index="# Start\n\n```{path}\napple zebra\n```", zebra=f"# Zebra\n\n{WORDS}\n", apple="# Apple\n"
    )
    assert book.build() == ""
    page = book.page("index")
    assert [item.a.get_text() for item in page.select("ol.path li")] == ["Apple", "Zebra"]
    assert page.select_one(".path-total").get_text() == "2 lessons: 6 minutes of reading, 0 cases."


def test_a_path_to_no_lesson_fails_the_build(book):
    """A lesson that was renamed does not vanish from a path in silence."""
    book.write(index="# Start\n\n```{path} apple gone\n```", apple="# Apple\n")
    assert "There is no lesson 'gone'" in book.build()


def test_facts_of_a_lesson_stand_in_lessons(book):
    """On another page the line would tell of nothing: the build says so."""
    book.write(index="# Start\n\n```{lesson-facts}\n```", apple="# Apple\n")
    assert "{lesson-facts} stands in lessons" in book.build()


def test_a_lesson_that_changed_changes_what_speaks_of_it(book):
    """A build of one changed lesson renews the pages that name it, and only its own facts change elsewhere."""
    facts = "```{lesson-facts}\n```"
    book.write(zebra=f"# Zebra\n\n{facts}\n\n```{{path}} apple\n```", apple=f"# Apple\n\n{facts}\n")
    book.build()
    book.write(
        zebra=f"# Zebra\n\n{facts}\n\n```{{path}} apple\n```", apple=f"# Apricot\n\n{facts}\n\n{WORDS}\n"
    )
    assert book.build() == ""
    assert book.page("zebra").select_one("ol.path li").get_text() == "Apricot 5 minutes, 0 cases"


def test_the_facts_of_the_course_count_the_cases_of_today(book):
    """A practice case that came since the last build is counted, though the page did not change; an exam case never is."""
    book.write(facts="# Facts\n\n```{course-facts}\n```")
    for case_id, said in (
        ("enc-0001", "1 practice cases"),
        ("enc-0002", "2 practice"),
        ("enc-0010", "2 practice"),
    ):
        copytree(ROOT / "cases" / case_id, book.folder / "cases" / case_id)
        assert book.build() == ""
        assert said in book.page("facts").select_one(".course-facts").get_text()
