"""A small world for all tests of cohorts: four forms of eight encounters, drawn from the real pool."""

from __future__ import annotations

import pytest

from grader.codeset import CodeSet
from grader.cohort.trainee import Trainee
from grader.cohort.world import World, make_world
from grader.exam.blueprint import load_blueprint
from grader.exam.pool import Pool, load_pool
from grader.library.skills import SKILLS
from tests.conftest import ROOT
from tests.exam.changed import SHORT


@pytest.fixture(scope="session")
def pool(codes: CodeSet) -> Pool:
    """The real exam pool."""
    return load_pool(ROOT / "cases", ROOT / "cases", ROOT / "cases" / "families", codes)


@pytest.fixture(scope="session")
def world(pool: Pool, codes: CodeSet) -> World:
    """Four short forms, with what trainees would truly reach in them."""
    return make_world(load_blueprint(SHORT), pool, codes, lambda line: None, forms=4, sample=3)


def trainee(ability: float, name: str = "trainee-1") -> Trainee:
    """Somebody who is equally able at everything."""
    return Trainee(name, ability, dict.fromkeys(SKILLS, 0.0))
