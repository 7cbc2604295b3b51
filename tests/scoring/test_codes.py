"""Scoring of codes: the formula, and what it promises for any answer."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader import codeset
from grader.answers import CodesAnswer
from grader.library.item_keys import Alternative, CodesKey, ExpectedCode, OptionalCode, WrongPick
from grader.scoring.codes import score_codes
from grader.scoring.edits import check_codes
from grader.scoring.findings import Score, Unscorable

ON = date(2026, 11, 2)
CODES = codeset.load()
KEY = CodesKey(
    sequence="first_listed",
    expected=(ExpectedCode("M54.9", 4, "reason", "Tabular"), ExpectedCode("M15.0", 4, "managed", "IV.J")),
    optional=(OptionalCode("W01.0XXA", "cause"),),
    alternatives=(
        Alternative(("M54.9", "M15.0", "G89.11"), 0.5, "if written"),
        Alternative(("M54.89",), 0.25, "x"),
    ),
    wrong=(
        WrongPick(("M54.50",), "unsupported_specificity", "no focus", "cite"),
        WrongPick(("M54.9",), "comorbidity_missed", "treated today", "cite"),
        WrongPick(("M15.0", "M54.9"), "sequencing", "back pain first", "cite"),
        WrongPick(("M51.16",), "uncertain_dx", "only suspected", "cite"),
    ),
)


def score(*codes: str, key: CodesKey = KEY) -> Score:
    """The score of these codes."""
    scored = score_codes(CodesAnswer(codes), key, 8, ON, CODES)
    assert isinstance(scored, Score)
    return scored


@pytest.mark.parametrize(
    ("codes", "points"),
    [
        (["M54.9", "M15.0"], 8),
        (["m549 ", "M150"], 8),
        (["M54.9", "W01.0XXA", "M15.0"], 8),
        (["M54.9"], 4),
        (["M15.0", "M54.9"], 6),
        (["W01.0XXA", "M54.9", "M15.0"], 6),
        (["M54.9", "M15.0", "M54.50"], 8 * 2 / 3),
        (["M54.50"], 0),
        (["M54.9", "M15.0", "M15.0"], 8 * 2 / 3),
        (["M54.89"], 2),
        (["M54.9", "M15.0", "G89.11"], 8 * 2 / 3),
        (["not a code"], 0),
    ],
)
def test_the_formula(codes, points):
    """Correct ÷ (reference + extra): optional codes are neutral, the best of reference and alternatives counts."""
    assert score(*codes).points == pytest.approx(points)


def test_a_blank_answer_is_unscorable_not_zero():
    """Nothing entered is told apart from everything wrong."""
    assert isinstance(score_codes(CodesAnswer(()), KEY, 8, ON, CODES), Unscorable)
    assert isinstance(score_codes(CodesAnswer((" ",)), KEY, 8, ON, CODES), Unscorable)


@pytest.mark.parametrize(
    ("codes", "reason"),
    [
        (["M54.50"], "no focus"),
        (["M54.9"], "treated today"),
        (["M15.0", "M54.9"], "back pain first"),
        (["M54.9", "M15.0", "M54.50"], "no focus"),
    ],
)
def test_a_foreseen_mistake_gets_its_reason(codes, reason):
    """The reason written for a wrong pick is given when it is made …"""
    assert reason in [finding.message for finding in score(*codes).findings]


def test_reasons_stay_silent_when_the_mistake_is_not_made():
    """… and only then."""
    messages = [finding.message for finding in score("M54.9", "M15.0", "W01.0XXA").findings]
    assert not {"no focus", "treated today", "back pain first"} & set(messages)


def test_every_code_reported_is_answered():
    """No pick is left without a reason and a citation."""
    scored = score("M54.9", "E11.9", "M54.50", "XX1", "W01.0XXA")
    for code in ("M54.9", "E11.9", "M54.50", "XX1", "W01.0XXA"):
        found = [finding for finding in scored.findings if code in finding.subject]
        assert found and all(finding.cite for finding in found), code


def test_some_mistakes_fail_the_case_whatever_its_points():
    """A code not valid on the date and an uncertain diagnosis fail the case; an honest extra code does not."""
    assert score("M54.9", "M15.0", "M54.5").failed
    assert score("M54.9", "M15.0", "M51.16").failed == ("an uncertain diagnosis was coded as certain",)
    assert not score("M54.9", "M15.0", "M54.50").failed


@pytest.mark.parametrize("care", ["outpatient", "inpatient"])
def test_a_trainee_gets_the_findings_of_a_claim_check(care):
    """The findings of the official rules stand in the score as `check_codes` gives them."""
    codes = ("Z79.891", "M54.9", "M15.0", "E11.22")
    scored = score_codes(CodesAnswer(codes), KEY, 8, ON, CODES, care)
    assert isinstance(scored, Score)
    expected = check_codes(codes, ON, CODES, care)
    assert {each.kind for each in expected} >= {"use_additional"} | (
        {"sequence"} if care == "inpatient" else set()
    )
    said = [each for each in scored.findings if not each.from_key]
    assert said == list(expected)


def test_the_phase_of_care_comes_from_the_key():
    """A 7th character at odds with the encounter is a finding worded by the key, and no invalid code."""
    injury = replace(
        KEY,
        expected=(ExpectedCode("S39.012A", 4, "strain", "x"),),
        encounter="initial",
        wrong=(),
        alternatives=(),
    )
    scored = score("S39.012D", key=injury)
    (found,) = [finding for finding in scored.findings if finding.kind == "wrong_7th"]
    assert found.from_key and found.severity == "error" and not scored.failed
    assert not [finding for finding in score("S39.012A", key=injury).findings if finding.kind == "wrong_7th"]


def test_a_cause_of_another_phase_does_not_fail_the_case():
    """Only a code that is not valid on the date fails a case; a 7th character at odds with the injury's does not."""
    injury = replace(KEY, expected=(ExpectedCode("S39.012D", 4, "strain", "x"),), wrong=(), alternatives=())
    assert not score("S39.012D", "W01.0XXA", key=injury).failed


