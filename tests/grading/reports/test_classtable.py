"""The class as a table."""

import csv
import stat
import subprocess
import sys

import pytest

from grader.errors import CourseError
from grader.grading.reports.classtable import COLUMNS, MOST, ClassTable, Row

TABLE = ClassTable(
    "unit-1",
    (
        Row("ana", "graded", 7.5, 10, 1, "", 2.0),
        Row("=cmd()", "missing", None, 10, 0, "answers.json: it is not valid JSON. Ask again."),
        Row("bo", "missing", None, 10, 0, "Nothing was handed in."),
        Row("cy", "graded", 0.0, 10, 0, "", 0.0, ("The notebook was changed.", "And late.")),
    ),
)


def written(table: ClassTable, path) -> list[dict[str, str]]:
    """The rows of a table as a spreadsheet reads them."""
    table.write_csv(path)
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def large(number: int, row) -> ClassTable:
    """A class of so many, made by number."""
    return ClassTable("unit-1", tuple(row(place) for place in range(number)))


def test_points_are_missing_not_zero(tmp_path):
    """What was not scored has empty cells; nothing of all points is 0, and numbers are numbers."""
    rows = written(TABLE, tmp_path / "grades.csv")
    assert [row["points"] for row in rows] == ["7.5", "", "", "0.0"]
    assert [row["percent"] for row in rows] == ["75.0", "", "", "0.0"]
    assert tuple(rows[0]) == COLUMNS and rows[0]["items_awaiting_confirmation"] == "1"
    assert rows[2]["status"] == "missing" and rows[2]["reason"] == "Nothing was handed in."
    assert rows[3]["remarks"] == "The notebook was changed. And late." and rows[0]["remarks"] == ""


def test_no_cell_is_a_formula(tmp_path):
    """A name that a spreadsheet would compute is written as text."""
    assert [row["trainee"] for row in written(TABLE, tmp_path / "grades.csv")][1] == "'=cmd()"


def test_the_file_is_private_and_put_in_place_in_one_step(tmp_path):
    """Nobody else may read it; a table that cannot be written leaves the old one, and nothing else, behind."""
    path = tmp_path / "grades.csv"
    written(TABLE, path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    before = path.read_bytes()
    broken = ClassTable("unit-1", (*TABLE.rows, None))
    with pytest.raises(AttributeError):
        broken.write_csv(path)
    assert path.read_bytes() == before and [each.name for each in tmp_path.iterdir()] == ["grades.csv"]
    with pytest.raises(CourseError, match="cannot be written"):
        TABLE.write_csv(tmp_path / "no such folder" / "grades.csv")


def test_a_small_class_is_printed_whole():
    """Everybody has a line with points, what waits, status, reason and remarks."""
    lines = str(TABLE).splitlines()
    assert len(lines) == 1 + len(TABLE.rows)
    assert "7.5 of 10" in lines[1] and "75 %" in lines[1] and "1 (suggested 2)" in lines[1]
    assert "missing: answers.json: it is not valid JSON. Ask again." in lines[2] and " –" in lines[2]
    assert lines[4].endswith("graded (The notebook was changed. And late.)")


def test_a_name_cannot_rearrange_the_terminal():
    """What cannot be seen, turns text around or begins a new line is shown by its number."""
    shown = str(
        ClassTable("unit-1", (Row("a\u202eb\x1b[2J\nc\udcff", "missing", None, 10, 0, "It\tis\x07."),))
    )
    assert (
        len(shown.splitlines()) == 2 and shown.isprintable() is False
    )  # the line end between header and row
    assert shown.replace("\n", "").isprintable() and "⟦U+202E⟧" in shown and "⟦U+001B⟧" in shown
    shown.encode()


def test_of_a_large_class_those_are_printed_who_need_attention():
    """Above forty trainees, the rest is one line that says how many there are and where they stand."""

    def row(place: int) -> Row:
        if place == 7_000:
            return Row("gone", "missing", None, 10, 0, "Nothing was handed in.")
        return Row(f"t{place}", "graded", 5, 10, 0, "", 0.0, ("Odd.",) if place == 3 else ())

    lines = str(large(10_000, row)).splitlines()
    assert [line.split()[0] for line in lines[1:3]] == ["gone", "t3"] and len(lines) == 5
    assert lines[-1] == "10,000 trainees: 9,999 graded, 1 missing. The whole table is in grades.csv."


def test_of_many_who_need_attention_the_missing_come_first():
    """Forty are shown at most; those who wait never push out those who are missing."""

    def row(place: int) -> Row:
        if place % 1000 == 999:
            return Row(f"t{place:05}", "missing", None, 10, 0, "Nothing was handed in.")
        return Row(f"t{place:05}", "graded", 5, 10, 2, "")

    lines = str(large(10_000, row)).splitlines()
    assert len(lines) == 1 + MOST + 3 and sum("missing: Nothing" in line for line in lines) == 10
    assert lines[-2] == "Shown are 40 of the 10,000 trainees that need attention."
    assert "9,990 graded, 10 missing; 19,980 answers wait for confirmation" in lines[-1]


def test_where_all_is_well_only_the_sum_is_printed():
    """A large class without anything to look at is one line; forty trainees are a small class."""
    fine = large(MOST + 1, lambda place: Row(f"t{place}", "graded", 5, 10, 0, ""))
    assert str(fine) == "41 trainees: 41 graded, 0 missing. The whole table is in grades.csv."
    assert len(str(ClassTable("unit-1", fine.rows[:MOST])).splitlines()) == 1 + MOST


def test_grading_starts_without_what_is_slow_to_import():
    """The table needs neither pandas nor nbgrader nor a template engine."""
    code = "import sys, grader.grading.reports.classtable; print({'pandas', 'nbgrader', 'nbconvert', 'jinja2'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"
