"""What a trainee is told, in words and as rows."""

from __future__ import annotations

from dataclasses import replace

import pytest

from grader.cli.decide import _pages
from grader.decision.file import Change
from grader.decision.judged import FAILURES
from grader.decision.outcome import FAILED, PASSED, VOID, WAITING, Criterion
from grader.decision.result import Result, page, result_of
from grader.decision.skills import PRACTICE, SkillShare
from grader.decision.table import as_text, changes_as_text, write_table
from grader.decision.words import in_words, percent, whole_percent
from grader.exam.retake import MayRetake
from tests.decision.made import LATER
from tests.decision.test_file import NOBODY, PASS, RULES

LATER_ON = MayRetake(False, LATER, "You may sit again.")
SHARES = (Criterion("codes", 0.9496, 0.95, False, 139.0), Criterion("first_listed", 1.0, 0.9, True, 40.0))


def fails(**values: float) -> tuple[Criterion, ...]:
    """Return the automatic fails, each at most 0."""
    return tuple(Criterion(name, values.get(name, 0.0), 0.0, not values.get(name), 30.0) for name in FAILURES)


def told(criteria: tuple[Criterion, ...], outcome: str = FAILED, **other) -> Result:
    """Return what a trainee with these criteria is told."""
    found = replace(PASS, outcome=outcome, criteria=criteria, near=False, **other)
    return result_of(found, (), RULES, LATER_ON, LATER)


def test_which_rule_a_case_failed_by_is_not_told():
    """A missed red flag and a changed diagnosis look the same: the page names all rules, and one number."""
    flag, payment = (told((*SHARES, *fails(**{name: 1.0}))) for name in ("red_flag", "medical_necessity"))
    assert str(flag) == str(payment)
    row = next(row for row in flag.rows if row.name.startswith("Cases failed"))
    assert (row.reached, row.met) == ("1", "No")


def test_an_invalid_code_is_told_apart():
    """Whether a code is valid is public: that fail is named."""
    rows = told((*SHARES, *fails(invalid_code=2.0))).rows
    assert [(row.reached, row.met) for row in rows[-2:]] == [("0", "Yes"), ("2", "No")]


def test_a_share_that_misses_never_looks_as_if_it_met():
    """94.96 % is told as 94 %, and every number of codes stays out."""
    result = told((*SHARES, *fails()))
    assert result.rows[0].reached == "94 %"
    assert "139" not in str(result) and "40.0" not in str(result)
    assert result.reasons == ("Not met: Codes.",)


def test_what_is_not_confirmed_has_no_number():
    """A part that an instructor may still change is told as not confirmed, also where the form fails without it."""
    notes = Criterion("documentation", 0.8, 0.75, None, 26.0)
    row = told((SHARES[0], notes, *fails())).rows[1]
    assert (row.reached, row.met) == ("not confirmed", "Not decided")


def test_a_void_sitting_says_why():
    """The reasons of a void are told, its numbers are not."""
    result = told((), VOID, reasons=("It was handed in late.",))
    assert result.reasons == ("It was handed in late.",)
    assert result.rows == ()


def test_a_pass_tells_of_the_certificate_and_not_of_a_retake():
    """After a pass there is nothing to sit again; after a fail there is."""
    passed = str(told((*SHARES[1:], *fails()), PASSED))
    assert "24 months" in passed and LATER_ON.words not in passed
    failed = str(told((*SHARES, *fails())))
    assert "24 months" not in failed and LATER_ON.words in failed


def test_earlier_forms_are_told():
    """Each earlier attempt with its day and outcome."""
    first = replace(PASS, outcome=FAILED)
    result = result_of(replace(PASS, attempt=2), (first,), RULES, LATER_ON, LATER)
    assert result.earlier == ("Attempt 1 (3 November 2026): not passed.",)


@pytest.mark.parametrize(
    ("share", "exact", "whole"),
    [(0.95, "95 %", "95 %"), (0.94999, "94.99 %", "94 %"), (1.0, "100 %", "100 %"), (0.29, "29 %", "29 %"), (2 / 3, "66.66 %", "66 %"), (0.005, "0.5 %", "0 %")],
)  # fmt: skip
def test_percent_is_never_rounded_up(share, exact, whole):
    """A share is shown as it is or less, and whole hundredths as they are."""
    assert (percent(share), whole_percent(share)) == (exact, whole)


def test_reasons_are_in_words():
    """Each kind of criterion says what was reached and what was asked."""
    assert in_words(SHARES[0]) == "Codes: 94.96 % reached, at least 95 % asked."
    assert (
        in_words(Criterion("red_flag", 1.0, 0.0, False, 9.0)) == "Red flag missed: 1 case, at most 0 allowed."
    )
    assert "confirm it first" in in_words(Criterion("red_flag", 1.0, 0.0, None, 9.0))
    assert "so far" in in_words(Criterion("documentation", 0.8, 0.9, None, 9.0))


def test_the_table_shows_what_misses_and_what_waits():
    """A star for a share that misses, a question mark for one to confirm; the sum of outcomes below."""
    waiting = Criterion("documentation", 0.8, 0.75, None, 26.0)
    text = as_text([replace(PASS, outcome=FAILED, criteria=(SHARES[0], waiting)), NOBODY])
    assert "94.96 %*" in text and "80 %?" in text
    assert "2 forms: 1 not passed, 1 not sat." in text
    assert "1 form: 1 not sat." in as_text([NOBODY])


