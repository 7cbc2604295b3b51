"""An exam in figures: its questions, its forms, and how sure its decisions are.  No name of a trainee stands in them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from grader.decision.judged import Judged
from grader.decision.statistics import (
    ENOUGH,
    Consistency,
    Counted,
    consistency,
    error_at_mark,
    mean_error_variance,
    reliability,
)
from grader.grading.reports.measures import Correlation

_KNOWN = 5
"""How many other people must have answered before a question's difficulty is used for comparing forms."""
_MOSTLY = 0.8
"""Of a form, which part must be known so well."""


@dataclass(frozen=True, slots=True)
class Response:
    """One answer for statistics: what it is counted with, its kind, the share that was right, and kinds of mistakes."""

    group: str
    kind: str
    possible: float
    share: float
    blank: bool = False
    errors: tuple[str, ...] = ()


@dataclass(slots=True)
class ItemFigures:
    """One question over all who answered it; all draws of a family are one question.

    Parameters
    ----------
    count, blank
        How often it was asked, and left blank.
    """

    group: str
    kind: str
    count: int = 0
    blank: int = 0
    errors: Counter[str] = field(default_factory=Counter)
    _shares: float = 0.0
    _rest: Correlation = field(default_factory=Correlation)

    @property
    def difficulty(self) -> float:
        """Mean share that was right, blank answers included: 1 is a question that everybody solves."""
        return self._shares / self.count

    @property
    def discrimination(self) -> float | None:
        """Correlation with the share of all other questions of the form; None where too few have answered it."""
        return self._rest.value if self.count >= ENOUGH else None

    def add(self, response: Response, rest: float | None) -> None:
        """Count one answer."""
        self.count += 1
        self.blank += response.blank
        self._shares += response.share
        self.errors.update(response.errors)
        if rest is not None:
            self._rest.add(response.share, rest)


def item_figures(sittings: Sequence[Sequence[Response]]) -> tuple[ItemFigures, ...]:
    """Return the figures of every question, the hardest first.

    Parameters
    ----------
    sittings
        The confirmed answers of each person.
    """
    items: dict[str, ItemFigures] = {}
    for responses in sittings:
        earned = sum(each.share * each.possible for each in responses)
        possible = sum(each.possible for each in responses)
        for each in responses:
            others = possible - each.possible
            rest = (earned - each.share * each.possible) / others if others > 0 else None
            items.setdefault(each.group, ItemFigures(each.group, each.kind)).add(each, rest)
    return tuple(sorted(items.values(), key=lambda item: (item.difficulty, item.group)))


def form_difficulties(sittings: Sequence[Sequence[Response]]) -> tuple[float, ...]:
    """Return how hard each form is for the group: the mean share that others reached on its questions.

    A person's own answers are left out of it.  Forms of which too little is known are left out.
    """
    totals = _totals(each for responses in sittings for each in responses)
    found = (_form_difficulty(responses, totals) for responses in sittings)
    return tuple(each for each in found if each is not None)


def _totals(responses: Iterable[Response]) -> dict[str, tuple[int, float]]:
    """Return how often each question was answered, and the sum of the shares that were right."""
    totals: dict[str, tuple[int, float]] = {}
    for each in responses:
        count, shares = totals.get(each.group, (0, 0.0))
        totals[each.group] = count + 1, shares + each.share
    return totals


def _form_difficulty(responses: Sequence[Response], totals: Mapping[str, tuple[int, float]]) -> float | None:
    own = _totals(responses)
    weighed = known = 0.0
    for each in responses:
        others = totals[each.group][0] - own[each.group][0]
        if others >= _KNOWN:
            known += each.possible
            weighed += each.possible * (totals[each.group][1] - own[each.group][1]) / others
    return weighed / known if known >= _MOSTLY * sum(each.possible for each in responses) > 0 else None


@dataclass(frozen=True, slots=True)
class Sureness:
    """How sure the decisions of an exam are; None stands for what too few sittings, or none that differ, do not tell.

    Parameters
    ----------
    count
        How many sittings it rests on.
    mean, spread
        Of the shares of codes: mean and standard deviation.
    reliable
        Which part of the variance of the shares is not error.
    error, error_at_mark
        Standard error of measurement on average, and of somebody at the pass mark.
    """

    count: int
    mean: float | None = None
    spread: float | None = None
    reliable: float | None = None
    error: float | None = None
    error_at_mark: float | None = None
    consistent: Consistency | None = None

    @property
    def enough(self) -> bool:
        """Whether there are enough sittings for any of it."""
        return self.count >= ENOUGH


def sureness(sittings: Sequence[Counted], mark: float) -> Sureness:
    """Return how sure decisions at a mark are; of fewer than `ENOUGH` sittings nothing is told."""
    if len(sittings) < ENOUGH:
        return Sureness(len(sittings))
    shares = np.asarray([sitting.share for sitting in sittings])
    mean, variance = float(shares.mean()), float(shares.var(ddof=1))
    reliable, error = reliability(sittings), mean_error_variance(sittings)
    return Sureness(
        len(sittings),
        mean,
        float(np.sqrt(variance)),
        reliable,
        None if error is None else float(np.sqrt(error)),
        error_at_mark(sittings, mark),
        None if reliable is None else consistency(mean, variance, reliable, mark),
    )


def counted(cells: Sequence[Judged], strata: Mapping[str, str]) -> Counted | None:
    """Return codes right case by case, as they are decided on; None where no case asks for codes.

    Parameters
    ----------
    strata
        To which part of the blueprint each case belongs.
    """
    failed = {cell.case for cell in cells if cell.failed}
    right: Counter[str] = Counter()
    of: Counter[str] = Counter()
    for cell in cells:
        if cell.counts_codes:
            right[cell.case] += 0 if cell.case in failed else cell.correct
            of[cell.case] += cell.reference + cell.extra
    cases = sorted(of)
    if not cases:
        return None
    return Counted(
        tuple(float(right[case]) for case in cases),
        tuple(float(of[case]) for case in cases),
        tuple(strata[case] for case in cases),
    )
