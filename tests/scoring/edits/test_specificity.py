"""Unspecified beside specific, and the two sides."""

import pytest


@pytest.mark.parametrize(
    ("reported", "found"),
    [
        ("M54.9 M54.50", [("unspecified_with_specific", "warning")]),
        ("M54.2 M54.9", []),
        ("M54.30 M54.31", [("unspecified_with_specific", "warning")]),
        ("M25.569 M25.561", [("unspecified_with_specific", "warning")]),
        ("M25.561 M25.562", []),
        ("M54.31 M54.32", []),
        ("M54.2 M54.6 M54.50", []),
        ("J45.909 J45.20", [("unspecified_with_specific", "warning")]),
        ("S32.009A S32.010A", [("unspecified_with_specific", "warning")]),
        ("S93.401A S93.412A", []),
        ("S93.401A S93.411A", [("unspecified_with_specific", "warning")]),
        ("S62.600A S62.613A", []),
        ("M17.11 M17.12", [("laterality", "error")]),
        ("M17.0 M17.11", [("laterality", "error")]),
        ("H25.11 H25.12", [("laterality", "error")]),
        ("H40.1111 H40.1121", [("laterality", "error")]),
        ("H40.1111 H40.1122", []),
        ("M16.11 M17.12", []),
        ("G56.01 G56.02", [("laterality", "error")]),
    ],
)  # fmt: skip
def test_less_beside_more_and_side_beside_side(weights, reported, found):
    """Families are read off the titles; other sites, sides and conditions are left alone."""
    assert weights(reported) == set(found)
