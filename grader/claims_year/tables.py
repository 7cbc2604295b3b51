"""HTML that a page shows as it is, and the small tables beside the charts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape

from grader.claims_year.rates import Rate


@dataclass(frozen=True, slots=True)
class Html:
    """Finished HTML; a notebook shows it instead of its text."""

    text: str

    def _repr_html_(self) -> str:
        return self.text


def table(head: Sequence[str], rows: Iterable[Sequence[str]], caption: str) -> Html:
    """Return a table whose first column names the lines."""
    heads = "".join(f'<th scope="col">{escape(name)}</th>' for name in head)
    lines = "\n".join(
        f'<tr><th scope="row">{escape(first)}</th>'
        + "".join(f"<td>{escape(cell)}</td>" for cell in rest)
        + "</tr>"
        for first, *rest in rows
    )
    return Html(
        f'<table class="plot-numbers">\n<caption>{escape(caption)}</caption>\n<thead><tr>{heads}</tr></thead>\n'
        f"<tbody>\n{lines}\n</tbody>\n</table>"
    )


def folded(numbers: Html) -> str:
    """Return a table that opens on demand."""
    return (
        f'<details class="numbers">\n<summary>The numbers of this chart</summary>\n{numbers.text}\n</details>'
    )


def number(value: float) -> str:
    """Write a share with one decimal."""
    return f"{value:.1f}"


def counts(rate: Rate) -> str:
    """Write the counts behind a share: ``36 of 2,412``."""
    return f"{rate.count:,} of {rate.of:,}"


def span(rate: Rate) -> str:
    """Write the range of a share: ``2.1 to 3.8``."""
    low, high = rate.range
    return f"{number(low)} to {number(high)}"
