"""Blueprints that the pool cannot meet: which demand it is, and what the pool has."""

from __future__ import annotations

import random

import pytest

from grader.errors import BlueprintFileError
from grader.exam.assembly import assemble
from grader.exam.blueprint import load_blueprint
from grader.exam.demands import task_of
from grader.exam.draw import draw_form
from grader.exam.pool import load_pool
from grader.exam.possible import check_possible
from tests.conftest import ROOT
from tests.exam.changed import blueprint
from tests.exam.conftest import SEED
from tests.exam.test_blueprint import SHIPPED

DENIAL = "content.parts.1"
LIBRARY = ROOT / "cases"


@pytest.mark.parametrize("name", SHIPPED)
def test_the_exams_that_ship_can_be_drawn(codes, name):
    """From the pool that each names, for every attempt that it allows; nothing is said of them."""
    exam = load_blueprint(ROOT / "exercises" / name / "blueprint.yml")
    own = load_pool(LIBRARY, LIBRARY, LIBRARY / "families", codes, exam.content.pool)
    known: set[str] = set()
    for attempt in range(exam.retake.attempts):
        check_possible(exam, own, known)
        task = task_of(exam, own, known)
        chosen = assemble(task.strata, task.demands, random.Random(attempt), known) or ()
        known |= {each.name for each in chosen if not each.family}


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        (
            [(f"{DENIAL}.count", 9), ("content.difficulty", {1: 1, 2: 12, 3: 3})],
            "a denial or a claim asks for 9 encounters, and the pool has 7 of that sort that no part before it takes",
        ),
        ([("content.points", 400)], "it asks for 400 points, and the parts can give"),
        ([("content.difficulty", {1: 1, 2: 3, 4: 4})], "it asks for 4 encounters of difficulty 4, and the parts can give 0 to 2"),
        ([("content.skills", {"pregnancy": {"min": 2}})], "at least 2 encounters about pregnancy, and the parts can give 0 to 1"),
        ([("content.kinds.audit", {"min": 1})], "at least 1 questions of the kind audit, and the parts can give 0"),
        ([("content.parts.3.families", ["sciatica", "lumbago"])], "there is no family lumbago. There are: chronic-pain"),
        ([("content.parts.3.each", {"min": 2})], "its families must give 4"),
        ([(f"{DENIAL}.points", 60)], "it asks for 60 points of a denial or a claim, and the parts can give 10 to 15"),
    ],
)  # fmt: skip
def test_a_demand_that_cannot_be_met_is_named_with_what_the_pool_has(pool, changes, said):
    """The message names the field, what is asked for and what there is."""
    with pytest.raises(BlueprintFileError) as error:
        check_possible(blueprint(*changes), pool)
    assert said in str(error.value) and error.value.field.startswith("content.")


def test_demands_that_contradict_each_other_are_named(pool):
    """Each of them can be met alone: those are named without which there would be a form."""
    impossible = blueprint(("content.points", 79.5))
    with pytest.raises(
        BlueprintFileError, match=r"all its demands together.*content\.points \(79\.5 points\)"
    ):
        check_possible(impossible, pool)


def test_a_draw_says_the_same(pool, codes):
    """Drawing a form by an impossible blueprint gives the reason, not a form that is nearly right."""
    with pytest.raises(BlueprintFileError, match="it asks for 400 points"):
        draw_form(blueprint(("content.points", 400)), SEED, "trainee-1", 1, pool, codes)


def test_a_blueprint_without_content_draws_nothing(pool, codes):
    """It says what is missing."""
    with pytest.raises(BlueprintFileError, match="content: it does not say what forms are made of"):
        draw_form(blueprint(("content", None)), SEED, "trainee-1", 1, pool, codes)


def test_who_knows_too_much_of_the_pool_gets_no_form(pool, codes):
    """With every encounter of the library seen, a form of which all must be new cannot be made."""
    strict = blueprint(("retake.new", 1.0))
    with pytest.raises(BlueprintFileError, match="points known from earlier forms"):
        draw_form(strict, SEED, "trainee-1", 2, pool, codes, avoid=tuple(pool.cases.values()))
