"""The history of a trainee's answers, ``answers-history.jsonl``: what stood there before, for when something went wrong.

It is never graded.  Of what is typed, a state every half a minute is kept, and always the one before words were taken away.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from grader.sitting.files import append, content

HISTORY = "answers-history.jsonl"
MAX_HISTORY = 950_000
"""Short of what unpacking an archive takes however well it packs: states of one note repeat each other."""
_APART = timedelta(seconds=30)
_TAKEN_AWAY = 20  # characters


class History:
    """The history in one folder.

    Parameters
    ----------
    folder
        Where the answers stand.
    """

    def __init__(self, folder: Path) -> None:
        self.path = folder / HISTORY
        self._written: dict[str, datetime] = {}
        self._waiting: dict[str, bytes] = {}

    def keep(self, items: Mapping[str, Any], at: datetime) -> None:
        """Take down answers that were just saved.

        Parameters
        ----------
        items
            By item the answer, None where it was taken back.
        at
            When.

        Raises
        ------
        OSError
            When it cannot be written.
        """
        for item, answer in items.items():
            line = _line(item, answer, at)
            before = self._waiting.pop(item, None)
            if before is not None and len(before) - len(line) > _TAKEN_AWAY:
                self._append(before)
            if item in self._written and at - self._written[item] < _APART and answer is not None:
                self._waiting[item] = line
            else:
                self._append(line)
                self._written[item] = at

    def refuse(self, items: Mapping[str, Any], at: datetime) -> None:
        """Take down answers that came too late to count: an instructor may want to see them."""
        for item, answer in items.items():
            self._append(_line(item, answer, at, refused=True))

    def _append(self, line: bytes) -> None:
        size = self.path.stat().st_size if self.path.is_file() else 0
        if size + len(line) + 1 > MAX_HISTORY:
            self._thin()
        append(self.path, line)

    def _thin(self) -> None:
        """Halve what is there: of each item every second state goes, and the first and the last stay."""
        lines = (content(self.path, MAX_HISTORY) or b"").splitlines()
        while sum(map(len, lines)) > MAX_HISTORY // 2 and (fewer := _thinned(lines)) != lines:
            lines = fewer
        if sum(map(len, lines)) > MAX_HISTORY // 2:
            lines = lines[:1]  # somebody else's file, or hundreds of questions with the longest answers
        draft = self.path.with_name(f".{HISTORY}.new")
        draft.write_bytes(b"".join(line + b"\n" for line in lines))
        draft.replace(self.path)


def _line(item: str, answer: Any, at: datetime, *, refused: bool = False) -> bytes:
    data = {"at": at.isoformat(timespec="seconds"), "item": item, "answer": answer}
    return json.dumps({**data, "refused": True} if refused else data, ensure_ascii=False).encode("utf-8")


def _thinned(lines: list[bytes]) -> list[bytes]:
    places: dict[str, list[int]] = {}
    for place, line in enumerate(lines):
        places.setdefault(_item(line), []).append(place)
    stay = {place for own in places.values() for place in (*own[::2], own[-1])}
    return [line for place, line in enumerate(lines) if place in stay]


def _item(line: bytes) -> str:
    try:
        return str(json.loads(line)["item"])
    except (ValueError, TypeError, KeyError, RecursionError):
        return ""
