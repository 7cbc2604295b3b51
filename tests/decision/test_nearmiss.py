"""Near misses, for a reviewer."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace

import pytest

from grader.decision.judged import FAILURES, Judged
from grader.decision.nearmiss import near_misses
from grader.decision.outcome import FAILED, PASSED, VOID, Criterion, Outcome
from tests.decision.test_file import PASS


def outcome(right: int, of: int = 100, **other) -> Outcome:
    """Return an outcome with so many codes right."""
    codes = Criterion("codes", right / of, 0.95, right * 100 >= 95 * of, float(of))
    return replace(
        PASS, outcome=PASSED if codes.met else FAILED, criteria=(codes,), **{"near": True, **other}
    )


def sat(*answers: SimpleNamespace) -> SimpleNamespace:
    """Return a sitting with some answers."""
    return SimpleNamespace(answers=answers)


def answer(judged: Judged, *flags: str, by_hand: bool = False) -> SimpleNamespace:
    """Return an answer with the signs that somebody should look at."""
    name = f"{judged.case}/{judged.item}"
    return SimpleNamespace(
        judged=judged, question=SimpleNamespace(name=name), kept=SimpleNamespace(flags=flags), by_hand=by_hand
    )


@pytest.mark.parametrize(
    ("right", "of", "away"),
    [
        (95, 100, "not one code to spare"),
        (96, 100, "1 code to spare"),
        (94, 100, "1 code short"),
        (92, 100, "3 codes short"),
        (126, 133, "1 code short"),
        (127, 133, "not one code to spare"),
    ],
)
def test_the_distance_is_told_in_codes(right, of, away):
    """So many right codes fewer, or more, would change the decision."""
    (near,) = near_misses([sat()], [outcome(right, of)])
    assert near.away == away


def test_both_sides_are_listed_the_closest_first():
    """A pass and a fail near the mark are listed; what is clear, void or absent is not."""
    outcomes = [
        outcome(97, trainee="above"),
        outcome(94, trainee="below"),
        outcome(60, near=False, trainee="clear"),
        replace(outcome(95, trainee="void"), outcome=VOID),
    ]
    found = near_misses([sat()] * 4, outcomes)
    assert [near.outcome.trainee for near in found] == ["below", "above"]
    assert found[0].errors == pytest.approx(-0.01 / 0.021794, abs=1e-3)
    assert found[1].errors > 0


def test_what_to_look_at_comes_in_order():
    """Signs, what waits, fails and points by hand first; then where codes were lost; answers without either are left out."""
    codes = Judged("a", "codes", "assign-codes", 8.0, 6.0, False, 3, 4, 1)
    note = Judged("b", "note", "documentation", 9.0, 5.0, confirmed=False)
    choice = Judged("c", "pick", "choice", 2.0, 0.0, failed=(FAILURES["red_flag"],))
    right = Judged("d", "codes", "assign-codes", 8.0, 8.0, False, 2, 2)
    confirmed = Judged("e", "note", "documentation", 9.0, 5.0)
    answers = (
        answer(codes), answer(note, "template"), answer(choice), answer(right), answer(confirmed, by_hand=True),
        answer(replace(right, case="f"), by_hand=True),
        answer(replace(confirmed, case="g", failed=(FAILURES["red_flag"],))),
        answer(replace(confirmed, case="h", failed=(FAILURES["red_flag"],), ruled=True)),
    )  # fmt: skip
    (near,) = near_misses([sat(*answers)], [outcome(94)])
    assert near.look_at == (
        "b/note: Empty form; waits for confirmation",
        "c/pick: fails: a red flag was missed",
        "f/codes: points given by hand",
        "g/note: fails by a program's reading of its words: a red flag was missed",
        "h/note: ruled to fail: a red flag was missed",
        "a/codes: 3 of 4 codes, 1 too many",
    )
