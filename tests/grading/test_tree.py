"""The autograded folders: complete or not there, private, and without leftovers."""

import stat

import pytest

from grader.answers import MAX_BYTES
from grader.grading.graded import Graded
from grader.grading.record import Record
from grader.grading.tree import autograded, place, staging

UNIT = "unit-1"


def graded(**parts) -> Graded:
    """One graded submission."""
    record = Record("ana", "state", parts.pop("timestamp", "2026-11-02 10:00:00 UTC"), "")
    return Graded(record, (), parts.pop("notebook", "{}"), parts.pop("answers", b"{}"))


def put(course, each) -> None:
    """Put one in place."""
    with staging(course, UNIT) as staged:
        place(course, UNIT, each, staged)


def test_all_files_of_a_submission_are_in_place(tmp_path):
    """Notebook, answers and time stand where formgrader and nbgrader look for them, for their owner's eyes alone."""
    put(tmp_path, graded(notebook='{"cells": []}', answers=b'{"a": 1}'))
    folder = autograded(tmp_path, "ana", UNIT)
    assert (folder / "unit-1.ipynb").read_text() == '{"cells": []}'
    assert (folder / "answers.json").read_bytes() == b'{"a": 1}'
    assert (folder / "timestamp.txt").read_text() == "2026-11-02 10:00:00 UTC"
    for path in (tmp_path / "autograded").rglob("*"):
        assert stat.S_IMODE(path.stat().st_mode) == (0o700 if path.is_dir() else 0o600)


def test_a_new_grading_replaces_the_whole_folder(tmp_path):
    """What the last grading had and this one has not is gone."""
    put(tmp_path, graded())
    put(tmp_path, graded(notebook='{"new": 1}', answers=None, timestamp=""))
    folder = autograded(tmp_path, "ana", UNIT)
    assert [path.name for path in folder.iterdir()] == ["unit-1.ipynb"]
    assert "new" in (folder / "unit-1.ipynb").read_text()


def test_answers_beyond_the_bound_are_left_out(tmp_path):
    """A file that nobody will read is not copied."""
    put(tmp_path, graded(answers=b"x" * (MAX_BYTES + 1)))
    assert not (autograded(tmp_path, "ana", UNIT) / "answers.json").exists()


def test_a_link_in_the_way_is_replaced_and_not_followed(tmp_path):
    """What stands at the place of the folder is moved away, and what a link points at stays untouched."""
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "precious").write_text("precious")
    folder = autograded(tmp_path, "ana", UNIT)
    folder.parent.mkdir(parents=True)
    folder.symlink_to(elsewhere)
    put(tmp_path, graded())
    assert not folder.is_symlink() and (folder / "unit-1.ipynb").exists()
    assert [path.name for path in elsewhere.iterdir()] == ["precious"]


def test_what_a_killed_run_left_is_cleared(tmp_path):
    """Half a folder of a run before is in nobody's way, and nothing is left behind."""
    with staging(tmp_path, UNIT) as staged:
        (staged / "new").mkdir()
        (staged / "new" / "unit-1.ipynb").write_text("half")
        with staging(tmp_path, UNIT) as again:
            place(tmp_path, UNIT, graded(), again)
    assert not staged.exists()


def test_an_error_leaves_the_old_folder(tmp_path, monkeypatch):
    """Where the new folder cannot be written, the old one stays."""
    put(tmp_path, graded(notebook='{"old": 1}'))

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("grader.grading.tree._write", full)
    with pytest.raises(OSError, match="No space"):
        put(tmp_path, graded())
    assert "old" in (autograded(tmp_path, "ana", UNIT) / "unit-1.ipynb").read_text()
