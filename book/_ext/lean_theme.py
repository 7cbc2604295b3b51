"""Make the pages light: what the theme brings for other books is left out, and nothing but style sheets holds back a page.

The theme's style sheets become one, without the rules and icons that no page of the book has a use for: a rule goes when it asks
for a class that no page and no script names.  The book's own style sheets stay as they are.  Scripts run once the page is there.
"""

from __future__ import annotations

import base64
import logging
import posixpath
import re
import shutil
from collections.abc import Iterable, Iterator
from fnmatch import fnmatch
from hashlib import sha256
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import tinycss2
from accessible_theme import change_every_page
from bs4 import BeautifulSoup
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from sphinx.application import Sphinx

logging.getLogger("fontTools").setLevel(logging.WARNING)  # It tells of each table of a font.

SHEET = "styles/lean-theme.css"
"""The one style sheet that the theme's become; beside them, where what prints the book looks for what is not its own."""
SOURCES = (
    "basic.css",
    "styles/pydata-sphinx-theme.css",
    "styles/sphinx-book-theme.css",
    "mystnb.*.css",
    "sphinx-design.min.css",
)
"""The theme's style sheets in the order of the pages; colours of code stay apart, because the printed book needs them."""
LINKED = (*SOURCES, "styles/theme.css")
"""What pages of the theme link to; theme.css does nothing but import basic.css."""
WAITING = (
    "documentation_options.js",
    "doctools.js",
    "sphinx_highlight.js",
    "scripts/sphinx-book-theme.js",
    "design-tabs.js",
    "searchtools.js",
    "language_data.js",
)
"""Scripts that the theme runs before the page shows, and that can all wait for it."""
UNUSED = (*LINKED, "scripts/fontawesome.js*", "vendor/fontawesome", "locales", "**/*.map", "*macros.html")
"""What no page asks for, and what browsers would keep for reading offline all the same."""

_COMPOSED = ("bs-",)  # Beginnings of classes that the theme's scripts put together.
_WORD = re.compile(r"[\w-]+")
_ICON = re.compile(r"\\([ef][0-9a-f]{3})\b|([\ue000-\uf8ff])", re.IGNORECASE)
_FACE = re.compile(r"@font-face\{[^}]*?url\(\"?(?P<file>[^)\"]+\.ttf)\"?\)[^}]*\}")
_ADDRESS = re.compile(r"url\((?P<quote>[\"']?)(?P<address>(?!data:|https?:|[/#\"'])[^)\"']+)(?P=quote)\)")
_LINK = re.compile(rf"(?<=/{re.escape(SHEET)})(?:\?v=\w+)?(?=\")")


# ---- Pages


def lighten(html: str) -> str:
    """Return a page that links to the one style sheet and whose scripts wait."""
    begin, end = html.find("<head>"), html.find("</head>")
    if begin < 0 or end < 0:
        return html
    begin += len("<head>")
    head = BeautifulSoup(html[begin:end], "html.parser")
    _link_once(head)
    _let_scripts_wait(head)
    if "sd-tab-set" not in html:
        for script in head.select("script[src*='design-tabs.js']"):
            script.decompose()
    return f"{html[:begin]}{head}{html[end:]}"


def _link_once(head: BeautifulSoup) -> None:
    links = [
        link for link in head.select("link[rel~=stylesheet]:not([media])") if _is_one(link["href"], LINKED)
    ]
    for link in links[1:]:
        link.decompose()
    for link in links[:1]:
        link["href"] = f"{link['href'].partition('_static/')[0]}_static/{SHEET}"


def _let_scripts_wait(head: BeautifulSoup) -> None:
    for script in head.select("script[src]:not([type=module])"):
        if _is_one(script["src"], WAITING) or script["src"].endswith("searchindex.js"):
            script["defer"] = ""
    # It adds to what one of those scripts sets, and of scripts within a page only modules wait.
    for script in head.find_all("script", string=re.compile(r"^\s*DOCUMENTATION_OPTIONS\.pagename")):
        script["type"] = "module"
    for link in head.select("link[rel=preload][as=script]"):
        link.decompose()


def _is_one(address: str, patterns: Iterable[str]) -> bool:
    name = urlsplit(address).path.partition("_static/")[2]
    return any(fnmatch(name, pattern) for pattern in patterns)


# ---- The style sheet


def words_of(site: Path) -> set[str]:
    """Return every word of the site's pages and scripts, among them every class that an element may have."""
    unused = _unused(site / "_static")
    scripts = [path for path in (site / "_static").rglob("*.js") if unused.isdisjoint((path, *path.parents))]
    pages = [path for path in site.rglob("*.html") if "_static" not in path.parts]
    return {word for path in (*pages, *scripts) for word in _WORD.findall(path.read_text(encoding="utf-8"))}


def without_unused(css: str, words: set[str]) -> str:
    """Return a style sheet without the rules for classes that are not among the words."""
    return "".join(_used(tinycss2.parse_stylesheet(css, skip_whitespace=True), words))


