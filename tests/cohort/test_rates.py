"""Counting wrong decisions."""

from __future__ import annotations

import pytest

from grader.cohort.rates import Share, Verdict, causes, rates, share, verdict
from grader.cohort.truth import Truth
from grader.decision.judged import Judged
from grader.exam.blueprint import Standard
from grader.scoring.codes import NOT_VALID

NONE = {"uncertain_dx": 0.0, "medical_necessity": 0.0, "red_flag": 0.0, "invalid_code": 0.0}


def sitting(right: int, of: int, failed: tuple[str, ...] = ()) -> tuple[Judged, ...]:
    """Single codes, some of them right, and the first case failing for a reason."""
    return tuple(
        Judged(f"enc-{place}", "codes", "assign-codes", 6, 6.0 * (place < right), False, int(place < right), 1, 0,
               place < right, failed if place == of - 1 else ())
        for place in range(of)
    )  # fmt: skip


def decided(right: int, true: float, failed: tuple[str, ...] = ()) -> Verdict:
    """What is decided of 100 codes beside what is true."""
    shares = {"codes": true, "first_listed": true}
    return verdict(Truth(shares, NONE), sitting(right, 100, failed), Standard())


def test_both_kinds_of_wrong_and_both_kinds_of_right():
    """False pass, false fail, right pass, right fail."""
    lucky, unlucky, good, poor = (decided(*case) for case in ((97, 0.9), (90, 0.97), (96, 0.96), (80, 0.8)))
    assert (lucky.false_pass, lucky.false_fail, lucky.wrong) == (True, False, True)
    assert (unlucky.false_pass, unlucky.false_fail, unlucky.wrong) == (False, True, True)
    assert not good.wrong and good.passed and not poor.wrong and not poor.passed


def test_rates_count_what_they_say():
    """Close calls, gross errors and second looks are told apart."""
    found = rates(
        [decided(95, 0.94), decided(100, 0.90), decided(96, 0.96), decided(80, 0.8), decided(94, 0.96)], 0.95
    )
    counts = {name: (each.count, each.of) for name, each in found.items()}
    assert counts["competent"] == (2, 5) and counts["passed"] == (3, 5)
    assert counts["false_pass"] == (2, 5) and counts["false_fail"] == (1, 5) and counts["wrong"] == (3, 5)
    assert counts["wrong_far"] == (1, 5) and counts["near"] == (2, 3)
    assert counts["passed_of_competent"] == (1, 2) and counts["competent_of_passed"] == (1, 3)


def test_an_automatic_fail_is_a_cause_of_its_own():
    """Who codes well and reports an invalid code fails by that, where none is allowed."""
    unlucky = decided(99, 0.98, (NOT_VALID,))
    assert unlucky.false_fail and unlucky.missed == ("invalid_code",)
    counted = causes([unlucky, decided(97, 0.9), decided(96, 0.96)])
    assert counted == {"false_fail": {"invalid_code": 1}, "false_pass": {"codes": 1, "first_listed": 1}}


def test_competence_may_be_told_by_another_standard():
    """A higher mark on the sitting does not make anybody less competent."""
    truth = Truth({"codes": 0.96, "first_listed": 0.99}, NONE)
    found = verdict(truth, sitting(96, 100), Standard(codes=0.97), Standard())
    assert found.competent and not found.passed and found.false_fail


@pytest.mark.parametrize(
    ("count", "of", "low", "high"), [(8, 10, 0.4902, 0.9433), (0, 20, 0.0, 0.1611), (40, 500, 0.0592, 0.1072)]
)
def test_intervals_are_wilsons(count, of, low, high):
    """Against values published or worked out by other programs."""
    assert Share(of, count).interval == pytest.approx((low, high), abs=2e-4)


def test_a_share_of_nothing_tells_nothing():
    """No passes, no share of them: 0 with the whole range."""
    assert share([]).value == 0 and share([]).interval == (0.0, 1.0)
