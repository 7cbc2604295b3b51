"""The colours of the book with their contrast, read from the style sheet: ```{palette}```.

A pair of text and ground below the contrast that WCAG 2.2 asks for fails the build.
"""

from __future__ import annotations

import re
from html import escape
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective

STYLES = Path("book") / "_static" / "course.css"
TEXT, PARTS = 4.5, 3.0
"""WCAG 2.2: success criteria 1.4.3 for text, 1.4.11 for lines that mean something."""
PAIRS = (
    ("Text on the page", "--pst-color-text-base", "--pst-color-background", TEXT),
    ("Text on cards and tables", "--pst-color-text-base", "--cbp-paper", TEXT),
    ("Text on quiet boxes", "--pst-color-text-base", "--pst-color-surface", TEXT),
    ("Text on goals and good examples", "--pst-color-text-base", "--cbp-teal-ground", TEXT),
    ("Small text on the page", "--pst-color-text-muted", "--pst-color-background", TEXT),
    ("Small text on quiet boxes", "--pst-color-text-muted", "--pst-color-surface", TEXT),
    ("Headings", "--pst-color-heading", "--pst-color-background", TEXT),
    ("Links", "--pst-color-link", "--pst-color-background", TEXT),
    ("Links on cards", "--pst-color-link", "--cbp-paper", TEXT),
    ("Links on goals", "--pst-color-link", "--cbp-teal-ground", TEXT),
    ("Links under the pointer", "--pst-color-link-hover", "--pst-color-background", TEXT),
    ("Buttons", "--pst-color-background", "--pst-color-primary", TEXT),
    ("What common guides say", "--cbp-rust-text", "--cbp-rust-ground", TEXT),
    ("Lines of correction boxes", "--cbp-rust-line", "--cbp-paper", PARTS),
    ("Lines of figures", "--cbp-teal-line", "--cbp-paper", PARTS),
    ("Mark around what has the focus", "--pst-color-accent", "--pst-color-background", PARTS),
)
_BLOCK = re.compile(r'html\[data-theme="(\w+)"\] \{(.*?)\}', re.DOTALL)
_COLOUR = re.compile(r"(--[\w-]+): (#[0-9a-f]{6});")
_LOG = logging.getLogger(__name__)


def palettes(styles: str) -> dict[str, dict[str, str]]:
    """Return the colours of each theme by the name of their variable."""
    return {theme: dict(_COLOUR.findall(block)) for theme, block in _BLOCK.findall(styles)}


def contrast(first: str, second: str) -> float:
    """Return the contrast of two colours, from 1 to 21 (WCAG 2.2, "contrast ratio")."""
    lighter, darker = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


class PaletteDirective(SphinxDirective):
    """Show each pair of colours in both themes: ``{palette}``."""

    def run(self) -> list[nodes.Node]:
        """Read the style sheet and build the table."""
        path = Path(self.env.srcdir) / STYLES
        self.env.note_dependency(str(path))
        found = palettes(path.read_text(encoding="utf-8"))
        rows = []
        for use, text, ground, needed in PAIRS:
            cells = "".join(
                self._cell(use, theme, colours[text], colours[ground], needed)
                for theme, colours in found.items()
            )
            rows.append(f"<tr><td>{escape(use)}</td>{cells}<td>{needed:g}</td></tr>")
        head = "".join(
            f"<th>{name}</th>" for name in ("Where", *(theme.capitalize() for theme in found), "At least")
        )
        html = f"<table><caption>Pairs of colours and their contrast</caption><thead><tr>{head}</tr></thead><tbody>{''.join(rows)}</tbody></table>"
        return [nodes.raw("", html, format="html")]

    def _cell(self, use: str, theme: str, text: str, ground: str, needed: float) -> str:
        found = contrast(text, ground)
        if found < needed:
            _LOG.warning(
                "%s (%s): the contrast is %.2f and has to be %g.",
                use,
                theme,
                found,
                needed,
                location=self.get_location(),
            )
        sample = f'<span class="swatch" style="background:{ground};border-color:{text}"><span style="background:{text}"></span></span>'
        return f"<td>{sample} {found:.1f}</td>"


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the directive."""
    app.add_directive("palette", PaletteDirective)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
