"""Pages made from the case library: what they list, and that they never show an exam."""

import course_library
import pytest

from grader.dispute import Erratum
from grader.library.reference import Change
from tests.browser.conftest import SITE
from tests.conftest import ROOT


def test_errata_are_a_table_with_text_not_markup():
    """A correction is shown word for word."""
    change = Change(2, "2026-12-01", "Not <b>left</b> but right.")
    table = course_library.errata_node([Erratum("enc-0001", "Dull ache", change)])
    assert "Not <b>left</b> but right." in table.astext() and "Dull ache (enc-0001)" in table.astext()


def test_without_errata_the_page_says_so():
    """No empty table."""
    assert "No key has been corrected" in course_library.errata_node([]).astext()


@pytest.mark.browser
def test_the_coverage_page_counts_the_library(cases):
    """The published page gives the number of cases of each pool."""
    page = (SITE / "book" / "case-library.html").read_text()
    practice = sum(case.pool == "practice" for case in cases.values())
    assert (
        f"{len(cases)} cases: {practice} for practice, {len(cases) - practice} in the sample exam pool"
        in page
    )


@pytest.mark.browser
def test_no_exam_case_is_on_a_page(cases):
    """Neither id nor title of an exam case is on any practice page."""
    pages = "".join(path.read_text() for path in (SITE / "book" / "practice").glob("*.html"))
    for case in cases.values():
        if case.pool == "exam":
            assert case.id not in pages and case.documents[0].text[:60] not in pages


def test_a_page_needs_no_key_of_an_exam(tmp_path):
    """Where exam keys are kept elsewhere, pages are made without them, and what only they tell is left open."""
    import shutil
    from types import SimpleNamespace

    for case_id in ("enc-0001", "enc-0010"):
        shutil.copytree(ROOT / "cases" / case_id, tmp_path / "cases" / case_id)
    (tmp_path / "cases" / "enc-0010" / "key.yml").unlink()
    directive = course_library.CoverageDirective.__new__(course_library.CoverageDirective)
    env = SimpleNamespace(srcdir=str(tmp_path), docname="page", note_dependency=lambda name: None)
    directive.state = SimpleNamespace(document=SimpleNamespace(settings=SimpleNamespace(env=env)))
    built = directive.run()
    assert "2 cases: 1 for practice, 1 in the sample exam pool" in built[0].astext()
    assert "–" in built[-1].astext() and "–" not in built[1].astext()


def test_a_new_case_makes_the_pages_anew(tmp_path):
    """A folder that comes or goes outdates the pages of the library; without a change none is."""
    from types import SimpleNamespace

    (tmp_path / "cases" / "enc-0001").mkdir(parents=True)
    env = SimpleNamespace(srcdir=str(tmp_path), course_library_pages={"book/practice/site"})

    def ask() -> list[str]:
        return course_library._outdated(None, env, set(), set(), set())

    assert ask() == [] and ask() == []
    (tmp_path / "cases" / "enc-0002").mkdir()
    assert ask() == ["book/practice/site"] and ask() == []
