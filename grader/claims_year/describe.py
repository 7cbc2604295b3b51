"""Say in words what a chart shows, from the same numbers that draw it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from grader.claims_year.findings import MONTHS, Pair
from grader.claims_year.rates import Rate
from grader.claims_year.tables import counts, number, span


def of_bars(rows: Sequence[tuple[str, Rate]]) -> str:
    """Describe bars: the longest first, then the others as they stand."""
    largest = max(rows, key=lambda row: row[1].per_hundred)
    told = "; ".join(f"{name}, {number(rate.per_hundred)}" for name, rate in rows)
    first = f"{largest[0]}, {counts(largest[1])} claims, which is {number(largest[1].per_hundred)} of 100"
    return f"The longest bar: {first}. From top to bottom, of 100 claims: {told}."


def of_months(series: Iterable[tuple[str, Sequence[Rate]]]) -> str:
    """Describe lines over the months: where each is highest and lowest, and how it begins and ends."""
    return " ".join(_line(name, rates) for name, rates in series)


def _line(name: str, rates: Sequence[Rate]) -> str:
    shares = [rate.per_hundred for rate in rates]
    high, low = (shares.index(extreme(shares)) for extreme in (max, min))
    return (
        f"{name}, of 100 claims: {number(shares[0])} in January and {number(shares[-1])} in December; "
        f"highest in {MONTHS[high]} with {number(shares[high])}, lowest in {MONTHS[low]} with {number(shares[low])}."
    )


def of_pairs(pairs: Sequence[Pair]) -> str:
    """Describe shares before and after with their ranges, and tell which moved beyond chance."""
    told = "; ".join(f"{pair.name}: {_side(pair.before)} before, {_side(pair.after)} after" for pair in pairs)
    return f"Of 100 claims, with the range in brackets. {told}. {_moved(pairs)}"


def _side(rate: Rate) -> str:
    return f"{number(rate.per_hundred)} ({span(rate)})"


def _moved(pairs: Sequence[Pair]) -> str:
    fell = [pair.name for pair in pairs if pair.fell]
    rose = [pair.name for pair in pairs if pair.rose]
    lines = [f"Lower, with ranges that do not touch: {', '.join(fell)}."] if fell else []
    lines += [f"Higher, with ranges that do not touch: {', '.join(rose)}."] if rose else []
    return " ".join(lines) or "The ranges before and after touch each other everywhere."
