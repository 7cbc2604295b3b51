"""The record of a sitting as it is being written: ``sitting.jsonl`` beside the answers."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from grader.sitting.event import (
    FINISH,
    MAX_BYTES,
    MAX_LINES,
    SAVE,
    SITTING,
    START,
    Event,
    digest,
    parse,
)
from grader.sitting.files import append, content

Clock = Callable[[], datetime]
_MANY = MAX_LINES - 500


class Journal:
    """The record in one folder.

    Parameters
    ----------
    folder
        Where the answers stand.
    clock
        Tells the time.
    """

    def __init__(self, folder: Path, clock: Clock) -> None:
        self.path = folder / SITTING
        self._clock = clock
        self._size = -1
        self.events: list[Event] = []
        self._last_line = b""
        self.refresh()

    def refresh(self) -> None:
        """Read the record again where another notebook has written to it."""
        size = self.path.stat().st_size if self.path.is_file() else 0
        if size == self._size:
            return
        lines = (content(self.path, MAX_BYTES) or b"").split(b"\n")[:-1]
        self.events = [event for line in lines if (event := parse(line))]
        self._last_line = lines[-1] if lines else b""
        self._size = size

    @property
    def started(self) -> datetime | None:
        """When the sitting began; None where it did not."""
        return next((event.at for event in self.events if event.event == START), None)

    @property
    def is_finished(self) -> bool:
        """Whether the trainee has handed over."""
        return self.has(FINISH)

    @property
    def last_save(self) -> datetime | None:
        """When answers were saved last; None where they were not."""
        return max((event.at for event in self.events if event.event == SAVE), default=None)

    @property
    def saves(self) -> int:
        """How many saves there have been."""
        return max((event.saves for event in self.events), default=0)

    @property
    def answers(self) -> str:
        """SHA-256 of the answers that the record ends with; empty where there is no record."""
        return self.events[-1].answers if self.events else ""

    @property
    def is_full(self) -> bool:
        """Whether the record is as long as grading reads it: what is left is for the end."""
        return len(self.events) >= _MANY

    def has(self, event: str) -> bool:
        """Tell whether something happened."""
        return any(each.event == event for each in self.events)

    def now(self) -> datetime:
        """Return the time, which in a record never runs backwards."""
        return max([self._clock(), *(event.at for event in self.events[-1:])])

    def add(self, event: str, saves: int, answered: int, answers: bytes) -> datetime:
        """Write down what happened, and return when.

        Raises
        ------
        OSError
            When it cannot be written.
        """
        before = digest(self._last_line) if self._last_line else ""
        made = Event(self.now(), event, saves, answered, digest(answers), before)
        if event == SAVE and self.is_full:
            return made.at
        line = made.line()
        append(self.path, line)
        self._last_line = line
        self._size = self.path.stat().st_size
        self.events.append(made)
        return made.at