def test_an_extra_code_is_called_unsupported_although_a_note_speaks_of_it():
    """Advice and missing second codes do not stand in for the reason why an extra code is wrong."""
    found = [
        finding.kind for finding in score("M54.9", "M15.0", "E11.22").findings if "E11.22" in finding.subject
    ]
    assert "unsupported" in found and "use_additional" in found


def test_the_three_counts_stand_side_by_side():
    """Code-level accuracy and the first-listed diagnosis are reported apart from the points."""
    accuracy = score("M15.0", "M54.9", "E11.9").accuracy
    assert (accuracy.correct, accuracy.reference, accuracy.extra, accuracy.first_listed) == (2, 2, 1, False)
    assert accuracy.code_level == pytest.approx(2 / 3)


some_codes = st.lists(
    st.sampled_from(
        ["M54.9", "M15.0", "M54.50", "M54.5", "W01.0XXA", "G89.11", "M54.89", "E11.9", "S39.012", "zzz", ""]
    ),
    max_size=8,
)


@given(some_codes)
def test_points_stay_within_bounds(reported):
    """No answer earns less than nothing or more than everything."""
    scored = score_codes(CodesAnswer(tuple(reported)), KEY, 8, ON, CODES)
    assert isinstance(scored, Unscorable) or 0 <= scored.points <= 8


@given(some_codes, st.sampled_from(["M54.50", "E11.9", "S13.4XXA", "nonsense"]))
def test_one_more_unsupported_code_never_adds_points(reported, extra):
    """Reporting one more code than the key supports never pays."""
    before = score_codes(CodesAnswer(tuple(reported)), KEY, 8, ON, CODES)
    after = score_codes(CodesAnswer((*reported, extra)), KEY, 8, ON, CODES)
    assert after.points <= (before.points if isinstance(before, Score) else 0) + 1e-9


@given(some_codes)
def test_full_points_only_for_a_complete_answer(reported):
    """Everything is earned only with every reference code, the first one first, and nothing extra."""
    scored = score_codes(CodesAnswer(tuple(reported)), KEY, 8, ON, CODES)
    if isinstance(scored, Score) and scored.points == 8:
        core = [code for code in reported if code not in ("W01.0XXA", "")]
        assert core == ["M54.9", "M15.0"] or (core[0] == "M54.9" and set(core) == {"M54.9", "M15.0"})