def _used(rules: Iterable[Any], words: set[str]) -> Iterator[str]:
    """Write the rules that are used; of comments those that name a license stay."""
    for rule in rules:
        if rule.type == "comment":
            if rule.value.startswith("!"):
                yield rule.serialize()
        elif rule.type == "qualified-rule":
            chosen = [each for each in _selectors(rule.prelude) if _may_match(each, words)]
            if chosen:
                selectors = ",".join(tinycss2.serialize(each).strip() for each in chosen)
                yield f"{selectors}{{{tinycss2.serialize(rule.content).strip()}}}"
        elif rule.type == "at-rule" and rule.lower_at_keyword in ("media", "supports"):
            inner = "".join(_used(tinycss2.parse_rule_list(rule.content, skip_whitespace=True), words))
            if inner:
                yield f"@{rule.at_keyword}{tinycss2.serialize(rule.prelude)}{{{inner}}}"
        elif rule.type != "at-rule" or rule.lower_at_keyword != "charset":
            yield rule.serialize()


def _selectors(prelude: list[Any]) -> Iterator[list[Any]]:
    """Split a list of selectors at its commas."""
    selector: list[Any] = []
    for token in prelude:
        if token == ",":
            yield selector
            selector = []
        else:
            selector.append(token)
    yield selector


def _may_match(selector: list[Any], words: set[str]) -> bool:
    """Say whether each class that a selector asks for is among the words; what stands in :not() or :is() is not looked at."""
    classes = (token.value for dot, token in pairwise(selector) if dot == "." and token.type == "ident")
    return all(name.startswith(_COMPOSED) or words.issuperset(_WORD.findall(name)) for name in classes)


def with_small_fonts(css: str, folder: Path) -> str:
    """Return a style sheet of a folder with its icon fonts within it, and of these no more than the icons that it names."""
    icons = {int(code, 16) if code else ord(sign) for code, sign in _ICON.findall(css)}

    def small(face: re.Match[str]) -> str:
        font = _small_font(folder / face["file"], icons)
        if font is None:
            return ""
        source = f'src:url("data:font/woff;base64,{base64.b64encode(font).decode()}") format("woff")'
        return re.sub(r"src:[^;}]*", lambda _: source, face[0])

    return _FACE.sub(small, css)


def _small_font(path: Path, icons: set[int]) -> bytes | None:
    """Return a font with these icons and its license, or None where it has none of them."""
    font = TTFont(path, recalcTimestamp=False)
    if not icons & font.getBestCmap().keys():
        return None
    options = Options(name_IDs=[0, 13, 14])
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=icons)
    subsetter.subset(font)
    font.flavor = "woff"
    target = BytesIO()
    font.save(target)
    return target.getvalue()


def sheet_of(site: Path) -> str:
    """Return the theme's style sheets as one, with what this site has a use for."""
    static, words = site / "_static", words_of(site)
    parts = []
    for pattern in SOURCES:
        for path in sorted(static.glob(pattern)):
            folder = path.parent.relative_to(static).as_posix()
            parts.append(_moved(without_unused(path.read_text(encoding="utf-8"), words), folder))
    return with_small_fonts("\n".join(parts), (static / SHEET).parent)


def _moved(css: str, folder: str) -> str:
    """Return a style sheet whose addresses hold after it has moved from a folder to that of the one sheet."""
    target = posixpath.dirname(SHEET)

    def moved(found: re.Match[str]) -> str:
        return f'url("{posixpath.relpath(posixpath.join(folder, found["address"]), target)}")'

    return _ADDRESS.sub(moved, css)


# ---- The build


def _unused(static: Path) -> set[Path]:
    return {path for pattern in UNUSED for path in static.glob(pattern)}


def _write_sheet(app: Sphinx, error: Exception | None) -> None:
    """Write the style sheet, have every page ask for this edition of it, and remove what no page asks for."""
    if error is not None or app.builder.format != "html":
        return
    site = Path(app.outdir)
    static = site / "_static"
    # Sphinx copies the theme's files whenever it writes a page; where they are gone, nothing has changed.
    if not (css := sheet_of(site)):
        return
    (static / SHEET).write_text(css, encoding="utf-8")
    digest = sha256(css.encode()).hexdigest()[:8]
    for path in site.rglob("*.html"):
        html = path.read_text(encoding="utf-8")
        stamped = _LINK.sub(f"?v={digest}", html)
        if stamped != html:
            path.write_text(stamped, encoding="utf-8")
    for path in _unused(static):
        if path.relative_to(static).as_posix() in css:
            continue  # The sheet asks for it after all.
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink()


def setup(app: Sphinx) -> dict[str, Any]:
    """Register what is done to each page, and to all of them at the end."""
    # A change to this file is a change of configuration: every page is written anew.
    app.add_config_value("lean_theme_digest", sha256(Path(__file__).read_bytes()).hexdigest(), "html", [str])
    app.connect("builder-inited", lambda app: change_every_page(app, lighten))
    # Before the list of files for reading offline is made.
    app.connect("build-finished", _write_sheet, priority=800)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
