"""A seat in an exam: when it opens, what it takes, and that nothing of it is lost."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest

from grader.answers import read_answers
from grader.errors import CourseError, SittingFileError
from grader.grading.intake.submission import take_in
from grader.sitting.record import read_sitting
from grader.sitting.timing import judge_time
from grader.workbench import seat as module
from grader.workbench.seat import Seat, TooLateError
from tests.sitting.forms import CASES, CAUSE, CODE, CODES, FORM, NOTE, OPENS, RULES, Hand, release


def restarted(folder, clock):
    """The seat as a new kernel has it."""
    module._opened.clear()
    return Seat(folder, clock)


def begun(folder, clock):
    """A seat whose sitting has begun."""
    seat = Seat(folder, clock)
    seat.begin(CODE)
    return seat


def events(folder):
    """What the record says has happened."""
    return [json.loads(line)["event"] for line in (folder / "sitting.jsonl").read_text().splitlines()]


@pytest.mark.parametrize(("hours", "stage"), [(-1, "early"), (0, "ready"), (7.9, "ready"), (8, "closed")])
def test_it_begins_within_its_window_alone(folder, hours, stage):
    """Before and after, even the right code opens nothing and writes nothing."""
    seat = Seat(folder, Hand(OPENS + timedelta(hours=hours)))
    assert seat.stage == stage
    seat.begin(CODE)
    assert bool(seat.cases) == (folder / "sitting.jsonl").exists() == (stage == "ready")


def test_a_wrong_code_begins_nothing(folder, clock):
    """No start is written down."""
    seat = Seat(folder, clock)
    with pytest.raises(CourseError):
        seat.begin("AAAA-AAAA-AAAA-AAAA")
    assert seat.stage == "ready" and [path.name for path in folder.iterdir()] == ["exam.json"]


def test_a_longer_time_limit_written_into_the_form_does_not_open(folder, clock):
    """The readable part is bound to the encounters."""
    path = folder / "exam.json"
    path.write_text(path.read_text().replace('"minutes": 60', '"minutes": 600'))
    with pytest.raises(SittingFileError, match="changed"):
        Seat(folder, clock).begin(CODE)


def test_a_sitting_from_start_to_finish(folder, clock):
    """Answers, record and history stand beside the notebook, grading takes them, and the record has nothing odd."""
    seat = begun(folder, clock)
    assert seat.cases == CASES and seat.stage == "open" and seat.left == 3600
    clock.pass_by(minutes=20)
    saved = seat.save({CODES: {"codes": ["M54.50"]}, CAUSE: {"choice": "c1"}})
    assert saved.number == 1 and saved.at == clock.now
    clock.pass_by(minutes=1)
    seat.save({CAUSE: None, NOTE: {"text": "Low back pain."}})
    clock.pass_by(minutes=14)
    seat.look()
    seat.finish()
    assert seat.stage == "finished" and events(folder) == ["start", "save", "save", "warning", "finish"]
    assert set(read_answers(folder / "answers.json").items) == {CODES, NOTE}
    record = read_sitting(folder, FORM)
    assert record.remarks == () and record.saves == 2 and record.answers_match
    timing = judge_time(record, clock.now, clock.now, RULES, RULES)
    assert timing.minutes == 35 and timing.reasons == ()
    assert "Low back pain" not in (folder / "sitting.jsonl").read_text()
    taken = take_in(folder, "trainee-1", FORM, {"cells": []})
    assert taken.refused == "" and taken.answers == (folder / "answers.json").read_bytes()


def test_a_new_kernel_asks_for_the_code_and_goes_on(folder, clock):
    """The clock runs on from the recorded start, and every answer is there."""
    begun(folder, clock).save({NOTE: {"text": "Low back pain."}})
    clock.pass_by(minutes=25)
    seat = restarted(folder, clock)
    assert seat.stage == "away" and not seat.cases and seat.left == 35 * 60
    seat.begin(CODE)
    assert seat.answers == {NOTE: {"text": "Low back pain."}} and seat.left == 35 * 60
    assert events(folder) == ["start", "save", "resume"] and read_sitting(folder, FORM).remarks == ()


def test_the_same_kernel_does_not_ask_again(folder, clock):
    """The cell may be run anew, the page loaded anew."""
    begun(folder, clock)
    again = Seat(folder, clock)
    assert again.stage == "open" and again.cases == CASES


def test_at_the_end_it_locks_and_what_arrives_within_the_grace_is_kept(folder, clock):
    """What was typed before the end may take a moment; after the grace the kernel refuses."""
    seat = begun(folder, clock)
    clock.pass_by(minutes=60)
    assert seat.stage == "over"
    seat.look()
    clock.pass_by(minutes=2)
    seat.save({NOTE: {"text": "in time"}})
    clock.pass_by(seconds=1)
    with pytest.raises(TooLateError, match="time is up"):
        seat.save({NOTE: {"text": "too late"}})
    seat.finish()
    assert "too late" not in (folder / "answers.json").read_text()
    refused = json.loads((folder / "answers-history.jsonl").read_text().splitlines()[-1])
    assert refused["refused"] and refused["answer"] == {"text": "too late"}
    assert events(folder) == ["start", "warning", "warning", "warning", "time_up", "save"]
    assert not judge_time(read_sitting(folder, FORM), clock.now, clock.now, RULES, RULES).void


def test_after_the_end_no_code_is_asked_for(folder, clock):
    """Opened a day later it is locked; that does not make the sitting longer."""
    begun(folder, clock).save({NOTE: {"text": "in time"}})
    clock.pass_by(hours=3)
    seat = restarted(folder, clock)
    assert seat.stage == "over"
    seat.begin(CODE)
    seat.look()
    assert not seat.cases and events(folder)[-1] == "time_up"
    timing = judge_time(read_sitting(folder, FORM), clock.now, clock.now, RULES, RULES)
    assert not timing.over and timing.minutes == 0


def test_a_new_kernel_after_the_end_takes_nothing(folder, clock):
    """It has not opened the form, and cannot tell what is an answer to it; what it is sent stands in the history."""
    begun(folder, clock)
    clock.pass_by(minutes=61)
    with pytest.raises(TooLateError):
        restarted(folder, clock).save({NOTE: {"text": "typed in time"}})
    assert "typed in time" in (folder / "answers-history.jsonl").read_text()


def test_the_window_ends_a_sitting_where_late_work_does_not_count(tmp_path):
    """Begun half an hour before the exam closes, it lasts half an hour."""
    seat = begun(release(tmp_path), Hand(RULES.closes - timedelta(minutes=30)))
    assert seat.left == 30 * 60


def test_the_window_does_not_end_a_sitting_where_late_work_counts(tmp_path):
    """There the whole time is given."""
    folder = release(tmp_path, replace(RULES, late="count"))
    seat = begun(folder, Hand(RULES.closes - timedelta(minutes=30)))
    assert seat.left == 60 * 60


def test_nothing_is_taken_after_handing_over(folder, clock):
    """Not even by another notebook that is still open."""
    seat, other = begun(folder, clock), Seat(folder, clock)
    seat.finish()
    for each in (seat, other):
        with pytest.raises(TooLateError, match="handed over"):
            each.save({NOTE: {"text": "more"}})
    assert other.stage == "finished"


def test_two_notebooks_lose_no_answer(folder, clock):
    """Each saves what was changed in it, and sees what the other saved; what one took back stays away."""
    one = begun(folder, clock)
    other = restarted(folder, clock)
    other.begin(CODE)
    one.save({NOTE: {"text": "from one"}, CAUSE: {"choice": "c1"}})
    other.save({CODES: {"codes": ["M54.50"]}})
    one.save({CAUSE: None})
    other.save({CODES: {"codes": ["M54.51"]}})
    assert set(read_answers(folder / "answers.json").items) == {NOTE, CODES}
    assert one.look() and one.answers[CODES] == {"codes": ["M54.51"]}
    assert read_sitting(folder, FORM).remarks == ()


@pytest.mark.parametrize(
    "items",
    [
        {"enc-0001/codes": {"codes": []}},
        {NOTE: {"text": "x" * 20_001}},
        {NOTE: {"text": "half \ud800"}},
        {NOTE: {"text": 5}},
        {NOTE: {"points": "17"}},
        {NOTE: "text"},
    ],
)
def test_what_is_no_answer_is_refused_before_it_spoils_the_file(folder, clock, items):
    """The file stays readable, whatever a page sends."""
    seat = begun(folder, clock)
    seat.save({CAUSE: {"choice": "c1"}})
    with pytest.raises(CourseError):
        seat.save(items)
    assert set(read_answers(folder / "answers.json").items) == {CAUSE}


def test_more_than_grading_reads_is_refused(folder, clock, monkeypatch):
    """All answers together have a bound, too."""
    monkeypatch.setattr(module, "MAX_BYTES", 2_000)
    seat = begun(folder, clock)
    with pytest.raises(CourseError, match="Shorten"):
        seat.save({NOTE: {"text": "x" * 1_500}})


def test_a_full_disk_is_told_and_nothing_is_left_half_written(folder, clock, monkeypatch):
    """The answers before stay, and the next try succeeds."""
    seat = begun(folder, clock)
    seat.save({NOTE: {"text": "first"}})

    def full(descriptor):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(OSError, match="No space"):
        seat.save({NOTE: {"text": "second"}})
    monkeypatch.undo()
    assert json.loads((folder / "answers.json").read_text())["items"][NOTE] == {"text": "first"}
    assert not list(folder.glob(".answers*")) and read_sitting(folder, FORM).remarks == ()
    assert seat.save({NOTE: {"text": "second"}}).number == 2


def test_a_start_that_cannot_be_written_down_is_no_start(folder, clock, monkeypatch):
    """Nobody sees the encounters without a record."""
    seat = Seat(folder, clock)

    def refuse(path):
        raise OSError(30, "Read-only file system")

    monkeypatch.setattr(module, "turn", refuse)
    with pytest.raises(OSError, match="Read-only"):
        seat.begin(CODE)
    assert not seat.cases and not module._opened


def test_half_a_line_from_a_power_failure_is_mended(folder, clock):
    """What was never acknowledged goes; the record follows on."""
    begun(folder, clock)
    with (folder / "sitting.jsonl").open("a") as file:
        file.write('{"at": "2026-' + "0" * 5000)
    seat = restarted(folder, clock)
    seat.begin(CODE)
    assert events(folder) == ["start", "resume"] and read_sitting(folder, FORM).remarks == ()


def test_unreadable_answers_are_set_aside(folder, clock):
    """A damaged file is kept under another name; what this kernel knows is saved anew."""
    seat = begun(folder, clock)
    seat.save({NOTE: {"text": "first"}})
    (folder / "answers.json").write_text("{broken")
    seat.save({CAUSE: {"choice": "c1"}})
    assert set(read_answers(folder / "answers.json").items) == {NOTE, CAUSE}
    assert (folder / "answers-unreadable-1.json").read_text() == "{broken"


def test_a_grading_run_opens_nothing(folder, clock, monkeypatch):
    """Under nbgrader nothing is written."""
    monkeypatch.setenv("NBGRADER_EXECUTION", "autograde")
    begun(folder, clock)
    assert [path.name for path in folder.iterdir()] == ["exam.json"]
