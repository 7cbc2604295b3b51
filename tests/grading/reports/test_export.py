"""``nbgrader export`` with this course's exporter."""

import csv
import os
import subprocess
import sys
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from types import SimpleNamespace

import pytest
from nbgrader.api import Gradebook
from nbgrader.apps import ExportApp
from nbgrader.coursedir import CourseDirectory
from nbgrader.plugins import CsvExportPlugin
from traitlets.config import Config

from grader.grading import record
from grader.grading.reports.export import COLUMNS, ClassExport
from tests.grading.reports.sample import UNIT, small_class

NUMBERS = ("raw_score", "late_submission_penalty", "score")


@pytest.fixture
def course(tmp_path) -> SimpleNamespace:
    """The small class."""
    return small_class(tmp_path / "course")


def export(course, plugin=ClassExport, to: str = "out.csv", **options) -> list[dict[str, str]]:
    """What an exporter writes, as a spreadsheet reads it."""
    app = ExportApp(config=Config(CourseDirectory={"root": str(course.root)}))
    app.coursedir = CourseDirectory(parent=app)
    out = course.root / to
    with Gradebook(course.db_url, "course") as gradebook:
        plugin(parent=app, to=str(out), **options).export(gradebook)
    with out.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def change(course, student: str, **person: str) -> None:
    """Write something about a student into the gradebook."""
    with Gradebook(course.db_url, "course") as gradebook:
        gradebook.update_or_create_student(student, **person)


def test_missing_is_told_from_zero(course):
    """Whoever is missing has no scores and a reason; who earned nothing has 0 and none."""
    with Gradebook(course.db_url, "course") as gradebook:
        for grade in gradebook.find_submission_notebook(UNIT, UNIT, "bo").grades:
            grade.auto_score = grade.manual_score = 0.0
        gradebook.db.commit()
    rows = {row["student_id"]: row for row in export(course)}
    assert [rows["bo"][name] for name in NUMBERS] == ["0.0", "0.0", "0.0"]
    assert rows["bo"]["status"] == "graded" and rows["bo"]["reason"] == "" and rows["bo"]["awaiting"] == "0"
    for name, reason in (("di", "not valid JSON"), ("ed", "Nothing was handed in.")):
        assert [rows[name][column] for column in (*NUMBERS, "awaiting")] == [""] * 4
        assert rows[name]["status"] == "missing" and reason in rows[name]["reason"]
        assert rows[name]["max_score"] == "24.0"


def test_every_time_is_written_alike(course):
    """Whoever handed in what cannot be read has a time in the same form as the others."""
    kept = record.read(course.root, UNIT, "di")
    record.write(course.root, UNIT, replace(kept, timestamp="2026-11-02 08:30:00.5 UTC"))
    rows = {row["student_id"]: row["timestamp"] for row in export(course)}
    assert rows["di"] == "2026-11-02 08:30:00.5" and rows["ed"] == ""


def test_what_waits_is_said(course, capsys):
    """The number of answers that wait stands in the row, and a warning says that scores are not final."""
    rows = {row["student_id"]: row for row in export(course)}
    assert (rows["ana"]["awaiting"], rows["ana"]["score"], rows["cy"]["awaiting"]) == ("1", "12.0", "0")
    said = capsys.readouterr().err
    assert "1 answer waits for an instructor" in said and "3 graded, 2 missing" in said


def test_the_columns_of_nbgrader_hold_what_nbgrader_writes(course):
    """For those who were graded both exporters agree in every column of nbgrader's, and the order of rows is the same."""
    change(course, "ana", last_name="Ångström", first_name="Ana", email="ana@example.org")
    with Gradebook(course.db_url, "course") as gradebook:
        gradebook.find_assignment(UNIT).duedate = datetime(2026, 11, 1, 12)
        gradebook.find_submission(UNIT, "cy").timestamp = datetime(2026, 11, 2, 8, 30)
        gradebook.find_submission(UNIT, "cy").notebooks[0].late_submission_penalty = 30.0
        gradebook.db.commit()
    stock, ours = export(course, CsvExportPlugin), export(course)
    assert tuple(ours[0]) == COLUMNS == (*stock[0], "status", "reason", "awaiting")
    assert [row["student_id"] for row in ours] == [row["student_id"] for row in stock]
    for mine, theirs in zip(ours, stock, strict=True):
        same = set(theirs) - (set(NUMBERS) if mine["status"] == "missing" else set())
        assert {name: mine[name] for name in same} == {name: theirs[name] for name in same}
    cy = next(row for row in ours if row["student_id"] == "cy")
    assert (cy["raw_score"], cy["late_submission_penalty"], cy["score"]) == ("20.0", "30.0", "0.0")


