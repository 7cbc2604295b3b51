"""When two encounters are so alike that having seen one helps with the other: same answer, and much of the chart in common."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from math import ceil

from grader.family.similarity import jaccard, shingles
from grader.library.encounter import Case
from grader.library.item_keys import CodesKey
from grader.library.reference import Key

ALIKE = 0.5
"""Share of five-word runs from which two charts count as alike; of draws from one family one pair in 100,000 has it."""
Chart = frozenset[int]
Answer = tuple[tuple[str, ...], ...]


def chart_of(case: Case) -> Chart:
    """Return the five-word runs of a chart, for comparison."""
    return shingles("\n".join(f"{paper.title}\n{paper.text}" for paper in case.documents))


def answer_of(key: Key) -> Answer:
    """Return the codes that a key expects, question by question; order and reasons do not matter."""
    return tuple(
        tuple(sorted(expected.code for expected in item.expected))
        for _, item in sorted(key.items.items())
        if isinstance(item, CodesKey)
    )


def likeness(one: Chart, other: Chart) -> float:
    """Return the share of five-word runs that two charts have in common."""
    return jaccard(one, other)


def twins(charts: Mapping[str, Chart]) -> dict[str, str]:
    """Return for each chart that is like an earlier one the name of that one.

    Of two charts with half of their runs in common, each has one of these among the rarer half of its own: charts without
    such a run in common need not be compared.
    """
    commonness = Counter(run for chart in charts.values() for run in chart)
    having: dict[int, list[int]] = defaultdict(list)
    names = list(charts)
    found: dict[str, str] = {}
    for place, (name, chart) in enumerate(charts.items()):
        order = sorted(chart, key=lambda run: (commonness[run], run))
        rare = order[: len(order) - ceil(ALIKE * len(order)) + 1]
        near = sorted({other for run in rare for other in having[run]})
        like = next((names[at] for at in near if likeness(chart, charts[names[at]]) >= ALIKE), None)
        if like is not None:
            found[name] = like
            continue
        for run in rare:
            having[run].append(place)
    return found
