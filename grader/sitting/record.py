"""Reading the record of a sitting that a trainee handed in.

It is the trainee's own word, written on the trainee's machine: nothing in it is believed without a look, whatever stands
in it raises nothing, and what is odd becomes a remark for the instructor.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path

from grader.answers import MAX_BYTES as MAX_ANSWERS
from grader.sitting.event import (
    FINISH,
    MAX_BYTES,
    MAX_LINES,
    SAVE,
    SITTING,
    START,
    TIME_UP,
    WARNING,
    Event,
    digest,
    no_answers,
    parse,
)
from grader.sitting.files import content
from grader.sitting.history import HISTORY

_CLOCKS = timedelta(minutes=2)
_FIRST = 200_000  # bytes in which the first line ends
NO_RECORD = "There is no record of the sitting (sitting.jsonl is missing, a link or no file): when it began is not known."


@dataclass(frozen=True, slots=True)
class Sitting:
    """What the record of one sitting says.

    Parameters
    ----------
    started, finished, last_save
        When, by the clock of the trainee's machine; None where the record does not tell.
    saves
        How many saves there were.
    chain_intact
        Whether every line follows from the one before.  There is no secret in it: who can program can write it anew.
    remarks
        What is odd about it, for the instructor.
    answers_match
        Whether the answers handed in are those that the record ends with; None where there is no record.
    """

    started: datetime | None
    finished: datetime | None
    last_save: datetime | None
    saves: int
    chain_intact: bool
    remarks: tuple[str, ...]
    answers_match: bool | None = None


def read_sitting(folder: Path, form: str) -> Sitting:
    """Read the record of a submission, within bounds whatever it holds.

    Parameters
    ----------
    folder
        ``submitted/<trainee>/<form>``.
    form
        Whose record it has to be.
    """
    data = content(folder / SITTING, MAX_BYTES)
    if data is None:
        return Sitting(None, None, None, 0, False, (NO_RECORD,))
    lines = data.split(b"\n")
    if len(data) > MAX_BYTES or len(lines) > MAX_LINES + 1:
        what = f"larger than {MAX_BYTES:,} bytes or {MAX_LINES:,} lines"
        return Sitting(
            None, None, None, 0, False, (f"The record of the sitting is {what}; it was not read.",)
        )
    torn = lines.pop()
    found = [parse(line) for line in lines]
    events = [event for event in found if event]
    intact = len(events) == len(found) and not torn and _follows(lines, events)
    match = _matches(folder, events)
    remarks = [*_order(events), *_answers(events, match, form), *_history(folder, events)]
    if not intact:
        remarks.insert(
            0, "The record of the sitting is damaged or was changed: its lines do not follow from each other."
        )
    return Sitting(
        next((event.at for event in events if event.event == START), None),
        _last(events, FINISH),
        _last(events, SAVE),
        max((event.saves for event in events), default=0),
        intact,
        tuple(remarks),
        match,
    )


def _follows(lines: Sequence[bytes], events: Sequence[Event]) -> bool:
    """Tell whether each line names the one before."""
    before = ["", *(digest(line) for line in lines[:-1])]
    return all(event.before == named for event, named in zip(events, before, strict=bool(lines)))


def _last(events: Sequence[Event], name: str) -> datetime | None:
    return max((event.at for event in events if event.event == name), default=None)


def _matches(folder: Path, events: Sequence[Event]) -> bool | None:
    if not events:
        return None
    answers = content(folder / "answers.json", MAX_ANSWERS)
    return answers is not None and digest(answers) == events[-1].answers


def _order(events: Sequence[Event]) -> list[str]:
    """Return what is odd about what happened, and in which order."""
    names = [event.event for event in events]
    remarks = []
    if any(one.at > other.at for one, other in pairwise(events)):
        remarks.append("The times in the record of the sitting run backwards.")
    if START not in names:
        remarks.append("The record of the sitting has no start: when it began is not known.")
    elif names[0] != START or names.count(START) > 1:
        remarks.append("The record of the sitting does not begin with its one start.")
    # What was typed before the end may arrive after it; after handing over, nothing does.
    if FINISH in names and {*names[names.index(FINISH) + 1 :]} - {TIME_UP, WARNING}:
        remarks.append("The record of the sitting goes on after it was handed over.")
    if any(one.saves > other.saves for one, other in pairwise(events)):
        remarks.append("The numbers of the saves in the record of the sitting run backwards.")
    return remarks


def _answers(events: Sequence[Event], match: bool | None, form: str) -> Iterator[str]:
    """Yield whether answers came in on another way than through the exam's page."""
    if match is False:
        yield "The answers handed in are not those that the record of the sitting ends with."
    if any(
        after.event not in (START, SAVE) and after.answers != one.answers for one, after in pairwise(events)
    ):
        yield "The answers were changed between two events of the record, without a save."
    empty = digest(no_answers(form))
    if any(
        event.answers != empty or event.answered or event.saves for event in events if event.event == START
    ):
        yield "There were answers before the record of the sitting begins: it was begun anew, or they come from elsewhere."
    if SAVE not in {event.event for event in events} and any(
        event.answers != empty or event.answered for event in events if event.event != START
    ):
        yield "There are answers, and the record of the sitting has no save."


def _history(folder: Path, events: Sequence[Event]) -> list[str]:
    """Return whether answers are older than the start, as they are where a record was begun anew."""
    line = (content(folder / HISTORY, _FIRST) or b"").split(b"\n", 1)[0]
    try:
        first = datetime.fromisoformat(json.loads(line)["at"])
        if events and first < events[0].at - _CLOCKS:
            return ["The history of the answers begins before the record of the sitting does."]
    except (ValueError, TypeError, KeyError, RecursionError):
        pass  # no history, or none that says anything
    return []
