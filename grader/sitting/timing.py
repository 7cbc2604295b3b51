"""What the record of a sitting and the time of handing in say together, by the rules of the exam.

The record is made by the trainee's machine and proves nothing by itself: it is believed where its lines follow from each
other, it ends with the very answers that were handed in, and nothing in it contradicts the window and the time of handing in.
Where it is not, the time of handing in stands in for it.  nbgrader's time of submission is the trainee's own word as well; of
it and the time of arrival, which the class's computer kept, the later one counts.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from grader.sitting.record import Sitting
from grader.sitting.rules import TimeRule, WindowRule

CLOCKS = timedelta(minutes=2)
"""So much may two machines' clocks differ before it is remarked on."""


@dataclass(frozen=True, slots=True)
class Timing:
    """What the time of a sitting comes to.

    Parameters
    ----------
    minutes
        From the start to handing over, or to the last save where that was left out; None where it is not known.
    late
        Whether it was handed in after the exam had closed.
    over
        Whether work went on after the time limit.
    void
        Whether it does not count for that, as the blueprint has it.
    reasons
        Why, and what an instructor should know, in plain words; the remarks on the record stand among them.
    unknown
        Whether the record leaves open how long it took, so that an instructor has to decide whether it counts.
    """

    minutes: float | None
    late: bool
    over: bool
    void: bool
    reasons: tuple[str, ...]
    unknown: bool = False


def judge_time(
    sitting: Sitting,
    submitted: datetime | None,
    received: datetime | None,
    time: TimeRule,
    window: WindowRule,
) -> Timing:
    """Judge the time of one sitting.

    Parameters
    ----------
    sitting
        What its record says.
    submitted
        When nbgrader says it was handed in, in UTC where it has no zone; None where that is not known.
    received
        When it arrived by the clock of the class's computer; None where it came on another way than the exchange.
    time, window
        The rules of the exam.
    """
    said_at = submitted if submitted is None or submitted.tzinfo else submitted.replace(tzinfo=UTC)
    handed_in = max((at for at in (said_at, received) if at), default=None)
    grace = timedelta(minutes=time.grace)
    odd = tuple(_contradictions(sitting, handed_in, window))
    arrival = tuple(_arrival(said_at, received))
    proven = sitting.started is not None and not (sitting.remarks or odd)
    done = (sitting.last_save or sitting.started) if proven else handed_in
    late = handed_in is not None and handed_in > window.closes + grace
    limit = timedelta(minutes=time.minutes) + grace
    over = sitting.started is not None and done is not None and done - sitting.started > limit
    void = (over and time.over == "void") or (late and window.late == "void")
    open_ended = not (proven or over or _must_be_in_time(received, window, limit))
    # A sound record still says when work ended where the two times of handing in differ; whether it is true is asked.
    unknown = not void and (bool(odd or arrival) or open_ended)
    said = (_late(late, window), _over(over, time, proven), _UNKNOWN if unknown else "")
    reasons = (*filter(None, said), *sitting.remarks, *odd, *arrival)
    end = (sitting.finished or done) if proven else handed_in
    return Timing(_minutes(sitting, end), late, over, void, reasons, unknown)


_UNKNOWN = "How long the sitting took cannot be known. Decide whether it counts."


def _must_be_in_time(received: datetime | None, window: WindowRule, limit: timedelta) -> bool:
    """Tell whether it arrived so early that whatever the record says, no more than the time was used."""
    return received is not None and window.opens <= received <= window.opens + limit


def _arrival(said_at: datetime | None, received: datetime | None) -> Iterator[str]:
    """Yield what is odd about the time of submission."""
    if said_at is None:
        yield "There is no time of submission: timestamp.txt is missing, or does not hold one."
    elif received is not None and abs(received - said_at) > CLOCKS:
        yield "It did not arrive when its time of submission says: the clock was wrong, or that time was changed. The later one counts."


def _contradictions(sitting: Sitting, handed_in: datetime | None, window: WindowRule) -> Iterator[str]:
    """Yield where the record does not go together with what is known from elsewhere."""
    started = sitting.started
    if started is not None and started < window.opens - CLOCKS:
        yield "By its record the sitting began before the exam opened: the clock was wrong, or the record was changed."
    if started is not None and started >= window.closes + CLOCKS:
        yield "By its record the sitting began after the exam had closed: the clock was wrong, or the record was changed."
    last = max((at for at in (started, sitting.last_save, sitting.finished) if at), default=None)
    if handed_in is not None and last is not None and last > handed_in + CLOCKS:
        yield "The record of the sitting goes on after the time of submission: the clock was wrong, or the record was changed."


def _late(late: bool, window: WindowRule) -> str:
    counted = "does not count" if window.late == "void" else "is counted all the same"
    return (
        f"It was handed in after the exam had closed; by the rules of this exam it {counted}." if late else ""
    )


def _over(over: bool, time: TimeRule, proven: bool) -> str:
    if not over:
        return ""
    counted = "does not count" if time.over == "void" else "is counted all the same"
    how = (
        "Work went on" if proven else "Its record does not show that work ended in time, and it was handed in"
    )
    return f"{how} more than {time.minutes + time.grace} minutes after the start; by the rules of this exam it {counted}."


def _minutes(sitting: Sitting, end: datetime | None) -> float | None:
    """Return from the start to the end; a record that contradicts itself tells nothing."""
    if sitting.started is None or end is None:
        return None
    minutes = (end - sitting.started).total_seconds() / 60
    return round(minutes, 1) if minutes >= 0 else None
