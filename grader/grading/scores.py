"""The cases of an assignment with their keys, and the score of each answer to them."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from grader import codeset
from grader.answers import Answer
from grader.errors import CourseError
from grader.library.case import find_case
from grader.library.encounter import Case, Item
from grader.library.key import load_key
from grader.library.reference import ItemKey
from grader.scoring.findings import Score, Unscorable
from grader.scoring.score import ItemScore, score_item


@dataclass(frozen=True, slots=True)
class Question:
    """One item with all that grading it needs; the answer in ``key`` stays on the instructor's machine."""

    case: Case
    item: Item
    key: ItemKey

    @property
    def name(self) -> str:
        """Item key, ``enc-0001/codes``."""
        return self.case.item_key(self.item)


def load_questions(item_keys: Iterable[str], cases_root: Path, keys_root: Path) -> dict[str, Question]:
    """Return the questions of an assignment by item key.

    Raises
    ------
    CourseError
        When a case or key is missing or wrong: the library has changed since the release.
    """
    names = tuple(item_keys)
    stamps = _stamps(names, cases_root, keys_root)
    return _load(names, cases_root, keys_root, stamps)


def _stamps(names: tuple[str, ...], cases_root: Path, keys_root: Path) -> tuple[int, ...]:
    # Formgrader is a server that lives for days: a corrected key must be read again.
    cases = sorted({name.partition("/")[0] for name in names})
    paths = [
        root / case / file
        for case in cases
        for root, file in ((cases_root, "case.yml"), (keys_root, "key.yml"))
    ]
    return tuple(path.stat().st_mtime_ns if path.exists() else 0 for path in paths)


@lru_cache(maxsize=8)
def _load(
    names: tuple[str, ...], cases_root: Path, keys_root: Path, _stamps: tuple[int, ...]
) -> dict[str, Question]:
    questions: dict[str, Question] = {}
    for case_id in dict.fromkeys(name.partition("/")[0] for name in names):
        case = find_case(cases_root, case_id)
        key = load_key(keys_root / case_id, case)
        for item in case.items:
            questions[case.item_key(item)] = Question(case, item, key.items[item.id])
    for name in names:
        if name not in questions:
            raise CourseError(
                f"The release asks {name}, which the case library no longer has. Restore that item."
            )
    return {name: questions[name] for name in names}


def score(question: Question, answer: Answer | None, points: float) -> ItemScore:
    """Score one answer; an answer that the scorer trips over is a reason to look at it, not a crash.

    Parameters
    ----------
    question
        The item and its key.
    answer
        The trainee's answer, None when there is none.
    points
        What the released notebook says that the item is worth.
    """
    if abs(points - question.item.points) > 1e-9:
        raise CourseError(
            f"{question.name} was released with {points:g} points and is worth {question.item.points:g} now. "
            "Restore the points of the case, or release the assignment under a new id."
        )
    try:
        result = score_item(question.case, question.item, answer, question.key, codeset.load())
    except CourseError:
        raise
    except Exception as error:
        logging.getLogger(__name__).exception("scoring %s", question.name)
        reason = f"The grader could not score this answer ({type(error).__name__}); please read it yourself."
        return Unscorable(reason, points, blank=False)
    if isinstance(result, Score) and not 0 <= result.points <= points + 1e-9:
        reason = f"The grader gave {result.points:g} of {points:g} points, which cannot be; please read the answer."
        return Unscorable(reason, points, blank=False)
    return result
