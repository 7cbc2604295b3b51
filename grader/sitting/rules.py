"""The rules of a sitting: how long it lasts, when it can be begun, and what becomes of work after that."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol


class TimeRule(Protocol):
    """How long a sitting lasts; the ``time`` of a blueprint is one."""

    @property
    def minutes(self) -> int:
        """From the start to the end."""

    @property
    def warnings(self) -> Sequence[int]:
        """With how many minutes left the trainee is told."""

    @property
    def grace(self) -> int:
        """Minutes after the end that pass without consequence."""

    @property
    def over(self) -> str:
        """``void`` or ``count``: what becomes of a sitting that took longer."""


class WindowRule(Protocol):
    """Between which moments an exam is sat; the ``window`` of a blueprint is one."""

    @property
    def opens(self) -> datetime:
        """Nobody begins before."""

    @property
    def closes(self) -> datetime:
        """Nobody begins after."""

    @property
    def late(self) -> str:
        """``void`` or ``count``: what becomes of what is handed in after that."""


@dataclass(frozen=True, slots=True)
class Rules:
    """Both rules of one form, as its released file tells them."""

    minutes: int
    warnings: tuple[int, ...]
    grace: int
    over: str
    opens: datetime
    closes: datetime
    late: str

    def end(self, started: datetime) -> datetime:
        """Return when a sitting ends; where late work does not count, there is no use in going on after the window."""
        end = started + timedelta(minutes=self.minutes)
        return min(end, self.closes) if self.late == "void" else end

    @property
    def allowance(self) -> timedelta:
        """What may pass after the end."""
        return timedelta(minutes=self.grace)
