"""What was suggested when an answer was graded, and the comment that formgrader shows."""

from grader.grading.record import CellRecord, Record, write
from grader.grading.run import How, grade_assignment
from grader.grading.suggestion import Suggested, recalled


def test_only_suggestions_are_recalled(tmp_path) -> None:
    """Of the last grading the answers in one's own words that were read; of a trainee never graded, nothing."""
    cells = {
        "enc-0001-codes": CellRecord("enc-0001/codes", "assign-codes", 8, 8.0, False, "d"),
        "enc-0001-note": CellRecord("enc-0001/note", "documentation", 17, 11.5, False, "d"),
        "enc-0002-query": CellRecord("enc-0002/query", "message", 8, None, True, "d"),
    }
    write(tmp_path, "unit-1", Record("ana", "s", "", "", (), cells))
    assert recalled(tmp_path, "unit-1", "ana") == {"enc-0001-note": Suggested("enc-0001/note", 11.5, 17)}
    assert recalled(tmp_path, "unit-1", "bo") == {}


def test_gradebook_and_instructor(copied) -> None:
    """The comment is in nbgrader's gradebook after grading, and the instructor's own takes its place."""
    names = ("enc-0001-note", "unit-1", "unit-1", "trainee-1")
    with copied.gradebook() as gradebook:
        written = gradebook.find_comment(*names)
        assert written.comment.startswith("The program suggested ")
        written.manual_comment = "Well told."
        gradebook.db.commit()
    grade_assignment(copied, "unit-1", lambda done, of: None, How(force=True))
    with copied.gradebook() as gradebook:
        assert gradebook.find_comment(*names).comment == "Well told."
