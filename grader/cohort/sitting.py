"""A made-up trainee sits a form: answers question by question, scored by the course's scorer and judged as in a class."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass, field
from math import exp

from grader.answers import Answer
from grader.codeset.tabular import CodeSet
from grader.cohort.tasks import answer
from grader.cohort.trainee import Trainee, chance, difficulty
from grader.decision.judged import Judged
from grader.exam.form import Form
from grader.library.encounter import Case, Item
from grader.library.item_keys import FAILS, CodesKey, ItemKey, MessageKey
from grader.library.reference import Key
from grader.scoring.findings import Score
from grader.scoring.score import score_openly

WORDS_MEAN, WORDS_SLOPE, WORDS_SPREAD = 0.5, 0.5, 0.1
"""Points of notes and messages: the mean share rises with ability, and single texts lie about it this far apart."""
WARNED = 1.0
"""How much easier it is to say what every lesson says must be said than to do the rest of a task."""
_STEP = 0.5
"""Instructors give half points."""


@dataclass(slots=True)
class Marking:
    """Scores answers, each different one once: made-up trainees give the same answers again and again."""

    codeset: CodeSet
    _seen: dict[tuple[str, Answer | str], Judged] = field(default_factory=dict)

    def judge(self, case: Case, item: Item, key: ItemKey, given: Answer) -> Judged:
        """Return a scored question as the decision takes it."""
        name = (case.item_key(item), repr(given))
        if name not in self._seen:
            self._seen[name] = self._judged(case, item, key, given)
        return self._seen[name]

    def _judged(self, case: Case, item: Item, key: ItemKey, given: Answer) -> Judged:
        score = score_openly(case, item, given, key, self.codeset)
        reference = len(key.expected) if isinstance(key, CodesKey) else 0
        ordered = isinstance(key, CodesKey) and key.sequence == "first_listed"
        if not isinstance(score, Score):
            first = False if ordered else None
            return Judged(case.id, item.id, item.kind, item.points, None, score.blank, 0, reference, 0, first)
        counted = score.accuracy
        return Judged(
            case.id,
            item.id,
            item.kind,
            item.points,
            score.points,
            False,
            counted.correct if counted else 0,
            counted.reference if counted else 0,
            counted.extra if counted else 0,
            counted.first_listed if counted else None,
            score.failed,
        )


def sit(trainee: Trainee, form: Form, marking: Marking, seed: int, day: int = 1) -> tuple[Judged, ...]:
    """Return every question of a form as a trainee answered it; the same seed and day give the same answers."""
    rng = random.Random(f"{seed}/{trainee.name}/{form.id}/{day}")
    return tuple(
        cell
        for case in form.cases
        for cell in take(case, form.keys[case.id], trainee.at(case.skills) - difficulty(case), marking, rng)
    )


def take(case: Case, key: Key, logit: float, marking: Marking, rng: random.Random) -> tuple[Judged, ...]:
    """Return every question of one case, answered by somebody whose ability exceeds its difficulty by ``logit``."""
    return tuple(_question(case, item, key.items, logit, marking, rng) for item in case.items)


def _question(
    case: Case, item: Item, keys: Mapping[str, ItemKey], logit: float, marking: Marking, rng: random.Random
) -> Judged:
    key = keys[item.id]
    if item.is_free_text:
        return _in_own_words(case, item, key, logit, rng)
    return marking.judge(case, item, key, answer(case, item, key, logit, rng))


def words_mean(logit: float) -> float:
    """Return the mean share of points of notes and messages at an ability."""
    return 1 / (1 + exp(-WORDS_MEAN - WORDS_SLOPE * logit))


def _in_own_words(case: Case, item: Item, key: ItemKey, logit: float, rng: random.Random) -> Judged:
    """Draw the points that an instructor gives, and whether something that must be said is not."""
    share = min(1.0, max(0.0, words_mean(logit) + WORDS_SPREAD * rng.gauss(0, 1)))
    points = round(share * item.points / _STEP) * _STEP
    needed = [c.fails for c in key.rubric if c.fails] if isinstance(key, MessageKey) else []
    forgotten = [reason for reason in needed if rng.random() >= chance(logit + WARNED)]
    failed = tuple(dict.fromkeys(FAILS[reason] for reason in forgotten))
    return Judged(case.id, item.id, item.kind, item.points, points, failed=failed)
