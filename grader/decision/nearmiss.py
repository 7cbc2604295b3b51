"""Decisions that came out close to the pass mark, and what a reviewer should look at first; for instructors alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor

from grader.decision.answered import Answered
from grader.decision.judged import Judged
from grader.decision.outcome import FAILED, PASSED, WAITING, Outcome
from grader.decision.sat import Sat
from grader.decision.standard import error_at, exact
from grader.grading.reports.words import flag_in_words


@dataclass(frozen=True, slots=True)
class NearMiss:
    """One sitting within two standard errors of the pass mark.

    Parameters
    ----------
    share, errors
        Of codes; and how many standard errors it is away from the mark, below 0 for less than the mark.
    away
        By how many right codes, in words.
    look_at
        What to look at first, case by case.
    """

    outcome: Outcome
    share: float
    errors: float
    away: str
    look_at: tuple[str, ...]


def near_misses(sittings: Sequence[Sat], outcomes: Sequence[Outcome]) -> tuple[NearMiss, ...]:
    """Return the near misses on either side of the mark, the closest first.

    Parameters
    ----------
    sittings, outcomes
        Of the same forms, in the same order.
    """
    near = [
        _near_miss(sat, outcome)
        for sat, outcome in zip(sittings, outcomes, strict=True)
        if outcome.near and outcome.outcome in (PASSED, FAILED, WAITING)
    ]
    return tuple(sorted(near, key=lambda each: (abs(each.errors), each.outcome.trainee)))


def _near_miss(sat: Sat, outcome: Outcome) -> NearMiss:
    codes = next(each for each in outcome.criteria if each.name == "codes")
    error = error_at(codes.limit, codes.of)
    errors = (codes.value - codes.limit) / error if error else 0.0
    right, asked = round(codes.value * codes.of), exact(codes.limit) * Fraction(codes.of)
    return NearMiss(outcome, codes.value, errors, _away(right, asked), tuple(_look_at(sat.answers)))


def _away(right: int, asked: Fraction) -> str:
    """Say how many codes lie between what was reached and the mark."""
    if right >= asked:
        spare = floor(right - asked)
        return f"{_codes(spare)} to spare" if spare else "not one code to spare"
    return f"{_codes(ceil(asked - right))} short"


def _codes(number: int) -> str:
    return "1 code" if number == 1 else f"{number} codes"


def _fails(judged: Judged) -> str:
    if judged.ruled:
        return "ruled to fail"
    return "fails by a program's reading of its words" if judged.in_own_words else "fails"


def _look_at(answers: Sequence[Answered]) -> Iterator[str]:
    """Yield what may change the decision: what somebody should look at anyway, then where codes were lost."""
    for answer in answers:
        said = [flag_in_words(flag) for flag in answer.kept.flags]
        said += [] if answer.judged.confirmed else ["waits for confirmation"]
        said += ["points given by hand"] if answer.by_hand and not answer.judged.in_own_words else []
        said += [f"{_fails(answer.judged)}: {reason}" for reason in answer.judged.failed]
        if said:
            yield f"{answer.question.name}: {'; '.join(said)}"
    for answer in answers:
        cell = answer.judged
        if cell.counts_codes and (cell.correct < cell.reference or cell.extra):
            lost = f"{cell.correct} of {_codes(cell.reference)}"
            yield f"{answer.question.name}: {lost}" + (f", {cell.extra} too many" if cell.extra else "")
