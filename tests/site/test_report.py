"""The report on the built book, and that the book has no fault."""

import pytest

from grader.cli import main
from grader.errors import CourseError
from grader.site.report import HARDEST, examine
from tests.browser.conftest import SITE
from tests.conftest import ROOT
from tests.site.test_links import site

HARD = "Notwithstanding organizational interdependencies, administrative considerations necessitate comprehensive documentation."


@pytest.fixture(scope="module")
def report(codes):
    """The report on the built book."""
    return examine(SITE, ROOT / "book" / "words.txt", codes)


@pytest.mark.browser
def test_the_book_has_no_fault(report):
    """No link leads nowhere, and every word is known."""
    assert report.faults == ()


@pytest.mark.browser
def test_lessons_are_easy_to_read(report):
    """The median grade of the lessons is within the limit, and no lesson is far above it."""
    lessons = [page for page in report.pages if page.lesson]
    assert len(lessons) >= 20 and report.median_grade <= HARDEST
    assert max(page.grade for page in lessons) <= HARDEST + 2


@pytest.mark.browser
def test_every_lesson_is_in_the_report(report):
    """The report has a line for every lesson of the contents."""
    listed = {page.name for page in report.pages if page.lesson}
    assert listed == {f"book/lessons/{path.stem}.html" for path in (ROOT / "book" / "lessons").glob("*.md")}
    assert all(name in str(report) for name in listed)


def test_faults_are_told_with_their_page(tmp_path, codes, capsys):
    """An unknown word, a broken link and a hard lesson are told; the command ends with 1."""
    site(
        tmp_path,
        lessons__one=f'<p>{HARD} A mistaek. <a href="none.html">x</a></p>',
        lessons__two="<p>Known words.</p>",
    )
    (tmp_path / "words.txt").write_text("")
    page = tmp_path / "book" / "lessons"
    page.mkdir(parents=True)
    (tmp_path / "lessons" / "one.html").rename(page / "one.html")
    (tmp_path / "lessons" / "two.html").unlink()
    assert main(["book", "report", str(tmp_path), "--words", str(tmp_path / "words.txt")]) == 1
    said = capsys.readouterr().out
    assert "book/lessons/one.html: the word 'mistaek' is not known" in said
    assert "book/lessons/one.html: the link 'none.html'" in said
    assert "The median grade of the lessons is" in said


def test_without_a_book_the_command_says_what_to_do(tmp_path, codes):
    """A missing site is told, with the command that makes it."""
    with pytest.raises(CourseError, match="make book"):
        examine(tmp_path, tmp_path / "words.txt", codes)
