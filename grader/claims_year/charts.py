"""The three kinds of charts of the lesson, drawn with matplotlib for narrow screens.

Each comes as a figure with title, description and caption, and with its numbers as a table that opens on demand.  No chart
needs its colours: bars carry their values, and lines differ by marker and dash.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from math import ceil
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from grader.claims_year import describe
from grader.claims_year.findings import MONTHS, Pair
from grader.claims_year.rates import Rate
from grader.claims_year.svg import GRID, INK, MUTED, PAPER, POINTS_PER_INCH, RUST, TEAL, to_svg
from grader.claims_year.tables import Html, counts, folded, number, span, table

WIDTH = 340
"""Units across: as wide as a phone has room for, so that text of `TEXT` units is 13 px there or more."""
TEXT = 16
_EDGE = 10
_BAR, _BAR_ROW = 14, 50
_PAIR_ROW, _PAIR_TOP = 68, 62
_SERIES: tuple[dict[str, Any], ...] = (
    {
        "color": RUST,
        "marker": "o",
        "markerfacecolor": PAPER,
        "markeredgecolor": RUST,
        "linestyle": (0, (2.4, 1.4)),
    },
    {"color": TEAL, "marker": "s", "markerfacecolor": TEAL, "markeredgecolor": TEAL, "linestyle": "-"},
)
_LINE: dict[str, Any] = {"linewidth": 2.5, "markersize": 9, "markeredgewidth": 2.5, "clip_on": False}


@dataclass(frozen=True, slots=True)
class Chart:
    """What every chart is given.

    Parameters
    ----------
    name
        A name that no other chart of the page has, without spaces.
    title
        What it is, for those who do not see it, and over its table.
    caption
        What it means, below it.
    """

    name: str
    title: str
    caption: str


def bars(chart: Chart, head: str, rows: Sequence[tuple[str, Rate]]) -> Html:
    """Draw a share for each row as a bar with its name above it.

    Parameters
    ----------
    head
        What the rows are, such as "Reason".
    rows
        Name and share, in the order in which they are shown.
    """
    figure, axes = _sheet(24 + _BAR_ROW * len(rows))
    _write(axes, WIDTH, 14, "of 100 claims", color=MUTED, ha="right")
    longest = max(rate.per_hundred for _, rate in rows) or 1.0
    for place, (name, rate) in enumerate(rows):
        top = 24 + place * _BAR_ROW
        _write(axes, 0, top + 16, name)
        _write(axes, WIDTH, top + 16, number(rate.per_hundred), ha="right", fontweight="bold")
        length = WIDTH * rate.per_hundred / longest
        axes.barh(top + 24, length, height=_BAR, align="edge", color=TEAL, clip_on=False)
    lines = [(name, counts(rate), number(rate.per_hundred)) for name, rate in rows]
    return _figure(
        chart, figure, describe.of_bars(rows), table((head, "Claims", "Of 100"), lines, chart.title)
    )


def months(chart: Chart, series: Sequence[tuple[str, Sequence[Rate]]], mark: tuple[int, str]) -> Html:
    """Draw two shares over the months of a year.

    Parameters
    ----------
    series
        Name and twelve shares, for each of two lines.
    mark
        A month and what happened in it.
    """
    key, plot = 24 * len(series) + 14, 190
    figure, axes = _sheet(key + plot + 30)
    for place, (name, _) in enumerate(series):
        _sample(axes, place, 14 + 24 * place, name)
    inner = figure.add_axes((0.085, 26 / (key + plot + 30), 0.9, plot / (key + plot + 30)))
    top = 5 * ceil(max(rate.per_hundred for _, rates in series for rate in rates) / 5) or 5
    _scale(inner, top)
    month, happened = mark
    inner.axvline(month, color=MUTED, linewidth=1.5, linestyle=(0, (1, 3)), clip_on=False)
    inner.text(month + 0.15, top, happened, fontsize=TEXT, color=MUTED, va="top")
    for style, (_, rates) in zip(_SERIES, series, strict=True):
        inner.plot(range(1, 13), [rate.per_hundred for rate in rates], **_LINE | style)
    lines = [
        (name, f"{series[0][1][place].of}", *(number(rates[place].per_hundred) for _, rates in series))
        for place, name in enumerate(MONTHS)
    ]
    numbers = table(
        ("Month", "Claims", *(name.capitalize() for name, _ in series)),
        lines,
        f"{chart.title}, of 100 claims",
    )
    return _figure(chart, figure, describe.of_months(series), numbers)


def pairs(chart: Chart, head: str, rows: Sequence[Pair]) -> Html:
    """Draw shares before and after as marks on lines that show their ranges.

    Parameters
    ----------
    head
        What the rows are, such as "Payer".
    rows
        The shares, in the order in which they are shown.
    """
    height = _PAIR_TOP + _PAIR_ROW * len(rows) + 26
    figure, axes = _sheet(height)
    top = max(rate.range[1] for row in rows for rate in (row.before, row.after))
    step = 5 if top <= 25 else 10
    unit = (WIDTH - 2 * _EDGE) / (step * ceil(top / step))
    for place, name in enumerate(("before, January to June", "after, August to December")):
        _sample(axes, place, 14 + 24 * place, name)
    for tick in range(0, step * ceil(top / step) + 1, step):
        across = _EDGE + tick * unit
        axes.plot([across, across], [_PAIR_TOP, height - 24], color=GRID, linewidth=1)
        _write(axes, across, height - 6, f"{tick}", color=MUTED, ha="center")
    for place, row in enumerate(rows):
        down = _PAIR_TOP + _PAIR_ROW * place
        _write(axes, 0, down + 16, row.name)
        told = f"{number(row.before.per_hundred)} → {number(row.after.per_hundred)}"
        _write(axes, WIDTH, down + 16, told, ha="right", fontweight="bold")
        for style, rate, level in zip(_SERIES, (row.before, row.after), (down + 30, down + 46), strict=True):
            ends = tuple(_EDGE + end * unit for end in rate.range)
            _line(axes, ends, level, _EDGE + rate.per_hundred * unit, style)
    lines = [(row.name, *(_counted(rate) for rate in (row.before, row.after))) for row in rows]
    numbers = table((head, "Before", "After"), lines, f"{chart.title}: of 100 claims, range, and claims")
    return _figure(chart, figure, describe.of_pairs(rows), numbers)


def _counted(rate: Rate) -> str:
    return f"{number(rate.per_hundred)} ({span(rate)}), {counts(rate)}"


def _sheet(height: float) -> tuple[Figure, Axes]:
    """Return a figure and axes that are measured in its units, from the top left corner."""
    figure = Figure(figsize=(WIDTH / POINTS_PER_INCH, height / POINTS_PER_INCH), dpi=POINTS_PER_INCH)
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set_xlim(0, WIDTH)
    axes.set_ylim(height, 0)
    axes.set_axis_off()
    return figure, axes


def _write(axes: Axes, across: float, down: float, text: str, **look: Any) -> None:
    plain: dict[str, Any] = {"fontsize": TEXT, "color": INK, "va": "baseline"}
    axes.text(across, down, text, **plain | look)


def _sample(axes: Axes, series: int, down: float, name: str) -> None:
    """Draw a line of the key."""
    _line(axes, (0, 32), down - 5, 16, _SERIES[series])
    _write(axes, 42, down, name)


def _line(axes: Axes, ends: Sequence[float], down: float, mark: float, style: dict[str, Any]) -> None:
    """Draw a level line with one mark on it."""
    axes.plot(ends, [down, down], **_LINE | style | {"marker": "none"})
    axes.plot([mark], [down], **_LINE | style | {"linestyle": "none"})


def _scale(axes: Axes, top: int) -> None:
    """Draw a scale from 0, and the first letters of the months."""
    axes.set_xlim(0.6, 12.4)
    axes.set_ylim(0, top)
    axes.set_yticks(range(0, top + 1, 5))
    axes.set_xticks(range(1, 13), [month[0] for month in MONTHS])
    axes.tick_params(length=0, labelsize=TEXT, labelcolor=MUTED, pad=6)
    axes.grid(axis="y", color=GRID, linewidth=1, clip_on=False)
    axes.set_axisbelow(True)
    axes.patch.set_visible(False)
    for spine in axes.spines.values():
        spine.set_visible(False)


def _figure(chart: Chart, figure: Figure, description: str, numbers: Html) -> Html:
    figure.patch.set_visible(False)
    svg = to_svg(figure, chart.name, chart.title, description)
    caption = f"<figcaption>{escape(chart.caption)}</figcaption>"
    return Html(f'<figure class="drawing plot">\n{svg}\n{caption}\n</figure>\n{folded(numbers)}')
