"""The class as a table."""

import pandas as pd

from grader.grading.classtable import ClassTable, Row

TABLE = ClassTable(
    "unit-1",
    (
        Row("ana", "graded", 7.5, 10, 1, ""),
        Row("=cmd()", "needs review", None, 10, 0, "answers.json: it is not valid JSON. Ask again"),
        Row("bo", "missing", None, 10, 0, ""),
    ),
)


def test_points_are_missing_not_zero():
    """What was not scored has no points in the table."""
    frame = TABLE.frame()
    assert frame["points"].tolist()[0] == 7.5 and frame["points"].isna().tolist() == [False, True, True]
    assert "7.5 of 10" in str(TABLE) and "75 %" in str(TABLE) and "not valid JSON" in str(TABLE)


def test_no_cell_is_a_formula(tmp_path):
    """A name that a spreadsheet would compute is written as text."""
    TABLE.write_csv(tmp_path / "grades.csv")
    assert pd.read_csv(tmp_path / "grades.csv")["trainee"].tolist()[1] == "'=cmd()"
