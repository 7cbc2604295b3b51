"""What the facts of the record add to the rules, and where they overrule them."""

from __future__ import annotations

from collections.abc import Iterator

from grader.scoring.documentation import compare_history, compare_visit, reasoning
from grader.scoring.documentation.evidence import Hit
from grader.scoring.documentation.facts import Record, stems
from grader.scoring.documentation.sentences import Clause

_COMPARISONS = {**compare_history.COMPARISONS, **compare_visit.COMPARISONS, **reasoning.COMPARISONS}


def compare(element: str, hits: list[Hit], heard: list[Clause], record: Record) -> list[Hit]:
    """Return the hits of an element after comparing with the record."""
    special = _COMPARISONS.get(element)
    if special:
        hits = special(hits, heard, record)
    if element in _SHARED:
        hits = hits + list(_shared(element, heard, record))
    return hits


# How many telling words of the fact a clause must share before it counts as stating the element.
_SHARED = {
    "location": 3,
    "function": 2,
    "observation": 2,
    "palpation": 3,
    "rom": 3,
    "careplan": 3,
    "education": 3,
}


def _shared(element: str, heard: list[Clause], record: Record) -> Iterator[Hit]:
    """Yield clauses that say the fact in its own words, whether or not a rule knows the phrase."""
    fact, own = record.stems.get(element, frozenset()), record.alone(element)
    for clause in heard:
        if clause.not_done or (clause.others and element != "function"):
            continue
        if element not in ("careplan", "education") and compare_history.INTENT.search(clause.norm):
            continue
        common = stems(clause.norm) & fact
        if (
            len(common) >= _SHARED[element]
            and common & own
            and not clause.is_hypothetical(len(clause.norm) // 2)
        ):
            yield Hit("present", clause, "education" if element == "education" else "")
