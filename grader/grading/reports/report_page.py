"""The report of an assignment as one page that needs nothing else: no script, no other file, no other host."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from grader.coverage import ITEM_KINDS
from grader.feedback import points
from grader.grading.reports.copies import NAMED
from grader.grading.reports.report import GROUPS, LISTED, ClassFigures
from grader.grading.reports.words import (
    error_in_words,
    errors_in_words,
    flag_in_words,
    flags_in_words,
    totals,
)
from grader.visible import one_line

_TEMPLATES = Path(__file__).parent
_KINDS = 3


def page(figures: ClassFigures, made: datetime) -> str:
    """Return the report as HTML; whatever came from a name of a trainee or a folder is text in it, all of it visible."""
    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_shown,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"points": _points, "percent": _percent, "ratio": _ratio, "number": _number}
    return environment.get_template("report.html.j2").render(
        figures=figures,
        rows=figures.rows,
        same_notes=list(figures.same_notes),
        groups=figures.copies.count(),
        errors=totals((error_in_words(kind), number) for kind, number in figures.errors.items()),
        flags=totals((flag_in_words(sign), number) for sign, number in figures.flags.items()),
        fails=figures.fails.most_common(),
        item_kinds=ITEM_KINDS,
        most_frequent=lambda item: errors_in_words(item.errors)[:_KINDS],
        signs=lambda row: flags_in_words(row.flags),
        needing=sum(figures.needing.values()),
        made=f"{made:%-d %B %Y, %H:%M}",
        NAMED=NAMED,
        GROUPS=GROUPS,
        LISTED=LISTED,
    )


def _shown(value: Any) -> Any:
    """Make every text that the page shows visible; what is not known is a dash."""
    if value is None:
        return "–"
    return (
        one_line(value) if type(value) is str else value
    )  # what a macro made is done already, and a kind of its own


def _points(value: float | None) -> str | None:
    return None if value is None else points(value)


def _percent(value: float | None) -> str | None:
    return None if value is None else f"{value:.0f} %"


def _ratio(value: float | None) -> str | None:
    return None if value is None else f"{value:.2f}".replace("-", "−")


def _number(value: int) -> str:
    return f"{value:,}"
