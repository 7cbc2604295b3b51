"""Every code that the book names, with the pages that name it and its standing today: ```{code-index}```.

What a page names is read from its text as it is built.  Something that looks like a code and is none, in no release that the course
knows, fails the build: a typing mistake in a code is what this course must not teach.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from course_cases import WorkbenchNode
from course_pages import forget_with_page, links_to, noted, pages_in_order, pages_noted
from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective

from grader import codeset
from grader.codeset import CodeSet
from grader.codeset.changes import in_words
from grader.codeset.diff import newest_day
from grader.codeset.tabular import ARTEFACT
from grader.codeset.validity import validity
from grader.scoring.edits.kinds import KINDS

_NAMED, _LISTS = "course_codes_named", "course_code_indexes"
_CODE = re.compile(r"(?<![\w.&/-])[A-Z]\d[0-9A-Z](?:\.[0-9A-Z]{1,4})?(?![\w&]|-\d)")
_SPAN = re.compile(r"\b[A-Z]\d[0-9A-Z]–[A-Z]\d[0-9A-Z]\b(?!\.)")
"""A chapter or block, such as M00–M99: its ends are not named as codes."""
_OTHERS = frozenset(("M76", "X12"))
"""What the book names that only looks like a code: a remark code of remittances, and the body that owns these codes."""
_PLACES = re.compile(r"[TLCS]\d{1,2}")
"""Vertebrae: T12 is no code where it is none."""
_EXAMPLES = {code for kind in KINDS if kind.name == "unknown_code" for code in kind.example.codes}
"""What the page on findings shows as no code."""
_STANDING = {
    "billable": "Complete code",
    "not_billable": "Heading: a longer code is needed",
    "missing_7th": "Needs a 7th character",
    "not_yet_valid": "Not yet in force",
}
_LOG = logging.getLogger(__name__)


class IndexNode(nodes.General, nodes.Element):
    """Stands for the index until all pages are read."""


class CodeIndexDirective(SphinxDirective):
    """Every code of the book: ``{code-index}``."""

    def run(self) -> list[nodes.Node]:
        """Leave the place open: pages are read in any order."""
        self.env.note_dependency(str(ARTEFACT))
        pages_noted(self.env, _LISTS).add(self.env.docname)
        return [IndexNode()]


def codes_in(text: str) -> Iterator[str]:
    """Yield what looks like a code in a text."""
    for found in _CODE.finditer(_SPAN.sub(" ", text)):
        if found[0] not in _OTHERS:
            yield found[0]


def named(env: BuildEnvironment) -> dict[str, set[str]]:
    """Return what looks like a code on each page."""
    return noted(env, _NAMED, dict)


def standing(codes: CodeSet, code: str, on: date) -> str:
    """Say in a few words whether a claim can carry the code on a date; empty when it was never a code."""
    verdict = validity(codes, code, on)
    if verdict.kind == "retired":
        _, _, since = verdict.reason.partition(") has not been valid since ")
        return f"Not valid since {since}" if since else verdict.reason
    if verdict.kind == "unknown_code":
        return ""
    return _STANDING.get(verdict.kind, verdict.reason)


def _note(app: Sphinx, doctree: nodes.document) -> None:
    if app.env.docname in pages_noted(app.env, _LISTS):
        return
    found: set[str] = set()
    for text in doctree.findall(nodes.Text):
        if not isinstance(text.parent, (WorkbenchNode, nodes.raw, nodes.comment)):
            found.update(codes_in(text.astext()))
    if found:
        # A directive whose text is HTML by now has noted its codes before.
        named(app.env).setdefault(app.env.docname, set()).update(found)


def _index(app: Sphinx) -> dict[str, list[str]]:
    """Return the pages of each code, both in their order."""
    order = pages_in_order(app.env)
    found: dict[str, list[str]] = {}
    for page in order:
        for code in named(app.env).get(page, ()):
            found.setdefault(code, []).append(page)
    return dict(sorted(found.items()))


def _check(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Warn of what was never a code; the index is written anew, as any page may have changed."""
    codes = codeset.load()
    today = newest_day(codes)
    for code, pages in _index(app).items():
        known = standing(codes, code, today) or code in _EXAMPLES or _PLACES.fullmatch(code)
        if not known:
            _LOG.warning("%s is no code of ICD-10-CM.", code, location=pages[0])
    return sorted(pages_noted(env, _LISTS))


def _fill(app: Sphinx, doctree: nodes.document, page: str) -> None:
    for place in list(doctree.findall(IndexNode)):
        codes = codeset.load()
        today = newest_day(codes)
        found = {code: pages for code, pages in _index(app).items() if standing(codes, code, today)}
        intro = (
            f"{len(found)} codes and headings, each with its standing for encounters from {in_words(today)}."
        )
        place.replace_self([nodes.paragraph("", intro), *_sections(app, page, found, codes, today)])


def _sections(
    app: Sphinx, page: str, found: dict[str, list[str]], codes: CodeSet, today: date
) -> Iterable[nodes.section]:
    """Build a section and a table for each letter."""
    for letter in sorted({code[0] for code in found}):
        section = nodes.section(ids=[f"letter-{letter.lower()}"], names=[f"letter {letter.lower()}"])
        section += nodes.title("", f"{letter}")
        rows = [_row(app, page, code, found[code], codes, today) for code in found if code[0] == letter]
        group = nodes.tgroup(
            "",
            nodes.colspec(colwidth=10, stub=1),
            *(nodes.colspec(colwidth=width) for width in (35, 25, 30)),
            cols=4,
        )
        head = [
            nodes.entry("", nodes.paragraph("", text)) for text in ("Code", "Title", "Standing", "Named in")
        ]
        group += nodes.thead("", nodes.row("", *head))
        group += nodes.tbody("", *rows)
        section += nodes.table("", group)
        yield section


def _row(app: Sphinx, page: str, code: str, pages: list[str], codes: CodeSet, today: date) -> nodes.row:
    links = links_to(app, page, ((name, "") for name in pages))
    first = nodes.entry("", nodes.paragraph("", "", nodes.strong("", code)), ids=[f"code-{code}"])
    texts = (codes.title(code), standing(codes, code, today))
    return nodes.row(
        "",
        first,
        *(nodes.entry("", nodes.paragraph("", text)) for text in texts),
        nodes.entry("", nodes.paragraph("", "", *links)),
    )


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the directive."""
    app.add_node(IndexNode)
    app.add_directive("code-index", CodeIndexDirective)
    app.connect("doctree-read", _note)
    app.connect("env-updated", _check)
    app.connect("doctree-resolved", _fill)
    forget_with_page(app, _NAMED, _LISTS)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
