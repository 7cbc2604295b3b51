"""Rulings of an instructor: on a sitting, and on the automatic fail of one question."""

from __future__ import annotations

import shutil

import pytest
import yaml

from grader.decision.exam import decide_exam
from grader.decision.outcome import FAILED, PASSED, VOID, WAITING, Outcome
from grader.decision.publish import find_result, results
from grader.decision.rulings import FILE
from grader.errors import DecisionsFileError, NotFoundError
from grader.exam.folder import exam_folder
from grader.grading.course import Course
from tests.decision.conftest import PEOPLE
from tests.decision.made import EXAM, LATER
from tests.decision.test_publish import decide

SEEN = {"form": PEOPLE["passes"].form, "why": "Seen."}


@pytest.fixture
def copied(exam, tmp_path) -> Course:
    """The exam, to be changed."""
    shutil.copytree(exam.root, tmp_path / "class")
    return Course(tmp_path / "class")


def rule(course: Course, *rulings: dict[str, object]) -> None:
    """Write an instructor's rulings."""
    text = yaml.safe_dump({"schema": "rulings/1", "rulings": list(rulings)})
    (exam_folder(course.root, EXAM).root / FILE).write_text(text)


def decided(course: Course, who: str) -> Outcome:
    """Return what is decided about one of the people."""
    return next(each for each in decide_exam(course, EXAM, LATER) if each.trainee == PEOPLE[who].trainee)


def test_an_instructor_rules_on_time(copied):
    """A ruling lets a sitting count whatever its time, or voids one; others are not touched."""
    rule(
        copied,
        {"form": PEOPLE["no record"].form, "counts": True, "why": "The room was watched."},
        {"form": PEOPLE["too long"].form, "counts": True, "why": "Extra time was granted."},
        {**SEEN, "counts": False},
    )
    assert decided(copied, "no record").outcome == PASSED
    assert decided(copied, "too long").outcome == PASSED
    assert decided(copied, "passes").outcome == VOID
    assert decided(copied, "blank").outcome == FAILED


def test_why_is_for_instructors_and_tell_for_the_trainee(copied):
    """The page of a void sitting says what the instructor wrote for the trainee, and never why it was ruled so."""
    why, tell = "Two neighbours saw him copy.", "Work of somebody else was found in yours."
    for words in ({}, {"tell": tell}):
        rule(copied, {**SEEN, "counts": False, "why": why, **words})
        folder = decide(copied)
        page = str(find_result(results(copied, EXAM, LATER), PEOPLE["passes"].trainee))
        assert "An instructor decided that it does not count." in page
        assert (tell in page) is bool(words)
        assert why not in page and why not in folder.decisions.read_text(encoding="utf-8")


def test_a_fail_of_one_question_is_lifted_or_set(copied):
    """A ruling on one question decides about its fail whatever was read and whatever its points; its reason stays inside."""
    invalid = {"form": PEOPLE["invalid code"].form, "item": "enc-0128/codes", "why": "The key is wrong."}
    flag = {**SEEN, "item": "enc-0010/note", "fails": ["red_flag"]}
    rule(copied, {**invalid, "fails": False}, flag)
    lifted, failed = decided(copied, "invalid code"), decided(copied, "passes")
    assert [each.value for each in lifted.criteria if each.name == "invalid_code"] == [0.0]
    assert [(each.value, each.met) for each in failed.criteria if each.name == "red_flag"] == [(1.0, False)]
    assert failed.outcome == FAILED and "Seen." not in str(failed)
    rule(copied, {**flag, "form": PEOPLE["waits"].form})
    # The points of the note still wait, and the fail that was ruled does not.
    assert decided(copied, "waits").outcome == FAILED


def test_a_question_that_the_form_lacks_stops_nobody_else(copied):
    """A slip in a question's name lets that form wait with the name in the reason; the others are decided."""
    rule(copied, {**SEEN, "item": "enc-9999/words", "fails": False})
    waiting = decided(copied, "passes")
    assert waiting.outcome == WAITING and "enc-9999/words" in waiting.reasons[0]
    assert decided(copied, "misses the mark").outcome == FAILED


@pytest.mark.parametrize(
    ("rulings", "said"),
    [
        ([{**SEEN, "counts": True}] * 2, "ruled on twice"),
        ([{**SEEN, "item": "enc-0010/note", "fails": False}] * 2, "enc-0010/note is ruled on twice"),
        ([{**SEEN, "counts": True, "because": "x"}], "no such field"),
        ([{**SEEN}], "either counts"),
        ([{**SEEN, "item": "enc-0010/note"}], "go together"),
        ([{**SEEN, "counts": True, "fails": False}], "go together"),
        ([{**SEEN, "counts": True, "item": "enc-0010/note", "fails": False}], "either counts"),
        ([{**SEEN, "item": "enc-0010/note", "fails": ["read_flag"]}], "red_flag"),
        ([{**SEEN, "item": "enc-0010/note", "fails": True}], "write false"),
        ([{**SEEN, "counts": True, "tell": "x"}], "leave tell out"),
    ],
)
def test_rulings_that_are_wrong_stop_the_decision(copied, rulings, said):
    """What is ruled twice, misspelt or cannot be meant is told, not passed over."""
    rule(copied, *rulings)
    with pytest.raises(DecisionsFileError, match=said):
        decide_exam(copied, EXAM, LATER)


def test_a_form_that_nobody_has_is_told(copied):
    """A ruling on a form that was not drawn names it, whether it is on the sitting or on a question."""
    for ruling in ({"counts": True}, {"item": "enc-0010/note", "fails": False}):
        rule(copied, {**SEEN, "form": "sample-00000000", **ruling})
        with pytest.raises(NotFoundError, match="sample-00000000"):
            decide_exam(copied, EXAM, LATER)


def test_rulings_on_a_sitting_and_on_its_question_stand_side_by_side(copied):
    """One form may be ruled on as a whole, and question by question."""
    rule(
        copied,
        {**SEEN, "counts": True},
        {**SEEN, "item": "enc-0010/note", "fails": False},
        {**SEEN, "item": "enc-0047/request", "fails": False},
    )
    assert decided(copied, "passes").outcome == PASSED
