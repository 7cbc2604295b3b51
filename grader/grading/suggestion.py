"""What the automatic reading suggests for answers in one's own words, and what it suggested when they were graded."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from grader import codeset
from grader.answers import Answers
from grader.assignment import by_grade_id, load_assignment
from grader.grading import record
from grader.grading.material import Places, assignment_file, places_of
from grader.library.encounter import FREE_TEXT, Case, Item
from grader.library.key import load_key
from grader.library.reference import Key
from grader.scoring.score import ItemScore, score_openly


class Reader:
    """Scores the free-text answers of one assignment once more, for an instructor.

    Parameters
    ----------
    places
        Where the course keeps things.
    assignment
        Whose answers are read.
    """

    def __init__(self, places: Places, assignment: str) -> None:
        own = places_of(places, assignment)
        cases = load_assignment(assignment_file(places, assignment), own.cases).cases
        self._keys_root = own.keys
        self._keys: dict[str, Key] = {}
        self.items: Mapping[str, tuple[Case, Item]] = {
            name: (case, item) for name, (case, item) in by_grade_id(cases).items() if item.is_free_text
        }

    def suggestion(self, name: str, answers: Answers) -> ItemScore:
        """Return the score of one item, named as in the gradebook, with every finding."""
        case, item = self.items[name]
        if case.id not in self._keys:
            self._keys[case.id] = load_key(self._keys_root / case.id, case)
        # An exam hides its findings from trainees; whoever confirms the points has to see them.
        key = self._keys[case.id].items[item.id]
        return score_openly(case, item, answers.items.get(case.item_key(item)), key, codeset.load())


@dataclass(frozen=True, slots=True)
class Suggested:
    """The points that were suggested for an item when it was graded."""

    item: str
    points: float
    possible: float


def recalled(course: Path, assignment: str, trainee: str) -> dict[str, Suggested]:
    """Return the suggestions of the last grading by grade cell; none where it was never graded."""
    kept = record.read(course, assignment, trainee)
    return {
        name: Suggested(cell.item, cell.points, cell.possible)
        for name, cell in (kept.cells.items() if kept else ())
        if cell.kind in FREE_TEXT and cell.points is not None
    }
