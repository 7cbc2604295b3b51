"""One trainee's seat in an exam, without its page: what may happen when, and what is kept of it."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from grader.answers import MAX_BYTES, SCHEMA, answers_from_data
from grader.errors import CourseError
from grader.sitting.event import FINISH, RESUME, SAVE, START, TIME_UP, WARNING, digest
from grader.sitting.files import content, turn
from grader.sitting.form import SealedForm, read_form
from grader.sitting.history import History
from grader.sitting.journal import Clock, Journal
from grader.workbench import ANSWERS, AnswersFile

EARLY, CLOSED, READY, AWAY, OPEN, OVER, FINISHED = (
    "early",
    "closed",
    "ready",
    "away",
    "open",
    "over",
    "finished",
)
"""Not open yet · closed · can be begun · begun, and the code is asked for again · being sat · time is up · handed over."""

# Kept while this kernel lives, so that the code is not asked for at every reload of the page.
_opened: dict[tuple[Path, str], tuple[dict[str, Any], ...]] = {}


class TooLateError(CourseError):
    """An answer came when none is taken any more."""


def steady_clock() -> Clock:
    """Return a clock that nobody turns back while the kernel runs."""
    began, ticks = datetime.now().astimezone(), time.monotonic()

    def now() -> datetime:
        # The ticks stand still while a laptop sleeps, and the wall clock goes back when somebody sets it.
        steady = began + timedelta(seconds=time.monotonic() - ticks)
        return max(datetime.now().astimezone(), steady)

    return now


@dataclass(frozen=True, slots=True)
class Saved:
    """That answers are on the disk: when, and the number of the save."""

    at: datetime
    number: int


class Seat:
    """A seat in the folder of a released form.

    Parameters
    ----------
    folder
        With ``exam.json``, and the trainee's files.
    clock
        Tells the time.

    Raises
    ------
    SittingFileError
        When the form is missing or damaged.
    """

    def __init__(self, folder: Path, clock: Clock | None = None) -> None:
        self.folder = folder
        self.form: SealedForm = read_form(folder)
        self.journal = Journal(folder, clock or steady_clock())
        self._history = History(folder)
        self._file: AnswersFile | None = None
        self._known: dict[str, Any] = {}
        self.cases = _opened.get(self._seal, ()) if self.journal.started else ()
        if self.cases:
            self._take_answers()

    @property
    def _seal(self) -> tuple[Path, str]:
        # All of the form: with another time limit in it, the code has to be typed again, and does not open it.
        return self.folder.resolve(), digest(json.dumps(self.form.data, sort_keys=True).encode())

    @property
    def stage(self) -> str:
        """How far the sitting is."""
        now, started, rules = self.journal.now(), self.journal.started, self.form.rules
        if self.journal.is_finished:
            return FINISHED
        if started is None:
            return EARLY if now < rules.opens else READY if now < rules.closes else CLOSED
        if now >= rules.end(started):
            return OVER
        return OPEN if self.cases else AWAY

    @property
    def left(self) -> float:
        """Seconds until the end; 0 before the start and after the end."""
        started = self.journal.started
        if started is None:
            return 0.0
        return max(0.0, (self.form.rules.end(started) - self.journal.now()).total_seconds())

    @property
    def answers(self) -> dict[str, Any]:
        """All answers as they were last seen."""
        return dict(self._known)

    def begin(self, code: str) -> None:
        """Open the form, and begin or go on; outside of its time nothing is opened.

        Raises
        ------
        CourseError
            When the code is wrong, or the form damaged.
        OSError
            When the start cannot be written down.
        """
        if os.environ.get("NBGRADER_EXECUTION") or self.stage not in (READY, AWAY):
            return
        cases = self.form.opened(code)
        with turn(self.journal.path):
            self.journal.refresh()
            self.cases = cases
            file = self._take_answers()
            try:
                file.save({"items": []}, {})
                self._note(RESUME if self.journal.started else START)
            except OSError:
                self.cases = ()
                raise
        _opened[self._seal] = cases

    def resume(self) -> None:
        """Write down that a page came back to a form that is open."""
        if self.stage == OPEN:
            with turn(self.journal.path):
                self.journal.refresh()
                self._note(RESUME)

    def save(self, items: Mapping[str, Any]) -> Saved:
        """Keep answers.

        Parameters
        ----------
        items
            What was changed: by item the answer, None where it was taken back.

        Raises
        ------
        TooLateError
            When the time, with its grace, is over, or the sitting was handed over.
        CourseError
            When something is no answer to this form.
        OSError
            When it cannot be written.
        """
        with turn(self.journal.path):
            self.journal.refresh()
            self._refuse_late(items)
            file = self._take_answers()
            self._check({**self._known, **items}, items)
            given = {item: answer for item, answer in items.items() if answer is not None}
            self._note_change()
            file.save({"items": [{"id": item} for item in items]}, given)
            self._known = file.all()
            number = self.journal.saves + 1
            at = self._note(SAVE, number)
            with suppress(
                OSError
            ):  # the answers are safe: what was there before them is worth less than going on
                self._history.keep(items, at)
        return Saved(at, number)

    def look(self) -> bool:
        """Write down which warnings and whether the end have passed; tell whether answers came from another notebook."""
        self.journal.refresh()
        if self.journal.started is None or self.journal.is_finished:
            return False
        with turn(self.journal.path):
            self.journal.refresh()
            self._note_time()
        before = self._known
        if self._file is not None:
            self._known = self._file.all()
        return self._known != before

    def finish(self) -> None:
        """Hand over: after that nothing is taken any more.

        Raises
        ------
        OSError
            When it cannot be written down.
        """
        if self.stage != OPEN:
            return
        with turn(self.journal.path):
            self.journal.refresh()
            if not self.journal.is_finished:
                self._note(FINISH)

    def _take_answers(self) -> AnswersFile:
        if self._file is None:
            self._file = AnswersFile(self.folder / ANSWERS, self.form.id)
        self._known = self._file.all()
        return self._file

    def _refuse_late(self, items: Mapping[str, Any]) -> None:
        started, rules, finished = self.journal.started, self.form.rules, self.journal.is_finished
        if not self.cases and self.stage not in (OVER, FINISHED):
            problem = "The exam is not open in this notebook."
            raise CourseError(f"{problem} Press ▶▶ above and type your opening code.")
        over = started is not None and self.journal.now() > rules.end(started) + rules.allowance
        # A new kernel has not opened the form: after the end, it cannot tell what is an answer to it.
        if over or finished or not self.cases:
            with suppress(OSError):
                self._history.refuse(items, self.journal.now())
            why = "You have handed over" if finished else "The time is up"
            raise TooLateError(f"{why}: this answer came too late and does not count.")

    def _check(self, merged: Mapping[str, Any], items: Mapping[str, Any]) -> None:
        """Refuse what would make the whole file unreadable."""
        known = {item["id"] for case in self.cases for item in case["items"]}
        if not known.issuperset(items):
            raise CourseError("An answer to a question that this form does not have was not saved.")
        given = {item: answer for item, answer in items.items() if answer is not None}
        answers_from_data({"schema": SCHEMA, "assignment": self.form.id, "items": given}, ANSWERS)
        if _size(merged) > MAX_BYTES - 1000:
            raise CourseError("Your answers together are longer than can be graded. Shorten what you wrote.")

    def _note_time(self) -> None:
        rules, left = self.form.rules, self.left
        passed = sum(left <= minutes * 60 for minutes in rules.warnings if minutes < rules.minutes)
        for _ in range(passed - sum(event.event == WARNING for event in self.journal.events)):
            self._note(WARNING)
        if not left and not self.journal.has(TIME_UP):
            self._note(TIME_UP)

    def _note_change(self) -> None:
        """Write down that answers were changed otherwise than here, before a save hides it."""
        answers = content(self.folder / ANSWERS, MAX_BYTES) or b""
        if not self.journal.is_full and self.journal.answers != digest(answers):
            self._note(RESUME)

    def _note(self, event: str, saves: int | None = None) -> datetime:
        answers = content(self.folder / ANSWERS, MAX_BYTES) or b""
        answered = sum(map(_says, self._known.values()))
        return self.journal.add(event, self.journal.saves if saves is None else saves, answered, answers)


def _says(answer: Any) -> bool:
    """Tell whether there is anything in an answer."""
    if isinstance(answer, Mapping):
        return any(map(_says, answer.values()))
    return bool(answer.strip()) if isinstance(answer, str) else bool(answer)


def _size(items: Mapping[str, Any]) -> int:
    given = {item: answer for item, answer in items.items() if answer is not None}
    return len(json.dumps(given, ensure_ascii=False, indent=1).encode("utf-8"))
