"""Made-up trainees of known ability, and the cohorts they make up.

No class has sat this exam yet, so nobody knows how able those will be who do.  Cohorts rest on the two marks of the course, the
pass mark of practice (80 % of codes) and that of the exam (95 %): abilities are set so that true shares are those in the
certification exam, and when the charts of that exam change much, they have to be set anew.
"""

from __future__ import annotations

import hashlib
import random
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from math import exp

from grader.library.encounter import Case
from grader.library.skills import SKILLS

_LEVELS = {1: -0.4, 2: 0.0, 3: 0.4, 4: 0.8}
"""How much harder a case of each level is."""
_GROUP, _CASE = 0.35, 0.45
"""How far groups of cases with the same skills, and cases within one, differ in difficulty: forms differ by it, too."""
EFFECTS = "difficulty/1"
"""The fixed seed of these differences: a case is as hard for one cohort as for the next."""


UNEVENNESS = 0.4
"""Standard deviation of how much better or worse a trainee is at one skill than in general."""


@dataclass(frozen=True, slots=True)
class Group:
    """Trainees of about the same ability.

    Parameters
    ----------
    share
        Which part of the cohort they are.
    mean, spread
        Mean and standard deviation of ability on the logit scale; 0 means half of all simple questions right.
    """

    share: float
    mean: float
    spread: float


@dataclass(frozen=True, slots=True)
class Cohort:
    """Who sits the exam: groups whose shares add up to 1."""

    name: str
    groups: tuple[Group, ...]


PRACTICE_MARK, EXAM_MARK, READY = 2.3, 3.9, 4.55
"""Abilities whose true share of codes in the certification exam is 80 %, 95 % and, half way from there to perfect, 97.5 %."""
FINISHERS = Cohort("finishers", (Group(1, 3.1, 1.25),))
"""All who finish the course: a quarter is still below 80 %, a quarter works at 95 % or better, and half of them between."""
READY_OR_NOT = Cohort("ready-or-not", (Group(0.5, PRACTICE_MARK, 0.6), Group(0.5, READY, 0.6)))
"""Half are ready, about half way between the mark and perfect; half sit the exam with what passes practice."""
NARROW = Cohort("narrow", (Group(1, EXAM_MARK, 0.6),))
"""Everybody close to the mark, as where an instructor sends people when practice says that they are just there."""
BEGINNERS = Cohort("beginners", (Group(1, PRACTICE_MARK, 1.2),))
"""The middle of the cohort has just passed practice."""
ABLE = Cohort("able", (Group(1, READY, 0.8),))
"""Most are ready."""
COHORTS = {cohort.name: cohort for cohort in (FINISHERS, READY_OR_NOT, BEGINNERS, ABLE, NARROW)}


@dataclass(frozen=True, slots=True)
class Trainee:
    """One made-up trainee."""

    name: str
    ability: float
    skills: Mapping[str, float]

    def at(self, skills: tuple[str, ...]) -> float:
        """Return the ability in a case that needs these skills."""
        return self.ability + sum(self.skills[skill] for skill in skills) / len(skills)


def make_trainees(cohort: Cohort, count: int, seed: int) -> tuple[Trainee, ...]:
    """Return trainees; the same seed gives the same ones, and more of them begin with the same."""
    return tuple(_trainee(cohort, f"trainee-{number}", seed) for number in range(1, count + 1))


def _trainee(cohort: Cohort, name: str, seed: int) -> Trainee:
    rng = random.Random(f"{seed}/{name}")
    group = rng.choices(cohort.groups, [group.share for group in cohort.groups])[0]
    ability = group.mean + group.spread * rng.gauss(0, 1)
    return Trainee(name, ability, {skill: UNEVENNESS * rng.gauss(0, 1) for skill in SKILLS})


def difficulty(case: Case) -> float:
    """Return how hard a case is: by its level, the kind of case it is, and what only that case has."""
    group = _GROUP * _effect("/".join(case.skills))
    return _LEVELS[case.difficulty] + group + _CASE * _effect(case.id)


@cache
def _effect(name: str) -> float:
    digest = hashlib.sha256(f"{EFFECTS}/{name}".encode()).hexdigest()
    return random.Random(digest).gauss(0, 1)


def chance(logit: float) -> float:
    """Return the logistic function: the chance of being right."""
    return 1 / (1 + exp(-logit))
