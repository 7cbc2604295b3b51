"""Agreement between instructors and suggestions, and the record of it."""

from types import SimpleNamespace

import pytest

from grader.errors import CourseError
from grader.grading.agreement import FILE, Comparison, agreement, bring_up_to_date, by_item, in_words, read
from grader.grading.gradebook import AssignmentBook, Given
from grader.grading.record import CellRecord, Record, write
from grader.grading.run import How, grade_assignment
from tests.grading.instructor import UNIT, enter, hand_in

NOTE = "enc-0001-note"
ROWS = (
    Comparison("unit-1", "enc-0001/note", "ana", 12.0, 12.5, 17.0),
    Comparison("unit-1", "enc-0001/note", "bo", 12.0, 10.0, 17.0),
    Comparison("unit-1", "enc-0002/query", "ana", 8.0, 8.0, 8.0),
)


def test_agreement_is_counted():
    """Share within half a point and mean difference, of all and of each item."""
    whole = agreement(ROWS)
    assert (whole.count, whole.close, whole.apart) == (3, pytest.approx(2 / 3), pytest.approx(2.5 / 3))
    items = by_item(ROWS)
    assert items["enc-0001/note"].close == 0.5 and items["enc-0001/note"].apart == 1.25
    assert items["enc-0002/query"].close == 1 and items["enc-0002/query"].apart == 0
    assert "3 confirmed, 67% within half a point, 0.83 points apart" in in_words(ROWS)


def test_nothing_confirmed_is_said():
    """Without a confirmed item there is no agreement, and no division by zero."""
    assert agreement(()).count == 0 and by_item(()) == {} and "no suggestion" in in_words(())


def test_a_damaged_record_is_not_overwritten(tmp_path):
    """Where somebody changed the file so that it cannot be read, it is named; where there is none, it is empty."""
    path = tmp_path / FILE
    assert read(path) == ()
    path.write_text("assignment;item;trainee\nunit-1;enc-0001/note;ana\n")
    with pytest.raises(CourseError, match="not as it was written"):
        read(path)
    assert path.read_text().startswith("assignment;item")


def test_no_cell_is_a_formula(tmp_path):
    """A name that a spreadsheet would compute is written as text, and read again it is the same name."""
    cells = {NOTE: CellRecord("enc-0001/note", "documentation", 17, 10.5, False, "d")}
    write(tmp_path, UNIT, Record("=cmd()", "s", "", "", (), cells))
    course = SimpleNamespace(root=tmp_path)
    given = (Given("=cmd()", NOTE, 11.0, False),)
    book = SimpleNamespace(name=UNIT, solution_cells={NOTE: "1"}, given=lambda cells: given)
    rows = bring_up_to_date(course, book)
    assert rows == (Comparison(UNIT, "enc-0001/note", "=cmd()", 10.5, 11.0, 17),)
    written = (tmp_path / FILE).read_text()
    assert ",'=cmd()," in written and ",=cmd" not in written
    assert read(tmp_path / FILE) == rows == bring_up_to_date(course, book)


def record(course):
    """Bring the record of the demonstration class up to date."""
    return bring_up_to_date(course, AssignmentBook(course.db_url, UNIT))


@pytest.mark.nbgrader
def test_what_is_confirmed_is_recorded_and_nothing_else(copied):
    """A row for each confirmed note; none while it waits, none for what was never suggested, none once taken back."""
    assert record(copied) == () and not (copied.root / FILE).exists()
    enter(copied, "trainee-1", 15, NOTE)
    enter(copied, "trainee-3", 1, NOTE)
    enter(copied, "trainee-4", 2, NOTE)
    (row,) = record(copied)
    assert (row.trainee, row.item, row.confirmed, row.possible) == ("trainee-1", "enc-0001/note", 15, 17)
    assert read(copied.root / FILE) == (row,)
    enter(copied, "trainee-1", None, NOTE)
    assert record(copied) == () == read(copied.root / FILE)


@pytest.mark.nbgrader
def test_a_regrade_keeps_the_record(copied):
    """Number and suggestion survive grading again, also of another answer and without a review before it."""
    enter(copied, "trainee-1", 15, NOTE)
    grade_assignment(copied, UNIT, lambda done, of: None, How(force=True))
    (row,) = read(copied.root / FILE)
    assert row.confirmed == 15
    assert record(copied) == (row,)
    hand_in(copied, "trainee-1", "enc-0001/note", "Back pain.")
    grade_assignment(copied, UNIT, lambda done, of: None, How(force=True))
    assert record(copied) == (row,)
    enter(copied, "trainee-1", 1, NOTE)
    (again,) = record(copied)
    assert again.confirmed == 1 and again.suggested < row.suggested


@pytest.mark.nbgrader
def test_other_assignments_stay_on_record(copied):
    """The file holds the whole course; one assignment is answered."""
    path = copied.root / FILE
    other = "assignment,item,trainee,suggested,confirmed,possible\nunit-0,enc-0009/note,ana,5.0,6.0,17.0\n"
    path.write_text(other)
    enter(copied, "trainee-1", 15, NOTE)
    assert len(record(copied)) == 1
    assert {row.assignment for row in read(path)} == {"unit-0", UNIT}
