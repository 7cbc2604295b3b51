"""Choices of several: right ones count, wrong ones cost, and what must never be chosen fails the case."""

import pytest

from grader.answers import ChoicesAnswer
from grader.scoring.choice import score_choices
from grader.scoring.findings import Unscorable
from tests.scoring.items import CHOICES, CHOICES_KEY


@pytest.mark.parametrize(
    ("chosen", "points"),
    [("c1 c3", 4), ("c1", 2), ("c1 c2", 4 / 3), ("c1 c3 c2", 8 / 3), ("c2", 0), ("c1 c2 c3 c4", 2)],
)
def test_right_ones_count_and_wrong_ones_cost(chosen, points):
    """Points are right ÷ (reference + wrong)."""
    score = score_choices(ChoicesAnswer(tuple(chosen.split())), CHOICES_KEY, CHOICES)
    assert score.points == pytest.approx(points)


def test_every_option_that_matters_gets_its_reason():
    """What was chosen, and what should have been, is explained; a wrong option left alone is not."""
    score = score_choices(ChoicesAnswer(("c1", "c2")), CHOICES_KEY, CHOICES)
    said = [(finding.kind, finding.message) for finding in score.findings]
    assert [kind for kind, _ in said] == ["correct", "wrong_choice", "missed"]
    assert "reason 2" in said[1][1] and "Step number 3" in said[2][1]
    assert not any("reason 4" in message for _, message in said)


def test_a_fatal_option_fails_the_case():
    """An option that misses a red flag fails the case; the others do not."""
    assert score_choices(ChoicesAnswer(("c4",)), CHOICES_KEY, CHOICES).failed == ("a red flag was missed",)
    assert score_choices(ChoicesAnswer(("c2",)), CHOICES_KEY, CHOICES).failed == ()


def test_nothing_and_nonsense_are_unscorable():
    """No choice is blank; a choice that is not offered is neither 0 nor an exception."""
    blank = score_choices(ChoicesAnswer(()), CHOICES_KEY, CHOICES)
    nonsense = score_choices(ChoicesAnswer(("c1", "c9")), CHOICES_KEY, CHOICES)
    assert isinstance(blank, Unscorable) and blank.blank
    assert isinstance(nonsense, Unscorable) and not nonsense.blank
