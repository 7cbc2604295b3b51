"""A class as a table: who was graded, who waits and why."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from grader.feedback import points
from grader.grading.reports.spreadsheet import FORMULA, Cell, no_formula, private_table
from grader.visible import one_line

__all__ = ["FORMULA", "ClassTable", "Row", "no_formula", "percent"]

FILE = "grades.csv"
GRADED, MISSING = "graded", "missing"
MOST = 40
"""How many trainees a terminal shows."""
COLUMNS = (
    "assignment", "trainee", "status", "points", "possible", "percent", "items_awaiting_confirmation", "suggested_points",
    "reason", "remarks",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Row:
    """One trainee.

    Parameters
    ----------
    trainee
        nbgrader's name of the student.
    status
        ``graded`` or ``missing``.
    earned, possible
        Points so far and at most; None where nothing could be scored.
    awaiting
        Items that an instructor has to confirm.
    suggested
        Points that the automatic reading suggests for those.
    reason
        Why it is missing, in words.
    remarks
        What was odd and did not matter, in words.
    """

    trainee: str
    status: str
    earned: float | None
    possible: float
    awaiting: int
    reason: str
    suggested: float = 0.0
    remarks: tuple[str, ...] = ()

    @property
    def percent(self) -> float | None:
        """Points so far as a share of all; None where nothing could be scored."""
        return None if self.earned is None else percent(self.earned, self.possible)

    @property
    def attention(self) -> int | None:
        """How soon somebody should look at it, 0 first; None where all is well."""
        if self.status == MISSING:
            return 0
        if self.remarks:
            return 1
        return 2 if self.awaiting else None


@dataclass(frozen=True, slots=True)
class ClassTable:
    """The rows of one assignment."""

    assignment: str
    rows: tuple[Row, ...]

    def write_csv(self, path: Path) -> None:
        """Write the table as CSV; points are missing, not 0, where nothing was scored."""
        with private_table(path, COLUMNS) as write:
            for row in self.rows:
                write(self._cells(row))

    def _cells(self, row: Row) -> tuple[Cell, ...]:
        return (
            self.assignment,
            row.trainee,
            row.status,
            row.earned,
            row.possible,
            row.percent,
            row.awaiting,
            row.suggested,
            row.reason,
            " ".join(row.remarks),
        )

    def __str__(self) -> str:
        """Return the table for a terminal; of a large class those who need attention, and how many there are."""
        if len(self.rows) <= MOST:
            return "\n".join(_lines(self.rows))
        chosen = needing_attention(self.rows)
        shown = sorted(chosen[:MOST], key=lambda row: row.trainee)
        cut = f"Shown are {MOST} of the {len(chosen):,} trainees that need attention."
        lines = [*_lines(shown), ""] if shown else []
        lines += [cut] if len(chosen) > MOST else []
        return "\n".join([*lines, self.summary])

    @property
    def summary(self) -> str:
        """The class in one line."""
        missing = sum(row.status == MISSING for row in self.rows)
        waiting = sum(row.awaiting for row in self.rows if row.status != MISSING)
        wait = f"; {counted(waiting, 'answer waits', 'answers wait')} for confirmation" if waiting else ""
        return (
            f"{counted(len(self.rows), 'trainee', 'trainees')}: {len(self.rows) - missing:,} graded, {missing:,} missing{wait}."
            f" The whole table is in {FILE}."
        )


def needing_attention(rows: Iterable[Row]) -> list[Row]:
    """Return the rows that somebody should look at: missing, then with remarks, then waiting."""
    wanted = [row for row in rows if row.attention is not None]
    return sorted(wanted, key=lambda row: row.attention or 0)


def percent(part: float, whole: float) -> float | None:
    """Return a share in percent with one decimal; None of nothing."""
    return round(100 * part / whole, 1) if whole else None


def counted(number: int, one: str, many: str) -> str:
    """Return a number with what it counts."""
    return f"{number:,} {one if number == 1 else many}"


def _lines(rows: Sequence[Row]) -> list[str]:
    lines = [f"{'Trainee':<14} {'Points':>12} {'':>6}  {'To confirm':>20}  Status"]
    for row in rows:
        earned = f"{points(row.earned)} of {points(row.possible)}" if row.earned is not None else "–"
        share = "" if row.percent is None else f"{row.percent:.0f} %"
        status = f"{row.status}: {one_line(row.reason)}" if row.reason else row.status
        remarks = f" ({one_line(' '.join(row.remarks))})" if row.remarks else ""
        lines.append(
            f"{one_line(row.trainee):<14} {earned:>12} {share:>6}  {_waiting(row):>20}  {status}{remarks}"
        )
    return lines


def _waiting(row: Row) -> str:
    suggested = f" (suggested {points(row.suggested)})" if row.suggested else ""
    return f"{row.awaiting}{suggested}" if row.awaiting else ""
