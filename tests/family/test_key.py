"""Keys: valid, within the rules, and with points that tell nothing."""

import pytest

from grader.errors import CourseError
from grader.family import key as module
from grader.family.derive.line import Answer, Line
from grader.family.key import codes_key
from tests.family.conftest import facts


@pytest.mark.parametrize(
    ("values", "points"),
    [
        ({"problem": "pain"}, [8]),
        ({"problem": "pain", "managed": "hypertension"}, [4, 4]),
        ({"problem": "pain", "managed": "hypertension + hypothyroidism"}, [3, 2.5, 2.5]),
        ({"problem": "pain", "managed": "diabetes + obesity", "bmi": "36"}, [2, 1.5, 1.5, 1.5, 1.5]),
    ],
)
def test_points_always_add_up_to_eight(codes, values, points):
    """However many codes there are, the item is worth the same."""
    assert [e["points"] for e in codes_key(facts(**values), codes)["expected"]] == points


def test_the_phase_is_in_the_key_of_an_injury_only(codes):
    """`encounter` stands where it decides about 7th characters."""
    assert (
        codes_key(facts(problem="strain", phase="subsequent", event="boxes"), codes)["encounter"]
        == "subsequent"
    )
    assert "encounter" not in codes_key(facts(problem="pain"), codes)


def test_a_rule_that_derives_what_may_not_stand_is_stopped(codes, monkeypatch):
    """Codes that break an edit never become a key."""
    broken = Answer((Line("M54.50", "x", ("I.B.4",)), Line("S39.012A", "x", ("I.B.4",))))
    monkeypatch.setattr(module, "derive", lambda *_: broken)
    with pytest.raises(CourseError, match="breaks a rule"):
        codes_key(facts(problem="pain"), codes)
