"""Shares and correlations that are summed up as the numbers come."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

ENOUGH = 10
"""How many trainees it takes before an item can be said to tell good ones from others."""


@dataclass(frozen=True, slots=True)
class Share:
    """How many of how many; of nothing there is no share."""

    part: int = 0
    whole: int = 0

    def __add__(self, other: Share) -> Share:
        """Return both together."""
        return Share(self.part + other.part, self.whole + other.whole)

    @property
    def percent(self) -> float | None:
        """In percent with one decimal."""
        return round(100 * self.part / self.whole, 1) if self.whole else None


@dataclass(slots=True)
class Correlation:
    """Pearson's correlation of pairs of numbers.

    Of an item that is right or wrong and the rest of the test, this is the point-biserial item–rest correlation.  Sums are
    taken around the mean so far (Welford), which loses nothing where a sum of squares would.
    """

    count: int = 0
    _mean_x: float = 0.0
    _mean_y: float = 0.0
    _xx: float = 0.0
    _yy: float = 0.0
    _xy: float = 0.0

    def add(self, x: float, y: float) -> None:
        """Count one pair."""
        self.count += 1
        off_x, off_y = x - self._mean_x, y - self._mean_y
        self._mean_x += off_x / self.count
        self._mean_y += off_y / self.count
        self._xx += off_x * (x - self._mean_x)
        self._yy += off_y * (y - self._mean_y)
        self._xy += off_x * (y - self._mean_y)

    @property
    def value(self) -> float | None:
        """Between −1 and 1; None of too few pairs, or where one of the numbers is always the same."""
        spread = self._xx * self._yy
        if self.count < ENOUGH or self._xx < 1e-12 or self._yy < 1e-12:
            return None
        return max(-1.0, min(1.0, self._xy / sqrt(spread)))
