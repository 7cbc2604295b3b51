"""Encounters for the tests of the families."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from grader.family.derive import Answer, Finder, derive
from grader.family.facts import Facts, facts_from
from grader.family.mistakes import Wrong, mistakes

ON = date(2026, 11, 2)


def facts(**values: str) -> Facts:
    """Facts with what a test needs, the rest as usual."""
    return facts_from(values, ON, 70)


@pytest.fixture(scope="session")
def find(codes) -> Finder:
    """The real tabular list, to find codes in."""
    return Finder(codes)


@pytest.fixture(scope="session")
def coded(find) -> Callable[..., Answer]:
    """The answer that the rules derive from some facts."""
    return lambda **values: derive(facts(**values), find)


@pytest.fixture(scope="session")
def wrong(find) -> Callable[..., dict[tuple[str, ...], Wrong]]:
    """The mistakes that some facts invite, by their codes."""

    def made(**values: str) -> dict[tuple[str, ...], Wrong]:
        encounter = facts(**values)
        return {each.codes: each for each in mistakes(encounter, derive(encounter, find), find)}

    return made
