"""Shares of claims, how far chance alone may have moved them, and shares at a mix of another time."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from math import sqrt
from typing import TypeVar

from grader.claims_year.claim import Claim

_Z = 1.96
"""Standard errors to each side of a 95 percent range."""
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Rate:
    """So many of so many claims."""

    count: int
    of: int

    @property
    def per_hundred(self) -> float:
        """How many of a hundred claims; 0 when there are none."""
        return 100 * self.count / self.of if self.of else 0.0

    @property
    def range(self) -> tuple[float, float]:
        """From and to, per hundred, what the counts cannot rule out: Wilson's 95 percent interval.

        Wilson EB. Journal of the American Statistical Association 1927;22:209–212.
        """
        if not self.of:
            return 0.0, 100.0
        share, spread = self.count / self.of, _Z * _Z / self.of
        centre = (share + spread / 2) / (1 + spread)
        reach = _Z * sqrt(share * (1 - share) / self.of + spread / (4 * self.of)) / (1 + spread)
        return 100 * max(0.0, centre - reach), 100 * min(1.0, centre + reach)

    def overlaps(self, other: Rate) -> bool:
        """Tell whether the two ranges share a part."""
        (low, high), (other_low, other_high) = self.range, other.range
        return low <= other_high and other_low <= high


def share(claims: Iterable[Claim], counted: Callable[[Claim], bool]) -> Rate:
    """Return how many of the claims are counted."""
    found = [counted(claim) for claim in claims]
    return Rate(sum(found), len(found))


def grouped(claims: Iterable[Claim], group: Callable[[Claim], _T]) -> dict[_T, list[Claim]]:
    """Return claims by group, each group in its order."""
    groups: dict[_T, list[Claim]] = {}
    for claim in claims:
        groups.setdefault(group(claim), []).append(claim)
    return groups


def at_mix(rates: Mapping[str, Rate], mix: Mapping[str, Rate]) -> float:
    """Return the share per hundred that ``rates`` of groups would make at the group sizes of another time.

    Parameters
    ----------
    rates
        The rate of each group now.
    mix
        The same groups then; only their sizes are used.
    """
    return sum(rates[name].per_hundred * then.of for name, then in mix.items()) / sum(
        then.of for then in mix.values()
    )
