"""The directive for the page that checks certificates."""

from __future__ import annotations

from pathlib import Path

from tests.book.small import SmallBook

SCRIPTS = ("verify.js", "verify-pdf.js")


def book(folder: Path, *scripts: str) -> SmallBook:
    """Return a small book with such a page, and with these scripts made."""
    made = folder / "build" / "course"
    made.mkdir(parents=True)
    for name in scripts:
        (made / name).write_text("export {};")
    small = SmallBook(folder, "course_verify")
    small.write(page="# Check\n\n```{verify}\n```", other="# Other")
    return small


def test_the_place_names_the_issuer_and_the_scripts_of_its_own_site(tmp_path):
    """The page asks for both by addresses relative to itself, and has a way for readers without JavaScript."""
    small = book(tmp_path, *SCRIPTS)
    assert small.build() == ""
    place = small.page("page").select_one(".verify")
    assert place["data-issuer"] == "../../issuer/"
    assert place["data-pdf"].startswith("../../_static/course/verify-pdf.js?v=")
    assert "needs JavaScript" in place.get_text()
    loaded = [script["src"].partition("?")[0] for script in small.page("page").select("script[type=module]")]
    assert loaded == ["../../_static/course/verify.js"]
    assert not small.page("other").select("script[type=module], link[href*=verify]")


def test_a_new_script_makes_the_page_anew(tmp_path):
    """After the script for PDFs has changed, the page asks for this edition of it."""
    small = book(tmp_path, *SCRIPTS)
    small.build()
    before = small.page("page").select_one(".verify")["data-pdf"]
    (tmp_path / "build" / "course" / "verify-pdf.js").write_text("export const changed = true;")
    small.build()
    assert small.page("page").select_one(".verify")["data-pdf"] != before


def test_a_script_that_was_not_made_is_told(tmp_path):
    """Without its script the build says which command makes it."""
    warnings = book(tmp_path, "verify.js").build()
    assert "lacks verify-pdf.js" in warnings and "make assets" in warnings
