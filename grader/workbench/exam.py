"""The desk of an exam in JupyterLab: one widget for the whole form.

What crosses to the browser: the trait tagged ``sync=True``, which is what anybody may read of the form, and messages.
Encounters and answers go by message, and only once the form is open: a trait would be saved into the notebook.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import anywidget
import traitlets

from grader.codeset.tabular import SEARCH_TEXT
from grader.errors import CourseError
from grader.sitting.journal import Clock
from grader.workbench import STATIC
from grader.workbench.seat import OPEN, Seat, TooLateError

_READABLE = (
    "assignment",
    "title",
    "introduction",
    "minutes",
    "warnings",
    "grace",
    "over",
    "opens",
    "closes",
    "late",
)
_FULL = "Your answers could not be written to the disk ({}). They are kept in this page: leave it open and call your instructor."


class ExamDesk(anywidget.AnyWidget):  # type: ignore[misc]  # anywidget has no types
    """The desk at which one form is sat.

    Parameters
    ----------
    seat
        What may happen when, and what is kept.
    """

    _esm = STATIC / "exam.js"
    _css = STATIC / "exam.css"
    form = traitlets.Dict().tag(sync=True)

    def __init__(self, seat: Seat) -> None:
        self._seat = seat
        self._pages: set[str] = set()
        super().__init__(form={name: seat.form.data[name] for name in _READABLE})
        self.on_msg(self._asked)

    def _asked(self, _widget: object, message: object, _buffers: object) -> None:
        if not isinstance(message, dict):
            return
        if message.get("kind") == "codes":
            self.send({"kind": "codes"}, [SEARCH_TEXT.read_bytes()])
            return
        answers: dict[str, Callable[[Mapping[str, Any]], None]] = {
            "hello": self._hello,
            "begin": self._begin,
            "save": self._save,
            "look": self._look,
            "finish": self._finish,
        }
        if answer := answers.get(str(message.get("kind"))):
            answer(message)

    def _hello(self, message: Mapping[str, Any]) -> None:
        """Tell a page where the sitting stands; of one that came anew the record says so."""
        words = self._tried(self._seat.look)
        page = str(message.get("from"))
        if self._pages and page not in self._pages:
            words = words or self._tried(self._seat.resume)
        self._pages.add(page)
        self._tell(message, words, whole=True)

    def _begin(self, message: Mapping[str, Any]) -> None:
        words = self._tried(lambda: self._seat.begin(str(message.get("code"))))
        self._tell(message, words, whole=True)

    def _save(self, message: Mapping[str, Any]) -> None:
        """Keep answers; every page hears which, for the exam may be open in two."""
        items = message.get("items")
        items = dict(items) if isinstance(items, dict) else {}
        told = {"from": message.get("from"), "number": message.get("number")}
        try:
            saved = self._seat.save(items)
        except TooLateError as error:
            self.send({**told, "kind": "refused", "words": str(error)})
        except OSError as error:
            self.send(
                {**told, "kind": "unsaved", "words": _FULL.format(error.strerror or "the disk refuses")}
            )
        except CourseError as error:
            self.send({**told, "kind": "unsaved", "words": str(error)})
        else:
            self.send({**told, "kind": "saved", "at": saved.at.isoformat(), "items": items, **self._time()})

    def _look(self, message: Mapping[str, Any]) -> None:
        changed = False

        def look() -> None:
            nonlocal changed
            changed = self._seat.look()

        words = self._tried(look)
        if changed:
            self.send({"kind": "answers", "answers": self._seat.answers})
        self._tell(message, words)

    def _finish(self, message: Mapping[str, Any]) -> None:
        words = self._tried(self._seat.finish)
        self._tell({"from": message.get("from") if words else ""}, words)

    def _tried(self, act: Callable[[], object]) -> str:
        """Do something, and return in words why it could not be done, if it could not."""
        try:
            act()
        except OSError as error:
            return f"This folder cannot be written to ({error.strerror or 'the disk refuses'}). Call your instructor."
        except CourseError as error:
            return str(error)
        return ""

    def _tell(self, message: Mapping[str, Any], words: str, *, whole: bool = False) -> None:
        """Tell a page, or all of them, where the sitting stands."""
        stage = self._seat.stage
        told = {"kind": "state", "from": message.get("from"), "stage": stage, "words": words, **self._time()}
        if whole and stage == OPEN:
            told |= {"cases": list(self._seat.cases), "answers": self._seat.answers}
        self.send(told)

    def _time(self) -> dict[str, Any]:
        saved = self._seat.journal.last_save
        return {"left": self._seat.left, "saved": saved.isoformat() if saved else ""}


@dataclass(frozen=True, slots=True, repr=False)
class Notice:
    """What is shown in place of a desk."""

    words: str

    def __repr__(self) -> str:
        """Return the words: a notebook shows them as they are."""
        return self.words


def open_exam(folder: Path | None = None, clock: Clock | None = None) -> ExamDesk | Notice:
    """Open the exam whose form stands beside the notebook; where there is none, or it is damaged, say so."""
    try:
        return ExamDesk(Seat(folder or Path.cwd(), clock))
    except CourseError as error:
        return Notice(str(error))
