"""Fixtures that many tests share."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from grader import codeset
from grader.codeset import CodeSet
from grader.library.case import load_cases
from grader.library.encounter import Case
from grader.library.key import load_keys
from grader.library.reference import Key
from tests.order import place

ROOT = Path(__file__).resolve().parent.parent

# How long an example takes says more about the machine than about the code.
settings.register_profile("course", deadline=None)
settings.load_profile("course")


def pytest_configure(config: pytest.Config) -> None:
    """Have processes that share the tests take files in the order in which they are collected."""
    if config.pluginmanager.hasplugin("xdist"):
        config.option.loadscopereorder = False


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put files that take long first; each keeps its own order."""
    here = ROOT / "tests"
    items.sort(key=lambda item: place(item.path.relative_to(here).as_posix()))


@pytest.fixture(autouse=True)
def _usual_umask() -> Iterator[None]:
    """Undo what reading the configuration of a class does to the whole process: only its owner may read new files."""
    os.umask(0o022)
    yield
    os.umask(0o022)


@pytest.fixture(scope="session")
def codes() -> CodeSet:
    """The real code set."""
    return codeset.load()


@pytest.fixture(scope="session")
def cases() -> dict[str, Case]:
    """The real case library."""
    return load_cases(ROOT / "cases")


@pytest.fixture(scope="session")
def keys(cases: dict[str, Case]) -> dict[str, Key]:
    """The keys of the real case library."""
    return load_keys(ROOT / "cases", cases)
