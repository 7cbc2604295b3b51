"""Code first, Use additional code, Code also: order and absence."""

import pytest


@pytest.mark.parametrize(
    ("reported", "found"),
    [
        ("E11.22 N18.31", []),
        ("E11.22", [("use_additional", "warning")]),
        ("E11.22 N18.9", []),
        ("N18.31 E11.22", [("sequence", "error")]),
        ("G30.9 F02.80", []),
        ("F02.80 G30.9", [("sequence", "error")]),
        ("F02.80", [("sequence", "error"), ("code_first", "warning")]),
        ("M54.50 D63.1", [("code_first", "warning")]),
        ("N18.4 D63.1", []),
        ("E11.9 Z79.4", []),
        ("Z79.4 E11.9", [("sequence", "warning")]),
        ("M80.08XA", []),
        ("I50.22", []),
        ("I50.22 I11.0", [("sequence", "error")]),
        ("G89.29 F45.42", []),
        ("F45.42 G89.29", []),
        ("N39.0 B96.20", []),
        ("N39.0", []),
        ("O99.891 M54.50 Z3A.24", []),
        ("Z34.82 Z3A.20", []),
        ("E11.22 N18.31 I12.9", []),
        ("T38.0X5A M80.88XA", [("sequence", "error")]),
        ("M80.88XA T38.0X5A", []),
        ("K74.00 K76.0", [("sequence", "warning")]),
        ("F17.210 I10", [("sequence", "advice")]),
    ],
)  # fmt: skip
def test_order_and_absence(weights, reported, found):
    """An unconditional note warns or faults, a conditional one only reminds, and Code also fixes no order."""
    assert weights(reported) == set(found)
