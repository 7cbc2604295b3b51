"""Whose forms a command draws, when they are sat, and whether somebody may sit again."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from grader.errors import CourseError, DecisionsFileError
from grader.visible import short

if TYPE_CHECKING:
    from grader.exam.attempts import Sitting
    from grader.exam.drawing import Exam
    from grader.grading.course import Course


def add_who(draw: argparse.ArgumentParser) -> None:
    """Let a command be told whose forms are drawn, and with which secret."""
    draw.add_argument(
        "--roster",
        type=Path,
        metavar="FILE",
        help="CSV file: trainee,name,email and, if wanted, extra_minutes",
    )
    draw.add_argument("--seed-file", type=Path, required=True, metavar="SECRET", help="made by `exam seed`")
    draw.add_argument(
        "--retake", nargs="+", default=[], metavar="TRAINEE", help="draw the next form of these trainees"
    )
    draw.add_argument(
        "--attempt",
        type=int,
        metavar="N",
        help="with --retake: which attempt, where one was lost before the exam is over or the waiting time shall not count",
    )
    for name, what in (("--opens", "open"), ("--closes", "close")):
        draw.add_argument(
            name, metavar="TIME", help=f"when the new forms {what}, such as 2027-03-01T09:00-05:00"
        )


def check_who(options: argparse.Namespace) -> None:
    """Refuse a command that does not say whose forms are drawn."""
    if not options.roster and not options.retake:
        raise CourseError("Say for whom: --roster FILE for a class, or --retake TRAINEE for who sits again.")
    if options.attempt is not None and not options.retake:
        raise CourseError("--attempt goes with --retake TRAINEE.")


def corrected(options: argparse.Namespace, exam: Exam, course: Course) -> Exam:
    """Return the exam with what the roster says of those who have a form."""
    from grader.exam.drawing import with_roster
    from grader.exam.roster import read_roster
    from grader.grading.examforms import has_gone_out

    if not options.roster:
        return exam
    return with_roster(exam, read_roster(options.roster), lambda entry: has_gone_out(course, entry))


def sittings_of(options: argparse.Namespace, exam: Exam, course: Path) -> Sequence[Sitting]:
    """Return who gets a form and when: who on the roster has none yet, and who sits again."""
    from grader.exam.attempts import at_times, first_sittings, retakes
    from grader.exam.roster import read_roster
    from grader.exam.times import is_over
    from grader.grading.examforms import has_handed_in

    opens, closes = _moment(options.opens, "--opens"), _moment(options.closes, "--closes")
    first = first_sittings(read_roster(options.roster), exam.forms) if options.roster else ()
    again = retakes(
        options.retake,
        exam.forms,
        exam.blueprint,
        lambda entry: has_handed_in(course, entry),
        options.attempt,
        lambda entry: is_over(exam.blueprint, entry, datetime.now(UTC)),
        timed=opens is not None and closes is not None,
    )
    return at_times((*first, *again), opens, closes)


def remarks(options: argparse.Namespace, exam: Exam, drawn: bool) -> Iterator[str]:
    """Yield who has a form and is not on the roster, and which options changed nothing."""
    from grader.exam.roster import read_roster

    if options.roster:
        named = {each.trainee for each in read_roster(options.roster)}
        absent = list(dict.fromkeys(each.trainee for each in exam.forms if each.trainee not in named))
        if absent:
            more = f" and {len(absent) - _SHOWN:,} more" if len(absent) > _SHOWN else ""
            yield (
                f"Not on this roster, with a form all the same: {', '.join(map(short, absent[:_SHOWN]))}{more}. To remove"
                f" everything of somebody: python -m grader forget {short(absent[0])}"
            )
    unused = [name for name in ("opens", "closes", "since") if getattr(options, name, None) is not None]
    if unused and not drawn:
        yield (
            f"Not used: {' and '.join(f'--{name}' for name in unused)}. No form was drawn, and one that was drawn before stays as"
            " it is."
        )


_SHOWN = 5


def _moment(text: str | None, option: str) -> datetime | None:
    from grader.exam.times import read_moment

    if text is None:
        return None
    try:
        return read_moment(text)
    except ValueError:
        raise CourseError(
            f"{option} {short(text)}: write a day and time like 2027-03-01T09:00-05:00; the last part is how far your clock is"
            " from UTC."
        ) from None


def check_waits(course: Course, exam: Exam, sittings: Sequence[Sitting], overruled: bool) -> None:
    """Refuse a retake that the blueprint's rule does not allow now, or tell what an instructor overrules."""
    from grader.decision.publish import retake_decision
    from grader.exam.forms import latest_forms
    from grader.grading.examforms import has_handed_in

    before = latest_forms(exam.forms)
    for sitting in (each for each in sittings if each.attempt > 1):
        name = sitting.who.trainee
        if not overruled and not has_handed_in(course.root, before[name]):
            # Whose exam is over and who gets times of their own: an instructor lets them sit who did not come.
            print(
                f"{short(name)} did not hand in {before[name].form}: it counts as attempt {before[name].attempt}."
            )
            continue
        try:
            may = retake_decision(course, exam.blueprint.id, name, datetime.now(UTC))
        except DecisionsFileError:
            if not overruled:
                raise
            print(
                f"{short(name)}: nothing is decided yet, so the waiting time was not looked at (--attempt)."
            )
            continue
        if may.allowed:
            continue
        if not overruled:
            raise CourseError(
                f"No form was drawn: {short(name)} may not sit {exam.blueprint.id} again now. They are told: “{may.words}”"
                " If you allow it all the same, add --attempt {sitting.attempt}."
            )
        print(f"{short(name)}: overruled by --attempt, since the rule of the blueprint says: “{may.words}”")
