"""The source of a form: one sealed file and a notebook that tells nothing of its encounters."""

import json
from datetime import UTC, datetime
from types import SimpleNamespace

import nbformat
import pytest

from grader.errors import CourseError
from grader.examsource import write_exam_source
from grader.library.item_keys import CodesKey
from grader.sitting.form import read_form

CODE = "ABCDEFGHIJKLMN27"
FORM = "sample-0a1b2c3d"
BLUEPRINT = SimpleNamespace(
    id="sample",
    title="Sample exam",
    introduction="Read with care.",
    time=SimpleNamespace(minutes=90, warnings=(30, 5), grace=2, over="void"),
    window=SimpleNamespace(
        opens=datetime(2026, 11, 2, 8, tzinfo=UTC), closes=datetime(2026, 11, 2, 18, tzinfo=UTC), late="void"
    ),
)


@pytest.fixture(scope="module")
def chosen(cases):
    """Encounters of several kinds."""
    return [cases[case_id] for case_id in ("enc-0001", "enc-0003", "enc-0071")]


@pytest.fixture(scope="module")
def folder(chosen, tmp_path_factory):
    """The source of a form."""
    return write_exam_source(FORM, chosen, BLUEPRINT, CODE, tmp_path_factory.mktemp("source")).parent


def test_there_is_one_sealed_file_and_the_notebook(folder, chosen):
    """What is sealed is the public part of the encounters, in their order."""
    assert {path.name for path in folder.iterdir()} == {"exam.json", f"{FORM}.ipynb"}
    form = read_form(folder)
    assert form.id == FORM and form.rules.minutes == 90
    assert list(form.opened(CODE)) == [json.loads(json.dumps(case.public())) for case in chosen]


def test_neither_file_tells_of_the_encounters_or_of_the_key(folder, chosen, keys):
    """No title, no chart, no question, no canary, no code can be read before the form is opened."""
    written = "".join(path.read_text() for path in folder.iterdir()) + json.dumps(
        read_form(folder).opened(CODE)
    )
    closed = "".join(path.read_text() for path in folder.iterdir())
    for case in chosen:
        assert case.title not in closed and case.documents[0].text[:40] not in closed
        assert not any(item.stem in closed for item in case.items)
        assert keys[case.id].canary not in written
        for item in keys[case.id].items.values():
            if isinstance(item, CodesKey):
                assert not any(expected.code in written for expected in item.expected), case.id


def test_the_notebook_has_one_cell_to_run_and_a_cell_for_each_question(folder, chosen):
    """Points and marks as in every assignment; the cells for grading are folded away."""
    notebook = nbformat.read(folder / f"{FORM}.ipynb", as_version=4)
    nbformat.validate(notebook)
    run = [cell for cell in notebook.cells if cell.cell_type == "code" and not cell.metadata.nbgrader.grade]
    assert [cell.source.splitlines()[-1] for cell in run] == ["open_exam()"]
    graded = [
        cell.metadata.nbgrader for cell in notebook.cells if cell.metadata.get("nbgrader", {}).get("grade")
    ]
    items = [(case, item) for case in chosen for item in case.items]
    assert [mark.grade_id for mark in graded] == [f"{case.id}-{item.id}" for case, item in items]
    assert [mark.points for mark in graded] == [item.points for _, item in items]
    (folded,) = [cell for cell in notebook.cells if cell.metadata.get("jp-MarkdownHeadingCollapsed")]
    assert notebook.cells.index(folded) == 3


def test_a_source_is_made_anew(folder, chosen):
    """What stood in the folder is gone."""
    (folder / "left.txt").write_text("x")
    write_exam_source(FORM, chosen, BLUEPRINT, CODE, folder.parent)
    assert not (folder / "left.txt").exists()


def test_a_code_that_is_none_is_refused_before_anything_is_written(chosen, tmp_path):
    """Nobody could open the form."""
    with pytest.raises(CourseError, match="opening code"):
        write_exam_source(FORM, chosen, BLUEPRINT, "secret", tmp_path)
    assert not list(tmp_path.iterdir())
