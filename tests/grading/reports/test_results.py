"""The class table: graded, or missing with a reason, never an unexplained 0."""

from grader.grading.record import CellRecord, Record
from grader.grading.reports.outcome import Entered, Grade, Outcome
from grader.grading.reports.results import row_of

CODES, NOTE = "enc-0001-codes", "enc-0001-note"
KEPT = Record(
    "ana",
    "s",
    "",
    "",
    ("odd",),
    {
        CODES: CellRecord("enc-0001/codes", "assign-codes", 8, 6.0, False, "d"),
        NOTE: CellRecord("enc-0001/note", "documentation", 17, 12.5, False, "d"),
    },
)


def entered(manual: float | None = None, penalty: float = 0.0) -> Entered:
    """What the gradebook holds of Ana's."""
    note = Grade(17.0, None, manual, 0.0, manual is None)
    return Entered("", penalty, {CODES: Grade(8.0, 6.0, None, 0.0, False), NOTE: note})


def test_a_graded_submission_has_its_points():
    """Points so far, what waits with its suggestion, and remarks; nothing is suggested of what an instructor has given."""
    row = row_of(Outcome("ana", "", ("odd",), KEPT, entered()), 25.0)
    assert (row.status, row.earned, row.possible, row.awaiting) == ("graded", 6.0, 25.0, 1)
    assert row.suggested == 12.5 and row.remarks == ("odd",)
    row = row_of(Outcome("ana", "", (), KEPT, entered(11.0)), 25.0)
    assert (row.earned, row.awaiting, row.suggested) == (17.0, 0, 0)


def test_a_penalty_is_taken_off():
    """Late points are off the sum, never below nothing."""
    assert row_of(Outcome("ana", "", (), KEPT, entered(penalty=2.5)), 25.0).earned == 3.5
    assert row_of(Outcome("ana", "", (), KEPT, entered(penalty=9.0)), 25.0).earned == 0.0


def test_what_is_missing_has_no_points():
    """No points at all, not 0, and why."""
    row = row_of(Outcome("ana", "It contains a link.", ("odd",), KEPT), 25.0)
    assert (row.status, row.earned, row.reason, row.remarks) == (
        "missing",
        None,
        "It contains a link.",
        ("odd",),
    )


def test_what_nbgrader_alone_graded_has_its_points():
    """Without a record the points of the gradebook count all the same."""
    row = row_of(Outcome("ana", "", (), None, entered()), 25.0)
    assert (row.status, row.earned, row.awaiting, row.suggested) == ("graded", 6.0, 1, 0)
