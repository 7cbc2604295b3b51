"""What the directives of the book share: what a build remembers of each page, and the order of the pages."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import PurePosixPath
from typing import Any, TypeVar

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

Kept = TypeVar("Kept")
LESSONS = "book/lessons"
"""The folder of the lessons."""


def noted(env: BuildEnvironment, name: str, make: Callable[[], Kept]) -> Kept:
    """Return what this build keeps under a name; Sphinx has extensions keep what belongs to a build on its environment."""
    if not hasattr(env, name):
        setattr(env, name, make())
    kept: Kept = getattr(env, name)
    return kept


def pages_noted(env: BuildEnvironment, name: str) -> set[str]:
    """Return the pages that this build keeps under a name; whoever puts something on a page adds it."""
    return noted(env, name, set)


def forget_with_page(app: Sphinx, *names: str) -> None:
    """Drop what is kept of a page before the page is read anew, and join what parallel readers kept.

    Each name stands for a set of pages or for a mapping by page.
    """

    def purge(app: Sphinx, env: BuildEnvironment, page: str) -> None:
        for name in names:
            kept = getattr(env, name, None)
            if isinstance(kept, dict):
                kept.pop(page, None)
            elif kept is not None:
                kept.discard(page)

    def merge(app: Sphinx, env: BuildEnvironment, pages: list[str], other: BuildEnvironment) -> None:
        for name in names:
            found: Any = getattr(other, name, None)
            if found:
                noted(env, name, type(found)).update(found)

    app.connect("env-purge-doc", purge)
    app.connect("env-merge-info", merge)


def links_to(app: Sphinx, page: str, targets: Iterable[tuple[str, str]]) -> list[nodes.Node]:
    """Return links from one page to places of others, each a page and an anchor, named by the pages' titles and set apart by commas."""
    found: list[nodes.Node] = []
    for target, anchor in targets:
        uri = app.builder.get_relative_uri(page, target) + (f"#{anchor}" if anchor else "")
        link = nodes.reference("", app.env.titles[target].astext(), refuri=uri, internal=True)
        found += [nodes.Text(", "), link] if found else [link]
    return found


def pages_in_order(env: BuildEnvironment) -> list[str]:
    """Return the pages of the book in the order of its contents."""

    def walk(page: str) -> Iterator[str]:
        yield page
        for child in env.toctree_includes.get(page, ()):
            yield from walk(child)

    return list(walk(env.config.root_doc))


def is_lesson(page: str) -> bool:
    """Tell whether a page is a lesson."""
    return PurePosixPath(page).parent == PurePosixPath(LESSONS)


def lessons_in_order(env: BuildEnvironment) -> list[str]:
    """Return the lessons in the order of the contents."""
    return [page for page in pages_in_order(env) if is_lesson(page)]
