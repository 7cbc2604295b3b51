"""Fixtures that the tests of the code set share."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.codeset.small import artefact


@pytest.fixture(scope="session")
def base(tmp_path_factory) -> Path:
    """A small code set of April 2026."""
    return artefact(tmp_path_factory.mktemp("base"))


@pytest.fixture
def into(tmp_path) -> Path:
    """A folder for installed releases, not made yet."""
    return tmp_path / "releases"