def test_names_stay_in_their_cells_and_are_no_formulas(course):
    """A comma, a quote, a line end or a formula in a name is text in one cell."""
    change(course, "ana", last_name='=HYPERLINK("x"),1', first_name='O"Neill,\nJr.', email="@sum")
    row = next(row for row in export(course) if row["student_id"] == "ana")
    assert row["last_name"] == '\'=HYPERLINK("x"),1' and row["first_name"] == 'O"Neill,\nJr.'
    assert row["email"] == "'@sum" and row["score"] == "12.0"


def test_only_what_was_asked_for(course, capsys):
    """Students and assignments can be chosen; one that does not exist is named."""
    with Gradebook(course.db_url, "course") as gradebook:
        gradebook.add_assignment("unit-2")
    assert len(export(course)) == 10
    assert {row["assignment"] for row in export(course, assignment=["unit-2"])} == {"unit-2"}
    rows = export(course, student=["ed", "ana", "zoe"], assignment=[UNIT, "unit-9"])
    assert sorted(row["student_id"] for row in rows) == ["ana", "ed"]
    said = capsys.readouterr().err
    assert "'zoe'" in said and "'unit-9'" in said and "'ana'" not in said


def test_an_assignment_that_nobody_graded_here_is_exported(course):
    """Notebooks that nbgrader graded by itself keep their scores; cells of the same name in two of them count twice."""
    with Gradebook(course.db_url, "course") as gradebook:
        gradebook.add_assignment("plain")
        for name in ("one", "two"):
            gradebook.add_notebook(name, "plain")
            gradebook.add_grade_cell("q", name, "plain", max_score=5, cell_type="code")
            gradebook.add_task_cell("t", name, "plain", max_score=1, cell_type="markdown")
        gradebook.add_submission("plain", "ana")
        for name in ("one", "two"):
            for cell, score in (("q", 3.0), ("t", 1.0)):
                grade = gradebook.find_grade(cell, name, "plain", "ana")
                grade.auto_score, grade.needs_manual_grade = score, False
        gradebook.db.commit()
    rows = {row["student_id"]: row for row in export(course, assignment=["plain"])}
    assert (rows["ana"]["score"], rows["ana"]["max_score"], rows["ana"]["status"]) == (
        "8.0",
        "12.0",
        "graded",
    )
    assert rows["bo"]["score"] == "" and rows["bo"]["status"] == "missing"


def test_a_place_that_cannot_be_written_is_said(course, capsys):
    """A folder that is not there ends the command with a sentence and no traceback."""
    with pytest.raises(SystemExit):
        export(course, to="nowhere/out.csv")
    assert "cannot be written" in capsys.readouterr().err


@pytest.mark.nbgrader
def test_nbgrader_export_uses_it(course):
    """One line of configuration is enough, and the command's own options are honoured."""
    lines = f"""
c = get_config()
c.CourseDirectory.root = {str(course.root)!r}
c.CourseDirectory.db_url = {course.db_url!r}
c.ExportApp.plugin_class = "grader.grading.reports.export.ClassExport"
"""
    (course.root / "nbgrader_config.py").write_text(lines)
    bin_folder = Path(sys.executable).parent
    command = [
        bin_folder / "nbgrader",
        "export",
        "--to",
        "mine.csv",
        "--student",
        '["ana","ed"]',
        "--assignment",
        '["unit-1"]',
    ]
    path = os.pathsep.join((str(bin_folder), os.environ["PATH"]))
    done = subprocess.run(
        command, cwd=course.root, env={**os.environ, "PATH": path}, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    with (course.root / "mine.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    assert [(row["student_id"], row["status"], row["score"]) for row in rows] == [
        ("ana", "graded", "12.0"),
        ("ed", "missing", ""),
    ]
    assert (course.root / "mine.csv").stat().st_mode & 0o777 == 0o600
