"""What the printed book holds and in which order, read from the table of contents of the site."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from grader.errors import CourseError

LEFT_OUT = frozenset({"genindex", "modindex", "search", "book/my-progress"})
"""Pages that say nothing on paper: lists for a search, and what a browser remembers."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A page of the site that becomes a chapter.

    Parameters
    ----------
    page
        Its name without ``.html``, such as ``book/glossary``.
    title
        What the table of contents calls it; empty when the page's own heading does.
    """

    page: str
    title: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """Chapters that belong together; a title is missing where the table of contents has no parts."""

    title: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Contents:
    """The whole book: its first page, then the parts."""

    opening: Entry
    parts: tuple[Part, ...]


def read_contents(toc: Path) -> Contents:
    """Read a table of contents (``_toc.yml``) and leave out what says nothing on paper.

    Raises
    ------
    CourseError
        When the file is missing or no table of contents.
    """
    try:
        data = yaml.safe_load(toc.read_text(encoding="utf-8"))
        opening = Entry(str(data["root"]))
        groups = data.get("parts", [data])
        parts = tuple(_part(group) for group in groups)
    except (OSError, yaml.YAMLError, KeyError, TypeError, AttributeError) as error:
        raise CourseError(f"{toc} is no table of contents of a book ({error}).") from None
    return Contents(opening, tuple(part for part in parts if part.entries))


def _part(group: dict[str, Any]) -> Part:
    return Part(str(group.get("caption", "")), tuple(_entries(group.get("chapters", ()))))


def _entries(chapters: list[dict[str, Any]]) -> Iterator[Entry]:
    """Yield chapters with what stands below them; what leads to another site is no page of the book."""
    for chapter in chapters:
        page = str(chapter.get("file", ""))
        if page and page not in LEFT_OUT:
            yield Entry(page, str(chapter.get("title", "")))
        yield from _entries(chapter.get("sections", ()))
