"""Deciding about every form of an exam."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from grader.decision.outcome import ABSENT, PASSED, VOID, WAITING, Outcome
from grader.decision.sat import Exam, Sat, read_exam
from grader.decision.standard import decide
from grader.exam.blueprint import BlueprintFile, Retake
from grader.exam.forms import FormEntry
from grader.exam.retake import Earlier, MayRetake, may_retake
from grader.exam.times import times_of
from grader.grading.course import Course


def decide_exam(course: Course, exam: str, now: datetime) -> tuple[Outcome, ...]:
    """Decide about every form that was drawn for an exam, by trainee and attempt.

    Nothing is written: the same submissions, keys, confirmations and rulings give the same outcomes.

    Raises
    ------
    NotFoundError
        When the exam was never drawn.
    CourseError
        When a file of the whole exam or the gradebook cannot be read; what is wrong with one form lets that one wait.
    """
    return outcomes(read_exam(course, exam), now)


def outcomes(exam: Exam, now: datetime) -> tuple[Outcome, ...]:
    """Decide about an exam that has been read."""
    return tuple(outcome_of(sat, exam.blueprint, now) for sat in exam.sittings)


def outcome_of(sat: Sat, blueprint: BlueprintFile, now: datetime) -> Outcome:
    """Decide about one form."""
    if not sat.handed_in:
        closes = times_of(blueprint, sat.entry).closes
        if now < closes:
            until = f"{closes:%-d %B %Y, %H:%M %Z}"
            return _without(sat, WAITING, f"Nothing is handed in yet; the exam is open until {until}.")
        return _without(sat, ABSENT, "Nothing was handed in.")
    if sat.ruling is not None and not sat.ruling.counts:
        # Why is for instructors alone: what stands here is told to the trainee.
        return _without(
            sat, VOID, "An instructor decided that it does not count.", *filter(None, [sat.ruling.tell])
        )
    if sat.ruling is None and sat.timing is not None and sat.timing.void:
        return _without(sat, VOID, *sat.timing.reasons)
    if sat.trouble:
        return _without(sat, WAITING, sat.trouble)
    return _decided(sat, blueprint)


def _decided(sat: Sat, blueprint: BlueprintFile) -> Outcome:
    try:
        decision = decide([answer.judged for answer in sat.answers], blueprint.standard)
    except ValueError as error:
        # One form that cannot be decided on keeps nobody else waiting.
        return _without(
            sat, WAITING, f"It cannot be decided on: {error}. Correct this, grade again, and decide again."
        )
    outcome, reasons = decision.outcome, decision.reasons
    if outcome == PASSED and (unknown := _unknown_time(sat)):
        outcome, reasons = WAITING, (unknown,)
    return replace(
        _without(sat, outcome, *reasons), criteria=decision.criteria, near=decision.near, codeset=sat.codeset
    )


def _unknown_time(sat: Sat) -> str:
    """Return what has to be ruled on before the sitting can pass; whoever fails does so whatever the time."""
    if sat.ruling is not None or (sat.timing is not None and not sat.timing.unknown):
        return ""
    return "How long the sitting took is not known. Decide whether it counts, and write so into rulings.yml beside forms.json."


def _without(sat: Sat, outcome: str, *reasons: str) -> Outcome:
    """Return an outcome that rests on no answer."""
    return Outcome(
        trainee=sat.entry.trainee,
        name=sat.entry.name,
        form=sat.entry.form,
        attempt=sat.entry.attempt,
        outcome=outcome,
        sat=sat.submitted,
        minutes=sat.timing.minutes if sat.timing else None,
        criteria=(),
        reasons=reasons,
        near=False,
        codeset=(),
    )


def retake_of(
    trainee: str,
    drawn: Iterable[FormEntry],
    decided: Sequence[Outcome],
    retake: Retake,
    closes: datetime,
    now: datetime,
) -> MayRetake:
    """Tell whether a trainee may sit an exam again, from what was decided.

    Parameters
    ----------
    drawn
        Forms of the exam, of anybody: one that was drawn since the last decision has no outcome, and is still to be decided.
    decided
        Outcomes of the exam, of anybody.
    closes
        When the exam closed for forms without times of their own: until then one that was not handed in could be opened.
    """
    drawn = tuple(drawn)
    own = {entry.form: datetime.fromisoformat(entry.closes) for entry in drawn if entry.closes}
    earlier = [
        Earlier(
            each.attempt,
            _when(each, own.get(each.form, closes)),
            each.outcome == PASSED,
            each.outcome != WAITING,
        )
        for each in decided
        if each.trainee == trainee
    ]
    known = {each.form for each in decided}
    earlier += [
        Earlier(entry.attempt, None, False, False)
        for entry in drawn
        if entry.trainee == trainee and entry.form not in known
    ]
    return may_retake(earlier, retake, now, closes)


def _when(outcome: Outcome, closes: datetime) -> datetime | None:
    if outcome.outcome == WAITING and outcome.sat is None:
        return None
    return outcome.sat or closes
