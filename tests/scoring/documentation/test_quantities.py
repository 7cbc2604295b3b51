"""Lengths of time, scores and doses are read however they are written, and other numbers are not."""

import pytest

from grader.scoring.documentation.quantities import doses, meet, numbers, scores, spans


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("for 3 weeks", 21), ("x 3 wks", 21), ("a fortnight", 14), ("half a year", 182), ("a couple of months", 75),
        ("about 2 and a half weeks", 17), ("almost a year", 300), ("5 to 6 weeks", 38), ("12 h", 0.5), ("a decade", 3650),
        ("since last tuesday", 5), ("yesterday", 1), ("the better part of a year", 300), ("a third of a year", 122),
    ],
)  # fmt: skip
def test_lengths_of_time_hold_the_days_they_mean(text: str, days: float) -> None:
    """A length of time lies between its bounds, give or take how people round."""
    assert any(meet(span, (days, days)) for span in spans(text))


@pytest.mark.parametrize("text", ["5/10", "60 degrees", "400 mg", "bmi 33", "no time", "in m54.9"])
def test_what_is_no_length_of_time_is_none(text: str) -> None:
    """Scores, angles, doses and codes are no time."""
    assert spans(text) == []


def test_lengths_that_differ_do_not_meet() -> None:
    """Three weeks are not three months, and a rounded month is still thirty days."""
    (weeks,), (months,) = spans("3 weeks"), spans("3 months")
    assert not meet(weeks, months) and not meet(months, weeks)
    assert meet(spans("4 weeks")[0], spans("a month")[0])


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("rated 5/10", {5}),
        ("6 out of 10 now, 8 of 10 at worst", {6, 8}),
        ("she marks it 9", {9}),
        ("barely a 2", {2}),
    ],
)
def test_scores_are_found(text: str, found: set[float]) -> None:
    """Out of ten, or a bare number where a score is told."""
    assert scores(text) == found


@pytest.mark.parametrize("text", ["strength 5/5", "for 3 weeks", "400 mg", "flexion 60 degrees", "46 y"])
def test_other_numbers_are_no_scores(text: str) -> None:
    """Strength, time, doses, angles and age are no pain scores."""
    assert scores(text) == frozenset()


def test_doses_and_numbers() -> None:
    """Amounts are told from other numbers."""
    assert doses("ibuprofen 400 mg for 7 days") == {"400"}
    assert numbers("flexion 60, extension 10") == {"60", "10"}
