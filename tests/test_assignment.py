"""Assignments: what is built from an assignment.yml, and what it says when the file is wrong."""

import json

import nbformat
import pytest
import yaml

from grader.assignment import load_assignment
from grader.errors import AssignmentFileError, NotFoundError
from grader.library.item_keys import CodesKey
from grader.source import build_assignment
from tests.conftest import ROOT

FILE = ROOT / "exercises" / "unit-1" / "assignment.yml"


@pytest.fixture
def assignment():
    """The real unit 1."""
    return load_assignment(FILE, ROOT / "cases")


def test_building_twice_gives_the_same_bytes(assignment, tmp_path):
    """A source that has not changed builds to the same files."""
    trees = []
    for name in ("one", "two"):
        build_assignment(assignment, tmp_path / name)
        folder = tmp_path / name / "unit-1"
        trees.append({path.name: path.read_bytes() for path in folder.iterdir()})
    assert trees[0] == trees[1] and set(trees[0]) == {"unit-1.ipynb", "cases.json"}


def test_every_item_has_its_grade_cell(assignment, tmp_path):
    """Codes and choices are graded by themselves, notes by the instructor; points are those of the case."""
    notebook = nbformat.read(build_assignment(assignment, tmp_path), as_version=4)
    nbformat.validate(notebook)
    marks = [
        cell.metadata.nbgrader for cell in notebook.cells if cell.metadata.get("nbgrader", {}).get("grade")
    ]
    items = [(case, item) for case in assignment.cases for item in case.items]
    assert [mark.grade_id for mark in marks] == [f"{case.id}-{item.id}" for case, item in items]
    for mark, (_, item) in zip(marks, items, strict=True):
        assert mark.points == item.points and mark.solution == (item.kind == "documentation")


def test_nothing_of_a_key_is_in_the_source(assignment, tmp_path, keys):
    """Neither canary nor reference code nor the number of expected codes is handed out."""
    build_assignment(assignment, tmp_path)
    written = "".join(path.read_text() for path in (tmp_path / "unit-1").iterdir())
    for case in assignment.cases:
        key = keys[case.id]
        assert key.canary not in written
        for item in key.items.values():
            if isinstance(item, CodesKey):
                assert not any(expected.code in written for expected in item.expected), case.id
    released = json.loads((tmp_path / "unit-1" / "cases.json").read_text())
    assert set(released) == {"schema", "assignment", "cases"}


def test_code_cells_are_short_and_hidden(assignment, tmp_path):
    """People who do not program see no code, and none of it is longer than three lines."""
    notebook = nbformat.read(build_assignment(assignment, tmp_path), as_version=4)
    for cell in notebook.cells:
        if cell.cell_type == "code":
            assert cell.metadata.jupyter.source_hidden and len(cell.source.splitlines()) <= 3


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"cases": []}, "cases"),
        ({"cases": ["M54.9"]}, "cases.0"),
        ({"cases": ["enc-0001", "enc-0001"]}, "listed twice"),
        ({"titel": "x"}, "titel"),
        ({"id": "unit-2"}, "the folder unit-1"),
    ],
)
def test_a_wrong_file_is_explained(tmp_path, change, says):
    """File, field and remedy are named."""
    path = tmp_path / "unit-1" / "assignment.yml"
    path.parent.mkdir()
    path.write_text(yaml.safe_dump({**yaml.safe_load(FILE.read_text()), **change}))
    with pytest.raises(AssignmentFileError) as caught:
        load_assignment(path, ROOT / "cases")
    assert "assignment.yml" in str(caught.value) and says in str(caught.value)


def test_an_unknown_case_is_named(tmp_path):
    """A case that does not exist is named."""
    path = tmp_path / "unit-1" / "assignment.yml"
    path.parent.mkdir()
    path.write_text(yaml.safe_dump({**yaml.safe_load(FILE.read_text()), "cases": ["enc-9999"]}))
    with pytest.raises(NotFoundError, match="enc-9999"):
        load_assignment(path, ROOT / "cases")
