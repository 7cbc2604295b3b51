"""The whole book as one PDF: the document that is printed, and what comes out of Chromium."""

import re
import subprocess
import sys
from html import unescape
from pathlib import Path

import pytest
import yaml
from bs4 import BeautifulSoup
from pypdf import PdfReader

from grader.errors import CourseError
from grader.site.book_pdf import edition
from grader.site.book_pdf.assemble import OPENING, assemble, fill_numbers, targets
from grader.site.book_pdf.contents import read_contents
from tests.conftest import ROOT

SITE = ROOT / "build" / "book" / "_build" / "html"
TOC = ROOT / "_toc.yml"
HEAD = '<link rel="stylesheet" href="{up}_static/course.css?v=1"><link rel="stylesheet" href="{up}_static/printing.css">'
CASE = """
<details class="cbp-fold" id="enc-0001">
<summary><span class="cbp-fold-title">A stiff back</span> <span class="cbp-fold-facts">clinic</span></summary>
<section aria-label="Case: A stiff back" class="cbp-workbench"><div class="cbp-reader">
<article class="cbp-reader-document"><h3>Visit</h3><h4>History</h4><p>It hurts.</p></article>
<ol class="cbp-reader-items"><li><p>Which code?</p></li></ol>
<p class="cbp-reader-note">Checking needs JavaScript.</p></div>
<script type="application/json" class="cbp-case">{}</script></section>
</details>
"""
ONE = """
<section id="one"><h1>Lesson one<a class="headerlink" href="#one">#</a></h1>
<p>See <a href="two.html#rule">the rule</a>, <a href="two.html">lesson two</a>, <a href="#figure">below</a>,
<a href="https://example.org/x">elsewhere</a>, <a href="../my-progress.html">progress</a> and <a href="two.html#gone">gone</a>.</p>
<section id="figure"><h2>A
figure</h2>
<figure class="drawing"><svg role="img" aria-labelledby="arrow-title"><title id="arrow-title">An arrow</title>
<marker id="head"></marker><path marker-end="url(#head)"></path><use href="#head"></use></svg></figure>
<img src="../../_images/x.png" alt="x"><p class="taught-in">Taught in <a href="two.html#rule">Lesson two</a>.</p></section>
<details class="check"><summary>Which?</summary><div class="check-answer"><p>That one.</p></div></details>
<button>Check</button><p hidden>Later</p><script>alert(1)</script><noscript><p>No script.</p></noscript></section>
"""
TWO = f"""
<section id="two"><h1>Lesson two</h1><p id="rule">A rule.</p>{CASE}
<div class="pst-scrollable-table-container" role="region" tabindex="0" aria-label="Table"><table><tr><td>M54.9</td></tr></table></div>
</section>
"""


def write_page(root: Path, name: str, article: str) -> None:
    """Write one built page."""
    path = root / f"{name}.html"
    path.parent.mkdir(parents=True, exist_ok=True)
    head = HEAD.format(up="../" * name.count("/"))
    path.write_text(
        f'<!DOCTYPE html><html lang="en"><head>{head}</head><body><nav>Menu</nav>'
        f'<article class="bd-article">{article}</article></body></html>'
    )


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A site of three pages in two parts, without a browser's work."""
    pages = {
        "book/index": '<section id="start"><h1>Backs</h1><p><a href="lessons/one.html">Begin</a></p><h2>For whom</h2></section>',
        "book/lessons/one": ONE,
        "book/lessons/two": TWO,
        "book/my-progress": "<h1>My progress</h1>",
    }
    for name, article in pages.items():
        write_page(tmp_path, name, article)
    (tmp_path / "_static").mkdir()
    (tmp_path / "_static" / "course.css").write_text("")
    (tmp_path / "_static" / "print.css").write_text((ROOT / "book" / "_static" / "print.css").read_text())
    return tmp_path


@pytest.fixture
def toc(site: Path) -> Path:
    """The table of contents of the site: the second lesson stands first."""
    path = site / "_toc.yml"
    chapters = ["book/lessons/two", "book/my-progress"]
    parts = [
        {"caption": "Rules", "chapters": [{"file": name} for name in chapters]},
        {
            "caption": "Figures",
            "chapters": [{"file": "book/lessons/one", "title": "One"}, {"file": "genindex"}],
        },
    ]
    path.write_text(yaml.safe_dump({"format": "jb-book", "root": "book/index", "parts": parts}))
    return path


@pytest.fixture
def document(site: Path, toc: Path) -> BeautifulSoup:
    """The site as one document."""
    return BeautifulSoup(assemble(site, toc, "Edition 1"), "html.parser")


