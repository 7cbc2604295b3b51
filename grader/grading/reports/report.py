"""What a class did, in figures: each trainee, each item, and all together.

Everything is summed up as it is read, so that a class of any size takes the same memory.  What is missing is left out of
every mean, and what waits for an instructor is left out until it is confirmed: neither is ever counted as nothing.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain
from statistics import fmean, median

from grader.grading.record import CellRecord
from grader.grading.reports.classtable import GRADED
from grader.grading.reports.copies import Copies, SameNote
from grader.grading.reports.figures import TraineeFigures, fails, figures
from grader.grading.reports.measures import Correlation, Share
from grader.grading.reports.outcome import Grade, Outcome

LISTED = 200
"""How many trainees a report lists; of a larger class it lists those that need attention."""
GROUPS = 50
"""How many groups of the same note it lists."""
OTHER = "Another reason: see the table."
_REASONS = 30


@dataclass(slots=True)
class ItemFigures:
    """One item over all who were graded.

    Parameters
    ----------
    graded, blank, waiting
        Trainees who were graded, who left it blank, and whose answer waits for an instructor.
    points, shares
        Sums over those whose answer does not wait: points, and points as a share of the possible ones.
    decided
        How many those are.
    rest
        Pairs of the share on this item and on all other items of the same trainee.
    """

    item: str
    kind: str
    possible: float
    graded: int = 0
    blank: int = 0
    waiting: int = 0
    decided: int = 0
    points: float = 0.0
    shares: float = 0.0
    code_level: Share = field(default_factory=Share)
    first_listed: Share = field(default_factory=Share)
    failed: int = 0
    errors: Counter[str] = field(default_factory=Counter)
    flags: Counter[str] = field(default_factory=Counter)
    rest: Correlation = field(default_factory=Correlation)

    @property
    def mean_points(self) -> float | None:
        """Points on average."""
        return self.points / self.decided if self.decided else None

    @property
    def difficulty(self) -> float | None:
        """Mean share of the points, 0 to 1: an item that everybody solves has 1."""
        return self.shares / self.decided if self.decided else None

    @property
    def discrimination(self) -> float | None:
        """Correlation of this item with the rest; None where too few trainees, or no differences, let one tell."""
        return self.rest.value

    def add(self, cell: CellRecord | None, grade: Grade) -> None:
        """Count one answer."""
        self.graded += 1
        self.waiting += grade.waiting
        if not grade.waiting:
            self.decided += 1
            self.points += grade.points
            self.shares += _share(grade)
        if cell is None:
            return
        self.blank += cell.blank
        self.code_level += Share(cell.correct, cell.reference + cell.extra)
        self.first_listed += Share(int(cell.first_listed is True), int(cell.first_listed is not None))
        self.failed += bool(fails(cell, grade))
        self.errors.update(cell.errors)
        self.flags.update(cell.flags)


def _share(grade: Grade) -> float:
    return grade.points / grade.possible if grade.possible else 0.0


@dataclass(slots=True)
class ClassFigures:
    """The class: sums over all trainees, and of the trainees themselves only a few rows."""

    assignment: str
    possible: float
    trainees: int = 0
    graded: int = 0
    waiting: int = 0
    late: int = 0
    code_level: Share = field(default_factory=Share)
    first_listed: Share = field(default_factory=Share)
    whole_cases: Share = field(default_factory=Share)
    fails: Counter[str] = field(default_factory=Counter)
    errors: Counter[str] = field(default_factory=Counter)
    flags: Counter[str] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)
    items: dict[str, ItemFigures] = field(default_factory=dict)
    needing: Counter[int] = field(default_factory=Counter)
    copies: Copies = field(default_factory=Copies)
    _percents: array[float] = field(default_factory=lambda: array("d"))
    _in_order: bool = False
    _first: list[TraineeFigures] = field(default_factory=list)
    _listed: dict[int, list[TraineeFigures]] = field(default_factory=dict)

    @property
    def missing(self) -> int:
        """How many are missing."""
        return self.trainees - self.graded

    @property
    def mean(self) -> float | None:
        """Points so far of those who were graded, in percent, on average."""
        return fmean(self._percents) if self._percents else None

    @property
    def median(self) -> float | None:
        """The percentage that half of them stay below."""
        return median(self._percents) if self._percents else None

    @property
    def is_large(self) -> bool:
        """Whether there are too many trainees to list."""
        return self.trainees > LISTED

    @property
    def rows(self) -> list[TraineeFigures]:
        """The trainees to list, by name: all, or of a large class those that need attention most."""
        if not self.is_large:
            return list(self._first)
        urgent = chain.from_iterable(self._listed[rank] for rank in sorted(self._listed))
        return sorted(list(urgent)[:LISTED], key=lambda row: row.trainee)

    @property
    def same_notes(self) -> Iterator[SameNote]:
        """Trainees who wrote the same note word for word, for instructors alone."""
        return self.copies.groups(GROUPS)

    def add(self, outcome: Outcome) -> TraineeFigures:
        """Count one trainee and return the figures."""
        row = figures(outcome, self.possible)
        self.trainees += 1
        self._keep(row)
        if row.status != GRADED:
            known = row.reason in self.reasons or len(self.reasons) < _REASONS
            self.reasons[row.reason if known else OTHER] += 1
            return row
        self.graded += 1
        self.waiting += row.waiting
        self.late += row.late > 0
        if row.percent is not None:
            self._percents.append(row.percent)
        self.code_level += row.code_level
        self.first_listed += row.first_listed
        self.whole_cases += row.whole_cases
        self.fails.update(fail.split(": ", 1)[1] for fail in row.fails)
        self.errors.update(row.errors)
        self.flags.update(row.flags)
        self._add_items(outcome)
        return row

    def _keep(self, row: TraineeFigures) -> None:
        if len(self._first) <= LISTED:
            self._first.append(row)
        if row.attention is not None:
            self.needing[row.attention] += 1
            same = self._listed.setdefault(row.attention, [])
            if len(same) < LISTED:
                same.append(row)

    def _add_items(self, outcome: Outcome) -> None:
        grades = outcome.entered.grades if outcome.entered else {}
        cells = outcome.record.cells if outcome.record else {}
        decided = [grade for grade in grades.values() if not grade.waiting]
        points, possible = sum(g.points for g in decided), sum(g.possible for g in decided)
        for name, grade in grades.items():
            cell = cells.get(name)
            item = self._item(name, cell, grade)
            item.add(cell, grade)
            others = possible - grade.possible
            if not grade.waiting and others > 0:
                item.rest.add(_share(grade), (points - grade.points) / others)
            if cell is not None and cell.copied:
                self.copies.add(cell.item, cell.copied, outcome.trainee)
        if cells and not self._in_order:
            # That of the notebook, which the record keeps and the gradebook does not.
            self._in_order = True
            places = list(cells)
            known = sorted(self.items, key=lambda name: places.index(name) if name in cells else len(cells))
            self.items = {name: self.items[name] for name in known}

    def _item(self, name: str, cell: CellRecord | None, grade: Grade) -> ItemFigures:
        item = self.items.get(name)
        if item is None:
            item = self.items[name] = ItemFigures(name, "", grade.possible)
        if cell is not None:
            item.item, item.kind = cell.item, cell.kind
        return item
