"""What the form does to a result: how far forms differ in difficulty, and how many decisions turn with the form."""

from __future__ import annotations

import random
from collections.abc import Sequence
from math import sqrt

import numpy as np

from grader.cohort.rates import share, verdict
from grader.cohort.sitting import take
from grader.cohort.trainee import EXAM_MARK, difficulty
from grader.cohort.world import Cells, Sitter, World
from grader.decision.figures import counted
from grader.exam.blueprint import Standard
from grader.exam.form import Form

REPEATS = 40
"""How often each form is sat by the same trainee at the mark, to see what it is worth."""


def form_spread(world: World) -> dict[str, float]:
    """Return how far forms differ for a trainee who stands at the mark: standard deviation, lowest and highest mean share.

    What is left of the luck of single sittings in the means is taken out of the standard deviation.
    """
    results = [[_share(form, world, again) for again in range(REPEATS)] for form in world.forms]
    means = [float(np.mean(each)) for each in results]
    luck = float(np.mean([np.var(each, ddof=1) for each in results]))
    between = max(0.0, float(np.var(means, ddof=1)) - luck / REPEATS)
    return {"spread": sqrt(between), "luck": sqrt(luck), "lowest": min(means), "highest": max(means)}


def _share(form: Form, world: World, again: int) -> float:
    """Return the share of codes of somebody who stands at the mark in every skill."""
    rng = random.Random(f"forms/{form.id}/{again}")
    cells: Cells = tuple(
        cell
        for case in form.cases
        for cell in take(case, form.keys[case.id], EXAM_MARK - difficulty(case), world.marking, rng)
    )
    return codes_of(cells)


def codes_of(cells: Cells) -> float:
    """Return the share of codes of a sitting, as it is decided on."""
    found = counted(cells, {cell.case: "" for cell in cells})
    if found is None:
        raise ValueError("no question of this form asks for codes")
    return found.share


def turned(sitters: Sequence[Sitter], standard: Standard) -> dict[str, float]:
    """Return which part of decisions turns on another form, and which on the same form on another day."""
    first = [verdict(each.truth, each.cells, standard).passed for each in sitters]
    other = [verdict(each.truth, each.other, standard).passed for each in sitters]
    again = [verdict(each.truth, each.again, standard).passed for each in sitters]
    return {
        "other_form": share(a != b for a, b in zip(first, other, strict=True)).value,
        "other_day": share(a != b for a, b in zip(first, again, strict=True)).value,
    }
