"""A seat whose files were changed from elsewhere: nothing is gained, and the record shows it."""

import pytest

from grader.errors import CourseError, SittingFileError
from grader.sitting.record import read_sitting
from grader.sitting.timing import judge_time
from grader.workbench import seat as module
from grader.workbench.seat import Seat
from tests.sitting.forms import CAUSE, CODE, FORM, NOTE, RULES


def begun(folder, clock):
    """A seat whose sitting has begun."""
    seat = Seat(folder, clock)
    seat.begin(CODE)
    return seat


def test_a_longer_time_limit_is_not_taken_over_by_a_kernel_that_has_opened_the_form(folder, clock):
    """The code is asked for again, and does not open the changed form; with the form as it was, it goes on."""
    begun(folder, clock)
    path = folder / "exam.json"
    released = path.read_text()
    path.write_text(released.replace('"minutes": 60', '"minutes": 600'))
    seat = Seat(folder, clock)
    assert seat.stage == "away" and not seat.cases
    with pytest.raises(SittingFileError, match="changed"):
        seat.begin(CODE)
    with pytest.raises(CourseError, match="not open"):
        seat.save({NOTE: {"text": "more"}})
    path.write_text(released)
    assert Seat(folder, clock).stage == "open"


def test_a_record_begun_anew_over_old_answers_is_seen(folder, clock):
    """Deleting record and history does not make hours of work a minute's."""
    begun(folder, clock).save({NOTE: {"text": "hours of work"}})
    (folder / "sitting.jsonl").unlink()
    (folder / "answers-history.jsonl").unlink()
    clock.pass_by(hours=3)
    module._opened.clear()
    seat = begun(folder, clock)
    clock.pass_by(minutes=1)
    seat.finish()
    record = read_sitting(folder, FORM)
    assert any("answers before the record" in remark for remark in record.remarks)
    assert judge_time(record, clock.now, clock.now, RULES, RULES).unknown


def test_answers_put_in_before_a_save_are_seen(folder, clock):
    """A save does not hide that the file was changed from elsewhere."""
    seat = begun(folder, clock)
    seat.save({CAUSE: {"choice": "c1"}})
    path = folder / "answers.json"
    path.write_text(path.read_text().replace('"c1"', '"c2"'))
    seat.save({NOTE: {"text": "one word"}})
    seat.finish()
    assert any("without a save" in remark for remark in read_sitting(folder, FORM).remarks)
