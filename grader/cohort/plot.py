"""The two plots of the page, as SVG for narrow screens: who passes by what is true, and what the length of an exam does.

They have classes in place of colours (``book/_static/plots.css``), a title and a description; the page puts the same numbers
below them as tables.  The two cohorts differ by marker and dash, so the plots need no colours to be understood.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html import escape

from grader.cohort.card import ALL, MAIN, READY, Card
from grader.cohort.names import COHORT_NAMES
from grader.site.reading.tables import percent

_WIDTH, _HEIGHT = 340, 372
_LEFT, _RIGHT, _TOP, _BOTTOM = 44, 326, 62, 320
Points = tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class Plot:
    """A drawing with what stands below it.

    Parameters
    ----------
    title, caption
        What it is, and what it means.
    description
        What it shows, for those who do not see it.
    svg
        The drawing.
    """

    title: str
    caption: str
    description: str
    svg: str


@dataclass(frozen=True, slots=True)
class _Scale:
    """Both axes: ends, ticks, and what they are."""

    low: float
    high: float
    top: float
    across: tuple[tuple[float, str], ...]
    down: tuple[tuple[float, str], ...]
    named: tuple[str, str]

    def x(self, value: float) -> float:
        return round(_LEFT + (_RIGHT - _LEFT) * (value - self.low) / (self.high - self.low), 1)

    def y(self, value: float) -> float:
        return round(_BOTTOM - (_BOTTOM - _TOP) * value / self.top, 1)


def passes(card: Card) -> Plot:
    """Draw which share passes by the true share of codes."""
    mark = card.standard["codes"] or 0.0
    lines = {
        name: tuple(
            ((max(one.start, 0.78) + one.end) / 2, one.passed.value)
            for one in card.parts[name].bins
            if one.passed.of
        )
        for name in MAIN
    }
    across = tuple((tick / 100, f"{tick}") for tick in (80, 85, 90, 95, 100))
    down = tuple((tick / 100, f"{tick}") for tick in (0, 25, 50, 75, 100))
    scale = _Scale(0.78, 1.0, 1.0, across, down, ("True share of codes, of 100", "Pass, of 100"))
    said = " ".join(_passing(card, name) for name in MAIN)
    caption = (
        "A perfect exam would jump from 0 to 100 at the mark, the dashed upright line. A real one climbs: the closer to the "
        "mark, the more luck decides. The table has the counts."
    )
    return _plot("cohort-passes", "Who passes, by what is true", caption, said, scale, lines, mark)


def _passing(card: Card, name: str) -> str:
    bins = [one for one in card.parts[name].bins if one.passed.of]
    told = ", ".join(
        f"{percent(one.passed.value)} from {100 * one.start:.0f} to {100 * one.end:.0f}" for one in bins
    )
    return f"{COHORT_NAMES[name]}: of trainees by true share of codes there pass {told}."


def length(card: Card) -> Plot:
    """Draw wrong decisions by the number of encounters."""
    found = card.parts
    longest = max(one.encounters for name in MAIN for one in found[name].lengths)
    most = max(one.wrong.value for name in MAIN for one in found[name].lengths)
    top = 0.05 * (int(most / 0.05) + 1)
    lines = {
        name: tuple((float(one.encounters), one.wrong.value) for one in found[name].lengths) for name in MAIN
    }
    across = tuple((tick, f"{tick}") for tick in range(0, longest + 1, 50))
    down = tuple((step / 20, f"{5 * step}") for step in range(round(top * 20) + 1))
    scale = _Scale(0, longest + 8, top, across, down, ("Encounters of a form", "Decided wrongly, of 100"))
    said = " ".join(_shrinking(card, name) for name in MAIN)
    caption = (
        f"The exam has {card.encounters} encounters, the dashed upright line. Half of it saves hours and costs sureness; twice "
        "as many would help, and nobody would sit that long. Small ups and downs are luck, the more so with longer exams, which fewer trainees sat."
    )
    return _plot(
        "cohort-length", "What the length of an exam does", caption, said, scale, lines, card.encounters
    )


def _shrinking(card: Card, name: str) -> str:
    told = ", ".join(f"{percent(one.wrong.value)} with {one.encounters}" for one in card.parts[name].lengths)
    return f"{COHORT_NAMES[name]}: of decisions are wrong {told} encounters."


PLOTS: dict[str, Callable[[Card], Plot]] = {"passes": passes, "length": length}
"""The plots that a page may ask for."""


def _plot(
    name: str, title: str, caption: str, said: str, scale: _Scale, lines: dict[str, Points], mark: float
) -> Plot:
    shapes = "\n".join((*_axes(scale), *_upright(scale, mark), *_lines(scale, lines), *_legend()))
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img" '
        f'aria-labelledby="{name}-title {name}-text">\n<title id="{name}-title">{escape(title)}</title>\n'
        f'<desc id="{name}-text">{escape(said)}</desc>\n{shapes}\n</svg>'
    )
    return Plot(title, caption, said, svg)


def _axes(scale: _Scale) -> Iterator[str]:
    for value, label in scale.across:
        yield f'<path d="M{scale.x(value)} {_TOP}V{_BOTTOM}" class="stroke-grid" fill="none"/>'
        yield _text(scale.x(value), _BOTTOM + 22, "middle", "fill-muted", label)
    for value, label in scale.down:
        yield f'<path d="M{_LEFT} {scale.y(value)}H{_RIGHT}" class="stroke-grid" fill="none"/>'
        yield _text(_LEFT - 8, scale.y(value) + 5, "end", "fill-muted", label)
    yield _text(0, _TOP - 18, "start", "fill-ink", scale.named[1])
    yield _text(_RIGHT + 10, _HEIGHT - 8, "end", "fill-ink", scale.named[0])


def _upright(scale: _Scale, at: float) -> Iterator[str]:
    yield (
        f'<path d="M{scale.x(at)} {_TOP}V{_BOTTOM}" class="stroke-muted" fill="none" stroke-width="1.5" '
        'stroke-dasharray="5 4"/>'
    )


_LOOKS = {READY: ("teal", ""), ALL: ("rust", ' stroke-dasharray="2 4"')}


def _lines(scale: _Scale, lines: dict[str, Points]) -> Iterator[str]:
    for name, points in lines.items():
        colour, dash = _LOOKS[name]
        way = "L".join(f"{scale.x(x)} {scale.y(y)}" for x, y in points)
        yield f'<path d="M{way}" class="stroke-{colour}" fill="none" stroke-width="2"{dash}/>'
        yield from (_marker(name, scale.x(x), scale.y(y)) for x, y in points)


def _marker(name: str, across: float, down: float) -> str:
    if name == READY:
        return f'<circle cx="{across}" cy="{down}" r="5" class="fill-teal stroke-paper" stroke-width="1.5"/>'
    return f'<path d="M{across - 5} {down - 5}h10v10h-10z" class="fill-paper stroke-rust" stroke-width="2"/>'


def _legend() -> Iterator[str]:
    for name, across in ((READY, 8), (ALL, 172)):
        yield _marker(name, across, 10)
        yield _text(across + 12, 15, "start", "fill-ink", _SHORT[name])


_SHORT: dict[str, str] = {READY: "Ready, or not yet", ALL: "All who finish"}


def _text(across: float, down: float, anchor: str, paint: str, text: str) -> str:
    return f'<text x="{across}" y="{down}" text-anchor="{anchor}" class="{paint}">{escape(text)}</text>'
