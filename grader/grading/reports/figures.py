"""What one trainee did, in figures."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import chain

from grader.grading.record import CellRecord
from grader.grading.reports.classtable import GRADED
from grader.grading.reports.measures import Share
from grader.grading.reports.outcome import Grade, Outcome


@dataclass(frozen=True, slots=True)
class TraineeFigures:
    """One trainee.

    Parameters
    ----------
    status, reason, remarks
        As in `grader.grading.reports.classtable.Row`.
    handed_in
        When, as nbgrader wrote it.
    points
        Points so far less what came off for lateness; None where it is missing.
    late
        Points that came off.
    waiting, suggested
        Answers that wait for an instructor, and the points that the automatic reading suggests for them.
    blank
        Items without an answer.
    code_level, first_listed, whole_cases
        Codes right among those of the reference and the extra ones; cases with the right code in first place; and cases
        without any mistake, among those in which nothing waits.
    fails
        Automatic fails: case and reason.
    errors, flags
        Kinds of mistakes, and of signs that somebody should look, with the number of answers that have them.
    """

    trainee: str
    status: str
    reason: str
    remarks: tuple[str, ...]
    handed_in: str
    points: float | None
    possible: float
    late: float = 0.0
    waiting: int = 0
    suggested: float = 0.0
    blank: int = 0
    code_level: Share = field(default_factory=Share)
    first_listed: Share = field(default_factory=Share)
    whole_cases: Share = field(default_factory=Share)
    fails: tuple[str, ...] = ()
    errors: Mapping[str, int] = field(default_factory=dict)
    flags: Mapping[str, int] = field(default_factory=dict)

    @property
    def percent(self) -> float | None:
        """Points so far in percent of all."""
        return None if self.points is None or not self.possible else 100 * self.points / self.possible

    @property
    def attention(self) -> int | None:
        """How soon an instructor should look, 0 first; None where nothing is to be done."""
        if self.status != GRADED:
            return 0
        if self.remarks or (self.flags and self.waiting):
            return 1
        return 2 if self.waiting else None


def figures(outcome: Outcome, possible: float) -> TraineeFigures:
    """Return the figures of one trainee; ``possible`` are the points of the assignment."""
    kept, entered = outcome.record, outcome.entered
    handed_in = kept.timestamp if kept else entered.timestamp if entered else ""
    if entered is None:
        return TraineeFigures(
            outcome.trainee, outcome.status, outcome.reason, outcome.remarks, handed_in, None, possible
        )
    cells = dict(kept.cells) if kept else {}
    pairs = [(cells[name], grade) for name, grade in entered.grades.items() if name in cells]
    recorded = [cell for cell, _ in pairs]
    return TraineeFigures(
        outcome.trainee,
        outcome.status,
        outcome.reason,
        outcome.remarks,
        handed_in,
        max(0.0, entered.score - entered.penalty),
        possible,
        entered.penalty,
        entered.waiting,
        sum((cell.points or 0.0 for cell, grade in pairs if grade.waiting), 0.0),
        sum(cell.blank for cell in recorded),
        Share(sum(c.correct for c in recorded), sum(c.reference + c.extra for c in recorded)),
        Share(
            sum(c.first_listed is True for c in recorded), sum(c.first_listed is not None for c in recorded)
        ),
        _whole_cases(pairs),
        tuple(dict.fromkeys(f"{case_of(c.item)}: {why}" for c, grade in pairs for why in fails(c, grade))),
        Counter(chain.from_iterable(cell.errors for cell in recorded)),
        Counter(chain.from_iterable(cell.flags for cell in recorded)),
    )


def case_of(item: str) -> str:
    """Return the case of an item: ``enc-0001`` of ``enc-0001/codes``."""
    return item.split("/", 1)[0]


def fails(cell: CellRecord, grade: Grade) -> tuple[str, ...]:
    """Return why an answer fails its case; an instructor who gave a read answer all points has said that it does not."""
    return () if grade.manual is not None and grade.full else cell.failed


def _whole_cases(pairs: list[tuple[CellRecord, Grade]]) -> Share:
    """Count the cases without any mistake, among those in which nothing waits for an instructor."""
    cases: dict[str, list[tuple[CellRecord, Grade]]] = {}
    for cell, grade in pairs:
        cases.setdefault(case_of(cell.item), []).append((cell, grade))
    decided = [case for case in cases.values() if not any(grade.waiting for _, grade in case)]
    right = sum(all(grade.full and not fails(cell, grade) for cell, grade in case) for case in decided)
    return Share(right, len(decided))
