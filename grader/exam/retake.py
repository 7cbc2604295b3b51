"""Who may sit an exam again, from when, and with how much of a new form."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from grader.exam.blueprint import Retake


@dataclass(frozen=True, slots=True)
class Earlier:
    """One form that somebody was given before.

    Parameters
    ----------
    attempt
        1 for the first.
    when
        When it was handed in; of one that never was, when the exam closed: it could be opened and read until then.
        None while the exam is still open for it.
    passed
        Whether it passed.
    decided
        Whether anything was decided; False while an instructor's confirmation is missing, or the form can still be sat.
    """

    attempt: int
    when: datetime | None
    passed: bool
    decided: bool


@dataclass(frozen=True, slots=True)
class MayRetake:
    """Whether somebody may sit the exam again.

    Parameters
    ----------
    allowed
        Whether a new form may be drawn and sat now.
    since
        From when, where waiting is all that is missing, or was; None where there is no such time.
    words
        The same in plain words, to the trainee.
    """

    allowed: bool
    since: datetime | None
    words: str


def may_retake(
    earlier: Sequence[Earlier], retake: Retake, now: datetime, closes: datetime | None = None
) -> MayRetake:
    """Tell whether somebody may sit an exam again.

    Every form that was given counts as an attempt, whether it was handed in or not.

    Parameters
    ----------
    earlier
        All forms that this person was given before, in any order.
    retake
        The rule of the blueprint.
    now
        With its offset from UTC.
    closes
        When the exam closes by its blueprint: no later day is named, since the instructor sets other times then. None where
        that is not known.
    """
    if not earlier:
        return MayRetake(True, None, "You have not sat this exam yet.")
    if any(form.passed for form in earlier):
        return MayRetake(False, None, "You have passed. There is nothing to sit again.")
    if not all(form.decided for form in earlier):
        return MayRetake(False, None, "Nothing is decided about your last form yet. Wait for its result.")
    if len(earlier) >= retake.attempts:
        return MayRetake(
            False,
            None,
            f"You have used all {retake.attempts} attempts. Ask your instructor what you can do."
            if retake.attempts > 1
            else "This exam can be sat once. Ask your instructor what you can do.",
        )
    since = _since(earlier, retake)
    return MayRetake(now >= since, since, _words(len(earlier), max(since, now), retake, now, closes))


def _since(earlier: Sequence[Earlier], retake: Retake) -> datetime:
    known = [form.when for form in earlier if form.when is not None]
    if not known:
        raise ValueError("a form about which something was decided has a time")
    return max(known) + timedelta(days=retake.wait_days)


def _words(used: int, first: datetime, retake: Retake, now: datetime, closes: datetime | None) -> str:
    left = retake.attempts - used
    form = (
        f"another form: at least {retake.new * 100:.0f} % of its points come from cases that you have not had."
        f" {left} of {retake.attempts} attempts {'is' if left == 1 else 'are'} left."
    )
    if closes is not None and first >= closes:
        return f"You may sit the exam again with {form} Your instructor sets the dates: those of this round are over by then."
    when = "now" if first <= now else f"from {first:%-d %B %Y, %H:%M} {first.tzname()}"
    return f"You may sit the exam again {when}, with {form}"
