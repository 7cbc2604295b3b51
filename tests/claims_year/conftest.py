"""The year of the lesson, made once."""

from __future__ import annotations

import pytest

from grader.claims_year import Claim, generate


@pytest.fixture(scope="session")
def claims() -> list[Claim]:
    """The year that the lesson reads."""
    return generate(2026)
