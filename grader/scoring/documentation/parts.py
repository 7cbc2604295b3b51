"""Elements of two parts: both make a full statement, one makes half of it."""

from __future__ import annotations

from collections.abc import Iterable

from grader.scoring.documentation.lexicon import Groups
from grader.scoring.documentation.openness import opens
from grader.scoring.documentation.quantities import spans

PARTS: dict[str, dict[str, Groups]] = {
    "timing": {
        "duration": frozenset(("time.onset",)),
        "frequency": frozenset(("time.pattern", "constant", "intermittent")),
    },
    "modifiers": {"aggravating": frozenset(("worse",)), "relieving": frozenset(("better",))},
    "education": {"education": frozenset(("teach",)), "goal": frozenset(("goal",))},
    "rationale": {"site": frozenset(), "cause": frozenset()},
}
"""The parts of an element, each with the groups of words that tell it from the other."""


def parts_said(element: str, clauses: Iterable[tuple[str, Groups, str]]) -> frozenset[str]:
    """Return which parts of an element some clauses speak of.

    Parameters
    ----------
    element
        One of `PARTS`.
    clauses
        Of each clause its normalized text, its groups of words, and the part that its label names.
    """
    said: set[str] = set()
    for norm, groups, label in clauses:
        said.add(label)
        said |= {part for part, names in PARTS[element].items() if groups & names}
        if element == "timing" and spans(norm):
            said.add("duration")
        if element == "rationale":
            said |= opens(norm)
    return frozenset(said & set(PARTS[element]))
