"""How sure the decisions of an exam are: classical test theory over sittings whose forms differ.

Forms have few items in common, so no coefficient that asks for the same items applies to the share of codes.  Items are taken
as drawn anew for each person within the parts of the blueprint (items nested in persons: Brennan 2001, Generalizability
Theory, ch. 4; parts as fixed strata: Cronbach, Schönemann & McKie 1965).  A case, whose codes hang together, is one draw.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

ENOUGH = 30
"""How many sittings it takes before figures of a whole exam are worth a look."""
Numbers = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Counted:
    """What one person got, case by case.

    Parameters
    ----------
    right, of
        For every case what was right, and of how much: codes, or points.
    strata
        To which part of the blueprint each case belongs; empty where there are no parts.
    """

    right: tuple[float, ...]
    of: tuple[float, ...]
    strata: tuple[str, ...] = ()

    @property
    def share(self) -> float:
        """What was right of all."""
        return sum(self.right) / sum(self.of)


def error_variance(sitting: Counted) -> float | None:
    """Return the variance of one person's share over forms that could have been drawn instead.

    Linearized variance of a ratio (Cochran 1977, Sampling Techniques, ch. 6 and 11), cases as draws within strata; a stratum
    with one case is taken together with the others of its kind.  None where there are fewer than two cases.
    """
    right, of = np.asarray(sitting.right), np.asarray(sitting.of)
    if len(right) < 2:
        return None
    rest = right - sitting.share * of
    total = 0.0
    for places in _strata(sitting):
        part = rest[places]
        total += len(part) * float(part.var(ddof=1))
    return total / float(of.sum()) ** 2


def _strata(sitting: Counted) -> list[list[int]]:
    found: dict[str, list[int]] = defaultdict(list)
    for place, name in enumerate(sitting.strata or ("",) * len(sitting.of)):
        found[name].append(place)
    several = [places for places in found.values() if len(places) > 1]
    alone = [place for places in found.values() if len(places) == 1 for place in places]
    if len(alone) > 1 or not several:
        return [*several, alone] if alone else several
    # One case that has no other beside it joins the smallest part.
    several.sort(key=len)
    return [several[0] + alone, *several[1:]]


def reliability(sittings: Sequence[Counted]) -> float | None:
    """Return which part of the variance of shares is not error, between 0 and 1.

    1 − mean error variance ÷ variance of the shares.  How much harder one form is than another counts as error, as it must
    where forms differ.  None where there are fewer than two people, or nobody differs.
    """
    shares = np.asarray([sitting.share for sitting in sittings])
    error = mean_error_variance(sittings)
    if error is None or len(shares) < 2:
        return None
    variance = float(shares.var(ddof=1))
    return None if variance < 1e-12 else min(1.0, max(0.0, 1 - error / variance))


def mean_error_variance(sittings: Sequence[Counted]) -> float | None:
    """Return the mean error variance; its root is the standard error of measurement.  None where nobody's can be told."""
    known = [each for each in map(error_variance, sittings) if each is not None]
    return float(np.mean(known)) if known else None


def error_at_mark(sittings: Sequence[Counted], mark: float) -> float | None:
    """Return the standard error of measurement of somebody at the pass mark.

    Errors go with x(1 − x), as those of a binomial do, scaled so that they meet the mean of what is observed (Keats 1957).
    """
    error = mean_error_variance(sittings)
    spread = float(np.mean([s.share * (1 - s.share) for s in sittings])) if sittings else 0.0
    if error is None or spread < 1e-12:
        return None
    return float(np.sqrt(error / spread * mark * (1 - mark)))


@dataclass(frozen=True, slots=True)
class Consistency:
    """How decisions would turn out on another form, and against the true share.

    Parameters
    ----------
    same
        Which part of people would get the same decision on another form.
    kappa
        The same beyond chance (Cohen 1960).
    right
        Which part gets the decision that the true share deserves.
    false_pass, false_fail
        Which part of all people passes below the mark, and fails above it.
    """

    same: float
    kappa: float
    right: float
    false_pass: float
    false_fail: float


_GRID = 2000
_MOST_ITEMS = 2000


def consistency(mean: float, variance: float, reliable: float, mark: float) -> Consistency | None:
    """Return how consistent decisions at a mark are, by Livingston & Lewis (1995) with a true-score beta of two parameters.

    Parameters
    ----------
    mean, variance, reliable
        Of the shares, between 0 and 1.
    mark
        The share from which one passes.

    Returns
    -------
    Consistency | None
        None where the shares do not allow of such a distribution: nobody differs, or nothing but error does.
    """
    true = reliable * variance
    room = mean * (1 - mean)
    if not 0 < true < room or reliable >= 1:
        return None
    length = min(_MOST_ITEMS, max(1, round((room - true) / (variance * (1 - reliable)))))
    taus, weights = _beta(mean, room / true - 1)
    passes = _at_least(length, int(np.ceil(mark * length - 1e-9)), taus)
    both, one = float(weights @ passes**2), float(weights @ passes)
    same = 1 - 2 * (one - both)
    chance = one**2 + (1 - one) ** 2
    deserve = taus >= mark
    false_pass = float(weights @ (passes * ~deserve))
    false_fail = float(weights @ ((1 - passes) * deserve))
    kappa = (same - chance) / (1 - chance) if chance < 1 else 1.0
    return Consistency(same, kappa, 1 - false_pass - false_fail, false_pass, false_fail)


def _beta(mean: float, strength: float) -> tuple[Numbers, Numbers]:
    """Return a grid of true shares with the weight of each; in sin² its density stays finite for all but extreme shapes."""
    angles = (np.arange(_GRID) + 0.5) / _GRID * np.pi / 2
    taus = np.sin(angles) ** 2
    a, b = mean * strength, (1 - mean) * strength
    logs = (a - 0.5) * np.log(taus) + (b - 0.5) * np.log1p(-taus)
    weights = np.exp(logs - logs.max())
    return taus, weights / weights.sum()


def _at_least(length: int, cut: int, taus: Numbers) -> Numbers:
    """Return the chance of at least ``cut`` right of ``length``, for every true share."""
    numbers = np.arange(cut, length + 1)
    factorials = np.concatenate(([0.0], np.cumsum(np.log(np.arange(1, length + 1)))))
    ways = factorials[length] - factorials[numbers] - factorials[length - numbers]
    logs = ways + np.outer(np.log(taus), numbers) + np.outer(np.log1p(-taus), length - numbers)
    return np.asarray(np.minimum(1.0, np.exp(logs).sum(axis=1)), dtype=np.float64)
