"""Reading rosters: what cannot be used is refused with the number of its line."""

from __future__ import annotations

import csv

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.errors import RosterFileError
from grader.exam.roster import Trainee, read_roster
from grader.grading.intake.submission import name_fault

HEAD = "trainee,name,email\n"
MORE = "trainee,name,email,extra_minutes\n"


def read(tmp_path, text: str | bytes):
    """Write a roster and read it."""
    path = tmp_path / "roster.csv"
    path.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))
    return read_roster(path)


def test_a_roster_as_a_spreadsheet_saves_it_is_read(tmp_path):
    """Names in any script, a comma in quotes, no address, a mark at the beginning, Windows' ends of lines, empty lines."""
    text = '\ufeffTrainee,Name,Email\r\ntrainee-1,Žofia Łukasiewicz-Đặng,\r\n\r\nt2,"Doe, Jane", jane@example.org \r\n,,\r\n'
    assert read(tmp_path, text) == (
        Trainee("trainee-1", "Žofia Łukasiewicz-Đặng", ""),
        Trainee("t2", "Doe, Jane", "jane@example.org"),
    )


def test_extra_minutes_are_read_where_there_is_such_a_column(tmp_path):
    """An empty cell is none; a roster without the column says nothing about them."""
    assert [each.extra for each in read(tmp_path, MORE + "a,Ann,,45\nb,Bo,,\nc,Cy,,0\n")] == [45, 0, 0]
    assert [each.extra for each in read(tmp_path, HEAD + "a,Ann,\n")] == [None]
    assert [each.trainee for each in read(tmp_path, HEAD + "reporter,Ann,\n")] == ["reporter"]


def test_one_name_written_in_two_ways_is_one(tmp_path):
    """A letter and its accent typed apart are the letter that has it."""
    assert read(tmp_path, HEAD + "jose\u0301,Jose\u0301,\n") == (Trainee("jos\u00e9", "Jos\u00e9", ""),)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "it is empty"),
        (HEAD, "it names nobody"),
        ("trainee;name;email\na;b;c\n", "line 1: its columns are parted by semicolons"),
        ("name,trainee,email\na,b,\n", "line 1: it does not name the columns in order"),
        ("trainee,name,email,grade\na,b,,c\n", "line 1: there is no column 'grade' in a roster"),
        ("a,Ann,\n", "line 1: there is no column 'a'"),
        (HEAD + "a,Ann\n", "line 2: it has 2 cells"),
        (HEAD + "a,Doe, Jane,\n", "line 2: it has 4 cells"),
        (HEAD + ",Ann,\n", "line 2: the trainee is missing"),
        (HEAD + "a,,\n", "line 2: the name is missing"),
        (HEAD + "a,Ann,\n../b,Bo,\n", "line 3: the trainee has / in it"),
        ("trainee,name,extra_minutes,email\na,b,5,\n", "line 1: it does not name the columns in order"),
        (MORE + "a,Ann,\n", "line 2: it has 3 cells, and the roster 4 columns"),
        (MORE + "a,Ann,,301\n", "line 2: 301 is no number of extra minutes"),
        (MORE + "a,Ann,,-5\n", "line 2: -5 is no number of extra minutes"),
        (MORE + "a,Ann,,1.5\n", "line 2: 1.5 is no number of extra minutes"),
        (HEAD + "Report,Ann,\n", "line 2: the trainee cannot be called Report"),
        (HEAD + ".b,Bo,\n", "line 2: no folder can have the trainee's name"),
        (HEAD + "a b\u200b,Bo,\n", "line 2: the trainee has characters that cannot be seen"),
        (HEAD + "Ann Lee,Ann Lee,\n", "line 2: the trainee has a space in it"),
        (HEAD + "a\u00a0b,Ann Lee,\n", "line 2: the trainee has"),
        (HEAD + "a,=1+1,\n", "line 2: the name begins with =, which a spreadsheet takes for a formula"),
        (HEAD + "a,Ann,ann at example\n", "line 2: ann at example is no address"),
        (HEAD + "a," + "x" * 201 + ",\n", "line 2: the name has more than 200 characters"),
        (HEAD + "a,Ann,\nb,Bo,\nA,Ann,\n", "line 4: the trainee A stands on line 2 as well"),
        (HEAD + "a,Ann,x@y.org\nb,Bo,X@y.org\n", "line 3: the email X@y.org stands on line 2 as well"),
        (HEAD + 'a,"Ann\n', "it is no line of a table"),
        (b"\xff\xfe\x00", "it is not UTF-8 text"),
        (b"x" * 2_000_001, "it has more than 2,000,000 bytes"),
    ],
)
def test_what_is_wrong_is_told_with_its_line(tmp_path, text, said):
    """Each message names the file and the line, and ends with what to do."""
    with pytest.raises(RosterFileError) as error:
        read(tmp_path, text)
    assert said in str(error.value) and error.value.remedy


def test_a_roster_that_is_not_there_is_told_of(tmp_path):
    """No file is no traceback."""
    with pytest.raises(RosterFileError, match="it cannot be read"):
        read_roster(tmp_path / "roster.csv")


@given(st.text(min_size=1, max_size=20))
def test_every_name_that_is_read_can_be_graded(tmp_path_factory, name):
    """A trainee whom the roster lets through has a name that submissions are kept under."""
    path = tmp_path_factory.getbasetemp() / "any.csv"
    with path.open("w", encoding="utf-8", errors="replace", newline="") as file:
        csv.writer(file).writerows([("trainee", "name", "email"), (name, "Ann", "")])
    try:
        (found,) = read_roster(path)
    except RosterFileError:
        return
    assert name_fault(found.trainee) == ""
