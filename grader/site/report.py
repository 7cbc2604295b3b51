"""What is checked of every page of the built site, and the report of it."""

from __future__ import annotations

import gzip
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from grader.codeset import CodeSet
from grader.lint.spelling import Speller
from grader.site.links import broken_links
from grader.site.pages import SitePage, read_site
from grader.site.readability import count_words, grade

HARDEST = 10
"""The highest median grade that the course allows its lessons."""
_MADE = (
    "search.html",
    "genindex.html",
    "index.html",
    "book/code-index.html",
    "book/finding-kinds.html",
    "book/errata.html",
)
"""Pages without text of their own to read."""


@dataclass(frozen=True, slots=True)
class PageReport:
    """What was measured of one page.

    Parameters
    ----------
    name, title
        The page.
    words
        Words of its running text.
    grade
        Flesch–Kincaid grade of it.
    weight
        Bytes of its HTML, compressed as a server sends it.
    lesson
        Whether it is a lesson.
    """

    name: str
    title: str
    words: int
    grade: float
    weight: int
    lesson: bool


@dataclass(frozen=True, slots=True)
class SiteReport:
    """Every page's measures, and the faults found."""

    pages: tuple[PageReport, ...]
    faults: tuple[str, ...]

    @property
    def median_grade(self) -> float:
        """The grade that half of the lessons stay below."""
        return median([page.grade for page in self.pages if page.lesson] or [0.0])

    def __str__(self) -> str:
        """Write the report as a table, then what is wrong."""
        width = max((len(page.name) for page in self.pages), default=4)
        rows = [f"{'Page':<{width}} {'Words':>6} {'Grade':>6} {'HTML, kB gzip':>14}"]
        rows += [
            f"{page.name:<{width}} {page.words:>6} {page.grade:>6.1f} {page.weight / 1000:>14.1f}"
            for page in self.pages
        ]
        lessons = sum(page.lesson for page in self.pages)
        rows.append(
            f"\n{len(self.pages)} pages, {lessons} lessons; median grade of the lessons: {self.median_grade:.1f} (at most {HARDEST})."
        )
        rows.append(f"{len(self.faults)} fault{'s' * (len(self.faults) != 1)}.")
        return "\n".join([*rows, *self.faults])


def examine(root: Path, words: Path, codes: CodeSet) -> SiteReport:
    """Check a built site.

    Parameters
    ----------
    root
        The folder of the built pages.
    words
        The book's own list of words, one a line.
    codes
        The code set, whose words are known.
    """
    pages = read_site(root)
    measured = tuple(_measure(root, page) for page in pages.values() if page.name not in _MADE)
    report = SiteReport(measured, tuple(_faults(root, pages, Speller(words, codes))))
    if report.median_grade <= HARDEST:
        return report
    hard = f"The median grade of the lessons is {report.median_grade:.1f}; it may be {HARDEST} at most"
    return SiteReport(measured, (*report.faults, hard))


def _measure(root: Path, page: SitePage) -> PageReport:
    weight = len(gzip.compress((root / page.name).read_bytes(), mtime=0))
    return PageReport(
        page.name, page.title, count_words(page.blocks), grade(page.blocks), weight, page.lesson
    )


def _faults(root: Path, pages: Mapping[str, SitePage], speller: Speller) -> Iterator[str]:
    yield from broken_links(root, pages)
    for page in pages.values():
        for word in dict.fromkeys(word for block in page.blocks for word in speller.unknown(block)):
            yield f"{page.name}: the word {word!r} is not known; correct it, or add it to {speller.words}"
