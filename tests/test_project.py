"""The project as a whole: pins, commands, and secrets that stay secret."""

import re
import tomllib
from pathlib import Path

import pytest

from grader.library.item_keys import CodesKey
from tests.conftest import ROOT
from tests.order import LONG, place

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
BUILT = ROOT / "build"
PUBLIC = [
    "build/book/_build/html",
    "build/course",
    "build/class/source",
    "build/class/release",
    "build/class/exchange",
    "build/class/feedback",
    "build/class/trainees",
    "exercises",
    "book",
]


def locked(name: str) -> dict[str, str]:
    """Versions of a lock file by package."""
    pins = re.findall(r"^([A-Za-z0-9._-]+)==(\S+)", (ROOT / name).read_text(), re.MULTILINE)
    return {package.lower().replace("_", "-").replace(".", "-"): version for package, version in pins}


@pytest.mark.parametrize(
    ("dependencies", "lock"),
    [
        (PROJECT["dependencies"], "requirements.txt"),
        (PROJECT["optional-dependencies"]["test"], "tests/requirements.txt"),
    ],
)
def test_every_direct_dependency_is_pinned_and_locked(dependencies, lock):
    """pyproject.toml and the lock files name the same versions."""
    for dependency in dependencies:
        package, version = dependency.split("==")
        assert locked(lock)[package.partition("[")[0].lower()] == version


def test_what_a_user_runs_needs_nothing_that_only_a_test_needs():
    """Test tools stay out of requirements.txt."""
    assert not {"pytest", "hypothesis", "playwright", "ruff", "mypy", "nbval"} & set(
        locked("requirements.txt")
    )


def test_the_commands_in_readme_exist():
    """Every `make` command that README names is in the Makefile."""
    named = set(re.findall(r"(?:^|`)make ([a-z]+)", (ROOT / "README.md").read_text(), re.MULTILINE))
    makefile = (ROOT / "Makefile").read_text()
    assert {"course", "test"} <= named and all(f"\n{name}:" in makefile for name in named)


def public_files() -> list[Path]:
    """Every file that a trainee or reader may get, built ones included."""
    found = [path for folder in PUBLIC for path in (ROOT / folder).rglob("*") if path.is_file()]
    return [path for path in found if "node_modules" not in path.parts and "pyodide" not in path.parts]


def test_no_canary_is_anywhere_in_public(keys):
    """No key's canary is in site, practice pack, release, exchange or feedback."""
    canaries = [key.canary.encode() for key in keys.values()]
    files = public_files()
    assert any(path.suffix == ".html" for path in files)
    for path in files:
        content = path.read_bytes()
        assert not any(canary in content for canary in canaries), path


def test_no_exam_key_is_anywhere_in_public(cases, keys):
    """No reason of an exam key is published, and the practice pack holds practice keys alone."""
    exam = {case_id for case_id, case in cases.items() if case.pool == "exam"}
    reasons = [
        entry.why.encode()
        for case_id in exam
        for item in keys[case_id].items.values()
        if isinstance(item, CodesKey)
        for entry in (*item.expected, *item.wrong)
    ]
    assert exam and reasons
    for path in public_files():
        content = path.read_bytes()
        assert not any(reason in content for reason in reasons), path
    packed = {path.stem for path in (BUILT / "course" / "keys").iterdir()}
    assert packed == set(cases) - exam


def test_files_that_take_long_are_there_and_come_first():
    """A file that is renamed does not silently lose its place in front of the others."""
    assert [name for name in LONG if not (ROOT / "tests" / name).is_file()] == []
    names = ["test_project.py", *reversed(LONG), "test_cli.py"]
    assert sorted(names, key=place) == [*LONG, "test_project.py", "test_cli.py"]
