"""Choosing encounters so that everything a form must have is met exactly: a search that goes back where it has to.

Whatever a form must have is an amount that adds up over its encounters and has a least and a most: points, encounters of one
difficulty, questions of one kind, encounters that ask for a skill.  Before an encounter is taken, the search looks at what the
places after it can still add, and leaves alone what cannot end well; what it found to be hopeless it never tries again.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from itertools import accumulate

from grader.exam.pool import Candidate

MOST_STEPS = 200_000
NO_MOST = 1 << 40
"""The most of what has none."""
Amounts = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Demand:
    """An amount that a form must have.

    Parameters
    ----------
    field
        Where the blueprint asks for it.
    words
        What is counted, in the plural.
    of
        The amount of one encounter; a whole number, so that sums are exact.
    scale
        How many of it make one.
    """

    field: str
    words: str
    low: int
    high: int
    of: Callable[[Candidate], int]
    scale: int = 1


@dataclass(frozen=True, slots=True)
class Stratum:
    """So many of these."""

    count: int
    candidates: tuple[Candidate, ...]


@dataclass(frozen=True, slots=True)
class Span:
    """The least and the most of each amount that places still open can add."""

    low: Amounts
    high: Amounts


class Exhausted(Exception):
    """The search was given up after `MOST_STEPS`: whether there is such a form is not known."""


def assemble(
    strata: Sequence[Stratum], demands: Sequence[Demand], rng: random.Random, last: Collection[str] = ()
) -> tuple[Candidate, ...] | None:
    """Return one choice that meets every demand; None when there is none.

    Parameters
    ----------
    strata
        What is chosen from.
    demands
        What all that is chosen has together.
    rng
        Decides which of many choices it is, and nothing else does.
    last
        Names of what is taken only where nothing else does.

    Raises
    ------
    Exhausted
        When the search takes too long.
    """
    shuffled = [Stratum(each.count, _shuffled(each.candidates, rng, last)) for each in strata]
    if any(each.count > len(each.candidates) for each in shuffled):
        return None
    search = _Search(shuffled, demands)
    found = search.rest(0, 0, shuffled[0].count, (0,) * len(demands))
    return None if found is None else tuple(found)


def _shuffled(
    candidates: Sequence[Candidate], rng: random.Random, last: Collection[str]
) -> tuple[Candidate, ...]:
    # By name first: the order in which files were found must not matter.
    order = sorted(candidates, key=lambda each: each.name)
    rng.shuffle(order)
    return tuple(sorted(order, key=lambda each: each.name in last))


def reach(strata: Sequence[Stratum], demands: Sequence[Demand]) -> Span:
    """Return the least and the most that a form can have of each amount, looked at by itself."""
    search = _Search(strata, demands)
    return search.open(0, 0, strata[0].count)


@dataclass(slots=True)
class _Search:
    strata: Sequence[Stratum]
    demands: Sequence[Demand]
    amounts: list[list[Amounts]] = field(init=False)
    later: list[Span] = field(init=False)
    spans: dict[tuple[int, int, int], Span] = field(default_factory=dict)
    dead: set[tuple[int, int, int, Amounts]] = field(default_factory=set)
    steps: int = 0

    def __post_init__(self) -> None:
        self.amounts = [
            [tuple(demand.of(each) for demand in self.demands) for each in stratum.candidates]
            for stratum in self.strata
        ]
        nothing = (0,) * len(self.demands)
        wholes = [
            self._of(number, 0, stratum.count) for number, stratum in reversed(list(enumerate(self.strata)))
        ]
        self.later = list(accumulate(wholes, _both, initial=Span(nothing, nothing)))[::-1]

    def rest(self, stratum: int, place: int, left: int, sums: Amounts) -> list[Candidate] | None:
        """Choose ``left`` more of a stratum from a place on, and then of all later ones."""
        if not left:
            stratum, place = stratum + 1, 0
            if stratum == len(self.strata):
                return []
            left = self.strata[stratum].count
        state = (stratum, place, left, sums)
        if state in self.dead:
            return None
        candidates = self.strata[stratum].candidates
        tried: set[Amounts] = set()
        for at in range(place, len(candidates) - left + 1):
            if self.amounts[stratum][at] in tried:
                continue  # another one like it has been tried, with more left to go on with
            tried.add(self.amounts[stratum][at])
            after = _plus(sums, self.amounts[stratum][at])
            if self._promising(after, self.open(stratum, at + 1, left - 1)):
                found = self.rest(stratum, at + 1, left - 1, after)
                if found is not None:
                    return [candidates[at], *found]
        self.dead.add(state)
        return None

    def open(self, stratum: int, place: int, left: int) -> Span:
        """Return what the places still open can add."""
        state = (stratum, place, left)
        if state not in self.spans:
            self.spans[state] = _both(self._of(stratum, place, left), self.later[stratum + 1])
        return self.spans[state]

    def _of(self, stratum: int, place: int, left: int) -> Span:
        columns = list(zip(*self.amounts[stratum][place:], strict=True)) if left else []
        if not columns:
            return Span((0,) * len(self.demands), (0,) * len(self.demands))
        ordered = [sorted(column) for column in columns]
        low = tuple(sum(column[:left]) for column in ordered)
        return Span(low, tuple(sum(column[-left:]) for column in ordered))

    def _promising(self, sums: Amounts, span: Span) -> bool:
        self.steps += 1
        if self.steps > MOST_STEPS:
            raise Exhausted
        return all(
            demand.low <= most and least <= demand.high
            for demand, least, most in zip(
                self.demands, _plus(sums, span.low), _plus(sums, span.high), strict=True
            )
        )


def _plus(one: Amounts, other: Amounts) -> Amounts:
    return tuple(a + b for a, b in zip(one, other, strict=True))


def _both(one: Span, other: Span) -> Span:
    return Span(_plus(one.low, other.low), _plus(one.high, other.high))
