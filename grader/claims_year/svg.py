"""Turn what matplotlib draws into SVG that fits into a page.

A page has its own fonts and two sets of colours.  So the drawing keeps its shapes and places, and gets classes in place of
fonts and colours (``book/_static/plots.css``), no ids but those of its title and description, and nothing that leads elsewhere.
"""

from __future__ import annotations

import io
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from html import escape
from typing import Any

import matplotlib
from matplotlib.figure import Figure

PAINTS = {"#010000": "ink", "#020000": "muted", "#030000": "grid", "#040000": "teal", "#050000": "rust", "#060000": "paper"}  # fmt: skip
"""Colours to draw with, which nobody sees, and the classes that take their place."""
INK, MUTED, GRID, TEAL, RUST, PAPER = PAINTS
POINTS_PER_INCH = 72
"""Drawn at this many dots an inch, a point is a unit of the SVG."""
_SVG, _LINK = "{http://www.w3.org/2000/svg}", "{http://www.w3.org/1999/xlink}href"
_KEPT = ("stroke-width", "stroke-dasharray", "stroke-linecap", "stroke-linejoin", "text-anchor", "font-weight", "opacity")  # fmt: skip
_PLAIN = {"stroke-linejoin": "miter", "stroke-linecap": "butt", "text-anchor": "start", "font-weight": "400"}
"""What a browser does anyway."""


def to_svg(figure: Figure, name: str, title: str, description: str) -> str:
    """Return a figure as SVG with a title and a description for those who do not see it.

    Parameters
    ----------
    figure
        What is drawn, in the colours of `PAINTS`.
    name
        A name that no other drawing of the page has.
    title, description
        What it is, and what it shows.
    """
    drawing = _draw(figure)
    width, height = (drawing.attrib[side].removesuffix("pt") for side in ("width", "height"))
    symbols = {
        each.attrib["id"]: each.attrib["d"] for each in drawing.iter(f"{_SVG}path") if "id" in each.attrib
    }
    shapes = "\n".join(_shapes(drawing, symbols))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_short(width)} {_short(height)}" role="img" '
        f'aria-labelledby="{name}-title {name}-text">\n<title id="{name}-title">{escape(title)}</title>\n'
        f'<desc id="{name}-text">{escape(description)}</desc>\n{shapes}\n</svg>'
    )


def _draw(figure: Figure) -> ET.Element:
    buffer = io.StringIO()
    with matplotlib.rc_context({"svg.fonttype": "none", "svg.hashsalt": "coding-back-pain"}):
        figure.savefig(buffer, format="svg", dpi=POINTS_PER_INCH, metadata={"Date": None}, transparent=True)
    return ET.fromstring(buffer.getvalue())


def _shapes(drawing: ET.Element, symbols: dict[str, str]) -> Iterator[str]:
    """Yield each path, marker and word in the order in which they are drawn."""
    hidden = {id(each) for defs in drawing.iter(f"{_SVG}defs") for each in defs.iter()}
    for element in drawing.iter():
        if id(element) in hidden:
            continue
        style = _style(element.get("style", ""))
        if element.tag == f"{_SVG}path":
            yield f'<path d="{_short(element.attrib["d"])}"{_look(style)}/>'
        elif element.tag == f"{_SVG}use":
            moved = f"translate({_short(element.attrib['x'])} {_short(element.attrib['y'])})"
            yield f'<path d="{_short(symbols[element.attrib[_LINK][1:]])}" transform="{moved}"{_look(style)}/>'
        elif element.tag == f"{_SVG}text":
            place = f'x="{_short(element.attrib["x"])}" y="{_short(element.attrib["y"])}"'
            yield f"<text {place}{_look({'fill': INK, 'stroke': 'none', **style})}>{escape(element.text or '')}</text>"


def _style(text: str) -> dict[str, str]:
    pairs = (part.split(":", 1) for part in text.split(";") if ":" in part)
    return {name.strip(): value.strip() for name, value in pairs}


def _look(style: dict[str, str]) -> str:
    """Return classes for colours, and attributes for what else matters."""
    classes = [f"{kind}-{PAINTS[style[kind]]}" for kind in ("fill", "stroke") if style.get(kind) in PAINTS]
    attributes: dict[str, Any] = {"class": " ".join(classes)} if classes else {}
    if style.get("fill") == "none":
        attributes["fill"] = "none"
    attributes |= {
        name: style[name] for name in _KEPT if style.get(name, _PLAIN.get(name)) != _PLAIN.get(name)
    }
    return "".join(f' {name}="{escape(_short(str(value)))}"' for name, value in attributes.items())


def _short(text: str) -> str:
    """Return text with its numbers to one decimal, in one line."""
    rounded = re.sub(r"-?\d+\.\d+", lambda found: f"{float(found[0]):.1f}".removesuffix(".0"), text)
    return " ".join(rounded.split())
