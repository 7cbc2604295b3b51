"""What made-up trainees would reach if they could answer all that the blueprint draws from: their true values.

A true value is an expectation: over the encounters of a large sample of forms, drawn as the blueprint weighs them, and over all
answers that a trainee might give.  It is worked out once for each kind of encounter at steps of ability, with the same draws of
chance at each step, and read off between the steps for every trainee.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from grader.cohort.sitting import Marking, take
from grader.cohort.trainee import Trainee, difficulty
from grader.decision.judged import FAILURES, Judged
from grader.exam.blueprint import Standard
from grader.exam.form import Form
from grader.library.encounter import Case
from grader.library.reference import Key

Numbers = npt.NDArray[np.float64]
Skills = tuple[str, ...]
STEPS = np.arange(-2.0, 9.01, 0.5)
"""Abilities at which true values are worked out; nobody in a cohort lies far outside of them."""
SHARES = ("codes", "first_listed", "documentation", "tasks")
_AT_LEAST = 1e-9


@dataclass(frozen=True, slots=True)
class Truth:
    """True values of one trainee.

    Parameters
    ----------
    shares
        True share of each part of the standard that is a share, from 0 to 1; only those that the forms ask for.
    failing
        For each automatic fail, how many cases of a form fail for it on average.
    """

    shares: Mapping[str, float]
    failing: Mapping[str, float]

    def short_of(self, standard: Standard) -> tuple[str, ...]:
        """Return the parts of a standard that a trainee truly does not reach; nobody who reaches all is incompetent.

        An automatic fail counts as not reached where more forms than not would have too many of them.
        """
        asked = {name: getattr(standard, name) for name in self.shares}
        short = [
            name for name, mark in asked.items() if mark is not None and self.shares[name] < mark - _AT_LEAST
        ]
        many = [name for name in FAILURES if _too_many(self.failing[name], getattr(standard, name)) > 0.5]
        return (*short, *many)


def _too_many(mean: float, allowed: int) -> float:
    """Return the chance of more cases than are allowed, by Poisson's law: many cases, each with a small chance."""
    term = total = float(np.exp(-mean))
    for number in range(1, allowed + 1):
        term *= mean / number
        total += term
    return 1 - total


@dataclass(frozen=True, slots=True)
class Domain:
    """What the encounters of one set of skills bring on average in a form, at each of `STEPS`: one line a step."""

    curves: Mapping[Skills, Numbers]

    def truths(self, trainees: Sequence[Trainee]) -> tuple[Truth, ...]:
        """Return the true values of trainees."""
        totals = np.zeros((len(trainees), len(_COLUMNS)))
        for skills, curve in self.curves.items():
            at = np.asarray([trainee.at(skills) for trainee in trainees])
            for column in range(len(_COLUMNS)):
                totals[:, column] += np.interp(at, STEPS, curve[:, column])
        return tuple(_truth(dict(zip(_COLUMNS, map(float, line), strict=True))) for line in totals)


_COLUMNS = (*(f"{part} {name}" for name in SHARES for part in ("right", "of")), *FAILURES)


def _truth(sums: Mapping[str, float]) -> Truth:
    asked = [name for name in SHARES if sums[f"of {name}"] > 0]
    shares = {name: sums[f"right {name}"] / sums[f"of {name}"] for name in asked}
    return Truth(shares, {name: sums[name] for name in FAILURES})


def explore(
    forms: Sequence[Form], marking: Marking, seed: int, repeats: int, tell: Callable[[str], None]
) -> Domain:
    """Work out the true values over a sample of forms.

    Parameters
    ----------
    forms
        Drawn by the blueprint.
    marking
        The scorer.
    seed
        Where chance comes from.
    repeats
        How often each encounter is answered at each step.
    tell
        Is told how far it is.
    """
    groups: dict[Skills, list[tuple[Case, Key]]] = defaultdict(list)
    for form in forms:
        for case in form.cases:
            groups[case.skills].append((case, form.keys[case.id]))
    curves = {}
    for number, (skills, cases) in enumerate(sorted(groups.items(), key=lambda each: each[0]), start=1):
        curves[skills] = _curve(cases, marking, seed, repeats) / (len(forms) * repeats)
        tell(f"true values: {number} of {len(groups)} kinds of encounters")
    return Domain(curves)


def _curve(cases: Sequence[tuple[Case, Key]], marking: Marking, seed: int, repeats: int) -> Numbers:
    curve = np.zeros((len(STEPS), len(_COLUMNS)))
    for place, (case, key) in enumerate(cases):
        hard = difficulty(case)
        for again in range(repeats):
            for step, ability in enumerate(STEPS):
                rng = random.Random(f"{seed}/truth/{case.id}/{place}/{again}")
                curve[step] += _sums(take(case, key, float(ability) - hard, marking, rng))
    return curve


def _sums(cells: Sequence[Judged]) -> Numbers:
    """Return what one answered encounter adds, as deciding counts it."""
    sums = dict.fromkeys(_COLUMNS, 0.0)
    failed = any(cell.failed for cell in cells)
    for cell in cells:
        if cell.counts_codes:
            sums["right codes"] += 0 if failed else cell.correct
            sums["of codes"] += cell.reference + cell.extra
            if cell.first_listed is not None:
                sums["right first_listed"] += cell.first_listed
                sums["of first_listed"] += 1
        else:
            name = "documentation" if cell.in_own_words else "tasks"
            sums[f"right {name}"] += cell.points or 0.0
            sums[f"of {name}"] += cell.possible
    for name in frozenset().union(*(cell.failures for cell in cells)):
        sums[name] += 1
    return np.asarray([sums[name] for name in _COLUMNS])
