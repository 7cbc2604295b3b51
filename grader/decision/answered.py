"""From what grading kept of one question, and what the gradebook holds, to what deciding needs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from grader.decision.judged import FAILURES, Judged, bare
from grader.decision.rulings import ItemRuling
from grader.grading.material import Question
from grader.grading.record import CellRecord
from grader.grading.reports.figures import fails
from grader.grading.reports.outcome import Grade
from grader.library.encounter import FREE_TEXT
from grader.library.item_keys import CodesKey, ItemKey


@dataclass(frozen=True, slots=True)
class Answered:
    """One question of a form with all that is known of its answer; it holds the key.

    Parameters
    ----------
    by_hand
        Whether an instructor gave points that count in place of the automatic ones.
    ruling
        What an instructor ruled on its automatic fail; None where nothing was.
    """

    judged: Judged
    question: Question
    kept: CellRecord
    by_hand: bool
    ruling: ItemRuling | None = None


def answered(
    questions: Mapping[str, Question], kept: Mapping[str, CellRecord], grades: Mapping[str, Grade]
) -> tuple[Answered, ...]:
    """Return every question of a form.

    Raises
    ------
    KeyError
        When the record or the gradebook lacks one of them.
    """
    return tuple(_answered(question, kept[name], grades[name]) for name, question in questions.items())


def _answered(question: Question, kept: CellRecord, grade: Grade) -> Answered:
    by_hand = grade.manual is not None and not grade.waiting
    # What is read in place of the points while an instructor has not confirmed them.
    points = kept.points if grade.waiting else min(max(grade.points, 0.0), grade.possible)
    failed = tuple(dict.fromkeys(map(bare, fails(kept, grade))))
    # No program's reading of words fails anybody: that takes an instructor who has seen them.
    sure = by_hand if failed and kept.kind in FREE_TEXT else grade.given and not grade.waiting
    judged = Judged(
        question.case.id,
        question.item.id,
        kept.kind,
        kept.possible,
        points,
        kept.blank,
        *_codes(question.key, kept, grade.full and by_hand),
        failed=failed,
        confirmed=sure,
    )
    return Answered(judged, question, kept, by_hand)


def ruled(answer: Answered, ruling: ItemRuling) -> Answered:
    """Return a question with the fail that an instructor ruled, or without the one that was read."""
    failed = tuple(FAILURES[name] for name in ruling.fails)
    return replace(answer, judged=replace(answer.judged, failed=failed, ruled=True), ruling=ruling)


def _codes(key: ItemKey, kept: CellRecord, all_right: bool) -> tuple[int, int, int, bool | None]:
    """Return codes right, of the reference, too many, and whether the first-listed one is right.

    An answer without a score, blank or unreadable, misses all codes of the reference, and the first-listed one.  Where an
    instructor gave every point by hand, the answer is as good as the reference.
    """
    if not isinstance(key, CodesKey):
        return 0, 0, 0, None
    ordered = key.sequence == "first_listed"
    if kept.points is None or all_right:
        reference = kept.reference or len(key.expected)
        return (reference if all_right else 0), reference, 0, (all_right if ordered else None)
    return kept.correct, kept.reference, kept.extra, kept.first_listed
