"""One line of ``sitting.jsonl``: what happened in a sitting, chained to the line before.

No word of the trainee's stands in it.
"""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from grader.answers import SCHEMA

SITTING = "sitting.jsonl"
START, RESUME, SAVE, WARNING, TIME_UP, FINISH = "start", "resume", "save", "warning", "time_up", "finish"
EVENTS = (START, RESUME, SAVE, WARNING, TIME_UP, FINISH)
MAX_BYTES = 6_000_000
MAX_LINE = 600
MAX_LINES = 20_000
_FIELDS = {"at", "event", "saves", "answered", "answers", "before"}
_MOST = 10**7
_HASH = re.compile("[0-9a-f]{64}")
_YEARS = range(2000, 2200)


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened.

    Parameters
    ----------
    at
        When, by the clock of the trainee's machine.
    event
        One of `EVENTS`.
    saves
        How many saves there have been.
    answered
        How many questions have an answer.
    answers
        SHA-256 of ``answers.json`` as it was then.
    before
        SHA-256 of the line before; empty in the first.
    """

    at: datetime
    event: str
    saves: int
    answered: int
    answers: str
    before: str

    def line(self) -> bytes:
        """Return the line of the file, without its end."""
        data = {
            "at": self.at.isoformat(timespec="milliseconds"),
            "event": self.event,
            "saves": self.saves,
            "answered": self.answered,
            "answers": self.answers,
            "before": self.before,
        }
        return json.dumps(data).encode("ascii")


def digest(content: bytes) -> str:
    """Return the SHA-256 that lines and answers are known by."""
    return hashlib.sha256(content).hexdigest()


def no_answers(form: str) -> bytes:
    """Return ``answers.json`` as it is when a sitting begins."""
    data = {"schema": SCHEMA, "assignment": form, "items": {}}
    return json.dumps(data, ensure_ascii=False, indent=1).encode("utf-8")


def parse(line: bytes) -> Event | None:
    """Return the event of a line, or None where the line is none; whatever stands there, nothing is raised."""
    if len(line) > MAX_LINE:
        return None
    try:
        data = json.loads(line.decode("ascii"))
        if not isinstance(data, dict) or set(data) != _FIELDS:
            return None
        at = datetime.fromisoformat(data["at"])
        event = Event(**{**data, "at": at})
    except (ValueError, TypeError, RecursionError):
        return None
    return event if _is_sound(event) else None


def _is_sound(event: Event) -> bool:
    counts: tuple[Any, ...] = (event.saves, event.answered)
    return (
        event.at.tzinfo is not None
        and event.at.year in _YEARS
        and event.event in EVENTS
        and all(type(count) is int and 0 <= count <= _MOST for count in counts)
        and _is_hash(event.answers)
        and (event.before == "" or _is_hash(event.before))
    )


def _is_hash(value: object) -> bool:
    return isinstance(value, str) and _HASH.fullmatch(value) is not None
