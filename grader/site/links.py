"""Links of the built site that lead nowhere, found without a network."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from grader.site.pages import SitePage, target_of


def broken_links(root: Path, pages: Mapping[str, SitePage]) -> Iterator[str]:
    """Yield a sentence for each link to a file or an anchor that the site does not have.

    Addresses on other hosts are not asked: whether they answer is no property of the site.
    """
    for page in pages.values():
        for link in dict.fromkeys(page.links):
            if problem := _problem(root, pages, page.name, link):
                yield f"{page.name}: the link {link!r} {problem}"


def _problem(root: Path, pages: Mapping[str, SitePage], page: str, link: str) -> str:
    target = target_of(page, link)
    if target is None:
        return ""
    name, anchor = target
    if link.startswith("/"):
        return "begins with /, which fails under a path prefix"
    if name == ".." or not (root / name).is_file():
        return "leads to a file that is not there"
    if anchor and name in pages and anchor not in pages[name].ids:
        return f"leads to an anchor that {name} does not have"
    return ""
