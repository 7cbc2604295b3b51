"""Use additional code and Code also: order and absence."""

import pytest


@pytest.mark.parametrize(
    ("reported", "found"),
    [
        ("E11.22 N18.31", []),
        ("E11.22", [("use_additional", "warning")]),
        ("E11.22 N18.9", []),
        ("E11.9 Z79.4", []),
        ("Z79.4 E11.9", [("sequence", "warning")]),
        ("M80.08XA", []),
        ("G89.29 F45.42", []),
        ("F45.42 G89.29", []),
        ("N39.0 B96.20", []),
        ("N39.0", []),
        ("E11.22 I12.9 N18.31", []),
        ("F17.210 I10", [("sequence", "advice")]),
        ("F17.210 J44.9", [("sequence", "advice")]),
        ("O99.891 Z3A.24", [("use_additional", "warning")]),
        ("E11.69", [("use_additional", "warning")]),
        ("E11.69 M54.50", []),
        ("M97.8XXA", [("use_additional", "warning")]),
    ],
)  # fmt: skip
def test_order_and_absence(weights, reported, found):
    """What every patient has is missed, what depends on the record is only a reminder, and Code also fixes no order."""
    assert weights(reported) == set(found)
