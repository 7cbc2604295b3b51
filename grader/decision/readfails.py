"""Automatic fails that a program read from somebody's words, or that an instructor ruled: a person answers for each of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from grader.decision.answered import Answered
from grader.decision.judged import FAILURES, bare
from grader.decision.rulings import FILE
from grader.decision.sat import Sat
from grader.feedback import points
from grader.visible import one_line


@dataclass(frozen=True, slots=True)
class ReadFail:
    """One question.

    Parameters
    ----------
    item
        Case and question, ``enc-0029/words``.
    reasons
        Why its case fails, or failed before somebody ruled that it does not; in words.
    state
        What an instructor made of it so far, in words.
    open
        Whether nobody has said yet that the fail holds, or that it does not.
    """

    trainee: str
    form: str
    item: str
    reasons: str
    state: str
    open: bool


def read_fails(sittings: Sequence[Sat]) -> tuple[ReadFail, ...]:
    """Return every fail that was read from words or ruled, by form; those nobody has ruled on first."""
    found = [_read_fail(sat, answer) for sat in sittings for answer in sat.answers if _is_one(answer)]
    return tuple(sorted(found, key=lambda each: not each.open))


def _is_one(answer: Answered) -> bool:
    return answer.ruling is not None or (answer.judged.in_own_words and bool(answer.kept.failed))


def _read_fail(sat: Sat, answer: Answered) -> ReadFail:
    failed = answer.judged.failed or tuple(map(bare, answer.kept.failed))
    return ReadFail(
        sat.entry.trainee,
        sat.entry.form,
        answer.question.name,
        "; ".join(failed) or "no fail was read",
        _state(answer),
        bool(answer.judged.failed) and answer.ruling is None,
    )


def _state(answer: Answered) -> str:
    if answer.ruling is not None:
        return f"Ruled {'to fail' if answer.ruling.fails else 'not to fail'}: {answer.ruling.why}"
    if not answer.judged.failed:
        return "All points were given by hand: it does not fail."
    if not answer.judged.confirmed:
        return "Nobody has confirmed its points yet: it is open whether it fails."
    given, possible = points(answer.judged.points or 0.0), points(answer.judged.possible)
    return f"{given} of {possible} points were given by hand: it fails, and nobody has ruled on that."


def missing_rulings(found: Sequence[ReadFail]) -> str:
    """Return which rulings are missing, for a terminal; empty where none is."""
    return "\n".join(_missing([each for each in found if each.open]))


def _missing(found: Sequence[ReadFail]) -> Iterator[str]:
    if not found:
        return
    yield f"A program read these automatic fails from words, and {FILE} has no ruling on them. Read each answer before you tell anybody:"
    for each in found:
        yield f"  {one_line(each.trainee)} ({each.form}): {each.item}, {each.reasons}. {each.state}"
    names = ", ".join(FAILURES)
    yield (
        f"A ruling: {{form: {found[0].form}, item: {found[0].item}, fails: false, why: …}} lifts the fail; with a list of names"
        f" in place of false it holds ({names})."
    )
