"""What a mistake is made of: the facts, the right answer, and the tabular list to go wrong in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from grader.codeset.tabular import CodeSet
from grader.family.derive.find import Finder
from grader.family.derive.line import Answer
from grader.family.facts import Facts


@dataclass(frozen=True, slots=True)
class Wrong:
    """A foreseen mistake: its codes, the type of error, the reason that names the fact, and the rule."""

    codes: tuple[str, ...]
    error: str
    why: str
    cite: tuple[str, ...]


def one(code: str, error: str, why: str, *rules: str) -> Wrong:
    """Return the mistake of reporting one code."""
    return Wrong((code,), error, why, rules)


@dataclass(frozen=True, slots=True)
class Work:
    """One encounter to make mistakes with.

    Parameters
    ----------
    facts
        As the chart tells them.
    coded
        As they are coded: with the suspected diagnosis in place of the symptom where that counts.
    answer
        The right codes.
    find
        The tabular list.
    """

    facts: Facts
    coded: Facts
    answer: Answer
    find: Finder

    @property
    def main(self) -> tuple[str, ...]:
        """The codes of the problem of the visit itself."""
        return self.answer.codes[: self.answer.main]

    @property
    def problem_code(self) -> str:
        """The first code that is not a pain code put first for pain control."""
        return next((code for code in self.main if not code.startswith("G89")), self.main[0])

    def below(self, place: str, *words: str, without: str = "") -> str:
        """Return the one code at or below a place that is named by all the words."""
        return self.find.below(place, *words, without=without)


@lru_cache(maxsize=8192)
def siblings(codes: CodeSet, base: str) -> tuple[tuple[str, ...], ...]:
    """Return the leaves beside a code: those of its parent, then those that its grandparent adds, up to the category."""
    rings: list[tuple[str, ...]] = []
    seen = {base}
    for place in codes.ancestors(base):
        if "-" in place or place.isdigit():
            break
        ring = tuple(leaf for leaf in Finder(codes).leaves(place) if leaf not in seen)
        seen.update(ring)
        rings.append(ring)
    return tuple(rings)


Mistakes = Iterator[Wrong]
