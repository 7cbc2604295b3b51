"""What a blueprint asks of a form: strata to choose from and amounts to meet."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from grader.exam.assembly import NO_MOST, Demand, Stratum
from grader.exam.blueprint import BlueprintFile
from grader.exam.content import Bounds, Content
from grader.exam.parts import Offer, offers, refused
from grader.exam.pool import Candidate, Pool

_PARTS_OF_A_POINT = 1000


@dataclass(frozen=True, slots=True)
class Task:
    """What is chosen from, and what all that is chosen has together."""

    strata: tuple[Stratum, ...]
    demands: tuple[Demand, ...]


def content_of(blueprint: BlueprintFile) -> Content:
    """Return what the forms of an exam are made of.

    Raises
    ------
    BlueprintFileError
        When the blueprint does not say it.
    """
    if blueprint.content is None:
        problem, remedy = "it does not say what forms are made of", "Write it as the exams that ship do"
        raise refused(blueprint, "content", problem, remedy)
    return blueprint.content


def task_of(blueprint: BlueprintFile, pool: Pool, known: Collection[str] = ()) -> Task:
    """Return what has to be chosen for a form.

    Parameters
    ----------
    blueprint
        What every form has.
    pool
        What is drawn from.
    known
        Ids of encounters that the trainee had before; they make up as much of the form as ``retake.new`` leaves.

    Raises
    ------
    BlueprintFileError
        When a part asks for more than there is.
    """
    content = content_of(blueprint)
    made = offers(blueprint, content, pool)
    demands = [*_of_the_whole(content), *_of_parts(made)]
    if known:
        most = _exact((1 - blueprint.retake.new) * content.points)
        words = "points known from earlier forms"
        demands.append(
            Demand("retake.new", words, 0, most, partial(_points_of, names=known), _PARTS_OF_A_POINT)
        )
    return Task(tuple(stratum for offer in made for stratum in offer.strata()), tuple(demands))


def _of_the_whole(content: Content) -> Iterator[Demand]:
    total = _exact(content.points)
    yield Demand("content.points", "points", total, total, _points, _PARTS_OF_A_POINT)
    for difficulty in (1, 2, 3, 4):
        count = content.difficulty.get(difficulty, 0)
        field, words = f"content.difficulty.{difficulty}", f"encounters of difficulty {difficulty}"
        yield Demand(field, words, count, count, partial(_is_of, difficulty=difficulty))
    for kind, bounds in sorted(content.kinds.items()):
        field, words = f"content.kinds.{kind}", f"questions of the kind {kind}"
        yield Demand(field, words, bounds.min, _most(bounds), partial(_questions, kind=kind))
    for skill, bounds in sorted(content.skills.items()):
        field, words = f"content.skills.{skill}", f"encounters about {skill}"
        yield Demand(field, words, bounds.min, _most(bounds), partial(_asks_for, skill=skill))


def _of_parts(made: Sequence[Offer]) -> Iterator[Demand]:
    for place, offer in enumerate(made):
        if offer.part.points is not None:
            total = _exact(offer.part.points)
            own = partial(_points_of, names=frozenset(each.name for each in offer.everything))
            field, words = f"content.parts.{place}.points", f"points of {offer.part.name}"
            yield Demand(field, words, total, total, own, _PARTS_OF_A_POINT)


def _points(each: Candidate) -> int:
    return _exact(each.points)


def _points_of(each: Candidate, names: Collection[str]) -> int:
    return _exact(each.points) if each.name in names else 0


def _is_of(each: Candidate, difficulty: int) -> int:
    return int(each.difficulty == difficulty)


def _questions(each: Candidate, kind: str) -> int:
    return each.kinds.count(kind)


def _asks_for(each: Candidate, skill: str) -> int:
    return int(skill in each.skills)


def _most(bounds: Bounds) -> int:
    return NO_MOST if bounds.max is None else bounds.max


def _exact(points: float) -> int:
    """Return points as a whole number, so that sums of them are exact."""
    return round(points * _PARTS_OF_A_POINT)
