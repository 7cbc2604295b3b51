"""Unspecified beside specific."""

import pytest


@pytest.mark.parametrize(
    ("reported", "found"),
    [
        ("M54.9 M54.50", [("unspecified_with_specific", "warning")]),
        ("M54.2 M54.9", []),
        ("M54.9 M54.16", []),
        ("M54.30 M54.31", [("unspecified_with_specific", "warning")]),
        ("M25.569 M25.561", [("unspecified_with_specific", "warning")]),
        ("M25.561 M25.562", []),
        ("M54.2 M54.6 M54.50", []),
        ("J45.909 J45.20", [("unspecified_with_specific", "warning")]),
        ("J45.998 J45.30", []),
        ("S32.009A S32.010A", [("unspecified_with_specific", "warning")]),
        ("S93.401A S93.412A", []),
        ("S93.401A S93.411A", [("unspecified_with_specific", "warning")]),
        ("S62.600A S62.613A", []),
        ("I48.91 I48.3", []),
        ("F03.A18 F03.A11", []),
        ("I44.39 I44.1", []),
        ("F10.920 F10.929", [("unspecified_with_specific", "warning")]),
        ("R10.9 R10.31", [("unspecified_with_specific", "warning")]),
        ("E11.9 E11.42", [("unspecified_with_specific", "warning")]),
        ("R40.20 R40.2110", []),
        ("M65.98 M65.161", []),
    ],
)  # fmt: skip
def test_less_beside_more(weights, reported, found):
    """Families are read off the titles; other sites, sides and conditions are left alone."""
    assert weights(reported) == set(found)
