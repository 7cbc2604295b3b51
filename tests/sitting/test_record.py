"""Reading the record of a sitting: nothing in it is believed without a look, and nothing raises."""

import json
import os
from dataclasses import replace
from datetime import timedelta

import pytest

from grader.sitting.event import MAX_BYTES, MAX_LINES, digest, parse
from grader.sitting.record import read_sitting
from tests.sitting.forms import FORM, OPENS, write_record

HONEST = [(1, "start"), (5, "save"), (20, "resume"), (40, "save"), (41, "warning"), (50, "finish")]


def minutes(moment):
    """Minutes since eight o'clock."""
    return (moment.hour - 8) * 60 + moment.minute


def test_an_honest_record_has_no_remark(tmp_path):
    """Start, finish, last save and the number of saves are read from it."""
    write_record(tmp_path, HONEST)
    read = read_sitting(tmp_path, FORM)
    assert (minutes(read.started), minutes(read.last_save), minutes(read.finished)) == (1, 40, 50)
    assert read.saves == 2 and read.chain_intact and read.answers_match and read.remarks == ()


def test_a_sitting_that_was_not_handed_over_is_no_fault(tmp_path):
    """The time ran out, or the machine failed for good."""
    write_record(tmp_path, [*HONEST[:-1], (61, "time_up")])
    read = read_sitting(tmp_path, FORM)
    assert read.finished is None and read.remarks == ()


def rewritten(path, change):
    """Change the lines of a record."""
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join(change(lines)))


@pytest.mark.parametrize(
    "change",
    [
        lambda lines: lines[1:],
        lambda lines: [*lines[:2], *lines[3:]],
        lambda lines: [lines[0], lines[2], lines[1], *lines[3:]],
        lambda lines: [lines[0].replace(b"08:01", b"08:31"), *lines[1:]],
        lambda lines: [*lines[:2], b"{}\n", *lines[2:]],
        lambda lines: [*lines, b'{"at": "2026'],
        lambda lines: [*lines, lines[-1]],
    ],
)
def test_a_changed_record_is_remarked_on(tmp_path, change):
    """A dropped, moved, changed, added or torn line breaks the chain."""
    path = write_record(tmp_path, HONEST)
    rewritten(path, change)
    read = read_sitting(tmp_path, FORM)
    assert not read.chain_intact and any("damaged or was changed" in remark for remark in read.remarks)


@pytest.mark.parametrize(
    ("happened", "says"),
    [
        ([(30, "start"), (5, "save"), (50, "finish")], "run backwards"),
        ([(5, "save"), (50, "finish")], "has no start"),
        ([(1, "start"), (5, "save"), (6, "start")], "one start"),
        ([(5, "resume"), (6, "start")], "one start"),
        ([(1, "start"), (50, "finish"), (55, "save")], "goes on after it was handed over"),
        ([], "has no start"),
    ],
)
def test_a_record_made_anew_with_sound_hashes_is_still_read_with_care(tmp_path, happened, says):
    """Who can write hashes can still contradict himself."""
    write_record(tmp_path, happened)
    read = read_sitting(tmp_path, FORM)
    assert read.chain_intact and any(says in remark for remark in read.remarks)


def test_answers_changed_after_the_last_save_are_seen(tmp_path):
    """The record ends with the answers that were there then."""
    write_record(tmp_path, HONEST)
    (tmp_path / "answers.json").write_text("{}")
    read = read_sitting(tmp_path, FORM)
    assert read.answers_match is False and "not those" in read.remarks[0]


def test_answers_changed_between_two_events_are_seen(tmp_path):
    """Only a save changes answers: an edited file shows at the next resume or the finish."""
    write_record(tmp_path, HONEST[:2])
    first = (tmp_path / "sitting.jsonl").read_bytes()
    write_record(tmp_path, HONEST, {"enc-9001/note": {"text": "from elsewhere"}})
    rest = (tmp_path / "sitting.jsonl").read_bytes().splitlines(keepends=True)[2:]
    (tmp_path / "sitting.jsonl").write_bytes(first + b"".join(rest))
    assert any("without a save" in remark for remark in read_sitting(tmp_path, FORM).remarks)


def rebuilt(path, number, **change):
    """Change one event, and make all digests anew, as somebody who programs could."""
    events = [parse(line) for line in path.read_bytes().splitlines()]
    events[number] = replace(events[number], **change)
    lines: list[bytes] = []
    for event in events:
        lines.append(replace(event, before=digest(lines[-1]) if lines else "").line())
    path.write_bytes(b"".join(line + b"\n" for line in lines))


