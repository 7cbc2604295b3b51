"""Deciding about one sitting."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.decision.judged import FAILURES, Judged
from grader.decision.outcome import FAILED, PASSED, WAITING
from grader.decision.standard import decide, error_at
from grader.exam.blueprint import Standard

RANK = {FAILED: 0, WAITING: 1, PASSED: 2}
LENIENT = Standard(codes=0.8, first_listed=0.7, uncertain_dx=1, red_flag=1, invalid_code=2)
BOTH = Standard(documentation=0.75, tasks=0.7)


def codes(case: str, correct: int, reference: int, extra: int = 0, **other) -> Judged:
    """Return a graded question about codes."""
    return Judged(
        case,
        "codes",
        "assign-codes",
        8.0,
        8.0 * correct / reference,
        False,
        correct,
        reference,
        extra,
        **other,
    )


def note(case: str, points: float, possible: float = 10.0, **other) -> Judged:
    """Return a graded note."""
    return Judged(case, "note", "documentation", possible, points, **other)


@st.composite
def code_questions(draw) -> Judged:
    """Draw a question about codes of one of a few cases."""
    reference = draw(st.integers(1, 8))
    return codes(
        f"enc-{draw(st.integers(1, 6))}",
        draw(st.integers(0, reference)),
        reference,
        draw(st.integers(0, 3)),
        first_listed=draw(st.sampled_from((None, True, True, False))),
        failed=tuple(draw(st.lists(st.sampled_from(tuple(FAILURES.values())), max_size=1))),
        confirmed=draw(st.sampled_from((True, True, True, False))),
    )


sittings = st.lists(code_questions(), min_size=1, max_size=12)


@settings(max_examples=60)
@given(sittings, st.data())
def test_one_more_code_too_many_never_helps(cells, data):
    """Adding an extra code never turns a fail into a pass, nor a pass that waits into a pass."""
    place = data.draw(st.integers(0, len(cells) - 1))
    worse = [*cells]
    worse[place] = replace(cells[place], extra=cells[place].extra + 1)
    assert RANK[decide(worse, LENIENT).outcome] <= RANK[decide(cells, LENIENT).outcome]


@settings(max_examples=60)
@given(sittings, st.data())
def test_one_more_code_right_never_hurts(cells, data):
    """Answering one more code right never turns a pass into a fail."""
    place = data.draw(st.integers(0, len(cells) - 1))
    better = [*cells]
    better[place] = replace(cells[place], correct=min(cells[place].correct + 1, cells[place].reference))
    assert RANK[decide(better, LENIENT).outcome] >= RANK[decide(cells, LENIENT).outcome]


@settings(max_examples=60)
@given(sittings, st.randoms(use_true_random=False))
def test_the_order_of_questions_does_not_matter(cells, random):
    """A form whose cases stand in another order is decided alike."""
    shuffled = [*cells]
    random.shuffle(shuffled)
    assert decide(shuffled, LENIENT) == decide(cells, LENIENT)


@settings(max_examples=60)
@given(sittings)
def test_what_is_confirmed_lies_between_the_two_ways_it_may_turn_out(cells):
    """A decision that does not wait comes out the same whatever an instructor confirms."""
    decided = decide(cells, LENIENT).outcome
    if decided != WAITING:
        upheld = [replace(cell, confirmed=True) for cell in cells]
        lifted = [
            cell if cell.confirmed else replace(cell, confirmed=True, failed=(), correct=cell.reference)
            for cell in cells
        ]
        zero = [cell if cell.confirmed else replace(cell, confirmed=True, correct=0) for cell in cells]
        assert {decide(each, LENIENT).outcome for each in (upheld, lifted, zero)} == {decided}


@given(st.integers(1, 400), st.data())
def test_the_mark_is_exact(number, data):
    """The outcome is that of whole numbers: right codes × 100 ≥ 95 × all codes."""
    right = data.draw(st.integers(0, number))
    passes = decide([codes("enc-1", right, number)], Standard()).outcome == PASSED
    assert passes == (right * 100 >= 95 * number)


def test_the_boundary():
    """95 of 100 passes, and 94.999 of 100 does not."""
    assert decide([codes("enc-1", 95, 100)], Standard()).outcome == PASSED
    assert decide([codes("enc-1", 94_999, 100_000)], Standard()).outcome == FAILED
    assert decide([codes("enc-1", 95, 100, extra=1)], Standard()).outcome == FAILED


def test_thirds_of_points_are_exact():
    """Points of a third each add up to what was asked, and a hair less does not."""
    thirds = [note(f"enc-{n}", 1 / 3, 1.0) for n in range(3)]
    exactly = Standard(documentation=1 / 3)
    assert decide([codes("enc-1", 1, 1), *thirds], exactly).outcome == PASSED
    less = [note("enc-1", 1 / 3 - 1e-4, 1.0), *thirds[1:]]
    assert decide([codes("enc-1", 1, 1), *less], exactly).outcome == FAILED


def test_a_failed_case_has_all_its_codes_missed():
    """The codes of a case that fails are missed, whichever of its questions fails, and those of others are not."""
    choice = Judged("enc-1", "next", "choice", 2.0, 0.0, failed=(FAILURES["red_flag"],))
    decided = decide([codes("enc-1", 4, 4, 1), codes("enc-2", 5, 5), choice], Standard(red_flag=1, codes=0.5))
    assert decided.criteria[0].value == 0.5
    assert decided.outcome == PASSED


@pytest.mark.parametrize("name", FAILURES)
def test_more_failing_cases_than_the_standard_allows_fail(name):
    """Each automatic fail is counted by case and held against its own limit."""
    failing = [replace(codes("enc-1", 1, 1), failed=(FAILURES[name],)), codes("enc-2", 99, 99)]
    strict, allowing = Standard(), Standard(**{name: 1})
    assert decide(failing, strict).outcome == FAILED
    assert decide(failing, allowing).outcome == PASSED
    twice = [*failing, replace(failing[0], item="more")]
    assert decide(twice, allowing).outcome == FAILED or decide(twice, allowing).criteria[0].met


def test_a_fail_without_a_name_is_not_passed_over():
    """A reason that grading gave and no standard knows stops the decision."""
    with pytest.raises(ValueError, match="unknown reason"):
        decide([replace(codes("enc-1", 1, 1), failed=("something new",))], Standard())


def test_the_first_listed_code_counts_apart():
    """The share of right first-listed codes is over the questions whose order is scored."""
    cells = [codes(f"enc-{n}", 1, 1, first_listed=n != 0) for n in range(10)] + [codes("enc-x", 1, 1)]
    decided = decide(cells, Standard(first_listed=0.95))
    assert (decided.criteria[1].value, decided.criteria[1].of, decided.outcome) == (0.9, 10, FAILED)
    assert decide(cells, Standard(first_listed=0.9)).outcome == PASSED


def test_no_order_is_asked_where_none_is_scored():
    """A form without such a question has no criterion about the first-listed code."""
    assert [c.name for c in decide([codes("enc-1", 1, 1)], Standard()).criteria] == ["codes", *FAILURES]


@pytest.mark.parametrize(
    ("points", "confirmed", "outcome"),
    [
        (8.0, True, PASSED),
        (7.0, True, FAILED),
        (8.0, False, WAITING),
        (0.0, False, WAITING),
    ],
)
def test_a_note_waits_until_it_is_confirmed(points, confirmed, outcome):
    """An unconfirmed note neither passes nor fails anybody; a confirmed one does by its points."""
    cells = [codes("enc-1", 1, 1), note("enc-1", points, confirmed=confirmed)]
    assert decide(cells, Standard(documentation=0.75)).outcome == outcome


def test_nobody_waits_for_what_changes_nothing():
    """With the other notes good enough, or the codes missed, the unconfirmed note is not waited for."""
    enough = [codes("enc-1", 1, 1), note("enc-1", 9.0), note("enc-2", 0.0, 2.0, confirmed=False)]
    assert decide(enough, Standard(documentation=0.75)).outcome == PASSED
    missed = [codes("enc-1", 0, 1), note("enc-1", 9.0, confirmed=False)]
    assert decide(missed, Standard(documentation=0.75)).outcome == FAILED


def test_tasks_are_all_other_questions():
    """Tasks are neither codes nor words; words are not tasks."""
    match = Judged("enc-1", "pairs", "match", 4.0, 2.0)
    decided = decide([codes("enc-1", 1, 1), match, note("enc-1", 10.0)], BOTH)
    assert {c.name: c.value for c in decided.criteria[1:3]} == {"documentation": 1.0, "tasks": 0.5}
    assert len(decided.reasons) == 1
    assert "50" in decided.reasons[0]


@pytest.mark.parametrize("standard", [Standard(documentation=0.5), Standard(tasks=0.5)])
def test_a_standard_without_questions_is_refused(standard):
    """What a standard asks for must be in the form: nobody passes on nothing."""
    with pytest.raises(ValueError, match="no question"):
        decide([codes("enc-1", 1, 1)], standard)
    with pytest.raises(ValueError, match="no question"):
        decide([note("enc-1", 1.0)], Standard())


@pytest.mark.parametrize(("right", "near"), [(86, False), (92, True), (95, True), (99, True), (100, False)])
def test_near_is_two_standard_errors_on_either_side(right, near):
    """With 100 codes and the mark at 95 %, two standard errors are 4.4 points of percent."""
    decided = decide([codes("enc-1", right, 100)], Standard())
    assert decided.standard_error == pytest.approx(0.02179, abs=1e-5)
    assert decided.near is near


def test_the_error_shrinks_with_the_number_of_codes():
    """Four times the codes halve the error."""
    assert error_at(0.95, 400) == pytest.approx(error_at(0.95, 100) / 2)


def test_a_pass_has_no_reasons_and_a_fail_tells_all():
    """Reasons stand for every part that was not met, and for nothing else."""
    assert decide([codes("enc-1", 1, 1)], Standard()).reasons == ()
    failing = replace(codes("enc-1", 0, 1, first_listed=False), failed=(FAILURES["invalid_code"],))
    assert len(decide([failing], Standard()).reasons) == 3


def test_a_decision_is_the_same_for_any_way_of_writing_the_mark():
    """A mark read from a file as 0.95 is nineteen twentieths, no hair more."""
    from grader.decision.standard import exact

    assert exact(0.95) == Fraction(19, 20)
