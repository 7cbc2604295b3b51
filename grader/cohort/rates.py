"""How often decisions are wrong: counts, with the ranges in which they would lie with other trainees of the same kind."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import sqrt

from grader.cohort.truth import Truth
from grader.cohort.world import Cells
from grader.decision.outcome import PASSED
from grader.decision.standard import decide
from grader.exam.blueprint import Standard

_Z = 1.959963984540054


@dataclass(frozen=True, slots=True)
class Verdict:
    """One decision beside what is true.

    Parameters
    ----------
    codes, true_codes
        The share of codes that was reached, and the true one.
    passed
        Whether the exam was passed.
    missed
        The parts of the standard that the sitting did not meet.
    short
        Those that the trainee truly does not reach; empty for a competent one.
    near
        Whether the sitting would be listed for a second look.
    """

    codes: float
    true_codes: float
    passed: bool
    missed: tuple[str, ...]
    short: tuple[str, ...]
    near: bool

    @property
    def competent(self) -> bool:
        """Whether the trainee truly reaches the standard."""
        return not self.short

    @property
    def false_pass(self) -> bool:
        """Passed, though not competent."""
        return self.passed and not self.competent

    @property
    def false_fail(self) -> bool:
        """Failed, though competent."""
        return not self.passed and self.competent

    @property
    def wrong(self) -> bool:
        """Decided wrongly."""
        return self.passed != self.competent


def verdict(truth: Truth, cells: Cells, standard: Standard, true: Standard | None = None) -> Verdict:
    """Decide about a sitting by the course's rule; ``true`` is the standard that competence is told by, if another."""
    decision = decide(cells, standard)
    return Verdict(
        next(each.value for each in decision.criteria if each.name == "codes"),
        truth.shares["codes"],
        decision.outcome == PASSED,
        tuple(each.name for each in decision.criteria if each.met is not True),
        truth.short_of(true or standard),
        decision.near,
    )


@dataclass(frozen=True, slots=True)
class Share:
    """A share of a count, with Wilson's interval of 95 %."""

    of: int
    count: int

    @property
    def value(self) -> float:
        """The share itself; 0 of nothing."""
        return self.count / self.of if self.of else 0.0

    @property
    def interval(self) -> tuple[float, float]:
        """Wilson's score interval (1927): it stays between 0 and 1 and is right for small counts, too."""
        if not self.of:
            return 0.0, 1.0
        n, p = self.of, self.value
        middle = (p + _Z**2 / (2 * n)) / (1 + _Z**2 / n)
        half = _Z / (1 + _Z**2 / n) * sqrt(p * (1 - p) / n + _Z**2 / (4 * n**2))
        return max(0.0, middle - half), min(1.0, middle + half)


def share(flags: Iterable[bool]) -> Share:
    """Count how many are true."""
    found = list(flags)
    return Share(len(found), sum(found))


FAR = 0.02
"""A true share further than this from the mark is not a close call."""


def rates(verdicts: Sequence[Verdict], mark: float) -> dict[str, Share]:
    """Return how often decisions are right and wrong, by name.

    ``wrong_codes`` looks at the codes alone; ``wrong_far`` counts wrong decisions that are no close calls, of all; ``near`` wrong decisions that the exam lists for a second look, of the wrong ones.
    """
    wrong = [each for each in verdicts if each.wrong]
    return {
        "competent": share(each.competent for each in verdicts),
        "passed": share(each.passed for each in verdicts),
        "false_pass": share(each.false_pass for each in verdicts),
        "false_fail": share(each.false_fail for each in verdicts),
        "wrong": share(each.wrong for each in verdicts),
        "wrong_codes": share((each.codes >= mark) != (each.true_codes >= mark) for each in verdicts),
        "wrong_far": share(each.wrong and abs(each.true_codes - mark) > FAR for each in verdicts),
        "near": share(each.near for each in wrong),
        "passed_of_competent": share(each.passed for each in verdicts if each.competent),
        "competent_of_passed": share(each.competent for each in verdicts if each.passed),
    }


def causes(verdicts: Sequence[Verdict]) -> dict[str, Mapping[str, int]]:
    """Count what wrong decisions are due to: parts of the standard; one decision may have several."""
    failed = Counter(name for each in verdicts if each.false_fail for name in each.missed)
    passed = Counter(name for each in verdicts if each.false_pass for name in each.short)
    return {"false_fail": dict(sorted(failed.items())), "false_pass": dict(sorted(passed.items()))}