def test_chapters_come_in_the_order_of_the_contents(document):
    """Title page, contents, the first page, then each part with its chapters; what says nothing on paper is left out."""
    names = [str(section["id"]) for section in document.select("section.part, section.chapter")]
    assert names == ["book-index", "part-1", "book-lessons-two", "part-2", "book-lessons-one"]
    listed = [title.get_text() for title in document.select(".contents .contents-title")]
    assert listed == [OPENING, "Rules", "Lesson two", "Figures", "One"]
    assert "My progress" not in document.get_text()
    assert document.select_one(".cover-title").get_text() == "Backs"
    assert document.select_one(".cover-edition").get_text() == "Edition 1"


def test_parts_are_headings_above_chapters(document):
    """Part, chapter, section, document of a case: no level is skipped."""
    headings = [(h.name, h.get_text()) for h in document.find_all(re.compile("h[1-6]"))]
    assert headings == [
        ("h1", "Contents"),
        ("h1", OPENING),
        ("h2", "For whom"),
        ("h1", "Rules"),
        ("h2", "Lesson two"),
        ("h3", "A stiff back"),
        ("h4", "Visit"),
        ("h5", "History"),
        ("h1", "Figures"),
        ("h2", "Lesson one"),
        ("h3", "A figure"),
    ]


def test_every_id_is_its_own_and_bears_the_name_of_its_page(document):
    """Anchors, and what else names an element, lead to the same element as on the page."""
    ids = [str(tag["id"]) for tag in document.find_all(id=True)]
    assert len(ids) == len(set(ids))
    assert {"book-lessons-two--rule", "book-lessons-one--head", "book-lessons-two--enc-0001"} <= set(ids)
    assert document.svg["aria-labelledby"] == "book-lessons-one--arrow-title"
    assert document.path["marker-end"] == "url(#book-lessons-one--head)"
    assert document.use["href"] == "#book-lessons-one--head"


def test_links_lead_to_their_place_in_the_book(document):
    """Pages and anchors become places, other sites stay, what is not printed is plain text."""
    paragraph = document.select_one("#book-lessons-one p")
    links = {link.get_text(): link["href"] for link in paragraph.find_all("a")}
    assert links == {
        "the rule": "#book-lessons-two--rule",
        "lesson two": "#book-lessons-two",
        "below": "#book-lessons-one--figure",
        "elsewhere": "https://example.org/x",
        "gone": "#book-lessons-two",
    }
    assert "progress" in paragraph.get_text()


def test_nothing_of_the_screen_is_left(document):
    """Scripts, buttons, menus, what is hidden and words about JavaScript go; answers and cases stand open."""
    assert not document.find_all(["script", "button", "noscript", "details", "summary", "template"])
    assert not document.select("[hidden], [tabindex], [role=region], .headerlink")
    text = document.get_text(" ", strip=True)
    assert not any(gone in text for gone in ("JavaScript", "Menu", "Later", "No script", "alert"))
    assert "That one." in text and "It hurts." in text


def test_files_are_named_from_the_root_of_the_site(document):
    """Styles and pictures are found from any folder; the styles of the printed book come last."""
    styles = [str(link["href"]) for link in document.select("link[rel=stylesheet]")]
    assert styles == ["_static/course.css", "_static/print.css"]
    assert document.img["src"] == "_images/x.png"
    assert document.html["data-theme"] == "light" and document.html["lang"] == "en"


def test_page_numbers_are_open_until_they_are_known(site, toc):
    """Contents, dividers and lists of places wait for numbers, and get them."""
    open_ = assemble(site, toc)
    wanted = targets(open_)
    assert {"part-1", "book-lessons-one", "book-index", "book-lessons-two--rule"} == wanted - {
        "part-2",
        "book-lessons-two",
    }
    filled = BeautifulSoup(fill_numbers(open_, dict.fromkeys(wanted, 7)), "html.parser")
    assert {place.get_text() for place in filled.select(".page-number")} == {"7"}
    assert filled.select_one(".taught-in").get_text() == "Taught in Lesson two 7."


def test_codes_and_short_choices_stay_together(document):
    """A cell with a code does not break within it."""
    assert "short" in document.td["class"]


def test_a_site_that_is_not_there_is_told(tmp_path, toc):
    """Nothing built, a page missing, no table of contents: each is said in words."""
    with pytest.raises(CourseError, match=r"There is no built book in .*Run `make book`"):
        assemble(tmp_path / "none", toc)
    (toc.parent / "book" / "lessons" / "one.html").unlink()
    with pytest.raises(CourseError, match="There is no page book/lessons/one"):
        assemble(toc.parent, toc)
    with pytest.raises(CourseError, match="is no table of contents"):
        assemble(toc.parent, tmp_path / "none.yml")


