"""A class as a table: who was graded, who waits and why."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from grader.feedback import points

FORMULA = tuple("=+-@\t\r")
"""What a spreadsheet takes for the beginning of a formula."""


@dataclass(frozen=True, slots=True)
class Row:
    """One trainee.

    Parameters
    ----------
    trainee
        nbgrader's name of the student.
    status
        ``graded``, ``needs review`` or ``missing``.
    earned, possible
        Points so far and at most; None where nothing could be scored.
    awaiting
        Items that an instructor has to confirm.
    suggested
        Points that the automatic reading suggests for those.
    reason
        Why it needs review, in words.
    """

    trainee: str
    status: str
    earned: float | None
    possible: float
    awaiting: int
    reason: str
    suggested: float = 0.0


@dataclass(frozen=True, slots=True)
class ClassTable:
    """The rows of one assignment."""

    assignment: str
    rows: tuple[Row, ...]

    def frame(self) -> pd.DataFrame:
        """Return the table with one row a trainee; points are missing, not 0, where nothing was scored."""
        return pd.DataFrame(
            {
                "assignment": self.assignment,
                "trainee": [row.trainee for row in self.rows],
                "status": [row.status for row in self.rows],
                "points": [row.earned for row in self.rows],
                "possible": [row.possible for row in self.rows],
                "percent": [_percent(row) for row in self.rows],
                "items_awaiting_confirmation": [row.awaiting for row in self.rows],
                "suggested_points": [row.suggested for row in self.rows],
                "reason": [row.reason for row in self.rows],
            }
        )

    def write_csv(self, path: Path) -> None:
        """Write the table as CSV; a spreadsheet must not take a cell for a formula."""
        frame = self.frame()
        for column in ("trainee", "reason"):
            frame[column] = [no_formula(text) for text in frame[column]]
        frame.to_csv(path, index=False)

    def __str__(self) -> str:
        """Return the table for a terminal."""
        lines = [f"{'Trainee':<14} {'Points':>12} {'':>6}  {'To confirm':>20}  Status"]
        for row in self.rows:
            earned = f"{points(row.earned)} of {points(row.possible)}" if row.earned is not None else "–"
            percent = f"{_percent(row):.0f} %" if row.earned is not None else ""
            status = f"{row.status}: {row.reason}" if row.reason else row.status
            lines.append(f"{row.trainee:<14} {earned:>12} {percent:>6}  {_waiting(row):>20}  {status}")
        return "\n".join(lines)


def no_formula(text: str) -> str:
    """Return a text so that a spreadsheet does not take it for a formula."""
    return f"'{text}" if text.startswith(FORMULA) else text


def _waiting(row: Row) -> str:
    suggested = f" (suggested {points(row.suggested)})" if row.suggested else ""
    return f"{row.awaiting}{suggested}" if row.awaiting else ""


def _percent(row: Row) -> float | None:
    return None if row.earned is None or not row.possible else round(100 * row.earned / row.possible, 1)
