"""Conditions beside the problem (IV.J)."""

import pytest

from grader.errors import CourseError
from grader.family.derive.coexisting import body_mass_index, condition, obesity_class


def test_managed_is_reported_and_mentioned_is_free(coded):
    """What is treated is expected, with what its note asks for; what is only mentioned is optional."""
    answer = coded(problem="pain", managed="diabetes", mentioned="hypertension")
    assert answer.codes == ("M54.50", "E11.9", "Z79.84")
    assert [may.code for may in answer.optional] == ["I10"]
    other = coded(problem="pain", managed="hypertension", mentioned="diabetes")
    assert other.codes == ("M54.50", "I10") and [may.code for may in other.optional] == ["E11.9"]


@pytest.mark.parametrize(
    ("bmi", "expected"),
    [
        ("31", ("E66.811", "Z68.31")),
        ("36", ("E66.812", "Z68.36")),
        ("42", ("E66.813", "Z68.41")),
        ("47", ("E66.813", "Z68.42")),
    ],
)
def test_obesity_by_class_with_its_index(coded, bmi, expected):
    """The class that the provider writes, and the code whose title holds the index."""
    assert coded(problem="pain", managed="obesity", bmi=bmi).codes == ("M54.50", *expected)


def test_obesity_only_mentioned_has_no_class(coded):
    """An index and a class are not taken from a list."""
    assert [may.code for may in coded(problem="pain", mentioned="obesity").optional] == ["E66.9"]


def test_what_is_not_in_the_table_is_an_error(find):
    """A condition or an index that no row has is named."""
    with pytest.raises(CourseError, match="gout"):
        condition("gout")
    with pytest.raises(CourseError, match="12"):
        body_mass_index(12, find)
    assert [obesity_class(bmi) for bmi in (34, 35, 39, 40)] == ["1", "2", "2", "3"]
