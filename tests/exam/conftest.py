"""The real pool, and a short blueprint, for all tests of exams."""

from __future__ import annotations

import pytest

from grader.codeset import CodeSet
from grader.exam.blueprint import BlueprintFile, load_blueprint
from grader.exam.pool import Pool, load_pool
from tests.conftest import ROOT
from tests.exam.changed import SHORT

SEED = "a seed for tests, which nobody needs to keep"


@pytest.fixture(scope="session")
def pool(codes: CodeSet) -> Pool:
    """The real exam pool."""
    return load_pool(ROOT / "cases", ROOT / "cases", ROOT / "cases" / "families", codes)


@pytest.fixture(scope="session")
def short() -> BlueprintFile:
    """An exam of eight encounters."""
    return load_blueprint(SHORT)


@pytest.fixture(scope="session")
def long() -> BlueprintFile:
    """An exam of 36 encounters with everything that a blueprint can ask for."""
    return load_blueprint(SHORT.with_name("long.yml"))
