"""The whole book as one HTML document, to be printed.

Parts are headings of the first level, chapters of the second. Files are named as the site names them, below its root; type
stands in ``fonts/`` beside the document.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape
from pathlib import Path

from bs4 import BeautifulSoup

from grader.errors import CourseError
from grader.site.book_pdf.chapter import HEADINGS, Chapter, read_chapter
from grader.site.book_pdf.contents import Contents, Entry, Part, read_contents
from grader.site.book_pdf.fonts import font_faces
from grader.site.book_pdf.joining import join, page_number
from grader.site.pages import target_of

AUTHOR = "the Coding Back Pain contributors"
SUBTITLE = "A course in coding back pain with ICD-10-CM: lessons, practice cases and cheat sheets"
LICENCE = f"Copyright © 2026 {AUTHOR}. Free to use, copy, change and share under the MIT License."
NOTE = "Cases are printed with their questions; the book on the web checks answers and gives the reasons."
OPENING = "About this course"
"""What the site's first page is called in the book: its own heading is the book's title."""
_NOT_FOR_PAPER = "printing.css"
"""What makes the site's pages printable; the book has ``print.css``."""
_NUMBER = re.compile(r'(<span class="page-number" data-for="([^"]+)">)[^<]*(</span>)')


def assemble(site: Path, toc: Path, edition: str = "") -> str:
    """Return the book as one HTML document without scripts; its page numbers are still open.

    Parameters
    ----------
    site
        The folder of the built pages.
    toc
        The table of contents that the site was built from.
    edition
        A line for the title page.

    Raises
    ------
    CourseError
        When there is no built site, or it lacks a page of the table of contents.
    """
    contents = read_contents(toc)
    head = _Head(site, contents.opening)
    entries = [contents.opening, *(entry for part in contents.parts for entry in part.entries)]
    chapters = {entry.page: read_chapter(site, entry.page) for entry in entries}
    join(chapters)
    opening = chapters[contents.opening.page]
    title = opening.heading
    _open_with(opening)
    body = [_cover(title, edition), _contents(contents, chapters), _chapter(opening)]
    for number, part in enumerate(contents.parts, start=1):
        body.append(_divider(number, part, chapters))
        body += [_chapter(chapters[entry.page]) for entry in part.entries]
    styles = "\n".join([font_faces(), *_page_rules(contents, chapters)])
    content = "\n".join(body)
    return (
        f'<!DOCTYPE html>\n<html lang="{escape(head.language)}" data-theme="light">\n<head>\n<meta charset="utf-8">\n'
        f"<title>{escape(title)}</title>\n{head.styles()}\n<style>\n{styles}\n</style>\n</head>\n"
        f"<body>\n{content}\n</body>\n</html>\n"
    )


def targets(document: str) -> frozenset[str]:
    """Return the ids whose pages the document wants to know."""
    return frozenset(found[2] for found in _NUMBER.finditer(document))


def fill_numbers(document: str, numbers: dict[str, int]) -> str:
    """Fill the open page numbers of a document."""
    return _NUMBER.sub(lambda found: f"{found[1]}{numbers[found[2]]}{found[3]}", document)


class _Head:
    """What the pages' heads say that holds for the book, too."""

    def __init__(self, site: Path, opening: Entry) -> None:
        path = site / f"{opening.page}.html"
        if not path.is_file():
            raise CourseError(f"There is no built book in {site}. Run `make book`.")
        self._page = BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")
        self._name = f"{opening.page}.html"

    @property
    def language(self) -> str:
        """The language of the book."""
        root = self._page.find("html")
        return str(root.get("lang", "en")) if root else "en"

    def styles(self) -> str:
        """Link the site's own styles, and those of the printed book last; the theme's stay out."""
        links = (str(link["href"]) for link in self._page.select("link[rel=stylesheet][href]"))
        files = [found[0] for link in links if (found := target_of(self._name, link))]
        own = [file for file in files if re.fullmatch(r"_static/[^/]+", file) and _NOT_FOR_PAPER not in file]
        return "\n".join(f'<link rel="stylesheet" href="{escape(f)}">' for f in [*own, "_static/print.css"])


def _open_with(chapter: Chapter) -> None:
    """Call the first page by what it is, and raise it to the level of a part, as it belongs to none."""
    for heading in chapter.body.find_all(HEADINGS):
        heading.name = f"h{int(heading.name[1]) - 1}"
    first = chapter.body.find("h1")
    if first:
        first.string = OPENING
    chapter.body["class"] = "bd-article opening"


def _cover(title: str, edition: str) -> str:
    lines = {"title": title, "subtitle": SUBTITLE, "edition": edition, "note": NOTE, "licence": LICENCE}
    text = "\n".join(f'<p class="cover-{name}">{escape(line)}</p>' for name, line in lines.items() if line)
    return f'<section class="cover">\n{text}\n</section>'


def _title(entry: Entry, chapters: dict[str, Chapter]) -> str:
    return entry.title or chapters[entry.page].heading


def _contents(contents: Contents, chapters: dict[str, Chapter]) -> str:
    opening = chapters[contents.opening.page]
    rows = [_row(opening.name, OPENING, "contents-part")]
    for number, part in enumerate(contents.parts, start=1):
        if part.title:
            rows.append(_row(f"part-{number}", part.title, "contents-part"))
        rows += _rows(part, chapters)
    listed = "\n".join(rows)
    return f'<nav class="contents" aria-labelledby="contents">\n<h1 id="contents">Contents</h1>\n<ol>\n{listed}\n</ol>\n</nav>'


def _rows(part: Part, chapters: dict[str, Chapter]) -> Iterator[str]:
    for entry in part.entries:
        yield _row(chapters[entry.page].name, _title(entry, chapters), "contents-chapter")


def _row(target: str, title: str, form: str) -> str:
    return (
        f'<li class="{form}"><a href="#{target}"><span class="contents-title">{escape(title)}</span> '
        f"{page_number(target)}</a></li>"
    )


def _divider(number: int, part: Part, chapters: dict[str, Chapter]) -> str:
    if not part.title:
        return ""
    rows = "\n".join(_rows(part, chapters))
    return (
        f'<section class="part" id="part-{number}">\n<p class="part-number">Part {number}</p>\n'
        f"<h1>{escape(part.title)}</h1>\n<ol>\n{rows}\n</ol>\n</section>"
    )


def _chapter(chapter: Chapter) -> str:
    return f'<section class="chapter" id="{chapter.name}" style="page: {chapter.name}">\n{chapter.body}\n</section>'


def _page_rules(contents: Contents, chapters: dict[str, Chapter]) -> Iterator[str]:
    """Yield a footer for each chapter: its part and its title."""
    yield _page_rule(chapters[contents.opening.page].name, OPENING)
    for part in contents.parts:
        for entry in part.entries:
            words = filter(None, (part.title, _title(entry, chapters)))
            yield _page_rule(chapters[entry.page].name, " · ".join(words))


def _page_rule(name: str, words: str) -> str:
    text = re.sub(r'[\\"<\n]', lambda found: f"\\{ord(found[0]):x} ", words)
    return f'@page {name} {{ @bottom-left {{ content: "{text}" }} }}'
