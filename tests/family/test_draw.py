"""Drawing: the same seed, the same bytes; ids that tell nothing."""

import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader import codeset
from grader.family.draw import canary, case_id, draw
from grader.family.source import family_names, read_family
from grader.family.writing import case_text, key_text
from tests.conftest import ROOT

PRINTED = "from grader.cli import main; main(['family', 'draw', '{}', '--seed', 'täglich 7'])"


@pytest.mark.parametrize("name", family_names())
def test_the_same_seed_gives_the_same_case(name, codes):
    """Twice in this process, byte for byte; another seed gives another."""
    family = read_family(name)
    one, again, other = (draw(family, seed, codes) for seed in ("a", "a", "b"))
    assert case_text(one.case) == case_text(again.case) and key_text(one.key) == key_text(again.key)
    assert one.text != other.text and one.key["canary"] != other.key["canary"]


def test_another_process_draws_the_same():
    """Hash randomization has no say."""
    said = [
        subprocess.run(
            [sys.executable, "-c", PRINTED.format("flank")],
            capture_output=True, check=True, cwd=ROOT, env={"PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)},
        ).stdout
        for seed in ("1", "2")
    ]  # fmt: skip
    assert said[0] == said[1] and b"var-" in said[0]


@settings(max_examples=40, deadline=None)
@given(st.sampled_from(family_names()), st.text(max_size=20))
def test_any_text_is_a_seed(name, seed):
    """Every seed gives a case whose key has points that add up and tell nothing."""
    drawn = draw(read_family(name), seed, codeset.load())
    key = drawn.key["items"]["codes"]
    assert sum(e["points"] for e in key["expected"]) == drawn.case["items"][0]["points"] == 8
    assert 4 <= len(key["wrong"]) <= 14
    assert drawn.case["id"] == case_id(name, seed) and name not in drawn.case["id"]


def test_the_canary_is_not_to_be_read_off_the_id():
    """Both come from the seed by different ways."""
    assert canary("flank", "1").replace("-", "")[:10] not in case_id("flank", "1")


def test_the_pool_is_as_asked(codes):
    """Practice unless exam is asked for; nothing else changes."""
    family = read_family("flank")
    practice, exam = draw(family, "1", codes), draw(family, "1", codes, "exam")
    assert practice.case["pool"] == "practice" and exam.case["pool"] == "exam"
    assert practice.key == exam.key
