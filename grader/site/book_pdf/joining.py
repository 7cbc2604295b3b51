"""Chapters joined into one document: every name is its own, and links between pages lead to places in the book."""

from __future__ import annotations

import re

from bs4 import BeautifulSoup, Tag

from grader.site.book_pdf.chapter import NUMBERED, Chapter
from grader.site.pages import target_of

_URL = re.compile(r"url\((['\"]?)#([^'\")]+)\1\)")
_NAMES = (
    "for",
    "headers",
    "aria-labelledby",
    "aria-describedby",
    "aria-controls",
    "aria-details",
    "aria-owns",
)
"""Attributes that name other elements of their page."""


def page_number(name: str) -> Tag:
    """Return a place for the number of the page on which something stands."""
    place = BeautifulSoup("", "html.parser").new_tag("span", attrs={"class": "page-number", "data-for": name})
    place.string = "000"
    return place


def join(chapters: dict[str, Chapter]) -> None:
    """Give every id its chapter's name, and lead links to pages of the book to their place in it.

    Links to other sites stay. What links to a file of the site that is not printed becomes plain text.
    """
    for chapter in chapters.values():
        for tag in chapter.body.find_all(True):
            _name(tag, chapter)
            _lead(tag, chapter, chapters)


def _name(tag: Tag, chapter: Chapter) -> None:
    if "id" in tag.attrs:
        tag["id"] = chapter.id_of(str(tag["id"]))
    for attribute in _NAMES:
        if attribute in tag.attrs:
            value = tag[attribute]
            named = value.split() if isinstance(value, str) else value
            tag[attribute] = " ".join(chapter.id_of(each) for each in named)
    for attribute, value in tag.attrs.items():
        if isinstance(value, str) and "url(" in value:
            tag[attribute] = _URL.sub(lambda found: f"url(#{chapter.id_of(found[2])})", value)


def _lead(tag: Tag, chapter: Chapter, chapters: dict[str, Chapter]) -> None:
    for attribute in ("href", "xlink:href"):
        if attribute in tag.attrs:
            _lead_link(tag, attribute, chapter, chapters)
    if "src" in tag.attrs and (found := target_of(f"{chapter.page}.html", str(tag["src"]))):
        tag["src"] = found[0]
        del tag["srcset"]


def _lead_link(tag: Tag, attribute: str, chapter: Chapter, chapters: dict[str, Chapter]) -> None:
    found = target_of(f"{chapter.page}.html", str(tag[attribute]))
    if found is None:
        return
    file, anchor = found
    target = chapters.get(file.removesuffix(".html"))
    if target is not None:
        name = target.id_of(anchor)
        tag[attribute] = f"#{name}"
        if NUMBERED in tag.attrs:
            tag.append(" ")
            tag.append(page_number(name))
    elif tag.name == "a":
        tag.name = "span"
        del tag[attribute]
    else:
        tag[attribute] = file
