"""What an assignment is scored with, and the digest that tells when it changed."""

import json
import pickle
import shutil
import subprocess
import sys

import pytest

from grader.errors import CourseError, NotFoundError
from grader.grading.material import _SCORING, Places, load_material
from tests.conftest import ROOT

UNIT = "unit-1"


@pytest.fixture
def places(tmp_path):
    """A course with the assignment, the three folders apart, so that each can be changed."""
    shutil.copytree(ROOT / "exercises", tmp_path / "exercises")
    for name in ("enc-0001", "enc-0003", "enc-0004", "enc-0010", "enc-0012", "enc-0018"):
        for folder in ("cases", "keys"):
            shutil.copytree(ROOT / "cases" / name, tmp_path / folder / name)
    shutil.copytree(ROOT / "tests" / "golden" / "release-unit-1", tmp_path / "class" / "release" / UNIT)
    return Places(tmp_path / "class", tmp_path / "exercises", tmp_path / "cases", tmp_path / "keys")


def test_every_grade_cell_has_its_question(places):
    """The questions are those of the released notebook, each with case, item and key."""
    material = load_material(places, UNIT)
    graded = [
        cell["metadata"]["nbgrader"]["grade_id"]
        for cell in material.released["cells"]
        if cell["metadata"].get("nbgrader", {}).get("grade")
    ]
    assert list(material.questions) == graded
    question = material.questions["enc-0001-codes"]
    assert question.name == "enc-0001/codes" and question.key.expected


def test_it_travels_to_another_process(places):
    """Pickled and read again it is the same."""
    material = load_material(places, UNIT)
    assert pickle.loads(pickle.dumps(material)) == material


def test_the_digest_is_that_of_the_content(places):
    """Loaded twice it is the same; where the files stand does not matter."""
    digest = load_material(places, UNIT).digest
    moved = Places(
        places.root, places.assignments, places.cases.rename(places.cases.with_name("moved")), places.keys
    )
    assert load_material(moved, UNIT).digest == digest


@pytest.mark.parametrize(
    ("folder", "file"),
    [("keys", "enc-0004/key.yml"), ("cases", "enc-0012/case.yml"), ("root", f"release/{UNIT}/{UNIT}.ipynb")],
)
def test_a_change_of_anything_changes_the_digest(places, folder, file):
    """A corrected key, another word in a case, another release: what was graded before is graded again."""
    before = load_material(places, UNIT).digest
    path = getattr(places, folder) / file
    path.write_text(f"{path.read_text()}\n")
    assert load_material(places, UNIT).digest != before


def test_another_scoring_changes_the_digest(places, tmp_path, monkeypatch):
    """A new version of the scoring code grades again, too."""
    before = load_material(places, UNIT).digest
    package = tmp_path / "grader"
    shutil.copytree(
        ROOT / "grader", package, ignore=shutil.ignore_patterns("__pycache__", "static", "workbench")
    )
    monkeypatch.setattr("grader.grading.material._PACKAGE", package)
    assert load_material(places, UNIT).digest == before
    (package / "scoring" / "share.py").write_text("# other\n")
    assert load_material(places, UNIT).digest != before


def test_what_is_missing_or_does_not_fit_is_told(places):
    """No assignment, no release, a release of other questions or points: each says what to do."""
    with pytest.raises(NotFoundError, match="unit-7"):
        load_material(places, "unit-7")
    notebook = places.root / "release" / UNIT / f"{UNIT}.ipynb"
    content = json.loads(notebook.read_text())
    graded = next(cell for cell in content["cells"] if cell["metadata"].get("nbgrader", {}).get("grade"))
    graded["metadata"]["nbgrader"]["points"] = 99
    notebook.write_text(json.dumps(content))
    with pytest.raises(CourseError, match="assignment build unit-1"):
        load_material(places, UNIT)
    notebook.unlink()
    with pytest.raises(NotFoundError, match="generate_assignment unit-1"):
        load_material(places, UNIT)


# What grading imports and what decides neither points nor what a cell shows.
BESIDE = (
    "grader", "grader.errors", "grader.assignment", "grader.grading", "grader.grading.material", "grader.grading.intake",
    "grader.grading.intake.submission", "grader.grading.intake.altered", "grader.exam", "grader.exam.folder",
)  # fmt: skip


def test_everything_that_decides_points_is_in_the_digest():
    """Whatever module grading a submission imports is either part of the digest or known to decide nothing."""
    code = "import sys, grader.grading.graded; print(*sorted(name for name in sys.modules if name.split('.')[0] == 'grader'))"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    covered = {path.removesuffix(".py").replace("/", ".") for path in _SCORING}
    for module in set(done.stdout.split()) - set(BESIDE):
        inner = module.removeprefix("grader.")
        assert any(inner == name or inner.startswith(f"{name}.") for name in covered), module
