"""Who may sit an exam again."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from grader.exam.blueprint import Retake
from grader.exam.retake import Earlier, may_retake

SAT = datetime(2026, 11, 2, 10, 0, tzinfo=UTC)
RULE = Retake(wait_days=14, attempts=3, new=0.75)


def failed(attempt: int, when: datetime = SAT) -> Earlier:
    """Return a form that was sat and not passed."""
    return Earlier(attempt, when, passed=False, decided=True)


def test_the_first_attempt_needs_no_wait():
    """Whoever had no form yet may sit the exam."""
    assert may_retake((), RULE, SAT).allowed


@pytest.mark.parametrize(("days", "allowed"), [(0, False), (13.99, False), (14, True), (400, True)])
def test_the_wait_counts_from_the_last_sitting(days, allowed):
    """Fourteen days after the last sitting, to the second, and not before."""
    earlier = (failed(2), failed(1, SAT - timedelta(days=60)))
    answer = may_retake(earlier, RULE, SAT + timedelta(days=days))
    assert answer.allowed is allowed
    assert answer.since == SAT + timedelta(days=14)


def test_the_words_name_the_date_until_it_has_come():
    """A trainee reads from when, how much is new, and how many attempts are left."""
    before = may_retake((failed(1),), RULE, SAT).words
    assert "from 16 November 2026, 10:00 UTC" in before
    assert "75 %" in before
    assert "2 of 3 attempts are left" in before
    after = may_retake((failed(1),), RULE, SAT + timedelta(days=20)).words
    assert "again now" in after
    assert "16 November" not in after


def test_no_day_is_named_after_the_exam_has_closed():
    """Where the wait ends, or is over, after the closing time, the instructor sets the dates; before it nothing is another."""
    for closes, now in ((10, 0), (14, 0), (20, 21), (10, 12)):
        said = may_retake((failed(1),), RULE, SAT + timedelta(days=now), SAT + timedelta(days=closes)).words
        assert "Your instructor sets the dates" in said and "2 of 3 attempts" in said
        assert "2026" not in said and "again now" not in said
    later = may_retake((failed(1),), RULE, SAT, SAT + timedelta(days=15))
    assert later == may_retake((failed(1),), RULE, SAT)


def test_attempts_run_out():
    """After the last attempt there is none, however long one waits; before it there is."""
    used = [failed(number) for number in (1, 2, 3)]
    much_later = SAT + timedelta(days=1000)
    assert not may_retake(used, RULE, much_later).allowed
    assert may_retake(used[:2], RULE, much_later).allowed
    assert "1 of 3 attempts is left" in may_retake(used[:2], RULE, much_later).words
    assert "once" in may_retake(used[:1], Retake(attempts=1), much_later).words


def test_a_pass_is_not_sat_again():
    """Whoever passed once has passed, whatever came before."""
    answer = may_retake(
        (failed(1), Earlier(2, SAT, passed=True, decided=True)), RULE, SAT + timedelta(days=99)
    )
    assert not answer.allowed
    assert "passed" in answer.words


def test_what_is_not_decided_is_waited_for():
    """No new form before the last one is decided."""
    assert not may_retake(
        (Earlier(1, SAT, passed=False, decided=False),), RULE, SAT + timedelta(days=99)
    ).allowed


def test_a_decided_form_has_a_time():
    """Without a time no wait can be told, and nothing is made up."""
    with pytest.raises(ValueError, match="has a time"):
        may_retake((Earlier(1, None, passed=False, decided=True),), RULE, SAT)
