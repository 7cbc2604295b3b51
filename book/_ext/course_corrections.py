"""Where common guides are wrong, loose or silent: ```{correction} 1 What they say``` in a lesson, ```{corrections}``` for all of them.

A correction has a number, so that the page that lists them can be complete: a number that is taught nowhere, or that the course
does not have, fails the build.  The same number may be taught in several lessons, in other words.
"""

from __future__ import annotations

from typing import Any

from course_forms import Form
from course_pages import forget_with_page, links_to, noted, pages_in_order, pages_noted
from docutils import nodes
from docutils.utils import new_document
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective

COUNT = 34
"""How many corrections the course teaches."""
SAID = "Common guides say: "
_KEPT = "course_corrections"
_LISTS = "course_correction_lists"
_LOG = logging.getLogger(__name__)


class ListNode(nodes.General, nodes.Element):
    """Stands for the list of corrections until all lessons are read."""


class CorrectionDirective(Form):
    """What common guides say, then the rule: ``{correction} 1 M54.5 is a usable code``."""

    required_arguments = 1
    optional_arguments = 0

    def run(self) -> list[nodes.Node]:
        """Build the box."""
        number, _, said = self.arguments[0].partition(" ")
        if not number.isdecimal() or not 1 <= int(number) <= COUNT or not said.strip():
            raise self.error(f"Begin with a number from 1 to {COUNT}, then say what common guides say.")
        self.arguments = [f"{SAID}{said.strip()}"]
        box = self.box("correction", self.title(), self._rule())
        box["ids"].append(f"correction-{number}")
        self.state.document.note_explicit_target(box, box)
        box["correction"] = int(number)
        return [box]

    def _rule(self) -> list[nodes.Node]:
        body = self.body()
        if len(body) < 2 or not isinstance(body[0], nodes.paragraph):
            raise self.error("Write the rule as a paragraph, and its citation as the last one.")
        body[0].insert(0, [nodes.strong("", "The rule is:"), nodes.Text(" ")])
        return body


class CorrectionsDirective(SphinxDirective):
    """Every correction of the course: ``{corrections}``."""

    def run(self) -> list[nodes.Node]:
        """Leave the place open: lessons are read in any order."""
        lists(self.env).add(self.env.docname)
        return [ListNode()]


def kept(env: BuildEnvironment) -> dict[str, list[tuple[int, nodes.admonition]]]:
    """Return the corrections of each page, with their numbers."""
    return noted(env, _KEPT, dict)


def lists(env: BuildEnvironment) -> set[str]:
    """Return the pages that list corrections."""
    return pages_noted(env, _LISTS)


def in_order(env: BuildEnvironment) -> dict[int, list[tuple[str, nodes.admonition]]]:
    """Return by number the pages that teach a correction, in the order of the book, each with its box."""
    places = {page: place for place, page in enumerate(pages_in_order(env))}
    found: dict[int, list[tuple[str, nodes.admonition]]] = {}
    for page in sorted(kept(env), key=lambda name: places.get(name, len(places))):
        for number, box in kept(env)[page]:
            found.setdefault(number, []).append((page, box))
    return dict(sorted(found.items()))


def _note(app: Sphinx, doctree: nodes.document) -> None:
    """Remember the boxes of a page once its links are known."""
    found = [box for box in doctree.findall(nodes.admonition) if "correction" in box]
    if found:
        kept(app.env)[app.env.docname] = [(box["correction"], box.deepcopy()) for box in found]


def _fill(app: Sphinx, doctree: nodes.document, page: str) -> None:
    for place in list(doctree.findall(ListNode)):
        scratch = new_document("")
        scratch.settings.env = app.env
        for number, taught in in_order(app.env).items():
            scratch += _entry(app, page, number, taught)
        app.env.resolve_references(scratch, page, app.builder)
        place.replace_self(scratch.children)


def _entry(app: Sphinx, page: str, number: int, taught: list[tuple[str, nodes.admonition]]) -> nodes.section:
    """Build a section: the box as the first lesson has it, and links to every lesson that teaches it."""
    box = taught[0][1].deepcopy()
    box["ids"], box["names"] = [], []
    for link in box.findall(addnodes.pending_xref):
        link["refdoc"] = page  # where the link stands now, not the lesson that it was written in
    section = nodes.section(ids=[f"number-{number}"], names=[f"number {number}"])
    section += nodes.title("", f"Correction {number}")
    section += box
    lessons = dict.fromkeys(name for name, _ in taught)
    links = links_to(app, page, ((lesson, f"correction-{number}") for lesson in lessons))
    section += nodes.paragraph(
        "", "", nodes.Text("Taught in "), *links, nodes.Text("."), classes=["taught-in"]
    )
    return section


def _complete(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Warn of numbers that no lesson teaches; the lists are written anew, as lessons may have changed."""
    missing = sorted(set(range(1, COUNT + 1)) - set(in_order(env)))
    if missing and lists(env):
        _LOG.warning("No lesson teaches the corrections %s.", ", ".join(map(str, missing)))
    return sorted(lists(env))


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the directives."""
    app.setup_extension("course_forms")
    app.add_node(ListNode)
    app.add_directive("correction", CorrectionDirective)
    app.add_directive("corrections", CorrectionsDirective)
    app.connect("doctree-read", _note)
    app.connect("doctree-resolved", _fill)
    app.connect("env-updated", _complete)
    forget_with_page(app, _KEPT, _LISTS)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
