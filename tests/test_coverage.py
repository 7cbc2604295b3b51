"""The library trains every skill and every mistake in both pools, and the count says when it does not."""

from dataclasses import replace

from grader.coverage import KINDS, coverage, gaps
from grader.library.mistakes import MISTAKES
from grader.library.skills import SKILLS


def test_both_pools_train_everything(cases, keys):
    """Each skill, mistake, kind of case and kind of question occurs in practice and in the exam pool."""
    assert gaps(coverage(cases, keys)) == []


def test_the_library_is_whole(cases):
    """142 cases, about 100 of them for practice."""
    practice = [case for case in cases.values() if case.pool == "practice"]
    assert len(cases) >= 142 and 95 <= len(practice) <= 110
    assert {case.kind for case in cases.values()} == set(KINDS)


def test_a_gap_is_named(cases, keys):
    """Without exam cases every row of the exam pool is a gap; with them none is."""
    practice = {case_id: replace(case, pool="practice") for case_id, case in cases.items()}
    named = gaps(coverage(practice, keys))
    assert len(named) >= len(SKILLS) + len(MISTAKES) and all("(exam pool)" in gap for gap in named)


def test_each_case_counts_once_a_row(cases, keys):
    """The kinds of cases add up to the number of cases."""
    table = coverage(cases, keys)[0]
    assert sum(row.practice + row.exam for row in table.rows) == len(cases)


def test_no_contested_case_is_in_the_exam_pool(cases, keys):
    """A key that a second coder must see stays out of the exam."""
    contested = {case_id for case_id, key in keys.items() if key.review_status == "second-coder"}
    assert contested and all(cases[case_id].pool == "practice" for case_id in contested)
