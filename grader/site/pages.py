"""Read the pages of the built site: what they say, what they link to, and what can be linked to."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urldefrag, urlsplit

from bs4 import BeautifulSoup, Tag

from grader.errors import CourseError

_LINKS = (
    ("a", "href"),
    ("link", "href"),
    ("img", "src"),
    ("script", "src"),
    ("source", "src"),
    ("iframe", "src"),
)
_ADDRESS = re.compile(r"https?://\S+")
_BLOCKS = ["p", "li", "dd", "summary", "legend", "figcaption", "label"]
_NOT_PROSE = (
    "script, style, template, svg, table, nav, pre, .cbp-workbench, .headerlink, .prev-next-area, .lesson-facts, .taught-in,"
    " .correction > p:last-child"
)
"""What is no running text: tables, charts of cases, citations and what the theme adds."""


@dataclass(frozen=True, slots=True)
class SitePage:
    """One page of the built site.

    Parameters
    ----------
    name
        Its path below the site's root, such as ``book/index.html``.
    title
        Its first heading.
    blocks
        Its running text: paragraphs, points of lists, questions and captions, each as one line.
    ids
        What a link can lead to.
    links
        Addresses that the page shows or loads, as they stand in it.
    """

    name: str
    title: str
    blocks: tuple[str, ...]
    ids: frozenset[str]
    links: tuple[str, ...]

    @property
    def lesson(self) -> bool:
        """Whether the page is a lesson."""
        return "/lessons/" in self.name


def read_site(root: Path) -> dict[str, SitePage]:
    """Return the pages of a built site by name.

    Raises
    ------
    CourseError
        When there is no built site.
    """
    if not (root / "index.html").exists():
        raise CourseError(f"There is no built book in {root}. Run `make book`.")
    paths = [path for path in sorted(root.rglob("*.html")) if "_static" not in path.parts]
    return {path.relative_to(root).as_posix(): _read(path, root) for path in paths}


def _read(path: Path, root: Path) -> SitePage:
    soup = BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")
    ids = frozenset(str(tag["id"]) for tag in soup.find_all(id=True))
    links = tuple(_links(soup))
    heading = soup.find("h1")
    for mark in heading.select(".headerlink") if isinstance(heading, Tag) else ():
        mark.decompose()
    title = heading.get_text(" ", strip=True) if heading else ""
    return SitePage(path.relative_to(root).as_posix(), title, tuple(_blocks(soup)), ids, links)


def _links(soup: BeautifulSoup) -> Iterator[str]:
    for name, attribute in _LINKS:
        for tag in soup.find_all(name):
            if attribute in tag.attrs and not tag.find_parent(hidden=True):
                yield str(tag[attribute])


def _blocks(soup: BeautifulSoup) -> Iterator[str]:
    article = soup.find("article")
    if not isinstance(article, Tag):
        return
    for other in article.select(_NOT_PROSE):
        other.decompose()
    for block in article.find_all(_BLOCKS):
        if block.find(_BLOCKS):
            for inner in block.find_all(_BLOCKS):
                inner.extract()  # it is read by itself
        if text := " ".join(_ADDRESS.sub(" ", block.get_text("")).split()):
            yield text


def target_of(page: str, link: str) -> tuple[str, str] | None:
    """Return the file and the anchor that a link on a page leads to; None when it leaves the site."""
    parts = urlsplit(link)
    if parts.scheme or parts.netloc:
        return None
    address, anchor = urldefrag(link)
    path = unquote(urlsplit(address).path)
    if not path:
        return page, unquote(anchor)
    parts_of: list[str] = [] if path.startswith("/") else page.split("/")[:-1]
    for step in path.split("/"):
        if step == ".." and parts_of:
            parts_of.pop()
        elif step == "..":
            return "..", ""  # above the site's root, which under a path prefix is somebody else's
        elif step not in ("", "."):
            parts_of.append(step)
    if path.endswith("/") or not parts_of:
        parts_of.append("index.html")
    return "/".join(parts_of), unquote(anchor)
