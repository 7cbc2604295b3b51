"""Repair what the stock theme gets wrong, in the HTML itself, so that it holds without JavaScript.

Every page passes through `repair` once, between template and file: controls get names that contain what they show, tables
scroll inside a named region of their own, the icon script of 1.4 MB goes (icons come from the theme's CSS font), and what would be
shown to nobody is removed.
"""

from __future__ import annotations

from collections.abc import Callable
from hashlib import sha256
from html import escape
from pathlib import Path
from typing import Any

from bs4 import BeautifulSoup, Tag
from sphinx.application import Sphinx

Step = Callable[[BeautifulSoup], None]
_ICON = "[class*='fa-']"
_COLOURS = """
  (() => {
    let mode = "auto";
    try { mode = localStorage.getItem("mode") || "auto"; } catch { /* Storage is blocked: follow the system. */ }
    const system = matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
    document.documentElement.dataset.mode = mode;
    document.documentElement.dataset.theme = mode === "auto" ? system : mode;
  })();
"""


def repair(html: str) -> str:
    """Return a page of the theme with its faults repaired."""
    page = BeautifulSoup(html, "html.parser")
    for step in STEPS:
        step(page)
    return str(page)


def _drop_unused(page: BeautifulSoup) -> None:
    """Remove the icon script, repeated meta elements, empty landmarks and advertisement slots."""
    for script in page.select("script[src*='scripts/fontawesome.js']"):
        script.decompose()
    for spare in page.select("meta[name=viewport]")[1:]:
        spare.decompose()
    unused = "#ethical-ad-placement, .pst-async-banner-revealer, footer.bd-footer, #jb-print-docs-body"
    for element in page.select(unused):
        element.decompose()
    for element in page.select(".sidebar-primary__section, .sidebar-primary-item, .footer-item"):
        if not element.find(True) and not element.get_text(strip=True):
            element.decompose()


def _choose_colours_early(page: BeautifulSoup) -> None:
    """Settle light or dark before anything is drawn; light where scripts do not run.

    The theme leaves "auto" until its deferred script has run, and "auto" has no colours.
    """
    if page.html is not None:
        page.html["data-theme"] = "light"
    for script in page.find_all("script", string=lambda text: bool(text) and "dataset.theme" in text):
        script.string = _COLOURS


def _name_controls(page: BeautifulSoup) -> None:
    """Give each control a name that starts with what it shows (WCAG 2.5.3), and hide icons from names."""
    for icon in page.select(f"i{_ICON}, span{_ICON}, .search-button__kbd-shortcut"):
        icon["aria-hidden"] = "true"
        del icon["title"]
    _relabel(page, ".search-button-field", "")  # It shows the word Search.
    _relabel(page, ".search-button:not(.search-button-field)", "Search")
    _relabel(page, ".primary-toggle", "Show or hide the contents of the book")
    _relabel(page, ".secondary-toggle", "Show or hide the contents of this page")
    _relabel(page, ".theme-switch-button", "Switch between light, dark and system colours")
    for toggle in page.select(".sidebar-toggle"):
        toggle["class"] = [*toggle.get("class", []), "pst-js-only"]
    for link in page.select(".prev-next-area a"):
        del link["title"]
    for dialog, label in (
        ("#pst-search-dialog", "Search"),
        ("#pst-primary-sidebar-modal", "Contents of the book"),
        ("#pst-secondary-sidebar-modal", "Contents of this page"),
    ):
        for element in page.select(dialog):
            element["aria-label"] = label
    for field in page.select("input[type=search], input[name=q]"):
        field["aria-label"] = "Search the book"
        field["placeholder"] = "Search the book"


def _relabel(page: BeautifulSoup, selector: str, label: str) -> None:
    """Replace tooltips, which the theme's script turns into names, by a name of our own; empty for none."""
    for control in page.select(selector):
        for attribute in ("title", "data-bs-title", "data-bs-toggle", "data-bs-placement", "aria-label"):
            del control[attribute]
        control["type"] = "button"
        if label:
            control["aria-label"] = label
            control["title"] = label


def _name_headings_and_landmarks(page: BeautifulSoup) -> None:
    for link in page.select("a.headerlink"):
        heading = link.parent
        words = " ".join(text.strip() for text in heading.find_all(string=True) if text.parent is not link)
        link["aria-label"] = f"# Link to {' '.join(words.split())}"
        del link["title"]
    for count, nav in enumerate(page.select("nav:not([aria-label]):not([aria-labelledby])"), start=1):
        nav["aria-label"] = f"Navigation {count}"
    for summary in page.select("div.cell details.hide > summary"):
        del summary["aria-label"]  # it shows its name
    for summary in page.select("summary"):
        if not summary.get_text(strip=True) and not summary.get("aria-label"):
            summary["aria-label"] = "Show or hide the pages of this part"


def _scroll_tables(page: BeautifulSoup) -> None:
    """Let wide tables scroll in a region that the keyboard can reach."""
    for table in page.select("article table"):
        box = table.parent
        if not isinstance(box, Tag) or "pst-scrollable-table-container" not in box.get("class", []):
            box = table.wrap(page.new_tag("div", attrs={"class": "pst-scrollable-table-container"}))
        caption = table.find("caption")
        title = caption.find(class_="caption-text") or caption if caption else None
        box["role"] = "region"
        box["tabindex"] = "0"
        box["aria-label"] = f"Table: {title.get_text(' ', strip=True)}" if title else "Table"
        del table["border"]
        for cell in table.select("thead th"):
            cell["scope"] = "col"


def _search_page(page: BeautifulSoup) -> None:
    for results in page.select("#search-results"):
        results["aria-live"] = "polite"


STEPS: tuple[Step, ...] = (
    _drop_unused,
    _choose_colours_early,
    _name_controls,
    _name_headings_and_landmarks,
    _scroll_tables,
    _search_page,
)

_REDIRECT = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>{title}</title>
<meta http-equiv="refresh" content="0; url={target}">
<link rel="canonical" href="{target}">
</head>
<body><main><h1>{title}</h1><p><a href="{target}">Open the book</a></p></main></body>
</html>
"""


def change_every_page(app: Sphinx, change: Callable[[str], str]) -> None:
    """Put a change between the templates and the files."""
    if app.builder.format != "html":
        return
    # Only HTML builders have templates, and Sphinx types the builder as any of them.
    templates: Any = app.builder.templates  # type: ignore[attr-defined]
    render = templates.render

    def render_changed(template: str, context: dict[str, Any]) -> str:
        html: str = render(template, context)
        return change(html) if template.endswith(".html") else html

    templates.render = render_changed


def _write_redirect(app: Sphinx, error: Exception | None) -> None:
    """Write a root page with a title and a link, in place of a bare redirect."""
    if error is None and app.builder.format == "html" and app.config.root_doc != "index":
        target = app.builder.get_target_uri(app.config.root_doc)
        text = _REDIRECT.format(title=escape(app.config.html_title), target=escape(target))
        (Path(app.outdir) / "index.html").write_text(text, encoding="utf-8")


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the repairs."""
    # A change to this file is a change of configuration: every page is written anew.
    app.add_config_value(
        "accessible_theme_digest", sha256(Path(__file__).read_bytes()).hexdigest(), "html", [str]
    )
    app.connect("builder-inited", lambda app: change_every_page(app, repair))
    # Before the table of contents' own redirect, which it writes only when there is none.
    app.connect("build-finished", _write_redirect, priority=100)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
