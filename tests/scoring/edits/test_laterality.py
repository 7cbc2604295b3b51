"""The two sides of one condition."""

import pytest


@pytest.mark.parametrize(
    ("reported", "found"),
    [
        ("M17.11 M17.12", [("laterality", "error")]),
        ("M17.0 M17.11", [("laterality", "error")]),
        ("H25.11 H25.12", [("laterality", "error")]),
        ("H61.21 H61.22", [("laterality", "error")]),
        ("R10.A1 R10.A2", [("laterality", "error")]),
        ("H40.1111 H40.1121", [("laterality", "error")]),
        ("H40.1111 H40.1122", []),
        ("M16.11 M17.12", []),
        ("G56.01 G56.02", [("laterality", "error")]),
        ("M54.31 M54.32", []),
        ("I63.411 I63.422", []),
        ("I82.411 I82.432", []),
        ("G90.511 G90.522", []),
        ("H90.11 H90.12", [("laterality", "error")]),
    ],
)  # fmt: skip
def test_side_beside_side(weights, reported, found):
    """Only where one code says both sides of the very same thing."""
    assert weights(reported) == set(found)
