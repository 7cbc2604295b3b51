"""The suggestion in a few lines, where formgrader has its comment."""

from grader.grading.course import grade_assignment
from grader.grading.suggestion import comment
from grader.scoring.findings import Finding, Score

FINDINGS = (
    Finding("location", "ok", ("Location",), "Location: stated.", evidence="<b>whole back</b>"),
    Finding("severity", "error", ("Severity",), "Severity: otherwise.", evidence="9/10", record="5/10"),
    Finding("timing", "advice", ("Duration and frequency",), "In part."),
    Finding("rom", "warning", ("Range of motion",), "Not found."),
    Finding("teaching", "advice", ("Range of motion",), "A payer asks …", from_key=True),
    Finding("check_by_hand", "advice", (), "Much of this note …"),
)


def test_a_comment_says_what_to_look_at() -> None:
    """Points, doubt, and the elements by what was found of them; lessons and flags have their own place."""
    assert comment(Score(11.5, 17, FINDINGS, doubt=2.13)) == (
        "The program suggested 11.5 of 17 points, 2.13 of them in doubt. Otherwise than the record: Severity. Not found: Range of"
        " motion. In part: Duration and frequency. The words that this rests on stand in the answer."
    )


def test_a_comment_holds_no_word_of_the_trainee() -> None:
    """nbgrader shows comments as they are: what a trainee wrote stays in the cell, where it is escaped."""
    said = comment(Score(11.5, 17, FINDINGS))
    assert "whole back" not in said and "9/10" not in said and "doubt" not in said


def test_gradebook_and_instructor(copied) -> None:
    """The comment is in nbgrader's gradebook after grading, and the instructor's own takes its place."""
    names = ("enc-0001-note", "unit-1", "unit-1", "trainee-1")
    with copied.gradebook() as gradebook:
        written = gradebook.find_comment(*names)
        assert written.comment.startswith("The program suggested ")
        written.manual_comment = "Well told."
        gradebook.db.commit()
    grade_assignment(copied, "unit-1", lambda line: None)
    with copied.gradebook() as gradebook:
        assert gradebook.find_comment(*names).comment == "Well told."
