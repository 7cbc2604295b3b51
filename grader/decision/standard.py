"""Whether a sitting reaches the standard of its exam: pure arithmetic, exact at the boundary.

Codes are counted as the industry counts: correct ÷ (reference + extra), over all questions of a form.  A case that fails
automatically has all its codes missed.  What an instructor has not confirmed yet may turn out either way: a criterion is met
only if it is so at worst, and missed only if it is so at best.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from math import sqrt

from grader.decision.judged import FAILURES, Judged
from grader.decision.outcome import FAILED, PASSED, WAITING, Criterion, Outcome
from grader.decision.words import in_words
from grader.exam.blueprint import Standard

NEAR = 2
"""Standard errors on either side of the pass mark within which a decision is worth a second look."""
_FINE = 1_000_000


@dataclass(frozen=True, slots=True)
class Decision:
    """What a sitting comes to.

    Parameters
    ----------
    outcome
        ``passed``, ``failed`` or ``waiting``.
    criteria
        Every part of the standard.
    reasons
        In plain words, why it is not a pass; empty for a pass.
    near
        Whether the codes came within two standard errors of the pass mark.
    standard_error
        Of the share of codes of somebody who stands at the pass mark; see `error_at`.
    """

    outcome: str
    criteria: tuple[Criterion, ...]
    reasons: tuple[str, ...]
    near: bool
    standard_error: float


@dataclass(frozen=True, slots=True)
class _Range:
    """What was reached: as it stands, and at worst and at best once everything is confirmed."""

    stands: Fraction
    worst: Fraction
    best: Fraction
    of: Fraction


def decide(cells: Sequence[Judged], standard: Standard) -> Decision:
    """Decide about one sitting.

    Parameters
    ----------
    cells
        Every question of the form, answered or not; their order does not matter.
    standard
        What the blueprint asks.

    Raises
    ------
    ValueError
        When the form has no question of a kind that the standard asks for, or a case fails for a reason without a name.
    """
    criteria = tuple(_criteria(cells, standard))
    outcome = _outcome(criteria)
    codes = next(criterion for criterion in criteria if criterion.name == "codes")
    error = error_at(standard.codes, codes.of)
    near = abs(codes.value - codes.limit) <= NEAR * error
    reasons = tuple(in_words(each) for each in criteria if each.met is not True)
    return Decision(outcome, criteria, reasons, near, error)


def full_is_near(codes: Criterion) -> bool:
    """Tell whether a form asks for so few codes that even all of them right lie within two standard errors of the mark."""
    return 1 - codes.limit <= NEAR * error_at(codes.limit, codes.of)


def is_short(outcome: Outcome) -> bool:
    """Tell whether a decision is near the mark and, the form being short, would be so with a full score: see `full_is_near`."""
    return outcome.near and any(each.name == "codes" and full_is_near(each) for each in outcome.criteria)


def error_at(mark: float, codes: float) -> float:
    """Return the standard error of a share of codes at the pass mark: √(mark × (1 − mark) ÷ codes).

    This is the binomial error of Lord (1955): each code is taken for a draw from all that could have been asked, right with the
    chance that the mark says.  Codes of one encounter hang together, so it is a rough measure.
    """
    return sqrt(mark * (1 - mark) / codes)


def _outcome(criteria: Iterable[Criterion]) -> str:
    met = {criterion.met for criterion in criteria}
    if False in met:
        return FAILED
    return WAITING if None in met else PASSED


def _criteria(cells: Sequence[Judged], standard: Standard) -> Iterable[Criterion]:
    yield _at_least("codes", _codes(cells), standard.codes)
    ordered = [cell.first_listed for cell in cells if cell.first_listed is not None]
    if ordered:
        share = Fraction(sum(ordered), len(ordered))
        yield _at_least(
            "first_listed", _Range(share, share, share, Fraction(len(ordered))), standard.first_listed
        )
    if standard.documentation is not None:
        words = _points("documentation", [cell for cell in cells if cell.in_own_words])
        yield _at_least("documentation", words, standard.documentation)
    if standard.tasks is not None:
        others = [cell for cell in cells if not cell.in_own_words and not cell.counts_codes]
        yield _at_least("tasks", _points("tasks", others), standard.tasks)
    for name in FAILURES:
        yield _at_most(name, cells, getattr(standard, name))


def _codes(cells: Sequence[Judged]) -> _Range:
    """Count the codes; a case whose fail is not confirmed keeps them at best and loses them at worst."""
    sure = {cell.case for cell in cells if cell.fails_surely}
    perhaps = {cell.case for cell in cells if cell.failed} - sure
    counted = [cell for cell in cells if cell.counts_codes]
    of = sum(cell.reference + cell.extra for cell in counted)
    if not of:
        raise ValueError("no question of this form asks for codes, and the standard does")
    alive = [cell for cell in counted if cell.case not in sure]
    stands = sum(cell.correct for cell in alive if cell.case not in perhaps)
    worst = sum(cell.correct for cell in alive if cell.case not in perhaps and cell.confirmed)
    best = sum(cell.correct if cell.confirmed else cell.reference for cell in alive)
    return _Range(Fraction(stands, of), Fraction(worst, of), Fraction(best, of), Fraction(of))


def _points(name: str, cells: Sequence[Judged]) -> _Range:
    of = sum((exact(cell.possible) for cell in cells), Fraction())
    if not of:
        raise ValueError(f"no question of this form counts for {name!r}, and the standard asks for it")
    stands, worst, best = Fraction(), Fraction(), Fraction()
    for cell in cells:
        got = exact(cell.points or 0.0)
        stands += got
        worst += got if cell.confirmed else 0
        best += got if cell.confirmed else exact(cell.possible)
    return _Range(stands / of, worst / of, best / of, of)


@lru_cache(maxsize=4096)
def exact(number: float) -> Fraction:
    """Return points as the fraction they were meant to be: thirds of points are not exact otherwise."""
    return Fraction(number).limit_denominator(_FINE)


def _at_least(name: str, reached: _Range, limit: float) -> Criterion:
    mark = exact(limit)
    met = True if reached.worst >= mark else None if reached.best >= mark else False
    return Criterion(name, float(reached.stands), limit, met, float(reached.of))


def _at_most(name: str, cells: Sequence[Judged], limit: int) -> Criterion:
    failing = [cell for cell in cells if name in cell.failures]
    sure = {cell.case for cell in failing if cell.fails_surely}
    perhaps = {cell.case for cell in failing}
    met = False if len(sure) > limit else None if len(perhaps) > limit else True
    return Criterion(name, float(len(perhaps)), float(limit), met, float(len({cell.case for cell in cells})))
