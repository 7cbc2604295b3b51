"""Which changes of the code set a renewal asks about."""

from __future__ import annotations

from datetime import date

import pytest

from grader import codeset
from grader.codeset.tabular import CodeSet
from grader.errors import CodeSetError
from grader.exam.renewal.changed import Group, changed, taught_categories
from grader.library.item_keys import CodesKey, ExpectedCode
from grader.library.reference import Key

BEFORE_FY2025 = date(2024, 6, 1)
TODAY = date(2026, 11, 25)


@pytest.fixture(scope="module")
def codes() -> CodeSet:
    return codeset.load()


def named(groups: tuple[Group, ...]) -> list[str]:
    return [group.category for group in groups]


def test_what_changed_since_a_certificate_is_found(codes: CodeSet) -> None:
    """A certificate of before October 2024 meets the codes that disc degeneration got then."""
    groups = changed(codes, BEFORE_FY2025, TODAY, {"M51"})
    (disc,) = [group for group in groups if group.category == "M51"]
    assert disc.on == date(2024, 10, 1)
    assert {change.code for change in disc.added} >= {"M51.360", "M51.361", "M51.362", "M51.369"}
    assert [code for code, _ in disc.ended] == ["M51.36", "M51.37"]


def test_what_changed_before_it_is_left_out(codes: CodeSet) -> None:
    """Whoever was certified after a change was asked about it then."""
    assert "M51" not in named(changed(codes, date(2024, 10, 1), TODAY, {"M51"}))
    assert "M54" not in named(changed(codes, BEFORE_FY2025, TODAY, {"M54"}))


def test_nothing_is_found_where_nothing_changed(codes: CodeSet) -> None:
    """No group is made up: between two releases nothing changes."""
    assert changed(codes, date(2026, 10, 1), TODAY, {"M51", "M54"}) == ()


def test_only_what_the_course_teaches_is_asked(codes: CodeSet) -> None:
    """A renewal for backs is not about feet, unless the course's encounters are."""
    assert set(named(changed(codes, BEFORE_FY2025, TODAY, {"M51", "R10"}))) == {"M51", "R10"}
    assert "M72" in named(changed(codes, BEFORE_FY2025, TODAY, {"M72"}))


def test_the_back_comes_first(codes: CodeSet) -> None:
    """A short form asks what matters for backs before anything else."""
    groups = changed(codes, BEFORE_FY2025, TODAY, {"E66", "M51", "Z68"})
    assert named(groups)[0] == "M51" and set(named(groups)) == {"E66", "M51", "Z68"}


def test_a_day_of_which_nothing_is_known_is_refused_with_words(codes: CodeSet) -> None:
    """A renewal never says "nothing changed" of a time that the code set does not know."""
    with pytest.raises(CodeSetError, match="Nothing is known of"):
        changed(codes, date(2031, 1, 1), date(2031, 6, 1), ())


def test_the_course_teaches_the_categories_of_its_keys() -> None:
    """Only what keys ask for counts as taught, not what they warn of."""
    asked = CodesKey("any", (ExpectedCode("M54.50", 8.0, "why", "cite"),))
    key = Key("enc-0001", "canary", {"codes": asked}, "unreviewed", "", 1, ())
    assert taught_categories([key]) == {"M54"}
