"""Tables that a spreadsheet opens as they were meant."""

import csv
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.grading.reports.spreadsheet import (
    as_written,
    is_formula,
    no_formula,
    private_file,
    private_table,
)
from grader.visible import one_line

STARTERS = "=+-@＝＋－＠\t\r\n"
TEXTS = st.text(
    st.sampled_from([*STARTERS, *"﹢﹣⁼−'\"“ \u00a0\u3000\u200b\ufeff\x00,;a1\udcff"]) | st.characters()
)
NUMBERS = st.floats(-1e6, 1e6) | st.integers(-1000, 1000)


@pytest.mark.parametrize("start", [*STARTERS])
def test_what_begins_a_formula_is_known(start):
    """Signs in any width, and the blanks by which one is hidden."""
    assert is_formula(f"{start}1") and no_formula(f"{start}1") == f"'{start}1"


@pytest.mark.parametrize("start", [*STARTERS[:-3], "−", "﹢", "﹣"])
@pytest.mark.parametrize("before", [" ", "\u00a0", "'", '"', "' \"", "\u200b", "\ufeff", "\u3000“"])
def test_a_formula_is_known_behind_blanks_and_quotes(start, before):
    """Signs in any width begin a formula, and so they do behind what a spreadsheet drops."""
    assert is_formula(f"{before}{start}1+1")


@pytest.mark.parametrize(
    "text", ["", "ana", "O'Neill", "a=b", "'quoted'", " late", "1-2", "“well”, he said", "0"]
)
def test_ordinary_text_is_none(text):
    """Names and sentences stay as they are."""
    assert not is_formula(text) and no_formula(text) == text == as_written(text)


@given(TEXTS)
def test_text_comes_back(text):
    """What is made harmless can be made what it was, once and exactly."""
    assert as_written(no_formula(text)) == text
    assert not no_formula(text).startswith(tuple(STARTERS))


@given(st.lists(st.tuples(TEXTS, NUMBERS), min_size=1, max_size=5))
def test_a_table_read_back_is_the_table(rows):
    """Whatever stands in a cell, no cell of the file begins a formula, no row breaks, and numbers stay numbers."""
    with TemporaryDirectory() as folder:
        path = Path(folder, "table.csv")
        with private_table(path, ("text", "number")) as write:
            for row in rows:
                write(row)
        with path.open(encoding="utf-8", newline="") as file:
            found = list(csv.reader(file))[1:]
    assert len(found) == len(rows)
    for (text, number), (cell, written) in zip(rows, found, strict=True):
        readable = text.encode("utf-8", "backslashreplace").decode()
        assert cell[:1] not in set(STARTERS)
        assert cell in (readable, f"'{readable}")
        assert float(written) == pytest.approx(number, abs=1e-4)


def test_nothing_is_an_empty_cell(tmp_path):
    """None is no text and no 0."""
    with private_table(tmp_path / "table.csv", ("a", "b", "c")) as write:
        write((None, 0, 0.0))
    assert (tmp_path / "table.csv").read_bytes() == b"a,b,c\r\n,0,0.0\r\n"


def test_a_file_half_written_is_no_file(tmp_path):
    """Whatever stops the writing, the old file stays and the new one goes; other modes of the old one are not kept."""
    path = tmp_path / "page.html"
    path.write_text("old")
    path.chmod(0o644)
    with pytest.raises(KeyboardInterrupt), private_file(path) as file:
        file.write("new")
        raise KeyboardInterrupt
    assert path.read_text() == "old" and [each.name for each in tmp_path.iterdir()] == ["page.html"]
    with private_file(path) as file:
        file.write("new")
    assert path.read_text() == "new" and path.stat().st_mode & 0o777 == 0o600


@given(TEXTS)
def test_one_line_is_one_line_that_can_be_printed(text):
    """No text breaks a line of a terminal, moves its cursor or cannot be encoded."""
    line = one_line(text)
    assert len(line.splitlines()) <= 1 and "\x1b" not in line and "\u202e" not in line
    line.encode()
