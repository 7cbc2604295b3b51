"""Answers of made-up trainees: such as people give, and scored like theirs."""

import random

import pytest

from grader.answers import CodesAnswer
from grader.cohort.coding import code
from grader.cohort.sitting import Marking, sit, take
from grader.cohort.tasks import answer
from grader.cohort.trainee import difficulty
from grader.library.item_keys import CodesKey, ExpectedCode, WrongPick
from grader.scoring.codes import NOT_VALID
from grader.scoring.findings import Score
from grader.scoring.score import score_openly
from tests.cohort.conftest import trainee

KEY = CodesKey(
    "first_listed",
    (ExpectedCode("M54.50", 3, "why", "cite"), ExpectedCode("E11.9", 3, "why", "cite")),
    wrong=(
        WrongPick(("M54.5",), "invalid_code", "why", "cite"),
        WrongPick(("M54.9",), "unspecified_when_specific", "why", "cite"),
        WrongPick(("G89.29",), "g89_misuse", "why", "cite"),
        WrongPick(("E11.9", "M54.50"), "sequencing", "why", "cite"),
        WrongPick(("M54.50",), "comorbidity_missed", "why", "cite"),
    ),
)


def many(logit: float) -> list[tuple[str, ...]]:
    """What people of one ability report."""
    return [code(KEY, logit, random.Random(number)).codes for number in range(400)]


def test_the_able_report_the_reference():
    """Somebody who is far above the case makes no mistake."""
    assert set(many(12.0)) == {("M54.50", "E11.9")}


def test_mistakes_are_those_of_the_key():
    """A missed code is left out or replaced by a foreseen one; extra codes and another order occur; nothing else does."""
    found = many(0.0)
    foreseen = {"M54.50", "E11.9", "M54.5", "M54.9", "G89.29"}
    assert all(given and set(given) <= foreseen for given in found)
    for each in (("E11.9", "M54.50"), ("M54.50",), ("M54.9", "E11.9"), ("M54.5", "E11.9"), ("M54.50", "E11.9", "G89.29")):  # fmt: skip
        assert each in found


def test_invalid_codes_come_less_often_than_other_mistakes():
    """The code finder offers valid codes, so an invalid one is the rarer slip."""
    found = many(0.0)
    assert 0 < sum("M54.5" in given for given in found) < sum("M54.9" in given for given in found) / 2


def test_the_able_get_everything_right_whatever_is_asked(pool, codes):
    """Every question of the pool that is not answered in words is answered by its reference."""
    for name, case in pool.cases.items():
        for item in (item for item in case.items if not item.is_free_text):
            key = pool.keys[name].items[item.id]
            given = answer(case, item, key, 12.0, random.Random(name))
            score = score_openly(case, item, given, key, codes)
            assert isinstance(score, Score) and score.points == pytest.approx(item.points), name


def test_answers_of_the_weak_are_answers_all_the_same(pool, codes):
    """Whatever they get wrong, the scorer knows what to do with it: only a question left open is not scored."""
    earned = possible = 0.0
    for name, case in pool.cases.items():
        for item in (item for item in case.items if not item.is_free_text):
            key = pool.keys[name].items[item.id]
            given = answer(case, item, key, -1.0, random.Random(name))
            score = score_openly(case, item, given, key, codes)
            assert isinstance(score, Score) or score.blank, (name, item.id, given)
            earned += score.points if isinstance(score, Score) else 0
            possible += item.points
    assert 0 < earned < possible / 2


def test_words_are_not_made_up(pool):
    """Nobody writes notes for a made-up trainee: their points are drawn, in half points, and rise with ability."""
    case = next(c for c in pool.cases.values() if any(item.kind == "documentation" for item in c.items))
    item = next(item for item in case.items if item.kind == "documentation")
    with pytest.raises(TypeError, match="own words"):
        answer(case, item, pool.keys[case.id].items[item.id], 1.0, random.Random(1))


def test_points_of_words_rise_with_ability(pool, codes):
    """The able write better notes; no note has more points than there are."""
    case = next(c for c in pool.cases.values() if any(item.is_free_text for item in c.items))
    marking = Marking(codes)

    def points(logit: float) -> float:
        cells = [
            cell
            for n in range(40)
            for cell in take(case, pool.keys[case.id], logit, marking, random.Random(n))
        ]
        written = [cell for cell in cells if cell.in_own_words]
        assert all(0 <= cell.points <= cell.possible and cell.points * 2 % 1 == 0 for cell in written)
        return sum(cell.points for cell in written)

    assert points(-1.0) < points(1.0) < points(5.0)


def test_an_answer_is_scored_once_and_always_alike(pool, codes):
    """The memory of the marking gives what the scorer gives, with the automatic fail and the size of the key."""
    marking = Marking(codes)
    case = pool.cases["enc-0142"]
    item, key = case.items[0], pool.keys["enc-0142"].items["codes"]
    first = marking.judge(case, item, key, CodesAnswer(("M54.3",)))
    assert first.failed == (NOT_VALID,) and first.reference == len(key.expected) and first.extra == 1
    assert marking.judge(case, item, key, CodesAnswer(("M54.3",))) is first
    blank = marking.judge(case, item, key, CodesAnswer(()))
    assert blank.blank and blank.first_listed is False and blank.reference == len(key.expected)


def test_a_sitting_depends_on_trainee_form_seed_and_day_alone(world):
    """The same again gives the same answers; another seed or day gives others."""
    somebody, form = trainee(1.5), world.forms[0]
    once = sit(somebody, form, world.marking, 1)
    assert once == sit(somebody, form, world.marking, 1)
    assert once != sit(somebody, form, world.marking, 2) and once != sit(
        somebody, form, world.marking, 1, day=2
    )


def test_a_case_is_as_hard_for_everybody(pool):
    """Difficulty belongs to the case: higher levels are harder on average, and cases of a level differ."""
    of = {
        level: [difficulty(c) for c in pool.cases.values() if c.difficulty == level] for level in (1, 2, 3, 4)
    }
    means = [sum(found) / len(found) for found in of.values()]
    assert means[0] < means[2] and means[1] < means[3] and len(set(of[2])) == len(of[2])
