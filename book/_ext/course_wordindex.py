"""The index of the book as one of its pages: ```{word-index}```.  Sphinx collects the entries; glossary terms are among them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from course_pages import forget_with_page, links_to, pages_noted
from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.environment.adapters.indexentries import IndexEntries
from sphinx.util.docutils import SphinxDirective

_PAGES = "course_word_indexes"


class WordsNode(nodes.General, nodes.Element):
    """Stands for the index until all pages are read."""


class WordIndexDirective(SphinxDirective):
    """Every index entry of the book: ``{word-index}``."""

    def run(self) -> list[nodes.Node]:
        """Leave the place open: pages are read in any order."""
        pages_noted(self.env, _PAGES).add(self.env.docname)
        return [WordsNode()]


def _fill(app: Sphinx, doctree: nodes.document, page: str) -> None:
    for place in list(doctree.findall(WordsNode)):
        place.replace_self(list(_sections(app, page)))


def _sections(app: Sphinx, page: str) -> Iterator[nodes.section]:
    for letter, entries in IndexEntries(app.env).create_index(app.builder):
        section = nodes.section(ids=[nodes.make_id(f"words-{letter}")], names=[f"words {letter}".lower()])
        section += nodes.title("", letter)
        listed = nodes.bullet_list(classes=["word-index"])
        for word, (links, below, _) in entries:
            item = nodes.list_item("", _line(app, page, word, links))
            if below:
                item += nodes.bullet_list(
                    "", *(nodes.list_item("", _line(app, page, name, found)) for name, found in below)
                )
            listed += item
        section += listed
        yield section


def _line(app: Sphinx, page: str, word: str, links: list[tuple[str, str]]) -> nodes.paragraph:
    """Write a word and the titles of the pages that it leads to."""
    targets = (target.partition("#") for _, target in links)
    found = links_to(app, page, ((_page_of(app, name), anchor) for name, _, anchor in targets))
    return nodes.paragraph("", "", nodes.Text(f"{word}: " if links else word), *found)


def _page_of(app: Sphinx, uri: str) -> str:
    """Return the page that an address of the index stands for: Sphinx writes them for a page at the root."""
    return next(name for name in app.env.found_docs if app.builder.get_relative_uri("genindex", name) == uri)


def _again(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Write the index anew: any page may have changed."""
    return sorted(pages_noted(env, _PAGES))


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the directive."""
    app.add_node(WordsNode)
    app.add_directive("word-index", WordIndexDirective)
    app.connect("doctree-resolved", _fill)
    app.connect("env-updated", _again)
    forget_with_page(app, _PAGES)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
