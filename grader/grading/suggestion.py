"""What the automatic reading suggests for answers in one's own words, and what it suggested when they were graded."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from grader import codeset
from grader.answers import Answers
from grader.assignment import by_grade_id, load_assignment
from grader.feedback import points
from grader.library.encounter import Case, Item
from grader.library.key import load_key
from grader.library.reference import Key
from grader.scoring.documentation.names import NAMES
from grader.scoring.findings import Score
from grader.scoring.score import ItemScore, score_item

_WORTH_TELLING = 0.05  # points


class Reader:
    """Scores the free-text answers of one assignment once more, for an instructor.

    Parameters
    ----------
    scorer
        The configuration of ``ScoreAnswers``.
    assignment
        Whose answers are read.
    """

    def __init__(self, scorer: Any, assignment: str) -> None:
        cases_root = Path(scorer.cases)
        cases = load_assignment(Path(scorer.assignments) / assignment / "assignment.yml", cases_root).cases
        self._keys_root = Path(scorer["keys"] or cases_root)
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
        seen = replace(case, pool="practice")
        key = self._keys[case.id].items[item.id]
        return score_item(seen, item, answers.items.get(case.item_key(item)), key, codeset.load())


@dataclass(frozen=True, slots=True)
class Suggested:
    """The points that were suggested for an item when it was graded."""

    item: str
    points: float
    possible: float


def remember(course: Path, assignment: str, trainee: str, suggested: Mapping[str, Suggested]) -> None:
    """Keep the suggestions of one grading by grade cell; nbgrader's gradebook has no place for them."""
    path = _path(course, assignment, trainee)
    path.parent.mkdir(parents=True, exist_ok=True)
    written = {name: asdict(each) for name, each in suggested.items()}
    path.write_text(json.dumps(written, indent=1), encoding="utf-8")


def recalled(course: Path, assignment: str, trainee: str) -> dict[str, Suggested]:
    """Return the suggestions of the last grading by grade cell; none where it was never graded."""
    path = _path(course, assignment, trainee)
    if not path.exists():
        return {}
    return {name: Suggested(**each) for name, each in json.loads(path.read_text(encoding="utf-8")).items()}


def _path(course: Path, assignment: str, trainee: str) -> Path:
    return course / "graded" / assignment / "suggested" / f"{trainee}.json"


_STATES = {"error": "Otherwise than the record", "warning": "Not found", "advice": "In part"}


def comment(score: Score) -> str:
    """Return what stands in formgrader's comment box until an instructor writes there: the suggestion in a few lines.

    It names elements of a note and none of the trainee's words, which stand with their evidence in the answer above it.
    """
    doubt = f", {points(score.doubt)} of them in doubt" if score.doubt >= _WORTH_TELLING else ""
    told = [f"The program suggested {points(score.points)} of {points(score.possible)} points{doubt}."]
    for severity, words in _STATES.items():
        named = [
            f.subject[0] for f in score.findings if f.severity == severity and f.kind in NAMES and f.subject
        ]
        if named:
            told.append(f"{words}: {', '.join(named)}.")
    return " ".join([*told, "The words that this rests on stand in the answer."])
