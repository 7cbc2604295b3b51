"""Deciding about every form of an exam."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import timedelta

import pytest

from grader.decision.exam import decide_exam, outcome_of, retake_of
from grader.decision.outcome import ABSENT, FAILED, PASSED, VOID, WAITING, Outcome
from grader.decision.sat import read_exam
from grader.errors import NotFoundError
from grader.exam.blueprint import Retake
from grader.exam.folder import exam_folder
from grader.exam.forms import read_forms
from grader.grading import record
from grader.grading.course import Course
from grader.grading.intake.received import RECEIVED
from tests.decision.conftest import PEOPLE
from tests.decision.made import (
    BEGAN,
    CLOSES,
    EXAM,
    LATER,
    Person,
    give,
    grade_form,
    hand_in,
    make_exam,
    wrong_codes,
)


@pytest.fixture
def copied(exam, tmp_path) -> Course:
    """The exam, to be changed."""
    shutil.copytree(exam.root, tmp_path / "class")
    return Course(tmp_path / "class")


@pytest.fixture(scope="module")
def outcomes(exam) -> dict[str, Outcome]:
    """What is decided about the exam as everybody sat it, by who they are."""
    found = {each.trainee: each for each in decide_exam(exam, EXAM, LATER)}
    return {who: found[person.trainee] for who, person in PEOPLE.items()}


def decided(course: Course, who: str, now=LATER) -> Outcome:
    """Return what is decided about one of the people."""
    return next(each for each in decide_exam(course, EXAM, now) if each.trainee == PEOPLE[who].trainee)


@pytest.mark.parametrize(
    ("who", "outcome"),
    [
        ("passes", PASSED), ("misses the mark", FAILED), ("invalid code", FAILED), ("waits", WAITING), ("too long", VOID),
        ("absent", ABSENT), ("blank", FAILED), ("no record", WAITING),
    ],
)  # fmt: skip
def test_everybody_gets_the_outcome_they_deserve(outcomes, who, outcome):
    """A pass, each kind of fail, a wait, a void and an absence are told apart."""
    assert outcomes[who].outcome == outcome


def test_a_pass_says_what_it_rests_on(outcomes):
    """Time, hand-in, release of the code set and all criteria stand in the outcome, and no reason."""
    passed = outcomes["passes"]
    assert (passed.minutes, passed.codeset, passed.reasons) == (40.0, ("FY2027",), ())
    assert f"{passed.sat:%H:%M:%S%z}" == "09:40:30+0000"
    assert all(criterion.met for criterion in passed.criteria)


def test_an_invalid_code_fails_whatever_the_shares(outcomes):
    """The automatic fail is a criterion of its own, and it is told."""
    failed = outcomes["invalid code"]
    assert [c.value for c in failed.criteria if c.name == "invalid_code"] == [1.0]
    assert any("not valid" in reason for reason in failed.reasons)


def test_a_blank_answer_misses_its_codes_and_its_first_listed_code(outcomes):
    """The reference of a blank answer comes from the key: leaving out is no way to a better share."""
    blank, whole = ({c.name: (c.value, c.of) for c in outcomes[who].criteria} for who in ("blank", "passes"))
    assert blank["codes"][1] == whole["codes"][1]
    assert blank["codes"][0] < 1
    assert blank["first_listed"] == (0.8, 5)


def test_deciding_again_is_the_same(exam, outcomes):
    """Nothing about deciding depends on when or how often it is done, once the exam has closed."""
    assert decide_exam(exam, EXAM, LATER.replace(year=2027)) == tuple(outcomes.values())


def test_nobody_is_absent_while_the_exam_is_open(exam):
    """Until the exam closes, who has not handed in is waited for, and told until when."""
    waiting = decided(exam, "absent", BEGAN)
    assert waiting.outcome == WAITING
    assert "6 November 2026, 18:00 UTC" in waiting.reasons[0]
    assert decided(exam, "absent", CLOSES).outcome == ABSENT


def test_a_confirmation_decides(copied):
    """The instructor's points turn a wait into a pass or a fail, and nothing else does."""
    person = PEOPLE["waits"]
    give(copied, person, {"enc-0010-note": 1.0, "enc-0047-request": 1.0})
    assert decided(copied, "waits").outcome == PASSED
    give(copied, person, {"enc-0010-note": 0.5})
    failed = decided(copied, "waits")
    assert failed.outcome == FAILED
    assert "Notes and messages" in failed.reasons[0]


def test_points_given_by_hand_to_codes_count_as_right(copied):
    """All points by hand make the codes right, and lift an automatic fail; fewer leave both as they were."""
    person = PEOPLE["invalid code"]
    give(copied, person, {"enc-0128-codes": 0.9})
    assert decided(copied, "invalid code").outcome == FAILED
    give(copied, person, {"enc-0128-codes": 1.0})
    assert decided(copied, "invalid code").outcome == PASSED


def test_points_beyond_the_possible_count_as_all(copied):
    """Formgrader takes any number; a decision takes no more than there is."""
    give(copied, PEOPLE["waits"], {"enc-0010-note": 100.0, "enc-0047-request": 0.0})
    notes = next(c for c in decided(copied, "waits").criteria if c.name == "documentation")
    assert notes.value == pytest.approx(16 / 26)


