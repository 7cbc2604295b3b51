"""The plot of confidence against what was right, as SVG for narrow screens.

It has classes in place of colours (``book/_static/plots.css``), a title and a description; the page puts the same numbers
below it as a table.  A perfect reading would have all its dots on the line, so the plot needs no colours to be understood.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from math import floor, sqrt

from grader.site.reading.card import Bin, Card
from grader.site.reading.tables import band, percent

NAME = "reading-confidence"
TITLE = "Confidence, and how much of it was right"
CAPTION = (
    "Each dot holds the answers that were given with about the same confidence; a larger dot holds more of them. On the "
    "dashed line, as many are right as the program says. Dots below the line: it is too sure. Dots above it: it is too careful."
)
WIDTH = 340
_LEFT, _RIGHT, _TOP, _BOTTOM = 42, 328, 34, 320
_HEIGHT = 372
_SIDE = _RIGHT - _LEFT
_SMALLEST, _LARGEST = 5, 13
_NEAR = 0.03
"""Closer than this, a difference between what was said and what was right is not worth a word."""


def calibration_plot(card: Card) -> str:
    """Return the plot as SVG."""
    bins = card.bins
    low = floor(10 * min(min(each.said or 0, each.right or 0) for each in bins) + 1e-9) / 10
    low = min(low, 0.9)  # an axis has to lead somewhere
    shapes = "\n".join((*_scales(low), *_line(), *_dots(bins, low)))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {_HEIGHT}" role="img" '
        f'aria-labelledby="{NAME}-title {NAME}-text">\n<title id="{NAME}-title">{escape(TITLE)}</title>\n'
        f'<desc id="{NAME}-text">{escape(describe(bins))}</desc>\n{shapes}\n</svg>'
    )


def describe(bins: tuple[Bin, ...]) -> str:
    """Say in sentences what the plot shows."""
    said = [
        f"Of {each.n:,} answers with a confidence of {band(each)}, {percent(each.said)} on average, "
        f"{percent(each.right)} were right{_verdict(each)}."
        for each in bins
    ]
    return " ".join(("Dots in a square: confidence goes to the right, the share that was right goes up.", *said))  # fmt: skip


def _verdict(each: Bin) -> str:
    apart = (each.said or 0) - (each.right or 0)
    if abs(apart) <= _NEAR:
        return ""
    return ": too sure" if apart > 0 else ": too careful"


def _across(value: float, low: float) -> float:
    return round(_LEFT + _SIDE * (value - low) / (1 - low), 1)


def _down(value: float, low: float) -> float:
    return round(_BOTTOM - _SIDE * (value - low) / (1 - low), 1)


def _scales(low: float) -> Iterator[str]:
    """Draw both scales, with what they are."""
    first, step = round(100 * low), 10 if low >= 0.4 else 20
    for tick in (each for each in range(0, 101, step) if each >= first):
        across, down = _across(tick / 100, low), _down(tick / 100, low)
        yield f'<path d="M{_LEFT} {down}H{_RIGHT}M{across} {_TOP}V{_BOTTOM}" class="stroke-grid" fill="none"/>'
        yield _text(_LEFT - 8, down + 5, "end", "fill-muted", f"{tick}")
        yield _text(across, _BOTTOM + 22, "middle", "fill-muted", f"{tick}")
    yield _text(0, 16, "start", "fill-ink", "Right, of 100")
    yield _text(_RIGHT + 10, _HEIGHT - 8, "end", "fill-ink", "Confidence, of 100")


def _line() -> Iterator[str]:
    """Draw where confidence is worth what it says, and name both sides of it."""
    yield (
        f'<path d="M{_LEFT} {_BOTTOM}L{_RIGHT} {_TOP}" class="stroke-muted" fill="none" stroke-width="1.5" '
        'stroke-dasharray="5 4"/>'
    )
    yield _text(_LEFT + 12, _TOP + 24, "start", "fill-muted", "too careful")
    yield _text(_RIGHT - 12, _BOTTOM - 14, "end", "fill-muted", "too sure")


def _dots(bins: tuple[Bin, ...], low: float) -> Iterator[str]:
    most = max(each.n for each in bins)
    for each in bins:
        size = _SMALLEST + (_LARGEST - _SMALLEST) * sqrt(each.n / most)
        across, down = _across(each.said or 0, low), _down(each.right or 0, low)
        yield f'<circle cx="{across}" cy="{down}" r="{size:.1f}" class="fill-teal stroke-paper" stroke-width="1.5"/>'


def _text(across: float, down: float, anchor: str, paint: str, text: str) -> str:
    return f'<text x="{across}" y="{down}" text-anchor="{anchor}" class="{paint}">{escape(text)}</text>'
