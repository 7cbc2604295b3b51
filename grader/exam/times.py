"""When one form is sat and for how long: by the blueprint, or by times of its own."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from grader.errors import CourseError
from grader.exam.attempts import EXAMPLE, Sitting
from grader.exam.blueprint import BlueprintFile
from grader.exam.forms import FormEntry
from grader.sitting.rules import Rules


def times_of(blueprint: BlueprintFile, entry: FormEntry) -> Rules:
    """Return the rules of time of one form, for its release and for the decision on it.

    Extra minutes count from whenever the trainee starts; where everybody has to start at the opening to have the whole
    time, the form closes later by as much as is missing.
    """
    time, window = blueprint.time, blueprint.window
    opens = datetime.fromisoformat(entry.opens) if entry.opens else window.opens
    closes = datetime.fromisoformat(entry.closes) if entry.closes else window.closes
    return Rules(
        minutes=time.minutes + entry.extra,
        warnings=time.warnings,
        grace=time.grace,
        over=time.over,
        opens=opens,
        closes=closes + _missing(opens, closes, time.minutes, entry.extra),
        late=window.late,
    )


def as_sat(blueprint: BlueprintFile, entry: FormEntry) -> BlueprintFile:
    """Return a blueprint with the minutes and the window of one form, for what is said of it."""
    own = times_of(blueprint, entry)
    time = blueprint.time.model_copy(update={"minutes": own.minutes})
    window = blueprint.window.model_copy(update={"opens": own.opens, "closes": own.closes})
    return blueprint.model_copy(update={"time": time, "window": window})


def _missing(opens: datetime, closes: datetime, minutes: int, extra: int) -> timedelta:
    whole = opens + timedelta(minutes=minutes + extra)
    return min(max(whole - closes, timedelta()), timedelta(minutes=extra))


def check_times(blueprint: BlueprintFile, sittings: Iterable[Sitting], now: datetime) -> None:
    """Make sure that every form that is drawn now can be opened.

    Raises
    ------
    CourseError
        When an exam closes before it opens, or is over.
    """
    for each in sittings:
        opens, closes = each.opens or blueprint.window.opens, each.closes or blueprint.window.closes
        if closes <= now:
            raise CourseError(
                f"Nobody could open a form of {blueprint.id} that is drawn now: the exam closed on {in_words(closes)}. Give the"
                f" new forms times of their own: {EXAMPLE}. No form was drawn."
            )
        if closes <= opens:
            raise CourseError(
                f"The new forms of {blueprint.id} would close on {in_words(closes)}, before they open on {in_words(opens)}. Give"
                f" both times: {EXAMPLE}. No form was drawn."
            )


def is_over(blueprint: BlueprintFile, entry: FormEntry, now: datetime) -> bool:
    """Tell whether a form cannot be handed in any more: its own window and the grace have passed."""
    own = times_of(blueprint, entry)
    return now > own.closes + timedelta(minutes=own.grace)


def in_words(moment: datetime) -> str:
    """Return a moment for people to read."""
    return f"{moment:%-d %B %Y, %H:%M} {moment.tzname()}"


def read_moment(text: str) -> datetime:
    """Read a moment that was typed.

    Raises
    ------
    ValueError
        When it is none, or does not say its offset from UTC.
    """
    moment = datetime.fromisoformat(text.strip())
    if moment.tzinfo is None:
        raise ValueError("a moment needs its offset from UTC")
    return moment
