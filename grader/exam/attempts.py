"""Who gets a form: everybody on the roster once, and who sits again by name."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from grader.errors import CourseError
from grader.exam.blueprint import BlueprintFile
from grader.exam.corrections import check_new
from grader.exam.forms import FormEntry, latest_forms
from grader.exam.roster import Trainee
from grader.visible import short

EXAMPLE = "--opens 2027-03-01T09:00-05:00 --closes 2027-03-01T17:00-05:00, for instance"
"""How times of their own are given to forms."""


@dataclass(frozen=True, slots=True)
class Sitting:
    """One trainee at one attempt; ``opens`` and ``closes`` are None where the blueprint's times hold."""

    who: Trainee
    attempt: int
    opens: datetime | None = None
    closes: datetime | None = None


def at_times(
    sittings: Sequence[Sitting], opens: datetime | None, closes: datetime | None
) -> tuple[Sitting, ...]:
    """Return sittings with times of their own; None leaves the blueprint's."""
    return tuple(replace(each, opens=opens, closes=closes) for each in sittings)


def first_sittings(roster: Sequence[Trainee], entries: Sequence[FormEntry]) -> tuple[Sitting, ...]:
    """Return who on the roster has no form yet, at the first attempt.

    Raises
    ------
    CourseError
        When somebody new could be taken for somebody who has a form.
    """
    check_new(roster, entries)
    known = latest_forms(entries)
    return tuple(Sitting(each, 1) for each in roster if each.trainee not in known)


def retakes(
    names: Sequence[str],
    entries: Sequence[FormEntry],
    blueprint: BlueprintFile,
    handed_in: Callable[[FormEntry], bool],
    attempt: int | None = None,
    over: Callable[[FormEntry], bool] = lambda _: False,
    timed: bool = False,
) -> tuple[Sitting, ...]:
    """Return the next attempt of each of some trainees.

    Parameters
    ----------
    names
        nbgrader's names of the students.
    entries
        The forms that were drawn.
    blueprint
        Says how often the exam can be sat.
    handed_in
        Tells whether a form came back.
    attempt
        Which attempt, for somebody who did not hand in the one before; who has it already gets none.
    over
        Tells whether the window of a form is over, so that nobody can hand it in any more.
    timed
        Whether the new forms get times of their own: an instructor who sets them lets somebody sit who did not come.

    Raises
    ------
    CourseError
        When somebody cannot get a further form; nobody gets one then.
    """
    known = latest_forms(entries)
    found = []
    for name in dict.fromkeys(names):
        if name not in known:
            raise CourseError(
                f"{short(name)} has no form of {blueprint.id} yet, so there is none to sit again. Name them on the roster."
            )
        last = known[name]
        if attempt is not None and attempt <= last.attempt:
            continue
        wanted = attempt or last.attempt + 1
        _check_number(last, wanted, blueprint)
        missed = over(last)
        if not (handed_in(last) or attempt is not None or (missed and timed)):
            raise CourseError(_not_handed_in(last, wanted, blueprint, missed))
        found.append(Sitting(Trainee(name, last.name, last.email, last.extra), wanted))
    return tuple(found)


def _check_number(last: FormEntry, wanted: int, blueprint: BlueprintFile) -> None:
    most = blueprint.retake.attempts
    if wanted > most:
        times = "once" if most == 1 else f"{most} times"
        raise CourseError(
            f"{last.trainee} cannot sit {blueprint.id} again: it can be sat {times} (retake.attempts in the blueprint)."
            " No form was drawn."
        )
    if wanted > last.attempt + 1:
        raise CourseError(
            f"{last.trainee} has attempt {last.attempt}, so the next is {last.attempt + 1}, not {wanted}. No form was drawn."
        )


def _not_handed_in(last: FormEntry, wanted: int, blueprint: BlueprintFile, over: bool) -> str:
    if over:
        rest = f"If they did not come, the exam is over for them: add {EXAMPLE}. {last.form} counts as an attempt then."
    else:
        rest = f"The exam is not over for them. If {last.form} is lost and shall count as an attempt, add --attempt {wanted}."
    return (
        f"{last.trainee} has not handed in {last.form}, attempt {last.attempt}; no form was drawn. Run `python -m grader"
        f" exam collect {blueprint.id}` if it was submitted. {rest}"
    )
