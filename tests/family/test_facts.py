"""The closed vocabulary."""

import pytest

from grader.errors import CourseError
from tests.family.conftest import facts


def test_several_conditions_are_split():
    """Conditions joined by a plus are several, and none is no condition."""
    assert facts(problem="pain", managed="diabetes + hypertension").managed == ("diabetes", "hypertension")
    assert facts(problem="pain", managed="none").managed == ()


@pytest.mark.parametrize(("axis", "value"), [("side", "up"), ("colour", "red"), ("problem", "ghost")])
def test_what_is_not_in_the_vocabulary_is_refused(axis, value):
    """A value or an axis that does not exist is named."""
    with pytest.raises(CourseError, match=value if axis != "colour" else axis):
        facts(**{"problem": "pain", axis: value})