def test_an_edition_names_its_code_set(codes):
    """The line on the title page tells the release and its first day."""
    assert re.fullmatch(r"Edition FY\d{4}: ICD-10-CM codes in force from 1 October \d{4}", edition(codes))


def print_with_the_command(site: Path, toc: Path, out: Path) -> PdfReader:
    """Print in a process of its own: a test of another file may have a browser open in this one."""
    command = [
        sys.executable,
        "-m",
        "grader",
        "book",
        "pdf",
        str(out),
        "--site",
        str(site),
        "--toc",
        str(toc),
    ]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=False)
    assert done.returncode == 0, done.stderr
    reader = PdfReader(out)
    assert done.stdout == f"The whole book: {out}, {len(reader.pages)} pages.\n"
    return reader


def titles(reader: PdfReader) -> list[tuple[str, int]]:
    """Every bookmark of a PDF with its page, counted from 1."""
    found: list[tuple[str, int]] = []

    def walk(bookmarks: list) -> None:
        for bookmark in bookmarks:
            if isinstance(bookmark, list):
                walk(bookmark)
            else:
                found.append((bookmark.title, reader.get_destination_page_number(bookmark) + 1))

    walk(reader.outline)
    return found


def annotations(reader: PdfReader) -> list[dict]:
    """Every link of a PDF."""
    return [link.get_object() for page in reader.pages for link in page.get("/Annots", [])]


def check_links(reader: PdfReader) -> None:
    """Links within the book have a place in it; others lead to other sites and name no file."""
    for link in annotations(reader):
        if "/A" in link:
            assert re.match(r"https?://(?!127\.|localhost)|mailto:", link["/A"]["/URI"]), link
        else:
            assert str(link["/Dest"]) in reader.named_destinations


def check_form(reader: PdfReader, title: str) -> None:
    """The PDF is tagged, and says its language and its title."""
    root = reader.trailer["/Root"]
    assert root["/Lang"] == "en" and root["/MarkInfo"]["/Marked"] and "/StructTreeRoot" in root
    assert reader.metadata.title == title and root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert "MIT" not in reader.metadata.author and reader.metadata.subject
    assert {(round(page.mediabox.width), round(page.mediabox.height)) for page in reader.pages} == {
        (612, 792)
    }


@pytest.mark.browser
def test_a_small_site_is_printed(site, toc, tmp_path):
    """Bookmarks, tags, links and page numbers of a printed book are those of its pages."""
    reader = print_with_the_command(site, toc, tmp_path / "out" / "book.pdf")
    check_form(reader, "Backs")
    check_links(reader)
    found = titles(reader)
    expected = [
        "Contents",
        OPENING,
        "For whom",
        "Rules",
        "Lesson two",
        "A stiff back",
        "Figures",
        "Lesson one",
        "A figure",
    ]
    assert [title for title, _ in found] == expected
    listed = dict(re.findall(r"^(.+?) (\d+)$", reader.pages[1].extract_text(), re.MULTILINE))
    pages = dict(found)
    assert {name: int(listed[name]) for name in (OPENING, "Rules", "Lesson two", "Figures")} == {
        name: pages[name] for name in (OPENING, "Rules", "Lesson two", "Figures")
    }
    assert int(listed["One"]) == pages["Lesson one"]
    assert all(page.extract_text().strip() for page in reader.pages)


@pytest.mark.browser
def test_the_whole_book_is_printed(cases, tmp_path):
    """The real book: each lesson has its bookmark, no page is empty, links hold, and the exam stays at home."""
    exam = [case.id for case in cases.values() if case.pool == "exam"]
    document = assemble(SITE, TOC)
    assert exam and not any(case_id in document for case_id in exam)
    reader = print_with_the_command(SITE, TOC, tmp_path / "book.pdf")
    check_form(reader, "Coding Back Pain")
    check_links(reader)
    headings = re.findall(r"<h[1-3][^>]*>(.+?)</h[1-3]>", document, re.DOTALL)
    printed = [title for title, _ in titles(reader)]
    assert printed == [unescape(re.sub("<[^>]+>", "", heading)) for heading in headings]
    lessons = {
        entry.page for part in read_contents(TOC).parts for entry in part.entries if "/lessons/" in entry.page
    }
    assert lessons == {f"book/lessons/{path.stem}" for path in (SITE / "book" / "lessons").glob("*.html")}
    assert not any(case_id in name for name in reader.named_destinations for case_id in exam)
    assert all(page.get_contents().get_data().count(b"BT") > 2 for page in reader.pages)
