"""Questions that are made from changes of the code set."""

from __future__ import annotations

import random
from datetime import date, timedelta

import pytest

from grader import codeset
from grader.codeset.tabular import CodeSet
from grader.codeset.validity import validity
from grader.exam.renewal.changed import Group, changed
from grader.exam.renewal.questions import EARLY, GOES, OVER, claims_question, record_question

SINCE, TODAY = date(2024, 6, 1), date(2026, 11, 25)
SEEDS = range(20)


@pytest.fixture(scope="module")
def codes() -> CodeSet:
    return codeset.load()


@pytest.fixture(scope="module")
def groups(codes: CodeSet) -> tuple[Group, ...]:
    return changed(codes, SINCE, TODAY, {"M51", "R10", "E66", "Z68"})


def of(groups: tuple[Group, ...], category: str) -> Group:
    return next(group for group in groups if group.category == category)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_record_asks_for_a_code_that_is_billable_on_its_day(
    codes: CodeSet, groups: tuple[Group, ...], seed: int
) -> None:
    """The key of a made question is right for the date of its encounter, and every foreseen mistake is one."""
    question = record_question(of(groups, "M51"), codes, TODAY, random.Random(seed))
    assert question is not None
    on, key = question.case["encounter_date"], question.items["codes"]
    asked = key["expected"][0]["code"]
    assert validity(codes, asked, on).billable
    assert on >= of(groups, "M51").on
    for wrong in key["wrong"]:
        invalid = wrong["error"] == "invalid_code"
        assert validity(codes, wrong["codes"][0], on).billable != invalid
        assert wrong["codes"] != [asked] and wrong["cite"]
    assert [wrong["codes"][0] for wrong in key["wrong"] if wrong["error"] == "invalid_code"] == [asked[:-1]]


def test_a_record_does_not_show_its_code(codes: CodeSet, groups: tuple[Group, ...]) -> None:
    """The record says the diagnosis in words alone."""
    for seed in SEEDS:
        question = record_question(of(groups, "R10"), codes, TODAY, random.Random(seed))
        assert question is not None
        assert "R10" not in str(question.case["documents"])


def test_a_circumstance_is_never_asked_as_the_only_code(codes: CodeSet, groups: tuple[Group, ...]) -> None:
    """A body mass index is reported beside a diagnosis (Guidelines I.B.14), so that no record is made of it."""
    assert record_question(of(groups, "Z68"), codes, TODAY, random.Random(1)) is None


@pytest.mark.parametrize("seed", SEEDS)
def test_claims_are_judged_by_the_official_dates(
    codes: CodeSet, groups: tuple[Group, ...], seed: int
) -> None:
    """The key of the claims agrees with the code set, and not all claims have the same answer."""
    question = claims_question(groups, codes, SINCE, TODAY, random.Random(seed))
    assert question is not None
    lines = question.case["documents"][0]["text"].splitlines()
    pairs = question.items["days"]["pairs"]
    assert len(lines) == len(pairs) == question.case["items"][0]["points"]
    assert len(set(pairs.values())) > 1
    days = {
        f"{day.day} {day:%B %Y}": day
        for day in (SINCE + timedelta(days=n) for n in range((TODAY - SINCE).days + 1))
    }
    for place, line in enumerate(lines, 1):
        said, code = line.removeprefix(f"Claim {place}: encounter of ").split(", diagnosis ")
        verdict = validity(codes, code, days[said])
        expected = GOES if verdict.billable else EARLY if verdict.kind == "not_yet_valid" else OVER
        assert pairs[f"p{place}"] == expected


def test_no_claims_are_made_of_one_lonely_change(codes: CodeSet) -> None:
    """Too few changes make no question rather than a trivial one."""
    assert claims_question((), codes, SINCE, TODAY, random.Random(1)) is None
