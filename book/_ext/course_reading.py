"""How well notes are read, from the model card that training writes.

```{reading-table} held-out```   a table: held-out, writers, elements, training or model
```{reading-plot}```             confidence against what was right, with its numbers as a table
```{reading-failures}```         what it is known to get wrong
{reading}`notes`                 a number in a sentence

A card that is missing or lacks something fails the build: the page shows no number that was not measured.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from html import escape
from pathlib import Path
from types import ModuleType
from typing import Any, TypeVar

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective, SphinxRole

from grader.errors import CourseError
from grader.scoring.documentation import names
from grader.site.reading import card as cards
from grader.site.reading import plot, tables
from grader.site.reading.card import PLACE, Card, read_card
from grader.site.reading.tables import TABLES, Table, numbers

_CARD, _NUMBERS = "course_reading_card", "course_reading_numbers"
_FOLD = '<details class="numbers">\n<summary>The numbers of this chart</summary>\n'
_SHOWN = TypeVar("_SHOWN")
_LOG = logging.getLogger(__name__)


def _card(asked: SphinxDirective | SphinxRole) -> Card | None:
    return card_of(asked, _CARD, PLACE, read_card, (cards, names, plot, tables))


def card_of(
    asked: SphinxDirective | SphinxRole,
    name: str,
    place: Path | str,
    read: Callable[[Path], _SHOWN],
    modules: Iterable[ModuleType],
) -> _SHOWN | None:
    """Return a card, read once for each page; None where it cannot be used, which is told once.

    ``modules`` are those that the page is made with: it is made anew when one of them changes.
    """
    kept = asked.env.temp_data
    if name not in kept:
        path = Path(asked.env.srcdir) / place
        for source in (path, *(Path(str(module.__file__)) for module in modules)):
            asked.env.note_dependency(str(source))
        try:
            kept[name] = read(path)
        except CourseError as error:
            _LOG.warning("%s", error, location=asked.get_location())
            kept[name] = None
    found: _SHOWN | None = kept[name]
    return found


def plot_nodes(svg: str, caption: str, table: Table) -> list[nodes.Node]:
    """Return a plot with its numbers folded below it."""
    figure = f'<figure class="drawing plot">\n{svg}\n<figcaption>{escape(caption)}</figcaption>\n</figure>\n{_FOLD}'
    told = table_node(table)
    told["classes"].append("plot-numbers")
    return [nodes.raw("", figure, format="html"), told, nodes.raw("", "</details>", format="html")]


class CardDirective(SphinxDirective):
    """What the directives share: no card, nothing to show."""

    has_content = False

    def run(self) -> list[nodes.Node]:
        """Show a part of the card."""
        card = _card(self)
        return self.show(card) if card else []

    def show(self, card: Card) -> list[nodes.Node]:
        """Return what this directive shows of the card."""
        raise NotImplementedError  # each directive below shows its own part


class TableDirective(CardDirective):
    """One of the tables: ``{reading-table} held-out``."""

    required_arguments = 1

    def show(self, card: Card) -> list[nodes.Node]:
        """Build the table."""
        make: Callable[[Card], Table] | None = TABLES.get(self.arguments[0])
        if make is None:
            raise self.error(f"There is no table {self.arguments[0]!r}. There are {', '.join(TABLES)}.")
        return [table_node(make(card))]


class PlotDirective(CardDirective):
    """The plot of confidence: ``{reading-plot}``."""

    def show(self, card: Card) -> list[nodes.Node]:
        """Draw the plot and fold its numbers below it."""
        return plot_nodes(plot.calibration_plot(card), plot.CAPTION, tables.calibration(card))


class FailuresDirective(CardDirective):
    """What is known to go wrong: ``{reading-failures}``."""

    def show(self, card: Card) -> list[nodes.Node]:
        """List the sentences of the card."""
        if not card.failures:
            return [nodes.paragraph("", "This training wrote down no kind of error.")]
        return [nodes.bullet_list("", *(nodes.list_item("", nodes.paragraph("", text)) for text in card.failures))]  # fmt: skip


class NumberRole(SphinxRole):
    """A number in a sentence: ``{reading}`notes` ``."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """Write the number as the tables do."""
        card = _card(self)
        if card is None:
            return [nodes.Text(tables.NOTHING)], []
        kept = self.env.temp_data
        told: dict[str, str] = kept.setdefault(_NUMBERS, numbers(card))
        if self.text not in told:
            _LOG.warning("The card has no number %r.", self.text, location=self.get_location())
        return [nodes.Text(told.get(self.text, tables.NOTHING))], []


def table_node(table: Table) -> nodes.table:
    """Return a table whose first column heads its lines."""
    width = 100 // len(table.head)
    group = nodes.tgroup(
        "",
        nodes.colspec(colwidth=width, stub=1),
        *(nodes.colspec(colwidth=width) for _ in table.head[1:]),
        cols=len(table.head),
    )
    group += nodes.thead("", _row(table.head))
    group += nodes.tbody("", *(_row(row) for row in table.rows))
    return nodes.table("", nodes.title("", table.caption), group, classes=["reading"])


def _row(cells: tuple[str, ...]) -> nodes.row:
    return nodes.row("", *(nodes.entry("", nodes.paragraph("", "", *_cell(cell))) for cell in cells))


def _cell(text: str) -> list[nodes.Node]:
    """Keep a range or a count in brackets in one line."""
    first, bracket, rest = text.rpartition(" (")
    if not bracket or not any(sign.isdecimal() for sign in rest):
        return [nodes.Text(text)]
    return [nodes.Text(f"{first} "), nodes.inline("", f"({rest}", classes=["range"])]


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the directives and the role."""
    app.add_directive("reading-table", TableDirective)
    app.add_directive("reading-plot", PlotDirective)
    app.add_directive("reading-failures", FailuresDirective)
    app.add_role("reading", NumberRole())
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