@pytest.mark.parametrize("change", [{"answered": 3}, {"saves": 2}, {"answers": "0" * 64}])
def test_answers_that_are_older_than_the_start_are_seen(tmp_path, change):
    """Who deletes record and history and keeps the answers begins with answers."""
    rebuilt(write_record(tmp_path, HONEST), 0, **change)
    read = read_sitting(tmp_path, FORM)
    assert read.chain_intact and any("answers before the record" in remark for remark in read.remarks)


def test_the_start_of_another_form_is_seen(tmp_path):
    """A record that was begun on another form does not begin with this form's empty answers."""
    write_record(tmp_path, HONEST)
    assert any("answers before the record" in remark for remark in read_sitting(tmp_path, "other-1").remarks)


def test_answers_without_a_save_are_seen(tmp_path):
    """What was handed over has to have been saved."""
    path = write_record(tmp_path, [(1, "start"), (50, "finish")])
    assert read_sitting(tmp_path, FORM).remarks == ()
    rebuilt(path, 1, answered=2)
    assert any("has no save" in remark for remark in read_sitting(tmp_path, FORM).remarks)


def test_a_record_that_was_made_anew_with_care_is_believed(tmp_path):
    """The limit that the page for instructors states: there is no secret in the record."""
    rebuilt(
        write_record(tmp_path, [(1, "start"), (90, "save"), (90, "finish")]),
        0,
        at=OPENS + timedelta(minutes=60),
    )
    assert read_sitting(tmp_path, FORM).remarks == ()


def test_a_record_younger_than_the_history_is_seen(tmp_path):
    """Who deletes the record to begin anew leaves a history that is older."""
    write_record(tmp_path, HONEST)
    old = {"at": "2026-11-02T07:00:00+00:00", "item": "enc-9001/note", "answer": {"text": "x"}}
    (tmp_path / "answers-history.jsonl").write_text(json.dumps(old) + "\n")
    assert any(
        "history of the answers begins before" in remark for remark in read_sitting(tmp_path, FORM).remarks
    )
    (tmp_path / "answers-history.jsonl").write_text("{broken\n")
    assert read_sitting(tmp_path, FORM).remarks == ()


def _linked(path):
    path.symlink_to("/etc/passwd")


def _hard_linked(path):
    (path.parent / "other").write_bytes(b"")
    os.link(path.parent / "other", path)


@pytest.mark.parametrize(
    "make", [lambda path: None, _linked, _hard_linked, lambda path: path.mkdir(), os.mkfifo]
)
def test_no_record_is_a_remark(tmp_path, make):
    """Missing, a link, a folder, a pipe: nothing is followed and nothing waits."""
    make(tmp_path / "sitting.jsonl")
    read = read_sitting(tmp_path, FORM)
    assert read.started is None and "no record of the sitting" in read.remarks[0]


LINE = {
    "at": "2026-11-02T08:00:00+00:00",
    "event": "start",
    "saves": 0,
    "answered": 0,
    "answers": "0" * 64,
    "before": "",
}


@pytest.mark.parametrize(
    "change",
    [
        {"at": 5},
        {"at": "2026-11-02T08:00:00"},
        {"at": "0001-01-01T00:00:00+23:59"},
        {"at": "9999-12-31T23:59:59-23:59"},
        {"event": "party"},
        {"event": ["start"]},
        {"event": {}},
        {"saves": True},
        {"saves": -1},
        {"saves": 10**9},
        {"saves": 1.5},
        {"answered": "2"},
        {"answers": "x" * 64},
        {"answers": None},
        {"before": "<b>"},
        {"extra": 1},
    ],
)
def test_a_line_of_the_wrong_shape_counts_for_nothing(tmp_path, change):
    """Types, ranges and names are checked one by one."""
    (tmp_path / "sitting.jsonl").write_text(json.dumps({**LINE, **change}) + "\n")
    read = read_sitting(tmp_path, FORM)
    assert read.started is None and not read.chain_intact


@pytest.mark.parametrize(
    "content",
    [
        b"\xff\xfe\n",
        b"[" * 500 + b"\n",
        b"1" * 500 + b"\n",
        b"\0\n",
        b"\n" * 50,
        b"null\n",
        b'{"at": NaN}\n',
        b"x" * (MAX_BYTES + 9),
        b"{}\n" * (MAX_LINES + 1),
    ],
)
def test_hostile_bytes_are_read_within_bounds(tmp_path, content):
    """Whatever it holds and however long it is, there is a remark and no error."""
    (tmp_path / "sitting.jsonl").write_bytes(content)
    read = read_sitting(tmp_path, FORM)
    assert read.started is None and not read.chain_intact and read.remarks
