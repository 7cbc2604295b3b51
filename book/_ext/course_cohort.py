"""How sure the exam is, from the card that a simulation writes.

```{cohort-table} results```     a table: results, cohorts, causes, lengths, allowed, marks, seeds or made-from
```{cohort-plot} passes```       a plot with its numbers as a table: passes or length
{cohort}`ready-wrong`            a number in a sentence

A card that is missing or lacks something fails the build: the page shows no number that was not simulated.
"""

from __future__ import annotations

from typing import Any

from course_reading import card_of, plot_nodes, table_node
from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective, SphinxRole

from grader.cohort import card as cards
from grader.cohort import names, plot, tables
from grader.cohort.card import PLACE, Card, read_card
from grader.cohort.plot import PLOTS
from grader.cohort.tables import TABLES, numbers

_CARD, _NUMBERS = "course_cohort_card", "course_cohort_numbers"
_BELOW = {"passes": tables.by_true_share, "length": tables.lengths}
_LOG = logging.getLogger(__name__)


def _card(asked: SphinxDirective | SphinxRole) -> Card | None:
    return card_of(asked, _CARD, PLACE, read_card, (cards, names, plot, tables))


class CohortTable(SphinxDirective):
    """One of the tables: ``{cohort-table} results``."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """Build the table."""
        card, name = _card(self), self.arguments[0]
        if name not in TABLES:
            raise self.error(f"There is no table {name!r}. There are {', '.join(TABLES)}.")
        return [table_node(TABLES[name](card))] if card else []


class CohortPlot(SphinxDirective):
    """One of the plots, with its numbers folded below it: ``{cohort-plot} passes``."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """Draw the plot."""
        card, name = _card(self), self.arguments[0]
        if name not in PLOTS:
            raise self.error(f"There is no plot {name!r}. There are {', '.join(PLOTS)}.")
        if card is None:
            return []
        drawn = PLOTS[name](card)
        return plot_nodes(drawn.svg, drawn.caption, _BELOW[name](card))


class NumberRole(SphinxRole):
    """A number in a sentence: ``{cohort}`ready-wrong` ``."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """Write the number as the tables do."""
        card = _card(self)
        if card is None:
            return [nodes.Text("–")], []
        told: dict[str, str] = self.env.temp_data.setdefault(_NUMBERS, numbers(card))
        if self.text not in told:
            _LOG.warning("The card has no number %r.", self.text, location=self.get_location())
        return [nodes.Text(told.get(self.text, "–"))], []


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the directives and the role."""
    app.add_directive("cohort-table", CohortTable)
    app.add_directive("cohort-plot", CohortPlot)
    app.add_role("cohort", NumberRole())
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
