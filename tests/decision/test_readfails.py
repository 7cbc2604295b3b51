"""Automatic fails that are read from a message: from its words through scoring, grading and rulings to the decision."""

from __future__ import annotations

import shutil

import pytest

from grader.answers import NoteAnswer
from grader.cli import decide as commands
from grader.cli import main
from grader.decision.exam import decide_exam, outcomes
from grader.decision.file import write_decisions
from grader.decision.judged import FAILURES, Judged
from grader.decision.outcome import FAILED, PASSED, WAITING, Criterion, Outcome
from grader.decision.publish import results, write_report
from grader.decision.readfails import missing_rulings, read_fails
from grader.decision.sat import read_exam
from grader.exam.folder import exam_folder
from grader.grading import record
from grader.grading.course import Course
from grader.library.item_keys import FAILS
from grader.scoring.message import TO_CONFIRM
from tests.decision.made import CASES, EXAM, LATER, Person, give, make_exam
from tests.decision.test_rulings import rule

CALLER, ITEM, CELL = "enc-0029", "enc-0029/words", "enc-0029-words"
BLAND = NoteAnswer("Thank you for calling. Please rest, take care of yourself, and we will see you soon.")


def bland(answers: dict) -> None:
    """Answer a caller in danger without a word of it."""
    answers[ITEM] = BLAND


ANA = Person("ana", confirmed=1.0)
BO = Person("bo", bland, confirmed=None, cases=(*CASES, CALLER))
RULED = {"form": BO.form, "item": ITEM, "why": "Heard the call."}
NOTES = {"enc-0010-note": 1.0, "enc-0047-request": 1.0}


@pytest.fixture(scope="module")
def sat(tmp_path_factory) -> Course:
    """An exam in which bo misses a red flag in a message, and nobody has confirmed anything of his."""
    return make_exam(tmp_path_factory.mktemp("words") / "class", ANA, BO)


@pytest.fixture
def course(sat, tmp_path) -> Course:
    """The exam, to be changed."""
    shutil.copytree(sat.root, tmp_path / "class")
    return Course(tmp_path / "class")


def decided(course: Course) -> tuple[Outcome, Criterion]:
    """Return what is decided about bo, with what it says about red flags; ana passes whatever becomes of him."""
    ana, bo = decide_exam(course, EXAM, LATER)
    assert ana.outcome == PASSED
    return bo, next(each for each in bo.criteria if each.name == "red_flag")


def test_a_fail_read_from_words_is_open_until_somebody_confirms_it(course):
    """The words that scoring writes are known to the decision, which waits; points by hand make the fail hold."""
    kept = record.read(course.root, BO.form, "bo")
    assert kept is not None and kept.cells[CELL].failed == (FAILS["red_flag"] + TO_CONFIRM,)
    waiting, flag = decided(course)
    assert (waiting.outcome, flag.met) == (WAITING, None)
    give(course, BO, {**NOTES, CELL: 0.5})
    failed, flag = decided(course)
    assert (failed.outcome, flag.met, flag.value) == (FAILED, False, 1.0)
    give(course, BO, {CELL: 1.0})
    lifted, flag = decided(course)
    assert (lifted.outcome, flag.met, flag.value) == (PASSED, True, 0.0)


def test_a_ruling_lifts_a_fail_whatever_the_points(course):
    """An instructor need not give all points for words that do warn; and a fail can be made to hold in spite of them."""
    give(course, BO, {**NOTES, CELL: 0.9})
    rule(course, {**RULED, "fails": False})
    assert decided(course)[0].outcome == PASSED
    give(course, BO, {CELL: 1.0})
    rule(course, {**RULED, "fails": ["red_flag"]})
    assert decided(course)[0].outcome == FAILED


def test_every_page_is_written_with_such_a_message_in_the_class(course):
    """Deciding, result pages and the report work for everybody; the report says where to look first."""
    folder, found = exam_folder(course.root, EXAM), read_exam(course, EXAM)
    write_decisions(folder, found.blueprint, outcomes(found, LATER), LATER)
    assert [each.passed for each in results(course, EXAM, LATER)] == [True, False]
    words, place = write_report(course, EXAM, LATER)
    listed = place.read_text(encoding="utf-8")
    listed = listed[listed.index('id="read"') : listed.index('id="sure"')]
    assert ITEM in listed and FAILS["red_flag"] in listed and "Nobody has confirmed" in listed
    assert ITEM in words and TO_CONFIRM not in words + listed


def test_decide_says_which_rulings_are_missing(course, capsys, monkeypatch):
    """The line names form and question as the file wants them, and goes once somebody has ruled."""
    monkeypatch.setattr(commands, "_now", lambda: LATER)
    where = ("exam", "decide", EXAM, "--course", str(course.root))
    assert main([*where]) == 0
    assert f"{{form: {BO.form}, item: {ITEM}, fails: false" in capsys.readouterr().out
    rule(course, {**RULED, "fails": False})
    assert main([*where]) == 0
    assert ITEM not in capsys.readouterr().out


def test_what_was_made_of_a_fail_is_told(course):
    """Points by hand, all points, and a ruling are told apart; only what nobody ruled on is open."""
    told = []
    for share, rulings in ((0.5, []), (1.0, []), (0.5, [{**RULED, "fails": False}])):
        give(course, BO, {CELL: share})
        rule(course, *rulings)
        (fail,) = read_fails(read_exam(course, EXAM).sittings)
        told.append((fail.open, fail.state))
        assert bool(missing_rulings([fail])) is fail.open
    assert [each[0] for each in told] == [True, False, False]
    assert "points were given by hand: it fails" in told[0][1] and "does not fail" in told[1][1]
    assert told[2][1] == "Ruled not to fail: Heard the call."


def test_every_reason_that_scoring_writes_has_a_name():
    """Bare or with the remark that a person should confirm it, a reason is known; another one is never passed over."""
    for name, words in FAILURES.items():
        for said in (words, words + TO_CONFIRM):
            assert Judged("a", "b", "message", 1.0, 0.0, failed=(said,)).failures == {name}
    with pytest.raises(ValueError, match="unknown reason"):
        assert Judged("a", "b", "message", 1.0, 0.0, failed=("no reason",)).failures
