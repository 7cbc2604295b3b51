"""What is kept of the score of one item."""

import pytest

from grader import codeset
from grader.answers import CodesAnswer, NoteAnswer
from grader.grading.record import tally
from grader.scoring.documentation import gaming
from grader.scoring.findings import Finding, Score, Unscorable
from grader.scoring.message_gaming import SIGNS
from grader.scoring.score import score_item


def sign(sentence: str) -> Finding:
    """A sign as scoring words it."""
    return Finding("check_by_hand", "advice", (), f"{sentence} A person should look at it.", "Course rubric")


@pytest.mark.parametrize(("name", "sentence"), [*gaming.SIGNS.items(), *SIGNS.items()])
def test_a_sign_is_kept_by_its_name(name, sentence):
    """Each sentence about a note or a message has a name of its own."""
    kept = tally("enc-0001/note", "documentation", Score(3, 17, (sign(sentence), sign(sentence))), "d")
    assert kept.flags == (name,) and kept.errors == ()


def test_other_advice_is_no_sign():
    """A sentence without a name asks for a look all the same; advice about codes does not."""
    found = (
        sign("This note is longer than 20,000 characters."),
        Finding("alternative", "advice", (), "Accepted."),
    )
    assert tally("enc-0001/note", "documentation", Score(3, 17, found), "d").flags == ("check_by_hand",)


def test_real_signs_are_named(cases, keys):
    """A row of key words is kept as such, and an honest answer bears no sign."""
    case = cases["enc-0001"]
    item = next(item for item in case.items if item.kind == "documentation")
    stuffed = ", ".join(["pain", "severity", "timing", "location", "function", "plan"] * 6)
    score = score_item(case, item, NoteAnswer(stuffed), keys[case.id].items[item.id], codeset.load())
    assert "stuffing" in tally("enc-0001/note", item.kind, score, "d").flags
    item = next(item for item in case.items if item.kind == "assign-codes")
    score = score_item(case, item, CodesAnswer(("M54.5",)), keys[case.id].items[item.id], codeset.load())
    kept = tally("enc-0001/codes", item.kind, score, "d")
    assert kept.flags == () and "retired" in kept.errors and kept.failed


def test_what_could_not_be_scored_has_no_points():
    """Neither a blank nor an unreadable answer is kept as 0."""
    kept = tally("enc-0001/note", "documentation", Unscorable("No note was written.", 17, True), "d")
    assert kept.points is None and kept.blank and kept.possible == 17