def test_a_fail_that_nothing_can_change_names_what_fails_it():
    """Beside what waits for confirmation stands the part that fails anyway; where the outcome is open, nothing says so."""
    notes = Criterion("documentation", 0.8, 0.75, None, 26.0)
    text = as_text([replace(PASS, outcome=FAILED, near=False, criteria=(SHARES[0], notes))])
    said = "Codes 94.96 %, 95 % asked; still to be confirmed by you: notes and messages; the outcome stays the same."
    assert said in text
    flag = as_text([replace(PASS, outcome=FAILED, criteria=(SHARES[1], notes, *fails(red_flag=1.0)))])
    assert "Red flag missed: 1 case, at most 0 allowed; still to be confirmed by you" in flag
    reasons = (in_words(notes),)
    assert "stays the same" not in as_text(
        [replace(PASS, outcome=WAITING, criteria=(notes,), reasons=reasons)]
    )
    assert "stays the same" not in as_text([replace(PASS, outcome=FAILED, criteria=SHARES)])


def test_changes_are_listed_with_before_and_after():
    """Another outcome is told; a form decided for the first time is not."""
    other = replace(PASS, outcome=FAILED)
    assert changes_as_text([Change(None, PASS)]) == ""
    assert "passed with 97 % of codes → not passed" in changes_as_text([Change(PASS, other)])
    assert "no such form any more" in changes_as_text([Change(PASS, None)])


def test_an_outcome_that_stays_is_not_told_as_another_one():
    """Where outcome and codes are the same, it is said which part has changed, apart from what was decided otherwise."""
    notes = Criterion("documentation", 0.4, 0.75, None, 26.0)
    before = replace(PASS, outcome=FAILED, criteria=(SHARES[0], notes))
    confirmed = replace(before, criteria=(SHARES[0], replace(notes, value=0.8, met=True)))
    text = changes_as_text([Change(before, confirmed)])
    assert "Decided otherwise" not in text
    assert "not passed with 94.96 % of codes; notes and messages 40 % (to confirm) → 80 % (met)" in text
    recounted = replace(before, criteria=(replace(SHARES[0], of=140.0), notes))
    assert "another number of codes" in changes_as_text([Change(before, recounted)])
    both = changes_as_text([Change(before, confirmed), Change(PASS, before)])
    assert both.index("Decided otherwise than before:") < both.index("The outcome stays")


def test_a_short_form_is_told_so():
    """Few codes: even all of them right are near the mark. Many codes, or a decision that is not near: nothing is said."""
    said = "This form is so short that even a full score is near the mark."
    for codes, near, is_told in ((16.0, True, True), (400.0, True, False), (16.0, False, False)):
        found = replace(PASS, near=near, criteria=(Criterion("codes", 1.0, 0.8, True, codes),))
        told = str(result_of(found, (), RULES, LATER_ON, LATER))
        assert (said in told, said in as_text([found])) == (is_told, is_told)


def test_a_form_too_short_for_skills_says_so():
    """Where no skill has enough cases that is said, on the page and in words; not where skills are told or nothing is decided."""
    said = "This form is too short to tell which skills are weak."
    short = told((*SHARES, *fails()))
    assert said in str(short) and said in page(short)
    skill = SkillShare("Pain codes", "60 to 84 %", next(iter(PRACTICE.values())))
    found = replace(PASS, outcome=FAILED, criteria=SHARES)
    for other in (result_of(found, (), RULES, LATER_ON, LATER, (skill,)), told((), WAITING)):
        assert said not in str(other) and said not in page(other)


def test_one_month_is_one_month():
    """What a certificate holds for is told in the right number."""
    rules = RULES.model_copy(update={"award": RULES.award.model_copy(update={"months": 1})})
    assert "valid for 1 month;" in str(result_of(PASS, (), rules, LATER_ON, LATER))


def test_a_pass_that_is_taken_back_reminds_of_the_certificate():
    """Whoever passed may have a certificate: that it has to be revoked is said then, and not otherwise."""
    failed = replace(PASS, outcome=FAILED)
    assert "revoke" in changes_as_text([Change(PASS, failed)])
    assert "revoke" not in changes_as_text([Change(failed, PASS)])


def test_no_cell_of_the_table_is_a_formula(tmp_path):
    """A name that a spreadsheet would run is text in it; numbers stay numbers, and the file is its owner's alone."""
    path = tmp_path / "decisions.csv"
    write_table(path, [replace(PASS, name='=HYPERLINK("x")'), NOBODY])
    rows = path.read_text(encoding="utf-8").splitlines()
    assert "'=HYPERLINK" in rows[1]
    assert ",97.0," in rows[1]
    assert path.stat().st_mode & 0o777 == 0o600


def test_how_many_pages_there_are_is_told():
    """One trainee is one, and who is not decided yet is named."""
    done, open_ = told((*SHARES, *fails())), told((), WAITING, trainee="bo")
    assert _pages([done]) == "a page for 1 trainee; 1 decided."
    assert _pages([done, open_]) == "a page for each of 2 trainees; 1 decided, 1 not decided yet: bo."
