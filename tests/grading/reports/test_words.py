"""Kinds in plain words."""

import re

import pytest

from grader.grading.reports.words import error_in_words, errors_in_words, flag_in_words, flags_in_words
from grader.library.mistakes import MISTAKES
from grader.scoring.documentation import gaming
from grader.scoring.documentation.names import NAMES
from grader.scoring.edits.kinds import KINDS
from grader.scoring.message_gaming import SIGNS
from tests.conftest import ROOT

PLAIN = {"wrong_match", "wrong_chapter"}  # their names are words
NOT_WRONG = {"correct", "optional", "alternative", "teaching", "check_by_hand"}


def said_by_scoring() -> set[str]:
    """Names of findings as they stand in the code of scoring, outside the tables of kinds."""
    text = "\n".join(path.read_text() for path in (ROOT / "grader/scoring").rglob("*.py"))
    found = re.findall(r'\b[Ff]inding\(\s*"(\w+)"', text)
    pairs = re.findall(
        r'\("(\w+)", "(?:warning|error)"\)|kind, severity = "(\w+)", "(?:warning|error)"', text
    )
    return {*found, *("".join(pair) for pair in pairs)} - NOT_WRONG


@pytest.mark.parametrize(
    "kind", sorted({*said_by_scoring(), *MISTAKES, *NAMES, *(kind.name for kind in KINDS)})
)
def test_every_mistake_has_words(kind):
    """No identifier reaches a reader."""
    words = error_in_words(kind)
    assert "_" not in words and (words[0].isupper() or words[0].isdigit()), words
    assert words.lower().replace(" ", "_") != kind or kind in PLAIN


def test_scoring_says_more_than_the_tables():
    """The search above finds what it is to find."""
    assert {"missing", "unsupported", "wrong_match", "fault", "excludes1"} <= said_by_scoring()


@pytest.mark.parametrize("sign", sorted({*gaming.SIGNS, *SIGNS, "check_by_hand"}))
def test_every_sign_has_words(sign):
    """So does every sign that somebody should look."""
    words = flag_in_words(sign)
    assert "_" not in words and words.lower().replace(" ", "_") != sign


def test_an_unknown_kind_is_spelled_out():
    """A kind of a later version reads as words."""
    assert error_in_words("brand_new") == "Brand new" and flag_in_words("odd-one") == "Odd one"


def test_numbers_stand_beside_the_most_frequent_first():
    """Two kinds with the same words count together."""
    assert errors_in_words({"missing": 1, "excludes1": 1200}) == [
        "Excludes1 conflict (1,200)",
        "Code missing (1)",
    ]
    assert flags_in_words({"vignette_copy": 2, "record_copy": 1}) == ["Copied from the record (3)"]
