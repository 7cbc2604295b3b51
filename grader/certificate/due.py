"""Whose certificates are to be renewed, and since when each of them holds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from grader.certificate.registry import Entry, Registry
from grader.decision.words import counted
from grader.errors import CourseError
from grader.exam.attempts import Sitting
from grader.exam.blueprint import Renews
from grader.exam.renewal.drawing import Due
from grader.visible import short

_MONTH = timedelta(days=30.5)


def due_for(
    sittings: Sequence[Sitting], renews: Renews, registry: Registry, within: timedelta, now: datetime
) -> tuple[tuple[Due, ...], tuple[Entry, ...]]:
    """Return who gets a renewal form, and the certificates that hold too long for that.

    Parameters
    ----------
    sittings
        Who wants one.
    renews
        Of which exams certificates are renewed, and how long after their end.
    registry
        What was issued.
    within
        How long before its end a certificate is renewed.
    now
        With its offset from UTC.

    Raises
    ------
    CourseError
        When somebody has no certificate to renew; nobody gets a form then.
    """
    found, later = [], []
    latest = _latest([each.who.trainee for each in sittings], renews, registry)
    for each in sittings:
        entry = latest[each.who.trainee]
        _check_lapsed(entry, renews, now)
        if entry.expires > now + within:
            later.append(entry)
        else:
            found.append(Due(each, entry.issued.date()))
    return tuple(found), tuple(later)


def _latest(trainees: Sequence[str], renews: Renews, registry: Registry) -> Mapping[str, Entry]:
    """Return each trainee's latest certificate; all who have none are named at once, so that a roster is corrected once."""
    held = [each for each in registry.issued if each.exam in renews.exams and each.withdrawn is None]
    found = {each.trainee: each for each in sorted(held, key=lambda entry: entry.issued)}
    if missing := [short(name) for name in trainees if name not in found]:
        line = "line" if len(missing) == 1 else "lines"
        raise CourseError(
            f"Your issuer's folder has no certificate of {', '.join(missing)} for {', '.join(renews.exams)}. Take the {line} out of"
            " the roster, or say with --since when it was issued. No form was drawn."
        )
    return found


def _check_lapsed(entry: Entry, renews: Renews, now: datetime) -> None:
    if entry.expires < now - renews.lapsed_months * _MONTH:
        raise CourseError(
            f"The certificate of {short(entry.trainee)} ended on {entry.expires:%Y-%m-%d}, more than {counted(renews.lapsed_months, 'month')} ago:"
            " the whole exam is due (renews.lapsed_months in the blueprint). No form was drawn."
        )