def test_what_has_changed_since_grading_is_graded_first(copied):
    """Other answers, another key or a missing record give no decision but the command to run."""
    person = PEOPLE["passes"]
    answers = copied.root / "submitted" / person.trainee / person.form / "answers.json"
    answers.write_bytes(answers.read_bytes().replace(b"codes", b"codes ", 1))
    changed = decided(copied, "passes")
    assert changed.outcome == WAITING
    assert f"python -m grader exam grade {EXAM}" in changed.reasons[0]
    record.path_of(copied.root, PEOPLE["blank"].form, PEOPLE["blank"].trainee).unlink()
    assert "not graded yet" in decided(copied, "blank").reasons[0]
    key = exam_folder(copied.root, EXAM).keys / "enc-0014" / "key.yml"
    key.write_text(key.read_text() + "\n# corrected\n")
    assert "have changed" in decided(copied, "misses the mark").reasons[0]


def test_one_form_that_is_broken_stops_no_other(copied):
    """A key that cannot be read any more lets the forms that hold it wait, with the file in the reason."""
    key = exam_folder(copied.root, EXAM).keys / "enc-0014" / "key.yml"
    key.write_text("schema: [")
    waiting = decided(copied, "passes")
    assert waiting.outcome == WAITING and "key.yml" in waiting.reasons[0]
    assert decided(copied, "absent").outcome == ABSENT


def test_answers_that_cannot_be_read_wait(copied):
    """A damaged file is nobody's fail: an instructor has to look."""
    person = PEOPLE["passes"]
    (copied.root / "submitted" / person.trainee / person.form / "answers.json").write_bytes(b"{")
    grade_form(copied, person)
    waiting = decided(copied, "passes")
    assert waiting.outcome == WAITING
    assert "could not be graded" in waiting.reasons[0]


def test_a_pass_that_arrived_at_another_time_than_it_says_waits(copied):
    """The time of submission is the trainee's own; the class's computer knows when it came."""
    person = PEOPLE["passes"]
    folder = copied.root / "submitted" / person.trainee / person.form
    (folder / RECEIVED).write_text((folder / "timestamp.txt").read_text())
    assert decided(copied, "passes").outcome == PASSED
    (folder / RECEIVED).write_text(f"{BEGAN + timedelta(hours=5):%Y-%m-%d %H:%M:%S} UTC")
    assert decided(copied, "passes").outcome == WAITING
    (folder / RECEIVED).write_text(f"{CLOSES + timedelta(hours=1):%Y-%m-%d %H:%M:%S} UTC")
    assert decided(copied, "passes").outcome == VOID


def test_a_form_in_somebody_elses_folder_is_not_theirs(copied):
    """Only what the trainee handed in under the own name is decided on."""
    passes, absent = PEOPLE["passes"], PEOPLE["absent"]
    shutil.copytree(
        copied.root / "submitted" / passes.trainee / passes.form,
        copied.root / "submitted" / absent.trainee / passes.form,
    )
    assert decided(copied, "absent").outcome == ABSENT


def test_a_form_without_what_the_standard_asks_waits(exam):
    """Nobody passes or fails on questions that are not there: that form waits with the reason, and no other does."""
    found = read_exam(exam, EXAM)
    sat = next(each for each in found.sittings if each.answers)
    only_words = replace(sat, answers=tuple(a for a in sat.answers if a.judged.in_own_words))
    waiting = outcome_of(only_words, found.blueprint, LATER)
    assert (waiting.outcome, waiting.criteria) == (WAITING, ())
    assert "asks for codes" in waiting.reasons[0]


def test_an_exam_that_was_never_drawn_is_told(exam):
    """The command that draws one is named."""
    with pytest.raises(NotFoundError, match="exam draw"):
        decide_exam(exam, "other", LATER)


def test_a_second_attempt_is_an_outcome_of_its_own(tmp_path):
    """Each form of a trainee is decided on, and the rule for a further one counts both."""
    first = Person("ana", wrong_codes("enc-0014"))
    second = Person("ana", wrong_codes("enc-0063"), attempt=2)
    course = make_exam(tmp_path, first, second)
    both = decide_exam(course, EXAM, LATER)
    assert [(each.attempt, each.outcome) for each in both] == [(1, FAILED), (2, FAILED)]
    drawn = read_forms(exam_folder(course.root, EXAM))
    assert "1 of 3 attempts is left" in retake_of("ana", drawn, both, Retake(), CLOSES, LATER).words
    assert retake_of("bo", drawn, both, Retake(), CLOSES, LATER).allowed
    # The second form was drawn after the first was decided about: much later still, it has to be decided first.
    much_later = LATER.replace(year=2027)
    assert retake_of("ana", drawn[:1], both[:1], Retake(), CLOSES, much_later).allowed
    undecided = retake_of("ana", drawn, both[:1], Retake(), CLOSES, much_later)
    assert not undecided.allowed and "Wait for its result" in undecided.words


def test_whoever_was_absent_waits_from_the_closing(outcomes):
    """A form that was not handed in could be opened until the exam closed: it counts from then."""
    may = retake_of("trainee-6", (), [*outcomes.values()], Retake(), CLOSES, LATER)
    assert not may.allowed
    assert may.since == CLOSES + timedelta(days=14)


def test_late_work_does_not_count(tmp_path):
    """What is handed in after the exam has closed is void where the blueprint says so."""
    late = Person("ana", minutes=(CLOSES - BEGAN).total_seconds() / 60 + 30)
    course = make_exam(tmp_path, late)
    hand_in(course, late)
    assert decide_exam(course, EXAM, LATER)[0].outcome == VOID
