"""The history of answers: kept apart in time, never longer than grading takes, and whole where words were taken away."""

import json
from datetime import timedelta

import pytest

from grader.sitting import history as module
from grader.sitting.history import MAX_HISTORY, History
from tests.sitting.forms import CODES, NOTE, OPENS


def lines(folder):
    """What stands in the history."""
    return [json.loads(line) for line in (folder / "answers-history.jsonl").read_text().splitlines()]


def at(seconds):
    """A moment so many seconds after the opening."""
    return OPENS + timedelta(seconds=seconds)


def test_states_half_a_minute_apart_are_kept(tmp_path):
    """Typing leaves no line for each word, and nothing of another question is left out for it."""
    history = History(tmp_path)
    for second in range(0, 70, 2):
        history.keep({NOTE: {"text": "x" * (second + 1)}}, at(second))
    history.keep({CODES: {"codes": ["M54.50"]}}, at(70))
    kept = [(line["item"], len(line["answer"].get("text", ""))) for line in lines(tmp_path)]
    assert kept == [(NOTE, 1), (NOTE, 31), (NOTE, 61), (CODES, 0)]


def test_words_that_were_taken_away_stay(tmp_path):
    """The state before a loss is kept although half a minute has not passed."""
    history = History(tmp_path)
    history.keep({NOTE: {"text": "Pain"}}, at(0))
    history.keep({NOTE: {"text": "Pain for three weeks after gardening"}}, at(5))
    history.keep({NOTE: {"text": ""}}, at(6))
    assert [line["answer"]["text"] for line in lines(tmp_path)] == [
        "Pain",
        "Pain for three weeks after gardening",
    ]


def test_an_answer_taken_back_is_a_line(tmp_path):
    """A mark taken away is seen."""
    history = History(tmp_path)
    history.keep({NOTE: {"text": "Pain"}}, at(0))
    history.keep({NOTE: None}, at(1))
    assert lines(tmp_path)[-1]["answer"] is None


def test_a_full_history_is_thinned(tmp_path, monkeypatch):
    """It stays within the bound, and of each question the first and the last state stay."""
    monkeypatch.setattr(module, "MAX_HISTORY", 20_000)
    history = History(tmp_path)
    history.keep({CODES: {"codes": ["M54.50"]}}, at(0))
    for minute in range(200):
        history.keep({NOTE: {"text": f"{minute} " + "é" * 500}}, at(60 * minute))
        assert history.path.stat().st_size <= 20_000
    kept = lines(tmp_path)
    assert kept[0]["item"] == CODES and kept[1]["answer"]["text"].startswith("0 ")
    assert kept[-1]["answer"]["text"].startswith("199 ")
    assert [path.name for path in tmp_path.iterdir()] == ["answers-history.jsonl"]


@pytest.mark.parametrize("content", [b"{broken", b"x" * MAX_HISTORY, b"\n\n[]\n"])
def test_a_damaged_history_stops_nothing(tmp_path, content):
    """What stands there already need not be ours."""
    (tmp_path / "answers-history.jsonl").write_bytes(content)
    History(tmp_path).keep({NOTE: {"text": "Pain"}}, at(0))
    assert b"Pain" in (tmp_path / "answers-history.jsonl").read_bytes()
